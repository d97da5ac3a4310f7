"""All that is printed for one conference: the volume first, whose page numbers its offprints bear."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from proceedings import pdf, products, schema
from proceedings.book import Book, Chapter, Edition
from proceedings.indexes import Folios
from proceedings.model import Conference
from proceedings.pdf import Labels, SourceFile
from proceedings.settings import Settings

# Ids of the volume's template: where Arabic numbers begin, and the indexes.
_TEXT = "than-sach"
_INDEXES = "bang-tra"
_LAYOUTS = 3


@dataclass(frozen=True)
class Volume:
    """The volume laid out: its pages, the numbers they bear, and what it was made from."""

    layout: pdf.Layout
    folios: Folios
    chapters: tuple[Chapter, ...]


@dataclass(frozen=True)
class Printed:
    """A file that was written, with its number of pages."""

    path: Path
    pages: int


class Printer:
    """Prints the products of a conference below a folder."""

    def __init__(self, conference: Conference, settings: Settings, edition: Edition, output: Path) -> None:
        self._conference = conference
        self._edition = edition
        self._book = Book(conference, settings, edition)
        self._folders = (settings.docs, settings.looks)
        self._output = output

    def lay_out(self) -> Volume:
        """Lay the volume out until its indexes tell the pages that it really has.

        Raises PrintError if that never happens; the indexes stand last, so the second layout settles it.
        """
        chapters = self._book.chapters()
        folios = Folios()
        for _ in range(_LAYOUTS):
            layout = pdf.lay_out(self._book.volume(chapters, folios), self._folders)
            found = Folios.of(layout.places, _TEXT, _INDEXES)
            if found == folios:
                return Volume(layout, folios, chapters)
            folios = found
        raise pdf.PrintError("the page numbers do not settle")

    def volume(self, volume: Volume, name: str = products.volume) -> Printed:
        """Write the volume, the Markdown of all its documents attached."""
        front = volume.layout.places[_TEXT]
        labels = [Labels(0, 1, roman=True), Labels(front, 1)]
        return self._write(volume.layout, name, [chapter.path for chapter in volume.chapters], labels)

    def offprint(self, path: str, volume: Volume) -> Printed:
        """Write one document of the volume, its pages numbered as there, its Markdown attached."""
        layout = pdf.lay_out(self._book.offprint(path, volume.folios), self._folders)
        number = next(volume.folios.numbers[chapter.name] for chapter in volume.chapters if chapter.path == path)
        return self._write(layout, products.of(path), [path], [Labels(0, number)])

    def _write(self, layout: pdf.Layout, name: str, paths: Sequence[str], labels: Sequence[Labels]) -> Printed:
        layout.write(self._output / name, list(self._sources(paths)), labels)
        return Printed(self._output / name, layout.pages)

    def _sources(self, paths: Sequence[str]) -> Iterator[SourceFile]:
        day = self._edition.revision.day if self._edition.revision else None
        for path in paths:
            document = self._conference.documents[path]
            title = document.title or path
            speech = self._conference.speech_at(path)
            yield SourceFile(path.replace("/", "-"), document.text, speech.topic if speech else title, day)


def printable(book_paths: Sequence[str], conference: Conference) -> tuple[str, ...]:
    """The documents that are printed on their own as well: the plan and the speeches."""
    return tuple(path for path in book_paths if path == schema.PLAN or conference.speech_at(path))
