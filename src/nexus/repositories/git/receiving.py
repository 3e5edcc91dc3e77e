"""Taking pushes: Git's smart HTTP protocol, for what a person's own repository is given.

Framework-free, like ``serving``. A push is taken whole or not at all: its pack lies in
quarantine until everything about it was judged, then the references move at once, each only if
it still is what the client believed. Nothing published is lost: a tip that is given up is kept
under ``refs/nexus/kept``.
"""

import contextlib
import tempfile
import textwrap
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import IO

from nexus.kernel.errors import NexusError
from nexus.repositories.git.answering import NEVER_CACHED, Answer, RefusalError, plain, spool
from nexus.repositories.git.judging import Fault, Rules, judge_commits, judge_objects, judge_refs
from nexus.repositories.git.limits import DEFAULT, MIB, Limits
from nexus.repositories.git.program import Command, run
from nexus.repositories.git.pushes import Push, PushDamaged, Update, read_push, report
from nexus.repositories.git.quarantine import Quarantine, quarantined
from nexus.repositories.git.stores import (
    BRANCHES,
    KEPT,
    TAGS,
    head_branch,
    locked,
    open_store,
    read_refs,
    set_head_branch,
    update_refs,
)
from nexus.repositories.git.troubles import GitProgramError, StoreBusy

SERVICE = "git-receive-pack"
_SERVICE_LINE = b"001f# service=git-receive-pack\n0000"
_MAX_ADVERTISEMENT = 16 * MIB
_PATIENCE_SECONDS = 30.0
_FIRST_CHOICES = (BRANCHES + "main", BRANCHES + "master")
#: Columns of what is said; Git puts eight more before each line.
_WIDTH = 90
#: What a client may use: no certificates, no options, and all or nothing anyway.
_OFFERED = ("receive.advertiseAtomic=false", "receive.advertisePushOptions=false")


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a push. ``moved`` is empty when it was refused, for the reason ``code``."""

    moved: tuple[Update, ...] = ()
    code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reception:
    """How pushes to one repository are taken.

    ``limits.max_bytes`` is what is left for it; ``may_rewrite`` says whether published commits
    may be taken away by force (they are kept where clones do not see them). ``before_moving`` is
    called with the bytes that come when a push was found good, before anything changes and while
    nobody else writes; if it raises, nothing changes.
    ``after`` is told what became of it, and returns lines for the person's terminal.
    """

    store: Path
    limits: Limits = DEFAULT
    may_rewrite: bool = False
    before_moving: Callable[[int], None] = lambda _: None
    after: Callable[[Taken], tuple[str, ...]] = lambda _: ()


def advertise_push(store: Path) -> Answer:
    """The first answer to a client that wants to push: which branches and tags there are."""
    command = Command(
        arguments=["receive-pack", "--stateless-rpc", "--advertise-refs", store],
        settings=_OFFERED,
    )
    told = _SERVICE_LINE + run(command, max_output=_MAX_ADVERTISEMENT)
    headers = {"Content-Type": f"application/x-{SERVICE}-advertisement", **NEVER_CACHED}
    return Answer(HTTPStatus.OK, headers, (told,))


def receive_push(
    reception: Reception, *, headers: Mapping[str, str], body: IO[bytes], max_body: int
) -> Answer:
    """Take one push; whatever a client sends has an answer.

    ``headers`` are the request's, their names in small letters; ``max_body`` is the most bytes
    that the request may have.
    """
    try:
        if headers.get("content-type") != f"application/x-{SERVICE}-request":
            raise RefusalError(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "This is not a push of Git.")
        # Without a buffer: Git reads on where we stopped, from the same open file.
        with tempfile.TemporaryFile(buffering=0) as request:
            spool(plain(body, headers.get("content-encoding", "identity")), request, max_body)
            told = _receive(reception, request)
    except RefusalError as refusal:
        return _turned_away(reception, refusal)
    except PushDamaged:
        damaged = RefusalError(HTTPStatus.BAD_REQUEST, "The request is damaged.")
        return _turned_away(reception, damaged)
    kind = {"Content-Type": f"application/x-{SERVICE}-result", **NEVER_CACHED}
    return Answer(HTTPStatus.OK, kind, (told,))


def _turned_away(reception: Reception, refusal: RefusalError) -> Answer:
    reception.after(Taken(code=f"http-{refusal.status.value}"))
    return refusal.answer()


def _receive(reception: Reception, request: IO[bytes]) -> bytes:
    push = read_push(request)
    if not push.updates:
        return b""  # Git asks so whether it may, before it sends much
    try:
        faults = _take(reception, push, request if push.brings_pack else None)
    except NexusError as error:
        why = Fault("refused", tuple(part for part in (error.title, error.remedy) if part))
        faults, code = {update.ref: why for update in push.updates}, error.code
    else:
        code = next(iter(faults.values())).brief if faults else ""
    if faults:
        reception.after(Taken(code=code))
        return _refusal(push, faults)
    words = reception.after(Taken(moved=push.updates))
    return report(push, refused={}, words=words)


def _refusal(push: Push, faults: Mapping[str, Fault]) -> bytes:
    """All or nothing: those without a fault of their own stay because of the others."""
    words: dict[str, None] = {"": None}
    for fault in faults.values():
        words.update(dict.fromkeys(line for said in fault.words for line in _lines(said)))
    others = {update.ref: "another one was refused" for update in push.updates}
    refused = {**others, **{ref: fault.brief for ref, fault in faults.items()}}
    return report(push, refused=refused, words=[*words, "Nothing was changed."])


def _lines(said: str) -> list[str]:
    """What is said, in lines that fit into a terminal beside Git's ``remote:``."""
    return textwrap.wrap(said, _WIDTH, break_on_hyphens=False) or [""]


def _take(reception: Reception, push: Push, pack: IO[bytes] | None) -> dict[str, Fault]:
    """Take in, judge, and move; the faults that keep it from being taken."""
    store = reception.store
    shown = _shown(store, push, may_rewrite=reception.may_rewrite)
    rules = Rules(shown, reception.limits, may_rewrite=reception.may_rewrite)
    early = judge_refs(push, read_refs(store, BRANCHES, TAGS), rules)
    if early:
        return early
    with quarantined(store, pack, reception.limits) as quarantine:
        judge_objects(push, quarantine, rules)
        faults = judge_commits(push, quarantine, rules)
        if faults:
            return faults
        with _locked_soon(store):
            refs = read_refs(store, BRANCHES, TAGS)
            late = judge_refs(push, refs, rules)
            if late:
                return late
            reception.before_moving(quarantine.size())
            return _move(store, push, quarantine, rules)


def _shown(store: Path, push: Push, *, may_rewrite: bool) -> str:
    """The branch that the hub shows; of an empty repository the one that it will be.

    Where history may be rewritten, the branch shown may go while another stays or comes: how else
    could a secret be taken out of its name?
    """
    branch, there = head_branch(store), read_refs(store, BRANCHES)
    gone = {update.ref for update in push.updates if not update.new}
    if BRANCHES + branch in there and not (may_rewrite and BRANCHES + branch in gone):
        return branch
    made = [u.ref for u in push.updates if u.new and u.ref.startswith(BRANCHES)]
    left = [*made, *sorted(there.keys() - gone)]
    chosen = next((ref for ref in (BRANCHES + branch, *_FIRST_CHOICES) if ref in left), "")
    return (chosen or next(iter(left), BRANCHES + branch)).removeprefix(BRANCHES)


def _move(store: Path, push: Push, quarantine: Quarantine, rules: Rules) -> dict[str, Fault]:
    """Make the pack part of the store, and the references what the client wants."""
    quarantine.release()
    keep: dict[str, str | None] = {KEPT + tip: tip for tip in _given_up(store, push)}
    wanted: dict[str, str | None] = {update.ref: update.new or None for update in push.updates}
    try:
        update_refs(store, keep)
        update_refs(store, wanted)
    except GitProgramError:
        words = ("Two of the names are in each other's way, like “a” and “a/b”.",)
        return {update.ref: Fault("name not taken", words) for update in push.updates}
    if head_branch(store) != rules.shown:
        set_head_branch(store, rules.shown)
    return {}


def _given_up(store: Path, push: Push) -> list[str]:
    """The tips that references named and that what they name now was not built on."""
    repository = open_store(store)
    return [
        update.old
        for update in push.updates
        if update.old
        and not (update.new and repository.descendant_of(update.new, update.old))
        and update.new != update.old
    ]


@contextlib.contextmanager
def _locked_soon(store: Path) -> Iterator[None]:
    """Be the only one who writes, after waiting for those who do."""
    deadline = time.monotonic() + _PATIENCE_SECONDS
    with contextlib.ExitStack() as held:
        while True:
            try:
                held.enter_context(locked(store))
                break
            except StoreBusy:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.02)
        yield
