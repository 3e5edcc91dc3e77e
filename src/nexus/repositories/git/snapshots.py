"""A plain folder or an archive becomes a commit, on top of the one before it.

The files go straight into the store, as one pack; nothing is unpacked to disk on the way.
"""

import contextlib
import json
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import astuple, dataclass, replace
from pathlib import Path

from nexus.repositories.git.archives import open_archive
from nexus.repositories.git.explaining import explain
from nexus.repositories.git.folders import item_of, signature, walk
from nexus.repositories.git.items import Item, ItemError, Report, whole
from nexus.repositories.git.origins import Origin, OriginKind
from nexus.repositories.git.outcomes import Fetched, LeftOut
from nexus.repositories.git.paths import path_text
from nexus.repositories.git.program import Command, Feed, run
from nexus.repositories.git.progress import Work
from nexus.repositories.git.stores import (
    BRANCHES,
    INCOMING,
    head_branch,
    head_commit,
    locked,
    read_refs,
    remove_unfinished_packs,
    update_refs,
)
from nexus.repositories.git.troubles import GitProgramError, ImportRefused, trouble

#: Names the reason why a path is not to be taken in; None takes it in.
LeaveOut = Callable[[str], str | None]

_AUTHOR = "Nexus import <import@nexus.invalid>"
_INCOMING = f"{INCOMING}snapshot"
#: Remembers in a store what was imported last, so that it is not read again, and what was not.
_REMEMBERED = "nexus-snapshot"
_CHUNK = 1024 * 1024


@dataclass(frozen=True, slots=True)
class _Source:
    """The files to take in, and a value that changes when they do (None: it cannot be told)."""

    items: Iterable[Item]
    total: int
    signature: str | None


def snapshot(
    store: Path, origin: Origin, work: Work, *, leave_out: LeaveOut | None = None
) -> Fetched:
    """Commit what a folder or an archive holds now, if it is not what was committed last.

    Raises ``ImportRefused``, and leaves the store as it was, if it cannot be taken in.
    """
    with locked(store), contextlib.ExitStack() as closing:
        work.tell("comparing")
        report = Report()
        source = closing.enter_context(_open(store, origin, work, report))
        before = head_commit(store)
        if before and not source.total:
            raise trouble(ImportRefused, "import-empty")
        if source.signature and before:
            last, left_out = _remembered(store)
            if last == f"{source.signature} {before} {origin.location}":
                branch = head_branch(store)
                return Fetched(head=before, branch=branch, changed=False, left_out=left_out)
        try:
            items = _wanted(source.items, leave_out, report)
            _import(store, origin, replace(source, items=items), work, report)
        except GitProgramError as failure:
            raise explain(failure) from failure
        finally:
            remove_unfinished_packs(store)
        return _finish(store, origin, source, report, before)


@contextlib.contextmanager
def _open(store: Path, origin: Origin, work: Work, report: Report) -> Iterator[_Source]:
    if origin.kind is OriginKind.ARCHIVE:
        with open_archive(origin.path, work, report) as archive:
            yield _Source(archive.items, archive.total, archive.signature)
        return
    found = list(walk(origin.path, avoid=store, work=work, report=report))
    items = (item_of(origin.path, seen) for seen in found)
    yield _Source(items, len(found), signature(found, now=time.time_ns()))


def _remembered(store: Path) -> tuple[str, tuple[LeftOut, ...]]:
    """What was imported last, and what of it was not taken in; empty when that is not known."""
    with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
        kept = json.loads((store / _REMEMBERED).read_bytes())
        return str(kept["source"]), tuple(LeftOut(*left) for left in kept["left_out"])
    return "", ()


def _remember(store: Path, source: str, left_out: Iterable[LeftOut]) -> None:
    kept = {"source": source, "left_out": [astuple(left) for left in left_out]}
    (store / _REMEMBERED).write_text(json.dumps(kept))


def _wanted(items: Iterable[Item], leave_out: LeaveOut | None, report: Report) -> Iterator[Item]:
    """The items that nobody wants left out."""
    for item in items:
        reason = leave_out(path_text(item.path)) if leave_out else None
        if reason:
            report.leave_out(item.path, reason)
        else:
            yield item


def _import(store: Path, origin: Origin, source: _Source, work: Work, report: Report) -> None:
    """Write the items into one commit, under ``refs/nexus/incoming``."""
    update_refs(store, dict.fromkeys(read_refs(store, INCOMING)))
    command = Command(store=store, arguments=["fast-import", "--quiet", "--done"])
    with Feed(command, work) as feed:
        feed.write(_header(origin, head_commit(store)))
        written = 0
        for number, item in enumerate(source.items):
            work.check()
            if number % 100 == 0:
                work.tell("reading", number, source.total)
            written += _write(feed, item, work, report)
            if written > work.limits.max_bytes:
                raise trouble(ImportRefused, "import-too-large")
        feed.write(b"done\n")


def _header(origin: Origin, parent: str | None) -> bytes:
    message = f"Import {origin.suggested_name}\n\nFrom the {origin.kind} {origin.public_display}.\n"
    text = message.encode("utf-8", "replace")
    lines = [
        f"commit {_INCOMING}\n".encode(),
        f"committer {_AUTHOR} {int(time.time())} +0000\n".encode(),
        b"data %d\n%s\n" % (len(text), text),
        f"from {parent}\ndeleteall\n".encode() if parent else b"",
    ]
    return b"".join(lines)


def _write(feed: Feed, item: Item, work: Work, report: Report) -> int:
    """Hand one file to ``git fast-import``; returns its bytes, 0 if it was left out."""
    try:
        with whole(item, work.limits) as (size, file):
            feed.write(b"M %s inline %s\ndata %d\n" % (item.mode, _quoted(item.path), size))
            while chunk := file.read(_CHUNK):
                feed.write(chunk)
            feed.write(b"\n")
            return size
    except ItemError as error:
        report.leave_out(item.path, error.reason)
        return 0


def _quoted(path: bytes) -> bytes:
    """A path as ``git fast-import`` reads any path at all: as a C string."""
    return b'"' + path.replace(b"\\", b"\\\\").replace(b'"', b'\\"').replace(b"\n", b"\\n") + b'"'


def _finish(
    store: Path, origin: Origin, source: _Source, report: Report, before: str | None
) -> Fetched:
    """Move the default branch to what was imported, unless it holds the same already."""
    branch = head_branch(store)
    new, tree = _commit_and_tree(store, _INCOMING)
    same = before is not None and _commit_and_tree(store, before)[1] == tree
    head = new if source.total and not same else before
    changed = head != before
    move: dict[str, str | None] = {BRANCHES + branch: head} if changed else {}
    update_refs(store, {_INCOMING: None, **move})
    left_out = tuple(report.left_out)
    _remember(store, f"{source.signature} {head} {origin.location}", left_out)
    return Fetched(head=head, branch=branch if head else None, changed=changed, left_out=left_out)


def _commit_and_tree(store: Path, revision: str) -> tuple[str, str]:
    command = Command(store=store, arguments=["rev-parse", revision, f"{revision}^{{tree}}"])
    commit, tree = run(command).decode().split()
    return commit, tree
