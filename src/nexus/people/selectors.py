"""Reads of people."""

from collections.abc import Iterable

from django.db.models import QuerySet

from nexus.kernel.errors import NotFound
from nexus.people.links import spent, usable_links
from nexus.people.models import Person


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


def hub_owner() -> Person | None:
    """The person who runs the hub: the first one marked so."""
    return Person.objects.filter(is_owner=True).order_by("pk").first()


def people_by_id(numbers: Iterable[int]) -> dict[int, Person]:
    """People by key, in one query."""
    return Person.objects.in_bulk(list(numbers))


def everyone() -> QuerySet[Person]:
    """All people, by handle."""
    return Person.objects.order_by("handle")


def person_of_link(secret: str) -> Person:
    """Whom a link would sign in; raises ``Invalid`` when it does not work any more."""
    link = usable_links(secret).select_related("person").first()
    if link is None:
        raise spent()
    return link.person
