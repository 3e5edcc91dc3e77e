"""What a clone brings: the references that are served, and what lies below them.

That is every state of every file, and every commit and annotated tag with its message.
"""

import contextlib
import os
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pygit2
from pygit2.enums import ObjectType

from nexus.repositories.git.limits import DEFAULT, MIB
from nexus.repositories.git.program import Command, run, stream
from nexus.repositories.git.progress import Work
from nexus.repositories.git.stores import BRANCHES, TAGS, Refs, open_store, read_refs
from nexus.repositories.git.trees import Kind, TreeFile
from nexus.repositories.git.troubles import GitProgramError, RemoteTrouble

_SECONDS = 60.0
_MAX_LISTING = 256 * MIB
#: ``git rev-list`` does not tell the mode of what it lists.
_MODE = 0o100644


@dataclass(slots=True)
class Below:
    """What lies below some commits: every state of every file, under one of its paths.

    ``said`` are the commits and the annotated tags themselves, and ``met`` are those of the known
    commits on which the others were built.
    """

    files: list[TreeFile] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    met: set[str] = field(default_factory=set)


def served_refs(store: Path) -> Refs:
    """The branches and tags of a store, by their full names: a clone gets these."""
    return read_refs(store, BRANCHES, TAGS)


def served_tips(store: Path) -> frozenset[str]:
    """What the branches and tags of a store name: a clone gets that and all below it."""
    return frozenset(served_refs(store).values())


def below(
    store: Path, tips: Collection[str], *, known: Collection[str] = (), at_most: int
) -> Below:
    """What lies below ``tips`` and not below ``known``, the newest commits first.

    Ends after ``at_most`` files, and early where a history is damaged or takes too long. Git
    lists all commits first, then the tags, then the files.
    """
    found, objects = Below(), open_store(store).odb
    lines = [*sorted(tips), *(f"^{oid}" for oid in sorted(known))]
    command = Command(store=store, arguments=["rev-list", "--objects", "--boundary", "--stdin"])
    given = "".join(f"{line}\n" for line in lines).encode()
    pieces = stream(command, _work(), given=given, max_output=_MAX_LISTING)
    with contextlib.suppress(GitProgramError, RemoteTrouble):
        for line in _lines(pieces):
            oid, named, path = line.partition(b" ")
            if oid.startswith(b"-"):
                found.met.add(oid[1:].decode())
            elif not named:
                found.said.append(oid.decode())
            elif path:
                _sort_in(found, objects, oid.decode(), os.fsdecode(path))
            if len(found.files) >= at_most:
                break
    return found


def commits_of(store: Path, new: str, *, but: str = "", at_most: int) -> list[str]:
    """The newest commits that ``new`` is built on and ``but`` is not; none if Git cannot tell."""
    stop = [f"^{but}"] if but else []
    arguments = ["rev-list", f"--max-count={at_most}", "--end-of-options", new, *stop]
    try:
        return run(Command(store=store, arguments=arguments), _work()).decode().split()
    except (GitProgramError, RemoteTrouble):
        return []


def is_reached(store: Path, wanted: Collection[str], tips: Collection[str]) -> bool:
    """Whether all of the wanted objects lie below ``tips``; False when that cannot be told."""
    left = set(wanted)
    if not left:
        return True
    command = Command(store=store, arguments=["rev-list", "--objects", "--stdin"])
    given = "".join(f"{tip}\n" for tip in sorted(tips)).encode()
    pieces = stream(command, _work(), given=given, max_output=_MAX_LISTING)
    with contextlib.suppress(GitProgramError, RemoteTrouble):
        for line in _lines(pieces):
            left.discard(line.partition(b" ")[0].decode())
            if not left:
                return True
    return False


def _work() -> Work:
    return Work(limits=replace(DEFAULT, total_seconds=_SECONDS))


def _sort_in(found: Below, objects: pygit2.Odb, oid: str, name: str) -> None:
    """Put what has a name where it belongs; a folder, and what the store lacks, nowhere."""
    try:
        kind, size = objects.read_header(oid)
    except (KeyError, ValueError, pygit2.GitError):
        return
    if kind == ObjectType.BLOB:
        found.files.append(TreeFile(name, oid, _MODE, Kind.FILE, size))
    elif kind == ObjectType.TAG:
        found.said.append(oid)


def _lines(pieces: Iterator[bytes]) -> Iterator[bytes]:
    rest = b""
    for piece in pieces:
        *whole, rest = (rest + piece).split(b"\n")
        yield from whole
    if rest:
        yield rest
