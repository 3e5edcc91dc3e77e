"""Reads of people."""

from collections.abc import Iterable
from typing import NamedTuple

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models import Q, QuerySet
from django.utils import timezone

from nexus.kernel.errors import NotFound
from nexus.kernel.once import rows as answered
from nexus.kernel.prepared import Prepared
from nexus.people.links import spent, usable_links
from nexus.people.models import Person

_AMONG = Prepared(lambda keys: Person.objects.filter(pk__among=keys))
_NAMES = "SELECT id, handle, name FROM people_person WHERE id {among}"
#: In the data of a session that belongs to a client: the number of its refresh token.
CLIENT = "client"


def person_by_handle(handle: str) -> Person:
    """The person with this handle, whatever its case; raises ``NotFound``."""
    person = Person.objects.filter(handle__iexact=handle).first()
    if person is None:
        raise NotFound(
            "person-unknown",
            f"There is no person “{handle}” here.",
            remedy="Check the spelling, or look in the list of people.",
        )
    return person


def person_by_id(number: int) -> Person | None:
    """The person with this key, if there is one."""
    return Person.objects.filter(pk=number).first()


def person_locked(number: int) -> Person:
    """The person with this key as they are now, locked until the transaction ends.

    Whoever runs the hub is locked with them, all in one order: of two who go, one is first. Rows
    that only point to a person are written meanwhile.
    """
    rows = Person.objects.select_for_update(no_key=True).order_by("pk")
    return next(one for one in rows.filter(Q(pk=number) | Q(is_owner=True)) if one.pk == number)


def hub_owner() -> Person | None:
    """The person who runs the hub: the first one marked so."""
    return Person.objects.filter(is_owner=True).order_by("pk").first()


def people_by_id(numbers: Iterable[int]) -> dict[int, Person]:
    """People by key, in one query."""
    keys = list(numbers)
    return {person.pk: person for person in _AMONG(keys)} if keys else {}


class Named(NamedTuple):
    """How somebody is called, and where their page is."""

    handle: str
    name: str


def names_by_id(numbers: Iterable[int]) -> dict[int, Named]:
    """How people are called, by key, in one query: for lists of very many."""
    keys = list(numbers)
    found = answered(_NAMES, [keys]) if keys else ()
    return {key: Named(handle, name) for key, handle, name in found}


def everyone() -> QuerySet[Person]:
    """All people, by handle."""
    return Person.objects.order_by("handle")


def person_of_link(secret: str) -> Person:
    """Whom a link would sign in; raises ``Invalid`` when it does not work any more."""
    link = usable_links(secret).select_related("person").first()
    if link is None:
        raise spent()
    return link.person


def person_by_login(login: str) -> Person | None:
    """Whom somebody means who types ``login``: an e-mail address or a handle."""
    field = "email" if "@" in login else "handle__iexact"
    return Person.objects.filter(**{field: login.lower()}).first()


def address_is_held(email: str) -> bool:
    """Whether ``email`` is somebody's address.

    One that somebody is only about to change to, and has not verified, is not: nobody keeps
    another from signing up by naming their address.
    """
    verified = EmailAddress.objects.filter(email=email, verified=True)
    return Person.objects.filter(email=email).exists() or verified.exists()


def proven_addresses(person: Person) -> frozenset[str]:
    """The e-mail addresses that are known to be a person's, in small letters.

    Those that they verified; and the account's own when the hub's owner gave it, so that there
    was nothing to verify.
    """
    rows = dict(EmailAddress.objects.filter(user=person).values_list("email", "verified"))
    known = {email.lower() for email, verified in rows.items() if verified}
    own = (person.email or "").lower()
    if own and own not in {email.lower() for email in rows}:
        known.add(own)
    return frozenset(known)


def addresses_of(person: Person) -> tuple[str, ...]:
    """Every e-mail address that an account has, verified or not, in small letters."""
    known = EmailAddress.objects.filter(user=person).values_list("email", flat=True)
    return tuple(sorted({email.lower() for email in (*known, person.email or "") if email}))


def open_sessions(person: Person) -> list[UserSession]:
    """The sessions in which ``person`` is signed in, the newest first, in one query."""
    alive = Session.objects.filter(expire_date__gt=timezone.now()).values("session_key")
    found = UserSession.objects.filter(user_id=person.pk, session_key__in=alive)
    return list(found.order_by("-created_at"))


def factors_of(person: Person) -> dict[str, list[Authenticator]]:
    """The ways besides a password by which ``person`` shows who they are, by type."""
    found: dict[str, list[Authenticator]] = {}
    for factor in Authenticator.objects.filter(user_id=person.pk).order_by("created_at"):
        found.setdefault(factor.type, []).append(factor)
    return found
