"""What signing in leads to, written down: each function in one transaction with its event."""

from collections.abc import Sequence
from importlib import import_module

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction

from nexus.kernel.audit import record, record_refusal
from nexus.kernel.events import Event, publish
from nexus.people import audit
from nexus.people.audit import SIGN_IN_FAILED, SIGN_IN_LOCKED, SIGN_IN_UNKNOWN
from nexus.people.events import (
    EmailVerified,
    FactorAdded,
    FactorRemoved,
    LockedOut,
    PasswordChanged,
    SessionEnded,
    SignedIn,
    SignInFailed,
)
from nexus.people.models import Person

#: Who learns of what nobody known did: whoever runs the hub.
OWNER = "owner"


def _tell(happened: Event, person: Person | None) -> None:
    publish(happened, audience=f"person:{person.pk}" if person else OWNER)


@transaction.atomic
def record_sign_in(person: Person, *, how: Sequence[str], address: str) -> None:
    """A session was opened; call it in the transaction that opens it."""
    if not person.is_claimed:
        Person.objects.filter(pk=person.pk).update(is_claimed=True)
    _tell(SignedIn(person=person.pk, how=tuple(how), address=address), person)


@transaction.atomic
def record_failure(person: Person | None, *, how: str, address: str) -> None:
    """Something wrong was given. It is as much work for nobody as for somebody."""
    happened = SignInFailed(person=person.pk if person else 0, how=how, address=address)
    _tell(happened, person)
    _log(SIGN_IN_FAILED, person, how=how)


@transaction.atomic
def record_lock_out(person: Person | None, *, address: str) -> None:
    """Nothing more is looked at for a while."""
    _tell(LockedOut(person=person.pk if person else 0, address=address), person)
    _log(SIGN_IN_LOCKED, person, how="too often")


def _log(name: str, person: Person | None, *, how: str) -> None:
    """Tell the hub's owner who was tried. What was typed for nobody may be a password: it is not.

    The log knows from where, and takes only so much from one address.
    """
    record_refusal(
        name if person else SIGN_IN_UNKNOWN, by=None, subject=person, details={"how": how}
    )


def record_elsewhere(by: Person | None, *, provider: str, begun: bool) -> None:
    """Somebody came back from a provider and was not let in.

    ``begun`` says whether it was begun in the same browser: if not, the state is made up, used,
    or another's (RFC 6749, section 10.12); if so, the provider does not stand for the answer.
    """
    name = audit.SIGN_IN_ELSEWHERE_REFUSED if begun else audit.SIGN_IN_MIXED_UP
    record_refusal(name, by=by, details={"provider": provider})


@transaction.atomic
def record_verified(address: EmailAddress) -> None:
    """A mailbox was shown to be its owner's."""
    person = Person.objects.get(pk=address.user_id)
    _tell(EmailVerified(person=person.pk), person)
    record(audit.EMAIL_VERIFIED, by=person)


@transaction.atomic
def record_factor(person: Person, *, factor: str, added: bool) -> None:
    """A way to show who one is came or went; call it in the transaction of that."""
    kind = FactorAdded if added else FactorRemoved
    _tell(kind(person=person.pk, factor=factor), person)
    done = audit.FACTOR_ADDED if added else audit.FACTOR_REMOVED
    record(done, by=person, details={"factor": factor})


def set_password(person: Person, *, password: str, how: str, keep: str = "") -> None:
    """Give ``person`` another password, and end all their sessions but the one called ``keep``.

    ``how`` is ``changed`` by somebody signed in, or ``reset`` by mail.
    """
    person.password = make_password(password)  # before the transaction: it takes its time
    with transaction.atomic():
        person.save(update_fields=["password"])
        _tell(PasswordChanged(person=person.pk, how=how), person)
        record(audit.PASSWORD_CHANGED, by=person, details={"how": how})
        end_sessions(person, keep=keep, why="password")


@transaction.atomic
def end_sessions(person: Person, *, keep: str = "", number: int | None = None, why: str) -> int:
    """End the sessions of ``person`` but the one whose key is ``keep``, or only that ``number``.

    Returns how many were ended. What is not theirs is not found, so nothing happens to it.
    """
    sessions = UserSession.objects.filter(user_id=person.pk).exclude(session_key=keep)
    if number is not None:
        sessions = sessions.filter(pk=number)
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    ended = list(sessions)
    for session in ended:
        store.delete(session.session_key)
        _tell(SessionEnded(person=person.pk, why=why), person)
    sessions.delete()
    return len(ended)
