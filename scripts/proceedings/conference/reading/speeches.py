"""Reading of speech files, in the order of the plan; speeches outside the plan follow."""

from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath

from proceedings import schema
from proceedings.conference.model import Assignment, Plan, Speech
from proceedings.conference.reading import faults as rules
from proceedings.conference.reading import fields as read
from proceedings.conference.reading.faults import Faults
from proceedings.conference.reading.plan import unit_deadline
from proceedings.problems import Place
from proceedings.text.slugs import has_letters
from proceedings.text.source import Document


def speech_path(slug: str) -> str:
    """Return the path under docs/ of a speech, from its slug."""
    return f"{schema.SPEECH_FOLDER}/{slug}.md"


def is_speech(path: str) -> bool:
    """Whether a Markdown file under docs/ is, by its place, a speech."""
    file = PurePosixPath(path)
    in_folder = file.parent.as_posix() == schema.SPEECH_FOLDER and path != schema.SPEECH_INDEX
    return in_folder and file.suffix.lower() == ".md"


def read_speeches(documents: Mapping[str, Document], plan: Plan, folder: str, default_minutes: int,
                  faults: Faults) -> dict[str, Speech]:
    """Return all speeches by slug: assigned ones with a file, then those declared as outside the plan."""
    assigned = [(assignment, documents[speech_path(assignment.slug)]) for assignment in plan.assignments
                if speech_path(assignment.slug) in documents]
    taken = {document.path for _, document in assigned}
    extras = [document for path, document in sorted(documents.items())
              if is_speech(path) and path not in taken and document.front_matter.get(schema.OUTSIDE_PLAN)]
    speeches = [_assigned(assignment, document, folder, default_minutes, faults) for assignment, document in assigned]
    # Numbers of extras follow the plan's last, delivered or not, so that no number ever means two units.
    first = len(plan.assignments) + 1
    speeches += [_extra(number, document, plan, folder, default_minutes, faults)
                 for number, document in enumerate(extras, first)]
    return {speech.slug: speech for speech in speeches}


def _assigned(assignment: Assignment, document: Document, folder: str, default_minutes: int,
              faults: Faults) -> Speech:
    place, faults = Place(f"{folder}/{document.path}"), rules.about(document, faults)
    for key in (schema.UNIT, schema.TOPIC, schema.OUTSIDE_PLAN):
        if document.front_matter.get(key):
            faults.add(rules.UNKNOWN_KEY, Place(place.path, document.front_matter.line_of(key)),
                       f"Khóa \"{key}\" chỉ dùng cho tham luận ngoài kế hoạch; đơn vị này đã có trong kế hoạch "
                       f"(dòng {assignment.place.line}), hãy bỏ khóa này.")
    return Speech(
        number=assignment.number, slug=assignment.slug, unit=assignment.unit, topic=assignment.topic,
        deadline=assignment.deadline, assigned=True,
        delivery=read.delivery(document.front_matter, place, faults),
        minutes=read.minutes(document.front_matter, schema.MINUTES, place, faults) or default_minutes,
        blanks=read.blanks(document), document=document, place=place,
    )


def _extra(number: int, document: Document, plan: Plan, folder: str, default_minutes: int, faults: Faults) -> Speech:
    place, front = Place(f"{folder}/{document.path}"), document.front_matter
    if front.text(schema.OUTSIDE_PLAN) != schema.YES:
        faults.add(rules.FRONT_MATTER, Place(place.path, front.line_of(schema.OUTSIDE_PLAN)),
                   f"\"{schema.OUTSIDE_PLAN}\" chỉ nhận giá trị \"{schema.YES}\"; hãy ghi như thế hoặc bỏ khóa này.")
    for key in _missing(document, (schema.UNIT, schema.TOPIC)):
        faults.add(rules.MISSING_KEY, Place(place.path, front.line_of(schema.OUTSIDE_PLAN)),
                   f"Tham luận ngoài kế hoạch cần khóa \"{key}\"; hãy thêm vào phần đầu tệp.")
    unit = front.text(schema.UNIT)
    if unit and not has_letters(unit):
        faults.add(rules.FRONT_MATTER, Place(place.path, front.line_of(schema.UNIT)),
                   f"\"{schema.UNIT}: {unit}\" không có chữ cái nào; hãy ghi tên đơn vị bằng chữ.")
    return Speech(
        number=number, slug=PurePosixPath(document.path).stem, unit=unit, topic=front.text(schema.TOPIC).rstrip("."),
        deadline=unit_deadline(unit, plan.agencies), assigned=False,
        delivery=read.delivery(front, place, faults),
        minutes=read.minutes(front, schema.MINUTES, place, faults) or default_minutes,
        blanks=read.blanks(document), document=document, place=place,
    )


def _missing(document: Document, keys: Iterable[str]) -> list[str]:
    return [key for key in keys if not document.front_matter.text(key)]
