"""How the files of a store came to be, asked of ``git log`` in one run each.

Every run is bounded in time and output; one that fails ends the answer early, since a
repository whose old history is damaged can still be read.
"""

import contextlib
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from nexus.repositories.git.changes import Change, Pieces, Status, read_changes
from nexus.repositories.git.commits import CommitInfo, moment, plain
from nexus.repositories.git.limits import DEFAULT, MIB
from nexus.repositories.git.paths import raw_names
from nexus.repositories.git.program import Command, run, stream
from nexus.repositories.git.progress import Work
from nexus.repositories.git.troubles import GitProgramError, RemoteTrouble, StoreMissing, trouble

_OUTPUT = 256 * MIB
_SECONDS = 120.0
_SECONDS_OF_A_LISTING = 5.0
_MAX_CONTRIBUTING_COMMITS = 100_000
#: More changes in one commit than this are not told: only a hostile commit has them.
_MAX_CHANGES = DEFAULT.max_files
_SHA = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_ONE_LINE = ["--first-parent", "--diff-merges=first-parent"]
_RAW = ["--raw", "-z", "--no-abbrev", "--no-color", "--no-ext-diff", "--no-textconv"]
_LIKENESS = "--find-renames=50%"
_SAME = "--find-renames=100%"


@dataclass(frozen=True, slots=True)
class FileVersion:
    """A file as one commit left it; ``oid`` is None for a file that it deleted."""

    commit: CommitInfo
    path: str
    old_path: str | None
    oid: str | None
    status: Status


@dataclass(frozen=True, slots=True)
class Contributor:
    """Somebody who wrote commits: how many, and when the first and the last of them."""

    name: str
    email: str
    commits: int
    first: datetime
    last: datetime


def _checked(sha: str) -> str:
    """``sha`` if it is a full id; nothing else reaches the command line."""
    if not _SHA.fullmatch(sha):
        raise trouble(StoreMissing, "object-missing")
    return sha


def _work(seconds: float = _SECONDS) -> Work:
    return Work(limits=replace(DEFAULT, total_seconds=seconds))


def is_ancestor(store: Path, old: str, new: str) -> bool:
    """Whether ``new`` was built on ``old``, or is the same; False if either is missing."""
    try:
        arguments = ["merge-base", "--is-ancestor", _checked(old), _checked(new)]
        run(Command(store=store, arguments=arguments), _work())
    except (GitProgramError, StoreMissing):
        return False
    return True


def changes(store: Path, old: str, new: str) -> list[Change]:
    """Which files differ between two commits. Raises ``GitProgramError`` if Git cannot tell."""
    arguments = ["diff-tree", "-r", *_RAW, _LIKENESS, "--end-of-options"]
    command = Command(store=store, arguments=[*arguments, _checked(old), _checked(new)])
    output = stream(command, _work(), max_output=_OUTPUT)
    return [change for change in read_changes(output) if isinstance(change, Change)]


def history(
    store: Path, commit: str, *, limit_commits: int, since: str | None
) -> Iterator[tuple[str, list[Change]]]:
    """The commits along the first parents, newest first, and what each changed.

    Renames are recognised by likeness, from where a file is missing by sameness only.
    """
    span = _checked(commit) if since is None else f"{_checked(since)}..{_checked(commit)}"
    told: set[str] = set()
    for renames in (_LIKENESS, _SAME):
        options = [*_ONE_LINE, *_RAW, renames, "--format=%H", f"--max-count={limit_commits}"]
        command = Command(store=store, arguments=["log", *options, "--end-of-options", span, "--"])
        with contextlib.suppress(GitProgramError, RemoteTrouble):
            for sha, found in _by_commit(stream(command, _work(), max_output=_OUTPUT)):
                if sha not in told:
                    told.add(sha)
                    yield sha, found
            return


def _by_commit(output: Iterator[bytes]) -> Iterator[tuple[str, list[Change]]]:
    sha, found = "", list[Change]()
    failure: GitProgramError | None = None
    try:
        for told in read_changes(output):
            if isinstance(told, Change):
                if len(found) < _MAX_CHANGES:
                    found.append(told)
                continue
            if sha:
                yield sha, found
            sha, found = told, []
    except GitProgramError as error:  # Git writes a commit only when it has all of it
        failure = error
    if sha:
        yield sha, found
    if failure:
        raise failure


def last_changes(
    store: Path, commit: str, folder: str, *, wanted: set[str], limit_commits: int
) -> dict[str, str]:
    """For each wanted path right in ``folder`` the commit that changed it last."""
    options = [*_ONE_LINE, *_RAW, "--no-renames", "--format=%H", f"--max-count={limit_commits}"]
    where = [os.fsdecode(b"/".join(raw_names(folder) or []))] if folder else []
    command = Command(
        store=store,
        arguments=["log", *options, "--end-of-options", _checked(commit), "--", *where],
        environment={"GIT_LITERAL_PATHSPECS": "1"},
    )
    found: dict[str, str] = {}
    depth = folder.count("/") + 2 if folder else 1
    output = stream(command, _work(_SECONDS_OF_A_LISTING), max_output=_OUTPUT)
    with contextlib.suppress(GitProgramError, RemoteTrouble):
        for sha, changed in _by_commit(output):
            for change in changed:
                path = "/".join(change.path.split("/")[:depth])
                if path in wanted:
                    found.setdefault(path, sha)
            if len(found) == len(wanted):
                break
    return found


def contributors(store: Path, commit: str) -> list[Contributor]:
    """Who wrote the commits up to ``commit``, the busiest first."""
    sha = _checked(commit)
    options = ["-z", "--format=%aN%x00%aE%x00%at", f"--max-count={_MAX_CONTRIBUTING_COMMITS}"]
    command = Command(
        store=store,
        arguments=["log", *options, "--end-of-options", sha, "--"],
        settings=[f"mailmap.blob={sha}:.mailmap"],
    )
    people: dict[str, Contributor] = {}
    pieces = Pieces(stream(command, _work(), max_output=_OUTPUT))
    with contextlib.suppress(GitProgramError, RemoteTrouble):
        for name, email, seconds in zip(pieces, pieces, pieces, strict=False):
            _count(people, plain(name), plain(email), moment(int(seconds or 0)))
    return sorted(people.values(), key=lambda person: (-person.commits, person.name))


def _count(people: dict[str, Contributor], name: str, email: str, when: datetime) -> None:
    """Add one commit; people are told apart by their address. Newer commits come first."""
    key = email.lower()
    person = people.get(key)
    people[key] = (
        Contributor(name, email, 1, when, when)
        if person is None
        else replace(
            person,
            commits=person.commits + 1,
            first=min(person.first, when),
            last=max(person.last, when),
        )
    )
