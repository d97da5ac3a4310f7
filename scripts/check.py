"""Report every problem of the documents as `path:line: fault and remedy (rule)`.

Exit status: 0 no blocking problem, 1 blocking problems, 2 usage error.
"""

import argparse
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import entry
from proceedings import checks
from proceedings.checks import Findings
from proceedings.checks.engine import answerable, reports
from proceedings.checks.engine.repairs import repairs
from proceedings.checks.engine.suggestions import suggestions
from proceedings.checks.safety import commits, credentials
from proceedings.conference import reviewers, settings
from proceedings.conference.reading import Reading, read_project
from proceedings.conference.settings import Settings, SettingsError
from proceedings.problems import Problem, blocking
from proceedings.project import Project
from proceedings.system import outputs, revisions
from proceedings.system.git import GitError
from proceedings.system.outputs import WriteError
from proceedings.system.revisions import Changes


def main() -> int:
    """Run the command line."""
    options = _parser().parse_args()
    if options.list:
        for rule in checks.all_rules():
            print(f"{rule.id} [{rule.severity}]: {rule.text.splitlines()[0]}")
        return 0
    try:
        view = settings.load(options.config_file)
        changes = revisions.changes(view.root, options.changed_since) if options.changed_since is not None else None
        fixed = _fix(view) if options.fix else True
        told = _tell(options, view, changes)
    except (SettingsError, GitError, WriteError) as error:
        reason = str(error)
        _summarise(options, lambda: reports.refusal(reason))  # CI services show the summary whatever the exit status
        raise entry.RefusalError(error, status=2) from error
    return told if fixed else 2


def _parser() -> entry.Parser:
    parser = entry.Parser(description="Kiểm tra bộ tài liệu hội nghị.")
    parser.add_config_file()
    parser.add_argument("--final", action="store_true", help="kiểm tra cả những điều phải xong trước khi in chính thức")
    parser.add_argument("--list", action="store_true", help="in danh sách quy tắc")
    parser.add_argument("--list-exemptions", action="store_true", help="chỉ in những ngoại lệ đang dùng và lý do")
    parser.add_argument("--reviewers", action="store_true",
                        help="chỉ in ai duyệt tệp nào, theo dạng CODEOWNERS; kèm --changed-since: của các tệp đã đổi")
    parser.add_argument("--changed-since", metavar="REV",
                        help="chỉ báo lỗi ở những dòng đã đổi từ bản REV và lỗi mà thay đổi đó gây ra ở chỗ khác")
    parser.add_argument("--fix", action="store_true",
                        help="sửa những gì không thể làm đổi nghĩa (dạng Unicode, ký tự ẩn, dấu cách, cuối dòng)")
    parser.add_argument("--suggest", action="store_true",
                        help="kèm những chỗ sửa mà quy tắc biết chắc, dạng so sánh từng dòng; không sửa vào tệp")
    parser.add_argument("--format", choices=reports.FORMATS, default="text", help="dạng kết quả (mặc định: text)")
    parser.add_argument("--summary", type=Path, metavar="FILE", help="ghi thêm bản tóm tắt từng tài liệu (Markdown)")
    return parser


def _summarise(options: argparse.Namespace, words: Callable[[], str]) -> None:
    """Write the summary to the requested file; raises RefusalError if that is not possible."""
    if options.summary:
        try:
            outputs.write(options.summary.absolute(), words().encode())
        except WriteError as error:
            raise entry.RefusalError(error, status=2) from error


def _fix(view: Settings) -> bool:
    """Repair the files and print the changes on standard error; return whether all could be written."""
    written = True
    for repair in repairs(view.docs):
        path = f"{view.folder}/{repair.path}"
        if repair.reason:
            entry.tell(f"Không sửa {path}: {repair.reason}.")
            continue
        try:
            outputs.write(view.docs / repair.path, repair.after.encode())
            mask = credentials.Mask.of_words(repair.before, repair.after)
            print(mask.hide(reports.difference(path, repair.before, repair.after)), file=sys.stderr)
        except WriteError as error:
            written = False
            entry.tell(error)
    return written


def _tell(options: argparse.Namespace, view: Settings, changes: Changes | None) -> int:
    if options.reviewers:
        print("\n".join(map(reports.visible, _reviewers(options.changed_since, view, changes))))
        return 0
    project = Project.open(view)
    findings = project.final_findings if options.final else project.findings
    if options.list_exemptions:
        print("\n".join(reports.exemptions(findings)) or "Không có ngoại lệ.")
        return 0
    if changes:
        findings = _of_change(project, findings, changes, final=options.final)
    if options.suggest or options.format == reports.REVIEW:
        findings = replace(findings, suggestions=suggestions(project.conference, findings.problems))
    if changes and options.format == reports.REVIEW:  # which accepts comments only on lines of the change
        findings = replace(findings, suggestions=tuple(
            each for each in findings.suggestions if each.line in changes.lines.get(each.path, ())))
    print(reports.FORMATS[options.format](findings))
    _summarise(options, lambda: reports.summary(findings, project.conference, changes.lines if changes else None))
    return 1 if blocking(findings.problems) else 0


def _reviewers(since: str, view: Settings, changes: Changes | None) -> Iterator[str]:
    """Yield the reviewers of files.

    For a change, the table of the target branch is used, because the change may modify the table itself.
    """
    if not changes:
        return reviewers.listing(read_project(view).conference)
    with _as_of(view, revisions.commit(view.root, since)) as former:
        return reviewers.listing(former.conference, changes.paths)


def _of_change(project: Project, findings: Findings, changes: Changes, *, final: bool) -> Findings:
    """Return the problems that the change is responsible for, including those of its commits."""
    ours: tuple[Problem, ...] = findings.problems
    view = project.settings
    if view.docs.is_relative_to(view.root):
        with _as_of(view, changes.base) as former:
            ours = answerable.answerable(project.conference, ours, checks.check(former, final=final), changes)
    return replace(findings, problems=tuple(sorted({*ours, *commits.problems(view, changes.base)})))


@contextmanager
def _as_of(view: Settings, commit: str) -> Iterator[Reading]:
    """Check out the documents of a commit into a temporary folder and yield their reading."""
    with revisions.temporary_folder() as folder:
        former = replace(view, root=folder, docs=folder / view.folder, file=folder / view.file.name)
        former.docs.mkdir(parents=True)
        former.file.touch()
        revisions.snapshot(view.root, commit, (view.folder, view.file.name), folder)
        yield read_project(former)


if __name__ == "__main__":
    entry.run(main)
