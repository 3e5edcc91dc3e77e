"""Writes to accounts: adding people, and signing them in by a link."""

import secrets
from contextlib import suppress
from datetime import timedelta

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX, make_password
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils import timezone

from nexus.kernel.audit import record
from nexus.kernel.errors import Conflict, Forbidden, Invalid
from nexus.kernel.events import publish
from nexus.people import audit
from nexus.people.events import PersonAdded, SignedIn, SignedUp, SignUpForgotten
from nexus.people.handles import (
    handle_from,
    is_handle,
    is_reserved,
    is_reserved_name,
    skeleton_of,
)
from nexus.people.links import digest_of, spent, usable_links
from nexus.people.models import Person, SignInLink
from nexus.people.names import LONGEST, clean_name, name_skeleton, same_letters
from nexus.people.page_names import without_address
from nexus.people.policies import can_add_person, can_make_sign_in_link

LINK_LIFETIME = timedelta(hours=12)
#: How long a handle waits for whoever signed up with it to verify their address.
UNVERIFIED_FOR = timedelta(days=7)


@transaction.atomic
def add_person(
    *,
    by: Person | None,
    handle: str,
    name: str = "",
    email: str | None = None,
    is_owner: bool = False,
) -> Person:
    """Add an account that somebody will sign in to.

    Raises ``Forbidden`` for anyone but the hub's owner, ``Invalid`` for a handle that
    cannot be one, ``Conflict`` when the handle or the address is taken.
    """
    if not can_add_person(by):
        raise Forbidden("not-owner", "Only the owner of the hub adds people.", remedy="Ask them.")
    refuse_handle(handle)
    _refuse_address(email)
    person = _create(
        handle=handle, name=name or handle, email=email, is_owner=is_owner, claimed=True
    )
    record(audit.ADDED, by=by, subject=person)
    return person


def sign_up(*, handle: str, name: str, email: str, password: str | None) -> Person:
    """Make an account for somebody who asked for one, signed in to nothing yet.

    ``password`` is None for somebody who signs in with an account elsewhere. Raises
    ``Invalid`` or ``Conflict`` for a handle or a name that is refused, and ``Conflict``
    when somebody else was faster.
    """
    refuse_handle(handle, by_owner=False)
    refuse_name(name)
    encoded = make_password(password)  # before the transaction: it takes its time
    try:
        with transaction.atomic():
            person = _create(
                handle=handle,
                name=clean_name(name),
                email=email.lower(),
                is_owner=False,
                claimed=True,
                password=encoded,
            )
            publish(SignedUp(person=person.pk), audience=f"person:{person.pk}")
    except IntegrityError as error:
        raise Conflict(
            "handle-taken", "Somebody else was faster.", remedy="Try again with another handle."
        ) from error
    return person


def refuse_handle(handle: str, *, by_owner: bool = True) -> None:
    """Raise what is wrong with ``handle`` for a new account, if anything is.

    ``Invalid`` when it cannot be a handle, ``Conflict`` when it is taken or looks like one
    that is; only the owner of the hub gives away words that speak for the hub.
    """
    if not is_handle(handle):
        raise Invalid(
            "handle-invalid",
            f"“{handle}” cannot be a handle.",
            remedy="Use 1 to 39 letters, digits and single hyphens.",
        )
    if not by_owner and is_reserved(handle):
        raise Conflict(
            "handle-reserved", f"“{handle}” is kept for the hub.", remedy="Choose another one."
        )
    if Person.objects.filter(handle__iexact=handle).exists():
        raise Conflict(
            "handle-taken", f"The handle “{handle}” is taken.", remedy="Choose another one."
        )
    if Person.objects.filter(skeleton=skeleton_of(handle)).exists():
        raise Conflict(
            "handle-alike",
            f"“{handle}” looks like a handle that is taken.",
            remedy="Choose one that nobody takes for another.",
        )


def refuse_name(name: str, *, person: Person | None = None) -> None:
    """Raise ``Invalid`` or ``Conflict`` when ``person``, or a newcomer, cannot be called ``name``.

    Two people may have one name. A name that only looks like somebody's, as it is written in
    letters of another script, is refused, and so is a word that would speak for the hub, but to
    those who run it.
    """
    cleaned = clean_name(name)
    if is_reserved_name(cleaned) and not (person and person.is_owner):
        raise Conflict(
            "name-reserved", f"“{cleaned}” is kept for the hub.", remedy="Write your own name."
        )
    others = Person.objects.filter(name_skeleton=name_skeleton(cleaned))
    if person is not None:
        others = others.exclude(pk=person.pk)
    if any(not same_letters(cleaned, other) for other in others.values_list("name", flat=True)):
        raise Conflict(
            "name-alike",
            "That name is written to look like somebody else’s.",
            remedy="Write it in the letters of one language.",
        )


def _refuse_address(email: str | None) -> None:
    """An address belongs to one person."""
    if email and Person.objects.filter(email__iexact=email).exists():
        raise Conflict(
            "email-taken", "That e-mail address belongs to someone.", remedy="Use another one."
        )


def _create(
    *,
    handle: str,
    name: str,
    email: str | None,
    is_owner: bool,
    claimed: bool,
    password: str | None = None,
) -> Person:
    """Keep a new person. A page that nobody claimed may look like another: so they are called."""
    skeleton = skeleton_of(handle)
    alike = not claimed and Person.objects.filter(skeleton=skeleton).exists()
    person = Person(
        handle=handle,
        skeleton=None if alike else skeleton,
        name=name[:LONGEST],
        name_skeleton=name_skeleton(name[:LONGEST]),
        email=email.lower() if email else None,
        is_owner=is_owner,
        is_claimed=claimed,
        password=password or make_password(None),
    )
    person.save()
    publish(PersonAdded(person=person.pk, handle=person.handle))
    return person


@transaction.atomic
def ensure_page_of(name: str) -> Person:
    """The person a repository names as its owner; a page is made for them when they are new.

    An address in the name is no part of the page's name or handle.
    """
    name = without_address(name)
    handle = handle_from(name)
    known = Person.objects.filter(handle__iexact=handle).first()
    return known or _create(handle=handle, name=name, email=None, is_owner=False, claimed=False)


@transaction.atomic
def forget_empty_page(person: int) -> None:
    """Take away a page that nobody claimed and that nothing hangs on."""
    with suppress(ProtectedError):
        Person.objects.filter(pk=person, is_claimed=False, is_owner=False).delete()


@transaction.atomic
def forget_unverified() -> int:
    """Take away accounts that were made and never opened; returns how many.

    Whoever signs up with addresses that are not theirs would keep handles from others.
    People whom the owner added have no password before they were here, and are left alone.
    """
    waiting = Person.objects.filter(
        last_login=None,
        joined_at__lt=timezone.now() - UNVERIFIED_FOR,
        emailaddress__verified=False,
    ).exclude(password__startswith=UNUSABLE_PASSWORD_PREFIX)
    gone = list(waiting.exclude(emailaddress__verified=True).distinct())
    for person in gone:
        publish(SignUpForgotten(person=person.pk, handle=person.handle))
        person.delete()
    return len(gone)


@transaction.atomic
def ensure_hub_owner(*, handle: str = "owner") -> Person:
    """The person who runs the hub, made at the first start."""
    known = Person.objects.filter(is_owner=True).order_by("pk").first()
    return known or add_person(by=None, handle=handle, name="Owner", is_owner=True)


@transaction.atomic
def make_sign_in_link(*, by: Person | None, person: Person) -> str:
    """The secret of a new link that signs ``person`` in once, within twelve hours.

    Only a digest is stored, so the secret cannot be read from the database. Links that
    are spent or past their time go. Raises ``Forbidden`` when it is not ``by``'s to make,
    ``Conflict`` for an account that was deleted.
    """
    if not can_make_sign_in_link(by, person):
        raise Forbidden("not-owner", "You cannot make a sign-in link for someone else.")
    if person.is_former:
        raise Conflict("person-left", "This account was deleted; nothing opens it again.")
    secret = secrets.token_urlsafe(32)
    now = timezone.now()
    SignInLink.objects.filter(expires_at__lt=now).delete()
    SignInLink.objects.create(
        person=person, digest=digest_of(secret), expires_at=now + LINK_LIFETIME
    )
    record(audit.LINK_MADE, by=by, subject=person)
    return secret


@transaction.atomic
def use_sign_in_link(secret: str, *, address: str = "") -> Person:
    """The person whom the link signs in; it works once.

    ``address`` is where the request comes from. Raises ``Invalid`` when the link is unknown,
    spent or too old; which of these is not told.
    """
    now = timezone.now()
    links = usable_links(secret)
    if not links.update(used_at=now):
        raise spent()
    person = Person.objects.get(links__digest=digest_of(secret))
    Person.objects.filter(pk=person.pk).update(is_claimed=True, last_login=now)
    happened = SignedIn(person=person.pk, how=("link",), address=address)
    publish(happened, audience=f"person:{person.pk}")
    return person
