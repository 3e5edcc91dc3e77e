"""Writes to accounts: adding people, and signing them in by a link."""

import secrets
from contextlib import suppress
from datetime import timedelta

from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone

from nexus.kernel.errors import Conflict, Forbidden, Invalid
from nexus.kernel.events import publish
from nexus.people.events import PersonAdded, SignedIn
from nexus.people.handles import handle_from, is_handle
from nexus.people.links import digest_of, spent, usable_links
from nexus.people.models import Person, SignInLink
from nexus.people.page_names import without_address
from nexus.people.policies import can_add_person, can_make_sign_in_link

LINK_LIFETIME = timedelta(hours=12)


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
    if not is_handle(handle):
        raise Invalid(
            "handle-invalid",
            f"“{handle}” cannot be a handle.",
            remedy="Use 1 to 39 letters, digits and single hyphens.",
        )
    _refuse_taken(handle, email)
    return _create(handle=handle, name=name or handle, email=email, is_owner=is_owner, claimed=True)


def _refuse_taken(handle: str, email: str | None) -> None:
    """Handles and addresses are used once."""
    if Person.objects.filter(handle__iexact=handle).exists():
        raise Conflict(
            "handle-taken", f"The handle “{handle}” is taken.", remedy="Choose another one."
        )
    if email and Person.objects.filter(email__iexact=email).exists():
        raise Conflict(
            "email-taken", "That e-mail address belongs to someone.", remedy="Use another one."
        )


def _create(*, handle: str, name: str, email: str | None, is_owner: bool, claimed: bool) -> Person:
    person = Person(
        handle=handle, name=name[:120], email=email, is_owner=is_owner, is_claimed=claimed
    )
    person.set_unusable_password()
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
def ensure_hub_owner(*, handle: str = "owner") -> Person:
    """The person who runs the hub, made at the first start."""
    known = Person.objects.filter(is_owner=True).order_by("pk").first()
    return known or add_person(by=None, handle=handle, name="Owner", is_owner=True)


@transaction.atomic
def make_sign_in_link(*, by: Person | None, person: Person) -> str:
    """The secret of a new link that signs ``person`` in once, within twelve hours.

    Only a digest is stored, so the secret cannot be read from the database. Links that
    are spent or past their time go.
    """
    if not can_make_sign_in_link(by, person):
        raise Forbidden("not-owner", "You cannot make a sign-in link for someone else.")
    secret = secrets.token_urlsafe(32)
    now = timezone.now()
    SignInLink.objects.filter(expires_at__lt=now).delete()
    SignInLink.objects.create(
        person=person, digest=digest_of(secret), expires_at=now + LINK_LIFETIME
    )
    return secret


@transaction.atomic
def use_sign_in_link(secret: str) -> Person:
    """The person whom the link signs in; it works once.

    Raises ``Invalid`` when the link is unknown, spent or too old; which of these is not told.
    """
    now = timezone.now()
    links = usable_links(secret)
    if not links.update(used_at=now):
        raise spent()
    person = Person.objects.get(links__digest=digest_of(secret))
    Person.objects.filter(pk=person.pk).update(is_claimed=True, last_login=now)
    publish(SignedIn(person=person.pk), audience=f"person:{person.pk}")
    return person
