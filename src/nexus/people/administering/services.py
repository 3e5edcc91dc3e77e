"""Writes to accounts of others. Each is the hub's owner's alone, and stands in the audit log."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from nexus.kernel.audit import record, record_refusal
from nexus.kernel.errors import Conflict, Forbidden, Invalid
from nexus.kernel.events import Event, publish
from nexus.kernel.tasks import wake
from nexus.people import recording, services
from nexus.people.adapters import public_address
from nexus.people.administering import audit
from nexus.people.administering.events import (
    LockOutEnded,
    PersonRestored,
    PersonSuspended,
    SignInLinkMailed,
)
from nexus.people.administering.locks import keys_of_lock_out
from nexus.people.administering.policies import can_look_after
from nexus.people.letters import LINK_OF_THE_OWNER
from nexus.people.mails import SEND_TASK, post_mail
from nexus.people.models import Mail, Person, SignInLink


@contextmanager
def _looking_after(by: Person | None, person: Person) -> Iterator[Person]:
    """A transaction in which ``by`` does something to ``person``, as they are now, locked.

    Raises ``Forbidden`` for anyone but who runs the hub, which the audit log tells.
    """
    if not can_look_after(by):
        record_refusal(audit.FORBIDDEN, by=by, subject=person)
        raise Forbidden("not-owner", "Only the owner of the hub looks after accounts.")
    with transaction.atomic():
        yield Person.objects.select_for_update().get(pk=person.pk)


def _tell(happened: Event, action: str, *, by: Person | None, person: Person) -> None:
    publish(happened, audience=f"person:{person.pk}")
    record(action, by=by, subject=person)


def suspend_person(*, by: Person | None, person: Person) -> None:
    """Let an account open nothing any more: no session, no token, no link, until it is restored.

    What they published stays, and so do their roles. Raises ``Forbidden`` for anyone but who
    runs the hub, ``Conflict`` for oneself and for an account that was deleted.
    """
    with _looking_after(by, person) as current:
        if by is not None and by.pk == current.pk:
            raise Conflict("yourself", "You cannot suspend yourself.", remedy="Ask another owner.")
        _refuse_deleted(current)
        if not current.is_active:
            return
        _keep_an_owner(current)
        current.is_active, current.suspended_at = False, timezone.now()
        current.save(update_fields=["is_active", "suspended_at"])
        recording.end_sessions(current, why="revoked")
        SignInLink.objects.filter(person=current).delete()
        _tell(PersonSuspended(person=current.pk), audit.SUSPENDED, by=by, person=current)


def restore_person(*, by: Person | None, person: Person) -> None:
    """Let an account that was suspended open what it opened before; its access tokens too.

    Raises ``Forbidden`` for anyone but who runs the hub, ``Conflict`` for one that was deleted.
    """
    with _looking_after(by, person) as current:
        _refuse_deleted(current)
        if current.is_active:
            return
        current.is_active, current.suspended_at = True, None
        current.save(update_fields=["is_active", "suspended_at"])
        _tell(PersonRestored(person=current.pk), audit.RESTORED, by=by, person=current)


def sign_out_everywhere(*, by: Person | None, person: Person) -> int:
    """End every session of an account; returns how many there were.

    Raises ``Forbidden`` for anyone but who runs the hub.
    """
    with _looking_after(by, person) as current:
        ended = recording.end_sessions(current, why="revoked")
        record(audit.SIGNED_OUT, by=by, subject=current, details={"sessions": ended})
        return ended


def end_lock_out(*, by: Person | None, person: Person) -> None:
    """Look at passwords for an account again, although too many wrong ones were given.

    Raises ``Forbidden`` for anyone but who runs the hub.
    """
    with _looking_after(by, person) as current:
        _tell(LockOutEnded(person=current.pk), audit.LOCK_OUT_ENDED, by=by, person=current)
        keys = keys_of_lock_out(current)
        transaction.on_commit(lambda: cache.delete_many(keys))


def mail_sign_in_link(*, by: Person | None, person: Person) -> None:
    """Mail a link that signs in once, within twelve hours, to the account's own address.

    Whoever asks for it does not see it. Raises ``Forbidden`` for anyone but who runs the hub,
    ``Invalid`` when the account has no address, ``Conflict`` when it is suspended or deleted.
    """
    with _looking_after(by, person) as current:
        if not current.is_active:
            raise Conflict("suspended", "That account opens nothing.", remedy="Restore it first.")
        if not current.email:
            raise Invalid(
                "no-address",
                f"{current.handle} has no e-mail address.",
                remedy="Run “nexus person link HANDLE” on the hub’s machine, and hand it over.",
            )
        secret = services.make_sign_in_link(by=by, person=current)
        link = public_address(reverse("sign-in-link", args=[secret]))
        subject, body = LINK_OF_THE_OWNER.written(
            handle=current.handle, hub=public_address("/"), link=link
        )
        post_mail(to=current.email, subject=subject, body=body)
        _tell(SignInLinkMailed(person=current.pk), audit.LINK_MAILED, by=by, person=current)


def send_again(*, by: Person | None, mail: Mail) -> None:
    """Send a mail now that was not sent, however often it was tried.

    Raises ``Forbidden`` for anyone but who runs the hub, ``Conflict`` when it was sent already or
    there is no mail server.
    """
    if not can_look_after(by):
        raise Forbidden("not-owner", "Only the owner of the hub sends mails again.")
    if not settings.MAIL_URL:
        raise Conflict(
            "no-mail-server",
            "This hub has no mail server.",
            remedy="Set NEXUS_MAIL_URL, or hand the mail on from the page “Mails”.",
        )
    with transaction.atomic():
        waiting = Mail.objects.filter(pk=mail.pk, sent_at=None)
        if not waiting.update(tries=0, next_try_at=None):
            raise Conflict("mail-sent", "That mail was sent already.")
        record(audit.MAIL_SENT_AGAIN, by=by, details={"mail": mail.pk})
        wake(SEND_TASK, mail.pk)


def _refuse_deleted(person: Person) -> None:
    if not person.is_active and person.suspended_at is None:
        raise Conflict("deleted", "That account was deleted.", remedy="It cannot be brought back.")


def _keep_an_owner(person: Person) -> None:
    """Raise ``Conflict`` when nobody else could run the hub."""
    others = Person.objects.filter(is_owner=True, is_active=True).exclude(pk=person.pk)
    if person.is_owner and not others.exists():
        raise Conflict(
            "last-owner", "Nobody else runs the hub.", remedy="Let somebody else run it first."
        )
