"""Pushes to repositories that live here: who may, how much, and how they are published."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from django.db import transaction

from nexus.cohorts.policies import refuse_archived
from nexus.cohorts.selectors import scope_at
from nexus.kernel.audit import record, record_refusal
from nexus.kernel.errors import Conflict, Forbidden
from nexus.people.selectors import person_by_id
from nexus.repositories.audit import PUSHED
from nexus.repositories.cloning import public_origin
from nexus.repositories.git.reachable import served_refs
from nexus.repositories.git.receiving import Reception, Taken
from nexus.repositories.git.stores import BRANCHES, create_store, head_branch
from nexus.repositories.hosting import lock
from nexus.repositories.inspecting import warnings_of
from nexus.repositories.inspectors import without_secrets
from nexus.repositories.limits import git_limits, store_of
from nexus.repositories.models import Repository
from nexus.repositories.policies import can_write_repository
from nexus.repositories.quotas import check_size, room_in
from nexus.repositories.selectors import look_back_of
from nexus.repositories.services import note_secret_seen, request_sync

if TYPE_CHECKING:
    from collections.abc import Callable

    from nexus.people.models import Person


#: References of one push that the audit log names.
_MOST_LOGGED = 20


def check_may_push(by: Person, repository: Repository) -> None:
    """Raise ``Forbidden`` or ``Conflict``, in words for a terminal, when ``by`` may not push."""
    if repository.kind == Repository.Kind.MIRROR:
        origin = public_origin(repository)
        raise Forbidden(
            "push-to-mirror",
            "This is a mirror: the hub fetches it from where it comes from.",
            remedy=f"Push it there: {origin}" if origin else "Push it there.",
        )
    refuse_archived(repository.cohort)
    if not can_write_repository(by, repository):
        raise Forbidden(
            "not-owner",
            "Only its owner pushes to this repository.",
            remedy="Clone it, and push to a repository of your own.",
        )


def reception_of(
    *,
    by: Person,
    repository: Repository,
    address: str,
    check_again: Callable[[], None] = lambda: None,
) -> Reception:
    """How a push of ``by``'s to ``repository`` is taken; ``address`` is its page's.

    ``check_again`` raises when whoever pushes is not let in any more: a push may take minutes.

    The run that shows it is asked for before anything moves, so that a process that dies in
    between loses nothing; and again afterwards, as a worker may have been faster.

    Raises ``Forbidden`` when ``by`` may not push, ``Conflict`` when there is no room left; both
    stand in the log.
    """
    store = store_of(repository.pk)
    try:
        check_may_push(by, repository)
        create_store(store)
        room = room_in(repository)
    except (Forbidden, Conflict) as refused:
        tell_of_refusal(by=by, repository=repository, taken=Taken(code=refused.code))
        raise
    return Reception(
        store=store,
        # how else could a secret be taken out of the history?
        may_rewrite=repository.holds_secret,
        limits=replace(git_limits(), max_bytes=room),
        before_moving=partial(_before_moving, by, repository, check_again),
        after=partial(_after, by, repository, address),
    )


def ask_for_what_came_meanwhile(repository: Repository) -> None:
    """Ask for another run where something was pushed or written while the last one was at work.

    It may be a branch that is not shown, or a tag: nobody gets it before it was looked through.
    """
    if repository.kind != Repository.Kind.HOSTED:
        return
    store = store_of(repository.pk)
    refs, last = served_refs(store), look_back_of(repository.pk)
    is_shown = refs.get(BRANCHES + head_branch(store), "") == repository.head
    if not is_shown or (last is not None and not frozenset(refs.values()) <= frozenset(last.tips)):
        with suppress(Conflict):  # archived in this moment: nothing of it changes any more
            request_sync(by=None, repository=repository)


def _before_moving(
    by: Person, repository: Repository, check_again: Callable[[], None], size: int
) -> None:
    check_again()
    _ask_for_run(by, repository, size)


@transaction.atomic
def _ask_for_run(by: Person, repository: Repository, size: int) -> None:
    """Ask for the run, if what was so when the push began is still so: a push may take minutes.

    Their account may be closed since then, their role another, the cohort archived, or the room
    taken by another push.
    """
    person, found = person_by_id(by.pk), lock(repository)
    if person is None or not person.is_active:
        raise Forbidden("not-active", "This account is closed.")
    check_may_push(person, found)
    check_size(found, size)
    request_sync(by=person, repository=found)


def tell_of_refusal(*, by: Person, repository: Repository, taken: Taken) -> None:
    """Write down a push of ``by``'s that changed nothing."""
    scope, details = repository.cohort.readers, _told(repository, taken)
    record_refusal(PUSHED, by=by, scope=scope, details=details)


def tell_of_unknown(*, by: Person, cohort: str, slug: str) -> None:
    """Write down a push of ``by``'s to what is not there for them, for those for whom it is."""
    details = {"repository": f"{cohort}/{slug}", "refs": {}, "refused": "repository-unknown"}
    record_refusal(PUSHED, by=by, scope=scope_at(cohort), details=details)


def _told(repository: Repository, taken: Taken) -> dict[str, object]:
    """What the log keeps of a push: where to, which references, why not."""
    place = f"{repository.cohort.slug}/{repository.slug}"
    refs = {without_secrets(update.ref)[:200]: update.new for update in taken.moved[:_MOST_LOGGED]}
    return {"repository": place, "refs": refs, "refused": taken.code}


def _after(by: Person, repository: Repository, address: str, taken: Taken) -> tuple[str, ...]:
    """See to it that the commits are shown, and tell the person where."""
    if not taken.moved:
        tell_of_refusal(by=by, repository=repository, taken=taken)
        return ()
    record(PUSHED, by=by, scope=repository.cohort.readers, details=_told(repository, taken))
    ask_for_what_came_meanwhile(repository)
    shown = head_branch(store_of(repository.pk))
    warned = _warnings(repository, taken, address)
    if warned:
        note_secret_seen(repository=repository, tips=[update.new for update in taken.moved])
    if any(update.ref == BRANCHES + shown for update in taken.moved):
        return ("", "Published. In a moment its pages are at", f"  {address}", *warned, "")
    return ("", f"Kept. The hub shows “{shown}”, at", f"  {address}", *warned, "")


def _warnings(repository: Repository, taken: Taken, address: str) -> tuple[str, ...]:
    """What should be known at once of the first branch or tag in which something was found."""
    store = store_of(repository.pk)
    for update in taken.moved:
        found = update.new and warnings_of(store, update, address=address)
        if found:
            return found
    return ()
