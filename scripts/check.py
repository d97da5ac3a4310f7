"""Tell every problem of the documents as `path:line: what is wrong and what to do (rule)`.

Exit status: 0 nothing blocks, 1 something blocks, 2 wrong call.
"""

import argparse
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

import entry
from proceedings import checks, outputs, reports, review, reviewers, revisions, settings
from proceedings.checks import Findings, secrecy
from proceedings.problems import blocking
from proceedings.reading import Reading, read_project
from proceedings.repair import repairs
from proceedings.revisions import Changes
from proceedings.settings import Settings

ROOT = Path(__file__).absolute().parent.parent


def main() -> int:
    """Run the command line."""
    options = _parser().parse_args()
    if options.list:
        for rule in checks.all_rules():
            print(f"{rule.id} [{rule.severity}]: {rule.text.splitlines()[0]}")
        return 0
    try:
        view = settings.load(options.config_file)
    except settings.SettingsError as error:
        return _refuse(options, str(error))
    changes = revisions.changes(view.root, options.changed_since) if options.changed_since is not None else None
    if options.changed_since is not None and changes is None:
        return _refuse(options, f"Kho tài liệu không có bản \"{options.changed_since}\"; "
                                "hãy ghi tên nhánh hoặc mã của một lần gửi.")
    fixed = _fix(view) if options.fix else True
    told = _tell(options, view, changes)
    return told if fixed else 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description="Kiểm tra bộ tài liệu hội nghị.")
    parser.add_argument("--config-file", type=Path, default=ROOT / "mkdocs.yml", help="tệp mkdocs.yml cần kiểm tra")
    parser.add_argument("--final", action="store_true", help="kiểm tra cả những điều phải xong trước khi in chính thức")
    parser.add_argument("--list", action="store_true", help="in danh sách quy tắc")
    parser.add_argument("--list-exemptions", action="store_true", help="chỉ in những ngoại lệ đang dùng và lý do")
    parser.add_argument("--reviewers", action="store_true",
                        help="chỉ in ai duyệt tệp nào, theo dạng CODEOWNERS; kèm --changed-since: của các tệp đã đổi")
    parser.add_argument("--changed-since", metavar="REV",
                        help="chỉ báo lỗi ở những dòng đã đổi từ bản REV và lỗi mà thay đổi đó gây ra ở chỗ khác")
    parser.add_argument("--fix", action="store_true",
                        help="sửa những gì không thể làm đổi nghĩa (dạng Unicode, ký tự ẩn, dấu cách, cuối dòng)")
    parser.add_argument("--format", choices=reports.FORMATS, default="text", help="dạng kết quả (mặc định: text)")
    parser.add_argument("--summary", type=Path, metavar="FILE", help="ghi thêm bản tóm tắt từng tài liệu (Markdown)")
    return parser


def _refuse(options: argparse.Namespace, reason: str) -> int:
    """Say why nothing was checked, in the summary too: a pipeline shows it whatever the exit status."""
    print(reports.visible(reason), file=sys.stderr)
    if options.summary:
        try:
            outputs.write(options.summary.absolute(), reports.refusal(reason).encode())
        except outputs.WriteError as error:
            print(reports.visible(str(error)), file=sys.stderr)
    return 2


def _fix(view: Settings) -> bool:
    """Repair what can be, and show it apart from the result; whether all of it could be written."""
    written = True
    for repair in repairs(view.docs):
        path = f"{view.folder}/{repair.path}"
        if repair.reason:
            print(reports.visible(f"Không sửa {path}: {repair.reason}."), file=sys.stderr)
            continue
        try:
            outputs.write(view.docs / repair.path, repair.after.encode())
            print(reports.difference(path, repair.before, repair.after), file=sys.stderr)
        except outputs.WriteError as error:
            written = False
            print(reports.visible(str(error)), file=sys.stderr)
    return written


def _tell(options: argparse.Namespace, view: Settings, changes: Changes | None) -> int:
    reading = read_project(view)
    if options.reviewers:
        paths = changes.paths if changes else None
        print("\n".join(map(reports.visible, reviewers.listing(reading.conference, paths))))
        return 0
    findings = checks.examine(reading, final=options.final)
    if options.list_exemptions:
        print("\n".join(reports.exemptions(findings)) or "Không có ngoại lệ.")
        return 0
    if changes:
        findings = _of_change(reading, findings, view, changes, final=options.final)
    print(reports.FORMATS[options.format](findings))
    if options.summary:
        words = reports.summary(findings, reading.conference, changes.lines if changes else None)
        try:
            outputs.write(options.summary.absolute(), words.encode())
        except outputs.WriteError as error:
            print(error, file=sys.stderr)
            return 2
    return 1 if blocking(findings.problems) else 0


def _of_change(reading: Reading, findings: Findings, view: Settings, changes: Changes, *, final: bool) -> Findings:
    """Only what the change answers for."""
    if not view.docs.is_relative_to(view.root):
        return findings
    with tempfile.TemporaryDirectory() as folder:
        former = replace(view, root=Path(folder), docs=Path(folder) / view.folder, file=Path(folder) / view.file.name)
        former.docs.mkdir(parents=True)
        former.file.touch()
        revisions.snapshot(view.root, changes.base, (view.folder, view.file.name), Path(folder))
        known = checks.check(read_project(former), final=final)
    ours = review.answerable(reading.conference, findings.problems, known, changes)
    said = secrecy.in_messages(revisions.messages(view.root, changes.base))
    return replace(findings, problems=tuple(sorted({*ours, *said})))


if __name__ == "__main__":
    entry.run(main)
