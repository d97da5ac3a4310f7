"""Reading of speech files, in the order of the plan; speeches outside the plan follow."""

from collections.abc import Mapping
from pathlib import PurePosixPath

from proceedings import schema
from proceedings.conference.model import Assignment, Plan, Speech
from proceedings.conference.reading import faults as rules
from proceedings.conference.reading import fields as read
from proceedings.conference.reading.faults import Faults
from proceedings.conference.reading.plan import unit_deadline
from proceedings.problems import Place
from proceedings.text.front_matter import Fields, Items
from proceedings.text.slugs import has_letters
from proceedings.text.source import Document


def speech_path(slug: str) -> str:
    """Return the path under docs/ of a speech, from its slug."""
    return f"{schema.SPEECH_FOLDER}/{slug}.md"


def read_speeches(documents: Mapping[str, Document], plan: Plan, folder: str, default_minutes: int,
                  faults: Faults) -> dict[str, Speech]:
    """Return all speeches by slug: assigned ones with a file, then those declared as outside the plan."""
    assigned = [(assignment, documents[speech_path(assignment.slug)]) for assignment in plan.assignments
                if speech_path(assignment.slug) in documents]
    taken = {document.path for _, document in assigned}
    extras = [document for path, document in sorted(documents.items())
              if schema.is_speech(path) and path not in taken and document.front_matter.get(schema.OUTSIDE_PLAN)]
    for assignment, document in assigned:
        _tell_what_the_plan_says(assignment, document, folder, rules.about(document, faults))
    # Extra speeches are numbered after all assigned ones, whether delivered or not, so that numbers stay unique.
    first = len(plan.assignments) + 1
    added = [(_own_assignment(number, document, plan, folder, faults), document)
             for number, document in enumerate(extras, first)]
    return {assignment.slug: _speech(assignment, document, folder, default_minutes, faults)
            for assignment, document in (*assigned, *added)}


def _speech(assignment: Assignment, document: Document, folder: str, default_minutes: int, faults: Faults) -> Speech:
    place, front, faults = Place(f"{folder}/{document.path}"), document.front_matter, rules.about(document, faults)
    return Speech(
        number=assignment.number, slug=assignment.slug, unit=assignment.unit, topic=assignment.topic,
        deadline=assignment.deadline, assigned=assignment.place.path != place.path,
        delivery=read.delivery(front, place, faults),
        minutes=read.minutes(front, schema.MINUTES) or default_minutes,
        path=document.path, blanks=read.blanks(document),
    )


def _tell_what_the_plan_says(assignment: Assignment, document: Document, folder: str, faults: Faults) -> None:
    """Report keys that an assigned speech must not have, because the plan contains these facts."""
    for key in (schema.UNIT, schema.TOPIC, schema.OUTSIDE_PLAN):
        if document.front_matter.get(key):
            faults.add(rules.UNKNOWN_KEY, Place(f"{folder}/{document.path}", document.front_matter.line_of(key)),
                       f"Khóa \"{key}\" chỉ dùng cho tham luận ngoài kế hoạch; đơn vị này đã có trong kế hoạch "
                       f"(dòng {assignment.place.line}), hãy bỏ khóa này.", key)


def _own_assignment(number: int, document: Document, plan: Plan, folder: str, faults: Faults) -> Assignment:
    """Return the assignment of a speech outside the plan, from its front matter."""
    front, path = document.front_matter, f"{folder}/{document.path}"
    place = Place(path, front.line_of(schema.OUTSIDE_PLAN))
    for key in (schema.UNIT, schema.TOPIC):
        if not front.text(key) and not isinstance(front.get(key), Items | Fields):
            faults.add(rules.MISSING_KEY, place,
                       f"Tham luận ngoài kế hoạch cần khóa \"{key}\"; hãy thêm vào phần đầu tệp.", key)
    unit = front.text(schema.UNIT)
    if unit and not has_letters(unit):
        faults.add(rules.FRONT_MATTER, Place(path, front.line_of(schema.UNIT)),
                   f"\"{schema.UNIT}: {unit}\" không có chữ cái nào; hãy ghi tên đơn vị bằng chữ.",
                   f"{schema.UNIT}: {unit}")
    return Assignment(number, unit, front.text(schema.TOPIC).rstrip("."), PurePosixPath(document.path).stem,
                      unit_deadline(unit, plan.agencies), place)
