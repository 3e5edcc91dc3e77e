"""Proposals: a change to a file of another's repository, kept until its owner accepts it.

An accepted proposal is a commit like any other that is written on a page: its author is whoever
proposed it, its committer whoever accepted it. That it is answered and that the branch moves
happen together, under the store's lock: of two who answer at once, one is told so.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from nexus.cohorts.policies import refuse_archived
from nexus.kernel.audit import record
from nexus.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from nexus.kernel.events import Event, publish
from nexus.library import audit
from nexus.library.composing import MAX_TEXT
from nexus.library.discretion import hide_emails_in_text
from nexus.library.events import ProposalAnswered, ProposalChanged, ProposalMade
from nexus.library.extraction.secrets import hide_secrets
from nexus.library.models import Proposal
from nexus.library.policies import (
    can_answer_proposal,
    can_propose,
    can_see_addresses,
    can_see_proposal,
)
from nexus.library.secret_files import is_secret
from nexus.library.selectors.entries import moved_to
from nexus.library.selectors.texts import TextFile, needed, newest_commit, text_file
from nexus.library.services.changing import Edit, Joined, change_text, join, refuse_marks, tidy
from nexus.library.services.writing import refuse_secrets
from nexus.repositories.git.patches import is_object, mail_patch
from nexus.repositories.git.reading import Reader
from nexus.repositories.hosting import author_of, lock
from nexus.repositories.limits import store_of
from nexus.repositories.policies import can_see_secrets

if TYPE_CHECKING:
    from nexus.people.models import Person
    from nexus.repositories.models import Repository

#: Open proposals to one repository, of everybody and of one person; and how many one makes a day.
MOST_OPEN = 50
MOST_OPEN_OF_ONE = 10
MOST_A_DAY = 30
MOST_OF_A_MESSAGE = 200
MOST_OF_AN_ANSWER = 500
_DAY = timedelta(days=1)
_OPEN = Proposal.State.OPEN


def original(by: Person, repository: Repository, path: str, commit: str = "") -> TextFile:
    """The file to which ``by`` may propose a change, as it stood in a published commit.

    The commit that pages show, when none is named. Raises ``Forbidden`` when they may not, or
    when something in the file is hidden from them, ``NotFound`` when there is no such file,
    ``Conflict`` when the commit is none that is published.
    """
    _check_may_propose(by, repository)
    file = text_file(repository, path, commit or repository.indexed)
    if commit and not _is_published(repository, commit):
        raise Conflict(
            "base-unknown",
            "What you began from is not published any more.",
            remedy="Open the file again, and put your change into what it is now.",
        )
    _refuse_hidden(by, repository, needed(file))
    return needed(file)


def propose(
    *,
    by: Person,
    repository: Repository,
    path: str,
    text: str,
    base_commit: str,
    message: str = "",
) -> Proposal:
    """Propose that the file at ``path`` becomes ``text``; it was written from ``base_commit``.

    Raises what ``original`` raises, ``Invalid`` for a text that changes nothing, is too long or
    holds a secret, ``Conflict`` when ``by`` has proposed too much already, when there is an open
    proposal of theirs for this file, or when the cohort is archived.
    """
    _refuse_mirror(repository)
    base = original(by, repository, path, base_commit)
    text, message = tidy(text), " ".join(message.split())
    _check_text(base, text, message)
    with transaction.atomic():
        _check_quota(by, lock(repository), path)
        proposal = Proposal.objects.create(
            repository=repository,
            by=by,
            path=path,
            base_commit=base.commit,
            base_blob=base.oid,
            text=text,
            message=message,
        )
        _tell(proposal, ProposalMade(repository.pk, proposal.pk, by.pk))
        _write_down(audit.PROPOSED, proposal, by=by, subject=repository.owner)
    return proposal


def patch_for(
    by: Person, repository: Repository, *, path: str, text: str, base_commit: str, message: str
) -> bytes:
    """A change as a mail for ``git am``, for what is changed elsewhere; nothing is kept of it.

    Raises what ``propose`` raises of texts, and ``Invalid`` for a file that is not UTF-8.
    """
    base = original(by, repository, path, base_commit)
    text, message = tidy(text), " ".join(message.split())
    _check_text(base, text, message)
    old = base.written(base.text)
    if not is_object(old, base.oid):
        raise Invalid(
            "not-utf8", "The file is not plain UTF-8, so no patch can be made of it here."
        )
    return mail_patch(
        path=path,
        old=old,
        new=base.written(text),
        author=author_of(by),
        message=message,
        commit=base.commit,
        at=timezone.now(),
    )


def change_proposal(
    *,
    by: Person,
    proposal: Proposal,
    edition: int,
    text: str,
    base_commit: str,
    message: str = "",
) -> None:
    """Give one's open proposal another text, or bring it up to date with its file.

    ``edition`` is that which ``by`` had before them. Raises what ``propose`` raises, ``NotFound``
    when the proposal is not theirs, ``Conflict`` when it was answered or changed meanwhile.
    """
    _check_is_own(by, proposal)
    base = original(by, proposal.repository, _path_in(proposal, base_commit), base_commit)
    text, message = tidy(text), " ".join(message.split())
    _check_text(base, text, message)
    with transaction.atomic():
        _update(
            proposal,
            edition=edition,
            values={
                "text": text,
                "message": message,
                "base_commit": base.commit,
                "base_blob": base.oid,
                "edition": edition + 1,
                "changed_at": timezone.now(),
            },
        )
        _tell(proposal, ProposalChanged(proposal.repository_id, proposal.pk, edition + 1))


def accept_proposal(
    *,
    by: Person,
    proposal: Proposal,
    edition: int,
    text: str | None = None,
    made_from: str = "",
) -> str:
    """Commit what is proposed, joined with what changed meanwhile; returns the commit's id.

    ``edition`` is that which ``by`` read. ``text``, with the object that it was ``made_from``, is
    what they made of it by hand. Raises ``Forbidden`` when they may not, ``Clash`` when the same
    lines were changed or the file is gone, ``Conflict`` when somebody was faster, and what
    ``publish_files`` raises. Then the proposal stays open.
    """
    _check_may_answer(by, proposal)
    path = path_now(proposal)
    edit = Edit(path=path, text=proposal.text, made_from=proposal.base_blob)
    if text is not None:
        edit = Edit(path=path, text=tidy(text), made_from=made_from)
    return change_text(
        by=by,
        repository=proposal.repository,
        edit=edit,
        message=proposal.message,
        author=author_of(proposal.by),
        moving=partial(_accepting, by, proposal, edition),
    )


@contextmanager
def _accepting(by: Person, proposal: Proposal, edition: int, commit: str) -> Iterator[None]:
    with transaction.atomic():
        _end(proposal, Proposal.State.ACCEPTED, by=by, edition=edition, commit=commit)
        _write_down(audit.ACCEPTED, proposal, by=by, subject=proposal.by)
        yield


@transaction.atomic
def decline_proposal(*, by: Person, proposal: Proposal, edition: int, answer: str = "") -> None:
    """Leave the file as it is; the proposal is kept, with a word for whoever made it.

    Raises ``Forbidden`` when ``by`` may not, ``Invalid`` for a word that is too long,
    ``Conflict`` when somebody was faster.
    """
    _check_may_answer(by, proposal)
    if len(answer) > MOST_OF_AN_ANSWER:
        raise Invalid(
            "answer-too-long", "The answer is too long.", remedy="Use at most 500 letters."
        )
    _end(proposal, Proposal.State.DECLINED, by=by, edition=edition, answer=answer.strip())
    _write_down(audit.DECLINED, proposal, by=by, subject=proposal.by)


@transaction.atomic
def withdraw_proposal(*, by: Person, proposal: Proposal) -> None:
    """Take back one's own proposal; it is kept. Raises as ``change_proposal`` does."""
    _check_is_own(by, proposal)
    _end(proposal, Proposal.State.WITHDRAWN, by=by)
    _write_down(audit.WITHDRAWN, proposal, by=by, subject=proposal.repository.owner)


def path_now(proposal: Proposal) -> str:
    """Where the file of a proposal is now: its page follows a file that is renamed."""
    return _path_in(proposal, newest_commit(proposal.repository))


def joined_now(proposal: Proposal) -> Joined:
    """What the file would be if the proposal were accepted now."""
    edit = Edit(path=path_now(proposal), text=proposal.text, made_from=proposal.base_blob)
    return join(proposal.repository, edit)


def _path_in(proposal: Proposal, commit: str) -> str:
    renamed = moved_to(proposal.repository, proposal.path)
    is_there = text_file(proposal.repository, proposal.path, commit) is not None
    return renamed if renamed and not is_there else proposal.path


def _check_may_propose(by: Person, repository: Repository) -> None:
    refuse_archived(repository.cohort)
    if not can_propose(by, repository):
        raise Forbidden(
            "not-in-cohort",
            "Those who are in the cohort propose changes to each other.",
            remedy="Ask to join the cohort. What is your own you change yourself.",
        )


def _refuse_mirror(repository: Repository) -> None:
    if repository.kind != "hosted":
        raise Forbidden(
            "mirror",
            "This is a mirror: what it shows is changed where it comes from.",
            remedy="Propose it there.",
        )


def _is_published(repository: Repository, commit: str) -> bool:
    with Reader(store_of(repository.pk)) as reader:
        return reader.is_ancestor(commit, reader.head() or "")


def _refuse_hidden(by: Person, repository: Repository, file: TextFile) -> None:
    """Whoever sees a mask instead of the text would write the mask into it."""
    if can_see_secrets(by, repository):
        return
    shown = hide_secrets(file.text)
    if not can_see_addresses(by, repository.cohort):
        shown = hide_emails_in_text(shown)
    if shown != file.text or is_secret(file.path):
        raise Forbidden(
            "partly-hidden",
            "Something in this file is hidden from you, so you cannot write the whole of it.",
            remedy="Tell its owner what you would change.",
        )


def _check_text(base: TextFile, text: str, message: str) -> None:
    if len(text) > MAX_TEXT or len(message) > MOST_OF_A_MESSAGE:
        raise Invalid(
            "text-too-long",
            f"A text has at most {MAX_TEXT:,} letters, and a message {MOST_OF_A_MESSAGE}.",
            remedy="Make it shorter.",
        )
    refuse_marks(text)
    refuse_secrets([text.encode(), message.encode()])
    if text == tidy(base.text):
        raise Invalid("nothing-changed", "The text is as it was.", remedy="Change something in it.")


def _check_quota(by: Person, repository: Repository, path: str) -> None:
    """Under the repository's lock, so that two at once do not both find the last place."""
    waiting = Proposal.objects.filter(repository=repository, state=_OPEN)
    mine = waiting.filter(by=by)
    if mine.filter(path=path).exists():
        raise Conflict(
            "proposed-already",
            "You have proposed a change to this file, and it waits for an answer.",
            remedy="Edit that proposal, or withdraw it.",
        )
    late = Proposal.objects.filter(by=by, made_at__gt=timezone.now() - _DAY)
    if (
        mine.count() >= MOST_OPEN_OF_ONE
        or waiting.count() >= MOST_OPEN
        or late.count() >= MOST_A_DAY
    ):
        raise Conflict(
            "too-many-proposals",
            "There are too many proposals already.",
            remedy="Wait until some are answered, or withdraw those that you need no more.",
        )


def _check_is_own(by: Person, proposal: Proposal) -> None:
    if proposal.by_id != by.pk or not can_see_proposal(by, proposal):
        raise NotFound("proposal-unknown", "You made no such proposal.")
    refuse_archived(proposal.repository.cohort)


def _check_may_answer(by: Person, proposal: Proposal) -> None:
    refuse_archived(proposal.repository.cohort)
    if not can_answer_proposal(by, proposal):
        raise Forbidden(
            "not-owner", "Only the owner of the repository answers what is proposed to it."
        )


def _end(
    proposal: Proposal,
    state: Proposal.State,
    *,
    by: Person,
    edition: int | None = None,
    answer: str = "",
    commit: str = "",
) -> None:
    """Let an open proposal come to an end; raises ``Conflict`` when it is not open any more."""
    values = {
        "state": state,
        "answer": answer,
        "commit": commit,
        "answered_by": by,
        "answered_at": timezone.now(),
    }
    _update(proposal, edition=edition, values=values)
    answered = ProposalAnswered(proposal.repository_id, proposal.pk, proposal.by_id, state)
    _tell(proposal, answered)


def _update(proposal: Proposal, *, edition: int | None, values: dict[str, object]) -> None:
    """Change an open proposal of this edition, by one statement."""
    waiting = Proposal.objects.filter(pk=proposal.pk, state=_OPEN)
    if edition is not None:
        waiting = waiting.filter(edition=edition)
    if not waiting.update(**values):
        raise _too_late(proposal)
    proposal.refresh_from_db(fields=list(values))


def _too_late(proposal: Proposal) -> Conflict:
    states = Proposal.objects.filter(pk=proposal.pk).values_list("state", flat=True)
    state = states.first() or Proposal.State.WITHDRAWN
    if state != _OPEN:
        return Conflict("proposal-answered", f"This proposal was {state} a moment ago.")
    return Conflict(
        "proposal-changed",
        "The text of this proposal was changed a moment ago.",
        remedy="Read it again.",
    )


def _tell(proposal: Proposal, happened: Event) -> None:
    """A proposal is the business of two: of its owner's side whoever owns the repository."""
    publish(happened, audience=f"person:{proposal.repository.owner_id}")


def _write_down(name: str, proposal: Proposal, *, by: Person, subject: Person) -> None:
    cohort = proposal.repository.cohort
    details = {
        "repository": f"{cohort.slug}/{proposal.repository.slug}",
        "path": proposal.path,
        "proposal": proposal.pk,
    }
    record(name, by=by, scope=cohort.readers, subject=subject, details=details)
