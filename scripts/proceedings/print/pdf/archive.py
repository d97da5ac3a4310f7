"""XMP metadata that declares conformance to PDF/A and PDF/UA, page labels, and attachment metadata."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pydyf
from lxml import etree

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_PDFA = "http://www.aiim.org/pdfa/ns/id/"
# The PDF/UA identifier is not a predefined property of PDF/A, so PDF/A requires an extension schema that describes it
# (ISO 19005-3, 6.6.2.3).
_UNIVERSAL_ACCESS = """
<rdf:Description xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" rdf:about=""
    xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
    xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
  <pdfuaid:part>1</pdfuaid:part>
  <pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
    <pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
    <pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
    <pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
    <pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
      <pdfaProperty:category>internal</pdfaProperty:category>
      <pdfaProperty:description>Indicates, which part of ISO 14289 is followed</pdfaProperty:description>
      <pdfaProperty:name>part</pdfaProperty:name>
      <pdfaProperty:valueType>Integer</pdfaProperty:valueType>
    </rdf:li></rdf:Seq></pdfaSchema:property>
  </rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>"""


@dataclass(frozen=True)
class Labels:
    """Page numbers from page index `page` on: from `start`, in lower-case Roman or Arabic numerals."""

    page: int
    start: int
    roman: bool = False


def declare(pdf: Any) -> None:
    """Declare conformance to PDF/A-3a and PDF/UA-1 in the XMP metadata."""
    stream = pdf.objects[int(pdf.catalog["Metadata"].split()[0])]
    stream.compress = False  # uncompressed, so that programs without a PDF parser can find the packet
    packet = etree.fromstring(stream.stream[0], etree.XMLParser(resolve_entities=False))
    rdf = next(packet.iter(f"{{{_RDF}}}RDF"))
    for description in rdf:
        if description.get(f"{{{_PDFA}}}part"):
            description.set(f"{{{_PDFA}}}conformance", "A")
    rdf.append(etree.fromstring(_UNIVERSAL_ACCESS))
    stream.stream[0] = (b'<?xpacket begin="\xef\xbb\xbf" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
                        + etree.tostring(packet, encoding="utf-8") + b'\n<?xpacket end="w"?>')


def label_pages(pdf: Any, labels: Sequence[Labels]) -> None:
    """Set the page labels, so that viewers show the printed page numbers."""
    numbers = pydyf.Array()
    for label in labels:
        numbers.extend([label.page, pydyf.Dictionary({"S": "/r" if label.roman else "/D", "St": label.start})])
    pdf.catalog["PageLabels"] = pydyf.Dictionary({"Nums": numbers})


def describe_attachments(pdf: Any) -> None:
    """Set the media type of attached files to Markdown on any system, and list each file once."""
    for found in pdf.objects:
        extra = getattr(found, "extra", None)
        if extra and extra.get("Type") == "/EmbeddedFile":
            extra["Subtype"] = "/text#2fmarkdown"
    if "AF" in pdf.catalog:
        pdf.catalog["AF"] = pydyf.Array(dict.fromkeys(pdf.catalog["AF"]))
