"""Information from the commit history: last changes of files, messages and contents of commits.

Commits are untrusted: their names, times and contents may be arbitrary bytes. The formats and parsing here ensure
that none of them can be mistaken for another part of git's output. All functions raise `git.GitError` if git fails.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from proceedings.system import git
from proceedings.system.git import GitError
from proceedings.system.revisions import CUT, commit, ends, valid_day


def last_changes(root: Path, folder: str) -> dict[str, date]:
    """Return the date of the last commit that touched each file, by its path below `folder`.

    The history is read in one pass for all files. Renames count as changes, merges do not. A file is left out if that
    commit has no valid date, or if it is the oldest commit of a shallow clone, which appears to create every file.
    """
    commits = git.run(root, "rev-list", commit(root, "HEAD"), "--", folder)
    listing = git.run(root, "diff-tree", "--stdin", "-r", "-z", "--root", "--no-renames", "--relative",
                      "--format=%H %cs", "--", folder, given=commits)
    cut_at, found = ends(root), dict[str, date | None]()
    for about, files in _walk(listing):
        name, _, day = about.partition(" ")
        for _, path in files:
            found.setdefault(path.removeprefix(f"{folder}/"), None if name in cut_at else valid_day(day))
    return {path: day for path, day in found.items() if day}


def messages(root: Path, base: str) -> tuple[tuple[str, str], ...]:
    """Return the hash and full message of each commit in `base`..HEAD, newest first.

    Messages are read from the commit objects, because `git log` truncates at a NUL. A message that declares or seems
    to have another encoding than UTF-8 is returned in each candidate encoding. Messages of merged tags are included
    with the commit.
    """
    commits = _commits(root, base)
    found, encoded = list[tuple[str, str]](), list[str]()
    for name, content in zip(commits, git.objects(root, commits), strict=True):
        head, _, text = content.partition(b"\n\n")
        encodings = ("utf-8", "utf-16-le", "utf-16-be") if b"\0" in text else ("utf-8",)
        found += [(name, text.decode(encoding, "replace").strip()) for encoding in encodings]
        if b"\nmergetag " in head:
            tag = head.partition(b"\nmergetag ")[2].decode("utf-8", "replace")
            found += [(name, line.strip()) for line in tag.split("\n")]
        if b"\nencoding " in head:
            encoded.append(name)
    return (*found, *_recoded(root, encoded))


def _recoded(root: Path, commits: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield the hash and message of each commit, converted to UTF-8 by git."""
    if commits:
        listing = git.run(root, "log", "--no-walk=unsorted", "--stdin", "-z", "--encoding=UTF-8", "--format=%H%n%B",
                          given="".join(f"{name}\n" for name in commits).encode())
        for entry in git.names(listing):
            name, _, text = entry.partition("\n")
            yield name, text.strip()


def contents(root: Path, base: str, paths: Sequence[str]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return each commit in `base`..HEAD with the hash and path of each file it wrote below `paths`.

    Oldest first. For a merge, these are the files that differ from all of its parents.
    """
    listing = git.run(root, "diff-tree", "--stdin", "-r", "-z", "-c", "--root", "--no-renames", "--relative",
                      "--format=%H", "--", *paths, given="".join(f"{name}\n" for name in _commits(root, base)).encode())
    return [(name, [(blob, path) for blob, path in files if blob]) for name, files in _walk(listing)][::-1]


def _commits(root: Path, base: str) -> list[str]:
    """Return the commits in `base`..HEAD, newest first; raise GitError if the history was cut within them."""
    found = git.line(root, "rev-list", f"{commit(root, base)}..{commit(root, 'HEAD')}", "--").split()
    if ends(root) & set(found):
        raise GitError(f"Không xem được mọi lần gửi của thay đổi này: {CUT}")
    return found


def _walk(listing: bytes) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Parse `diff-tree --stdin -z` output into commit lines with hash and path of each touched file.

    Only the field after a line of modes and hashes (":100644 …") is a path, so that no file name is misread.
    """
    about, files = "", list[tuple[str, str]]()
    fields = iter(git.names(listing))
    for field_ in fields:
        modes = field_.removeprefix("\n")
        if modes.startswith(":"):
            files.append((_blob(modes), next(fields)))
            continue
        if about:
            yield about, files
        about, files = field_, []
    if about:
        yield about, files


def _blob(modes: str) -> str:
    """Return the hash of the resulting file, or "" if it is deleted or not a file.

    The line lists the modes and hashes of the parents first, then those of the result.
    """
    parents = len(modes) - len(modes.lstrip(":"))
    parts = modes.lstrip(":").split(" ")
    return parts[2 * parents + 1] if parts[parents].startswith(("100", "120")) else ""
