"""A4 pages laid out as an A5 booklet: two on each side of A4 landscape, to be folded and stapled.

The only module that imports pikepdf. An imposed file is for printing only: links, bookmarks, tags, layers and the
claims to PDF/A and PDF/UA are dropped, for they would be false here. Creep (the inner sheets of a thick gathering stand
out at the fore edge and lose most when it is trimmed) is not made up for: the outer margins allow for it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from math import sqrt
from pathlib import Path

from pikepdf import (
    Array,
    Dictionary,
    Matrix,
    Name,
    Object,
    ObjectStreamMode,
    Pdf,
    Rectangle,
    Stream,
    String,
    parse_content_stream,
    unparse_content_stream,
)

from proceedings.print.measures import VOLUME
from proceedings.system import outputs

_MM = 72 / 25.4
_WIDTH, _HEIGHT = VOLUME.height * _MM, VOLUME.width * _MM  # of the sheet, on its side
_SLOTS = (Rectangle(0, 0, _WIDTH / 2, _HEIGHT), Rectangle(_WIDTH / 2, 0, _WIDTH, _HEIGHT))
_NAMES = (Name("/Left"), Name("/Right"))  # names that pikepdf makes up differ from run to run
_SCALE = sqrt(1 / 2)  # from any A size to the next
# Beyond this an office's stapler and a fold by hand do no clean work.
_MOST_SHEETS = 20
_ADVISED_SHEETS = 8
_MARKS = {"BMC", "BDC", "EMC", "MP", "DP"}
_FACTS = ("/Author", "/Subject", "/Keywords", "/CreationDate", "/ModDate")

# The pages, counted from 0, on the left and on the right half of one side of a sheet; None is a blank half.
Side = tuple[int | None, int | None]


@dataclass(frozen=True)
class Booklet:
    """How many pages the source has, and how many sheets lie in each gathering, in the order of binding."""

    pages: int
    gatherings: tuple[int, ...]

    @property
    def signatures(self) -> int:
        """How many gatherings there are."""
        return len(self.gatherings)

    @property
    def sheets(self) -> int:
        """How many sheets of A4 one copy takes."""
        return sum(self.gatherings)

    @property
    def sides(self) -> int:
        """How many pages the imposed file has: two for each sheet."""
        return 2 * self.sheets

    @property
    def blanks(self) -> int:
        """How many blank A5 pages stand at the end."""
        return 4 * self.sheets - self.pages

    @property
    def summary(self) -> str:
        """What the organiser needs to know for printing, in one line of Vietnamese."""
        blanks = f" (thêm {self.blanks} trang trắng ở cuối)" if self.blanks else ""
        return (f"{self.pages} trang A5{blanks} cần {self.sheets} tờ A4, in hai mặt đúng cỡ, lật theo cạnh ngắn; "
                f"{self._binding()}.{self._advice()}")

    def _binding(self) -> str:
        if self.signatures == 1:
            return "gấp đôi cả tập, đóng ghim giữa"
        first, last = self.gatherings[0], self.gatherings[-1]
        apart = f", riêng tay cuối {last} tờ" if last != first else ""
        return (f"chia thành {self.signatures} tay sách (mỗi tay {first} tờ{apart}), gấp đôi từng tay, "
                "xếp các tay theo thứ tự rồi khâu gáy")

    def _advice(self) -> str:
        thickest = self.gatherings[0]
        if thickest <= _MOST_SHEETS:
            return ""
        what, how = ("Cả tập", "chia thành các tay sách") if self.signatures == 1 else ("Mỗi tay", "chia tay nhỏ hơn")
        return (f" {what} {thickest} tờ là quá dày để gấp cho phẳng (chỉ nên đến {_MOST_SHEETS} tờ): nên {how}, "
                f"chẳng hạn {4 * _ADVISED_SHEETS} trang ({_ADVISED_SHEETS} tờ) một tay.")


def valid_signature(pages: int) -> bool:
    """Whether a gathering can have this many pages: a sheet folded once has four."""
    return pages > 0 and pages % 4 == 0


def arrange(pages: int, signature: int | None = None) -> Booklet:
    """Distribute the pages over gatherings of `signature` pages, or over one; the last has only the sheets it needs.

    Raises ValueError where there is nothing to print or a gathering cannot have so many pages.
    """
    if pages < 1:
        raise ValueError("a booklet needs at least one page")
    if signature is not None and not valid_signature(signature):
        raise ValueError(f"a signature has a positive multiple of 4 pages, not {signature}")
    sheets = -(-pages // 4)
    size = sheets if signature is None else signature // 4
    return Booklet(pages, tuple(min(size, sheets - first) for first in range(0, sheets, size)))


def sides(booklet: Booklet) -> Iterator[Side]:
    """What stands on each side: front and back of sheet after sheet, in each gathering the outermost sheet first."""
    first = 0
    for sheets in booklet.gatherings:
        for left, right in _folded(first, 4 * sheets):
            yield left if left < booklet.pages else None, right if right < booklet.pages else None
        first += 4 * sheets


def _folded(first: int, count: int) -> Iterator[tuple[int, int]]:
    """The pages of one gathering. The back is seen with the sheet turned over its short edge."""
    for outer in range(first, first + count // 2, 2):
        opposite = 2 * first + count - 1 - outer
        yield opposite, outer
        yield outer + 1, opposite - 1


def impose(source: Path, target: Path, *, signature: int | None = None) -> Booklet:
    """Write the A4 pages of `source` as a booklet of A5 to `target`; the same source gives the same bytes.

    `signature` is the number of pages of one gathering, a positive multiple of 4; None lays all sheets into one. A
    landscape page is turned, the head of its tables towards the left. To be printed in actual size on both sides,
    flipped on the short edge. Raises ValueError for a wrong signature, pikepdf.PdfError where `source` is no PDF; then
    nothing is written.
    """
    with Pdf.open(source) as volume, Pdf.new() as imposed:
        booklet = arrange(len(volume.pages), signature)
        # Copied one by one into the same file, the pages go on sharing fonts and pictures.
        forms = [imposed.copy_foreign(page.as_form_xobject()) for page in volume.pages]
        for side in sides(booklet):
            _add_side(imposed, [None if page is None else forms[page] for page in side])
        _drop_marks(imposed)
        _describe(imposed, volume)
        data = BytesIO()
        imposed.save(data, min_version="1.7", deterministic_id=True, object_stream_mode=ObjectStreamMode.generate)
    outputs.write(target, data.getvalue())
    return booklet


def _add_side(imposed: Pdf, halves: list[Object | None]) -> None:
    imposed.add_blank_page(page_size=(_WIDTH, _HEIGHT))
    page = imposed.pages[-1]
    drawn = []
    for name, slot, form in zip(_NAMES, _SLOTS, halves, strict=True):
        if form is not None:
            page.add_resource(form, Name.XObject, name)
            drawn.append(_drawn(name, form, slot))
    page.Contents = imposed.make_stream(b"\n".join(drawn))


def _drawn(name: Name, form: Object, slot: Rectangle) -> bytes:
    """The operators that draw a page in the middle of its slot and nowhere else."""
    clip = f"{slot.llx:.4f} {slot.lly:.4f} {slot.width:.4f} {slot.height:.4f} re W n"
    return b"q %b %b cm %b Do Q" % (clip.encode(), _placed(form, slot).encode(), bytes(name))


def _placed(form: Object, slot: Rectangle) -> Matrix:
    # The form's own matrix holds the rotation that a page asks of its viewer.
    box = Matrix(form.get(Name.Matrix, Array([1, 0, 0, 1, 0, 0]))).transform(Rectangle(Array(form.BBox)))
    middle = ((slot.llx + slot.urx) / 2, (slot.lly + slot.ury) / 2)
    matrix = Matrix().translated(*middle).scaled(_SCALE, _SCALE)
    if box.width > box.height:
        matrix = matrix.rotated(90)
    return matrix.translated(-(box.llx + box.urx) / 2, -(box.lly + box.ury) / 2)


def _drop_marks(imposed: Pdf) -> None:
    """Take out what ties content to tags: they were not copied, and the numbers of their parts would lead nowhere."""
    for item in imposed.objects:
        if isinstance(item, Stream) and (item.get(Name.Subtype) == Name.Form or item.get(Name.PatternType) == 1):
            kept = [part for part in parse_content_stream(item) if str(part.operator) not in _MARKS]
            item.write(unparse_content_stream(kept))
        if isinstance(item, Stream | Dictionary):
            for key in (Name.StructParent, Name.StructParents):
                if key in item:
                    del item[key]


def _describe(imposed: Pdf, volume: Pdf) -> None:
    """Title, author and language of the volume; and what a print dialog should offer at once."""
    title = str(volume.docinfo.get("/Title", ""))
    imposed.docinfo["/Title"] = String(f"{title} – bản khổ A5" if title else "Bản khổ A5")
    for fact in _FACTS:
        if fact in volume.docinfo:
            imposed.docinfo[fact] = String(str(volume.docinfo[fact]))
    with imposed.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        metadata.load_from_docinfo(imposed.docinfo)
    if Name.Lang in volume.Root:
        imposed.Root.Lang = String(str(volume.Root.Lang))
    imposed.Root.ViewerPreferences = Dictionary(
        DisplayDocTitle=True, Duplex=Name.DuplexFlipShortEdge, PrintScaling=Name("/None"))
