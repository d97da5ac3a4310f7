"""What the history tells, commit by commit: when each file was last changed, what each commit of a change brings.

A commit that is pushed may hold anything: any name, any time, any bytes. It is read so that none of them passes for
another part of git's answer. Raises `git.GitError` where git cannot answer.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from proceedings.system import git
from proceedings.system.git import GitError
from proceedings.system.revisions import CUT, commit, ends, valid_day


def last_changes(root: Path, folder: str) -> dict[str, date]:
    """The day of the last commit that touched each file, by its path below `folder`, where it is known.

    One walk through the history for all files. Renames count as changes, and merges do not. It is not known where that
    commit has no valid date, or is the first of those that were fetched, as it then seems to have made every file.
    """
    commits = git.ask(root, "rev-list", commit(root, "HEAD"), "--", folder)
    listing = git.ask(root, "diff-tree", "--stdin", "-r", "-z", "--root", "--no-renames", "--relative",
                      "--format=%H %cs", "--", folder, given=commits)
    cut_at, found = ends(root), dict[str, date | None]()
    for about, files in _walk(listing):
        name, _, day = about.partition(" ")
        for _, path in files:
            found.setdefault(path.removeprefix(f"{folder}/"), None if name in cut_at else valid_day(day))
    return {path: day for path, day in found.items() if day}


def messages(root: Path, base: str) -> tuple[tuple[str, str], ...]:
    """The hash and the whole message of each commit that HEAD has and `base` has not, the newest first.

    They are read from the commits themselves: git would stop at a NUL. A message that says or seems to be in another
    encoding than UTF-8 is given in each, and the message of a tag that was merged is given with its commit's.
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
    """The hash and message of each of these commits, in UTF-8 whatever encoding they say to be in."""
    if commits:
        listing = git.ask(root, "log", "--no-walk=unsorted", "--stdin", "-z", "--encoding=UTF-8", "--format=%H%n%B",
                          given="".join(f"{name}\n" for name in commits).encode())
        for entry in git.names(listing):
            name, _, text = entry.partition("\n")
            yield name, text.strip()


def contents(root: Path, base: str, paths: Sequence[str]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Each commit that HEAD has and `base` has not, with hash and path of each file below these paths that it wrote.

    The oldest comes first. Of a merge, these are the files that are like those of none of its parents.
    """
    listing = git.ask(root, "diff-tree", "--stdin", "-r", "-z", "-c", "--root", "--no-renames", "--relative",
                      "--format=%H", "--", *paths, given="".join(f"{name}\n" for name in _commits(root, base)).encode())
    return [(name, [(blob, path) for blob, path in files if blob]) for name, files in _walk(listing)][::-1]


def _commits(root: Path, base: str) -> list[str]:
    """The commits that HEAD has and `base` has not, the newest first. Raises GitError where some were not fetched."""
    found = git.line(root, "rev-list", f"{commit(root, base)}..{commit(root, 'HEAD')}", "--").split()
    if ends(root) & set(found):
        raise GitError(f"Không xem được mọi lần gửi của thay đổi này: {CUT}")
    return found


def _walk(listing: bytes) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Of what `diff-tree --stdin -z` prints: each commit's line, and the hash and path of each file it touched.

    A path is what follows a line of modes and hashes (":100644 …"), so that no name is taken for anything else.
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
    """The hash of the file that a commit leaves, "" where it is none: behind the modes and hashes of its parents."""
    parents = len(modes) - len(modes.lstrip(":"))
    parts = modes.lstrip(":").split(" ")
    return parts[2 * parents + 1] if parts[parents].startswith(("100", "120")) else ""
