"""Bringing a store up to date with a repository elsewhere.

What is fetched first goes to references of its own, ``refs/nexus/incoming/*``. Only when
all of it is there do the branches and tags move, so whatever goes wrong before leaves the
store as it was.
"""

import contextlib
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pygit2

from nexus.repositories.git.advertised import Advertised, ask_for_refs
from nexus.repositories.git.commits import read_commit
from nexus.repositories.git.contacts import Contact, make_contact
from nexus.repositories.git.explaining import explain
from nexus.repositories.git.nearby import look_at, take
from nexus.repositories.git.origins import Origin, OriginKind
from nexus.repositories.git.outcomes import Fetched
from nexus.repositories.git.program import Command, run
from nexus.repositories.git.progress import Work
from nexus.repositories.git.salvaging import salvage
from nexus.repositories.git.stores import (
    BRANCHES,
    INCOMING,
    KEPT,
    TAGS,
    Refs,
    head_branch,
    locked,
    open_store,
    read_refs,
    remove_unfinished_packs,
    set_head_branch,
    size_of,
    size_of_packs,
    update_refs,
)
from nexus.repositories.git.troubles import GitProgramError, RemoteTrouble, trouble

#: So many commits are looked at for the one before, until Git itself is asked.
_FEW_COMMITS = 50


def mirror(store: Path, origin: Origin, work: Work) -> Fetched:
    """Make the branches and tags of the store those of the origin.

    A remote that has not changed costs one comparison. Tips that the origin gave up are
    kept. Raises ``RemoteTrouble``, and leaves the store as it was, if anything goes wrong.
    """
    with locked(store):
        try:
            return _mirror(store, origin, work)
        except GitProgramError as failure:
            raise explain(failure) from failure


def _mirror(store: Path, origin: Origin, work: Work) -> Fetched:
    contact = make_contact(origin, work)
    work.tell("comparing")
    near = look_at(origin, work.limits)
    advertised = near or ask_for_refs(contact, work)
    before = read_refs(store, BRANCHES, TAGS)
    was = head_branch(store)
    unchanged = advertised.refs == before and advertised.default_branch(was) == was
    if unchanged or not _has_branches(advertised.refs):
        return replace(_held(before, advertised, was), moved_to=contact.moved_to)
    whole, received = True, advertised
    if near is None or not take(store, origin, before, near.refs, work.limits):
        whole = _receive(store, origin, contact, advertised, work)
        # The origin may have moved on since it was asked: what was received counts.
        received = replace(advertised, refs=_incoming(store))
    fetched = _held(before, received, was)
    move = _Move.between(before, received.refs)
    kept = _kept(store, move)
    move.carry_out(store, kept, received.default_branch(was) or was)
    return replace(
        fetched, changed=True, moved_to=contact.moved_to, kept=kept, incomplete=not whole
    )


def _has_branches(refs: Refs) -> bool:
    return any(name.startswith(BRANCHES) for name in refs)


def _held(before: Refs, now: Advertised, was: str) -> Fetched:
    """What the store holds once it is as ``now``; ``was`` is its default branch until then.

    Raises ``RemoteTrouble`` if all branches are gone: the last state is kept.
    """
    branch = now.default_branch(was)
    if branch is None:
        if _has_branches(before):
            raise trouble(RemoteTrouble, "remote-emptied")
        return Fetched(head=None, branch=None, changed=False)
    renamed = branch != was and BRANCHES + was in before
    return Fetched(
        head=now.refs[BRANCHES + branch],
        branch=_shown(branch),
        changed=False,
        renamed_from=_shown(was) if renamed else None,
    )


def _shown(branch: str) -> str:
    """The name of a branch as text, whatever bytes it is made of."""
    return os.fsencode(branch).decode("utf-8", "replace")


def _incoming(store: Path) -> Refs:
    """What was received, by the names it is to have."""
    received = read_refs(store, INCOMING)
    return {f"refs/{name.removeprefix(INCOMING)}": oid for name, oid in received.items()}


def _receive(
    store: Path, origin: Origin, contact: Contact, advertised: Advertised, work: Work
) -> bool:
    """Fetch everything into ``refs/nexus/incoming``; False if some objects are missing."""
    update_refs(store, dict.fromkeys(read_refs(store, INCOMING)))
    work = replace(work, also_check=_SizeCheck(store, work))
    try:
        _fetch(store, contact, work)
    except GitProgramError as failure:
        damaged = explain(failure).code == "remote-damaged"
        if not damaged or origin.kind is not OriginKind.REPOSITORY:
            raise
        salvage(store, origin, advertised.refs, work)
        return False
    finally:
        remove_unfinished_packs(store)
    work.check()
    return True


def _fetch(store: Path, contact: Contact, work: Work) -> None:
    options = [
        "--progress",
        "--force",
        "--atomic",
        "--no-tags",
        "--no-write-fetch-head",
        "--no-recurse-submodules",
        "--no-auto-gc",
        "--update-shallow",
        "--end-of-options",
    ]
    wanted = [f"+{kind}*:{INCOMING}{kind.removeprefix('refs/')}*" for kind in (BRANCHES, TAGS)]
    command = Command(
        store=store,
        arguments=["fetch", *options, contact.url, *wanted],
        protocol=contact.protocol,
        settings=contact.settings,
        environment=contact.environment,
    )
    run(command, work, silence=work.limits.silence_seconds)


class _SizeCheck:
    """Raises as soon as a store is larger than it may be."""

    def __init__(self, store: Path, work: Work) -> None:
        self._store = store
        self._left = work.limits.max_bytes - (size_of(store) - size_of_packs(store))

    def __call__(self) -> None:
        if size_of_packs(self._store) > self._left:
            raise trouble(RemoteTrouble, "remote-too-large")


@dataclass(frozen=True, slots=True)
class _Move:
    """What has to happen to the references of a store."""

    before: Refs
    after: Refs
    removed: frozenset[str]
    written: frozenset[str]

    @classmethod
    def between(cls, before: Refs, after: Refs) -> "_Move":
        """From ``before`` to ``after``."""
        written = frozenset(name for name in after if after[name] != before.get(name))
        return cls(before, after, frozenset(before) - frozenset(after), written)

    def given_up(self, kind: str) -> list[str]:
        """The objects that references of a kind named and do not name any more."""
        names = (self.removed | self.written) & frozenset(self.before)
        return [self.before[name] for name in sorted(names) if name.startswith(kind)]

    def carry_out(self, store: Path, kept: Iterable[str], branch: str) -> None:
        """Move the references so that the default branch is readable at every moment."""
        in_the_way = self._in_the_way()
        keep: dict[str, str | None] = {KEPT + oid: oid for oid in kept}
        update_refs(store, keep | dict.fromkeys(in_the_way))
        write: dict[str, str | None] = {name: self.after[name] for name in self.written}
        update_refs(store, write)
        update_refs(store, dict.fromkeys(read_refs(store, INCOMING)))
        if branch != head_branch(store):
            set_head_branch(store, branch)
        update_refs(store, dict.fromkeys(self.removed - in_the_way))

    def _in_the_way(self) -> frozenset[str]:
        """Removed names that are a folder of written ones, or lie in one: ``a`` and ``a/b``."""
        folders = {folder for name in self.written for folder in _folders(name)}
        return frozenset(
            name
            for name in self.removed
            if name in folders or not self.written.isdisjoint(_folders(name))
        )


def _folders(name: str) -> list[str]:
    parts = name.split("/")
    return ["/".join(parts[:end]) for end in range(3, len(parts))]


def _kept(store: Path, move: _Move) -> tuple[str, ...]:
    """The tips given up that nothing leads to any more; of tags, all."""
    tips = [tip for tip in move.given_up(BRANCHES) if not _is_built_upon(store, tip, move)]
    if tips:
        lost = _unreachable(store, tips, move.after.values())
        tips = [tip for tip in tips if tip in lost]
    return tuple(dict.fromkeys([*tips, *move.given_up(TAGS)]))


def _is_built_upon(store: Path, tip: str, move: _Move) -> bool:
    """Whether a branch that named ``tip`` goes on from it by a few commits: the usual case."""
    repository = open_store(store)
    heads = {move.after[name] for name in move.written if move.before.get(name) == tip}
    return any(tip in _first_parents(repository, head) for head in heads)


def _first_parents(repository: pygit2.Repository, commit: str) -> Iterator[str]:
    """The commits before ``commit``, along the first parents, as far as it is worth looking."""
    with contextlib.suppress(KeyError, ValueError, pygit2.GitError):
        for _ in range(_FEW_COMMITS):
            parents = read_commit(commit, repository.odb.read(commit)[1]).parents
            if not parents:
                return
            commit = parents[0]
            yield commit


def _unreachable(store: Path, tips: list[str], from_these: Iterable[str]) -> set[str]:
    """Which of ``tips`` cannot be reached from other commits; all of them in case of doubt."""
    wanted = "\n".join([*tips, *(f"^{oid}" for oid in from_these)])
    command = Command(store=store, arguments=["rev-list", "--stdin"])
    try:
        return set(run(command, given=wanted.encode()).decode().split())
    except GitProgramError:
        return set(tips)
