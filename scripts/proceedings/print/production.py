"""Production of all printed files: first the volume, whose page numbers the offprints use."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from proceedings import schema
from proceedings.conference import products
from proceedings.conference.model import Conference
from proceedings.print import backdrop, pdf, time_limit
from proceedings.print.attachment import attached
from proceedings.print.book import Book, Chapter, Edition
from proceedings.print.imposition import impose
from proceedings.print.indexes import PageNumbers
from proceedings.print.pdf import Labels, SourceFile
from proceedings.project import Project
from proceedings.system import outputs

# Ids in the volume's template: start of Arabic page numbers, start of the indexes.
# Ids of volume.html between which the pages are numbered; both must be there.
_NUMBERED_FROM, _NUMBERED_TO = "than-sach", "bang-tra"
_LAYOUTS = 3
_DRAWINGS = ((products.backdrop_drawing, backdrop.WIDE), (products.backdrop_screen, backdrop.SCREEN))


@dataclass(frozen=True)
class Volume:
    """A layout of the volume with its page numbers and chapters."""

    layout: pdf.Layout
    page_numbers: PageNumbers
    chapters: tuple[Chapter, ...]

    def pages_of(self, path: str) -> tuple[int, int]:
        """Return the first and last page number of a document, by its path."""
        chapter = next(chapter for chapter in self.chapters if chapter.path == path)
        return self.page_numbers.numbers[chapter.name], self.page_numbers.numbers[chapter.end]


@dataclass(frozen=True)
class Printed:
    """A written file, its number of pages, and advice for the order to the print shop."""

    path: Path
    pages: int
    advice: str = ""


@dataclass(frozen=True)
class Order:
    """What to print, documents by path; if nothing is selected, everything that belongs to the site.

    `signature` is the number of pages per signature of the booklet, None for a single one.
    """

    offprints: tuple[str, ...] = ()
    reading_copies: tuple[str, ...] = ()
    booklet: bool = False
    signature: int | None = None
    press: bool = False

    @property
    def whole(self) -> bool:
        """Whether nothing is selected."""
        return not (self.offprints or self.reading_copies or self.booklet or self.press)


class Printer:
    """Prints the files of a conference into a folder."""

    def __init__(self, project: Project, edition: Edition, output: Path) -> None:
        self._project = project
        self._conference = project.conference
        self._settings = project.settings
        self._edition = edition
        self._book = Book(project, edition)
        self._folders = (project.settings.docs, project.settings.looks)
        self._output = output

    def fill(self, order: Order) -> Iterator[Printed]:
        """Write the ordered files one by one; raises PrintError at the first that cannot be printed."""
        yield from map(self.reading_copy, order.reading_copies)
        if order.press:
            yield self.press()
        if not (order.whole or order.offprints or order.booklet):
            return
        volume = self.lay_out()
        if order.whole or order.booklet:
            yield self.volume(volume)
            yield self.booklet(self._output / products.volume, order.signature)
        offprints = offprinted(self._conference) if order.whole else order.offprints
        for path in offprints:
            yield self.offprint(path, volume)
        if order.whole:
            yield from self.backdrop()

    def lay_out(self) -> Volume:
        """Lay out the volume repeatedly until the page numbers in its indexes are right.

        The indexes are at the end, so the second layout is normally final. Raises PrintError if the numbers do not
        settle.
        """
        chapters = tuple(map(self._chapter, self._conference.printed))
        page_numbers = PageNumbers()
        for _ in range(_LAYOUTS):
            layout = self._layout(chapters, page_numbers)
            found = PageNumbers.of(layout.places, _NUMBERED_FROM, _NUMBERED_TO)
            if found == page_numbers:
                return Volume(layout, page_numbers, chapters)
            page_numbers = found
        raise pdf.PrintError("the page numbers do not settle")

    def _chapter(self, path: str) -> Chapter:
        with _about(path), pdf.stopped_after(time_limit.allowed(len(self._conference.documents[path].text))):
            return self._book.chapter(path)

    def _layout(self, chapters: Sequence[Chapter], page_numbers: PageNumbers) -> pdf.Layout:
        """Lay out the volume.

        If it takes too long, raise SlowError for a document that takes too long alone, if there is one.
        """
        try:
            return pdf.lay_out(self._book.volume(chapters, page_numbers), self._folders)
        except pdf.SlowError:
            for chapter in chapters:
                self._offprint(chapter.path, page_numbers)
            raise

    def _offprint(self, path: str, page_numbers: PageNumbers) -> pdf.Layout:
        with _about(path):
            return pdf.lay_out(self._book.offprint(path, page_numbers), self._folders)

    def volume(self, volume: Volume, name: str = products.volume) -> Printed:
        """Write the volume with the Markdown of its documents attached."""
        front = volume.layout.places[_NUMBERED_FROM]
        labels = [Labels(0, 1, roman=True), Labels(front, 1)]
        return self._write(volume.layout, name, [chapter.path for chapter in volume.chapters], labels)

    def offprint(self, path: str, volume: Volume) -> Printed:
        """Write one document, with the page numbers of the volume and its Markdown attached."""
        layout = self._offprint(path, volume.page_numbers)
        first, last = volume.pages_of(path)
        if layout.pages != last - first + 1:
            raise pdf.PrintError(f"{path} takes {layout.pages} pages on its own, but {first} to {last} in the volume")
        return self._write(layout, products.of(path), [path], [Labels(0, first)])

    def press(self) -> Printed:
        """Write the volume for a print shop: with bleed and crop marks, inner pages in black only."""
        edition = replace(self._edition, press=True)
        printer = Printer(self._project, edition, self._output)
        return printer.volume(printer.lay_out(), products.press)

    def reading_copy(self, path: str) -> Printed:
        """Write one speech in large type for its presenter."""
        with _about(path), pdf.stopped_after(time_limit.allowed(len(self._conference.documents[path].text))):
            text = self._book.reading_copy(path)
        with _about(path):
            layout = pdf.lay_out(text, self._folders)
        return self._write(layout, products.reading_copy(PurePosixPath(path).stem), [path], [])

    def booklet(self, volume: Path, signature: int | None = None) -> Printed:
        """Impose the printed volume as an A5 booklet; a `signature` of None makes a single one."""
        imposed = impose(volume, self._output / products.booklet, signature=signature)
        return Printed(self._output / products.booklet, imposed.sides, imposed.summary)

    def backdrop(self) -> Iterator[Printed]:
        """Write the stage backdrop: drawings of both formats, and a PDF with both."""
        try:
            drawings = {name: backdrop.svg(self._conference, self._settings.looks, form) for name, form in _DRAWINGS}
            text = backdrop.html(self._conference, self._settings, self._edition.revision)
        except backdrop.UnknownLettersError as error:
            raise pdf.PrintError(str(error)) from error
        for name, drawing in drawings.items():
            outputs.write(self._output / name, drawing.encode())
            yield Printed(self._output / name, 1)
        yield self._write(pdf.lay_out(text, self._folders), products.backdrop, [], [])

    def _write(self, layout: pdf.Layout, name: str, paths: Sequence[str], labels: Sequence[Labels]) -> Printed:
        layout.write(self._output / name, list(self._sources(paths)), labels)
        return Printed(self._output / name, layout.pages)

    def _sources(self, paths: Sequence[str]) -> Iterator[SourceFile]:
        day = self._edition.revision.day if self._edition.revision else None
        for path in paths:
            document = self._conference.documents[path]
            title = document.title or path
            speech = self._conference.speech_at(path)
            yield SourceFile(path.replace("/", "-"), attached(document), speech.topic if speech else title, day)


@contextmanager
def _about(path: str) -> Iterator[None]:
    """Prefix print errors with the path of the document."""
    try:
        yield
    except pdf.PrintError as error:
        raise type(error)(f"{path}: {error}") from error


def offprinted(conference: Conference) -> tuple[str, ...]:
    """Return the documents with offprints: the plan and the speeches."""
    return tuple(path for path in conference.printed if path == schema.PLAN or conference.speech_at(path))
