"""Writes to profiles: what a person says of themselves, and what stands on top of their page."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence

from django.db import transaction

from nexus.kernel.audit import record
from nexus.kernel.errors import Forbidden
from nexus.kernel.events import publish
from nexus.people.audit import PINS_CHANGED, PROFILE_CHANGED
from nexus.people.events import PersonChanged
from nexus.people.imitating import tells_of_imitations
from nexus.people.models import Person, Profile, Wish
from nexus.people.names import clean_name, name_skeleton
from nexus.people.policies import can_edit_profile
from nexus.people.profile.given import Given, clean
from nexus.people.profile.reading import wishes_of
from nexus.people.services import refuse_name


@tells_of_imitations
@transaction.atomic
def edit_profile(
    *, by: Person, person: Person, given: Given, known_topics: Container[str]
) -> tuple[str, ...]:
    """Let ``person`` be described as ``given``; returns the names of the fields that changed.

    ``known_topics`` are the slugs of all topics. Raises ``Forbidden`` for anybody but the person,
    ``Invalid`` or ``Conflict`` when something cannot be said, a name that imitates another's
    among it. What is the same as before is no change: nothing is told of it.
    """
    person = _own(by, person)
    profile = Profile.objects.filter(pk=person.pk).first() or Profile(person=person)
    wanted = {"name": _name(person, given.name), **clean(given, known_topics)}
    present = {**_present(profile), **_of_account(person), "wishes": wishes_of(person.pk)}
    changed = tuple(field for field, value in wanted.items() if value != present[field])
    if changed:
        _keep(person, profile, wanted)
        _tell(person, dict.fromkeys("name" if field == "name" else "profile" for field in changed))
        record(PROFILE_CHANGED, by=by, subject=person, details={"changed": list(changed)})
    return changed


@transaction.atomic
def keep_pins(*, by: Person, person: Person, entries: Sequence[int]) -> None:
    """Let these entries stand on top of a person's page, in this order.

    That they are the person's own, and no more than six, is asked above: entries are not known
    here. Raises ``Forbidden`` for anybody but the person.
    """
    person = _own(by, person)
    profile = Profile.objects.filter(pk=person.pk).first() or Profile(person=person)
    if profile.pins != list(entries):
        profile.pins = list(entries)
        profile.save()
        _tell(person, ("pins",))
        record(PINS_CHANGED, by=by, subject=person, details={"entries": list(entries)})


def _own(by: Person, person: Person) -> Person:
    """The person, locked so that two changes at once come one after the other."""
    if not can_edit_profile(by, person):
        raise Forbidden(
            "not-yours",
            "Everybody writes their own profile.",
            remedy="Ask the person whose it is.",
        )
    return Person.objects.select_for_update().get(pk=person.pk)


def _name(person: Person, given: str) -> str:
    """The name as it is kept. Who keeps theirs is not asked again what others call themselves."""
    name = clean_name(given)
    if name != person.name:
        refuse_name(name, person=person)
    return name


_FIELDS = (
    *("about", "tracks", "open_to", "is_away", "hours_a_week", "times", "links"),
    "shown_to",
)


def _present(profile: Profile) -> dict[str, object]:
    return {field: getattr(profile, field) for field in _FIELDS}


def _of_account(person: Person) -> dict[str, object]:
    return {"name": person.name, "time_zone": person.time_zone}


def _keep(person: Person, profile: Profile, wanted: dict[str, object]) -> None:
    person.name, person.time_zone = str(wanted["name"]), str(wanted["time_zone"])
    person.name_skeleton = name_skeleton(person.name)
    person.save(update_fields=["name", "name_skeleton", "time_zone"])
    for field in _FIELDS:
        setattr(profile, field, wanted[field])
    profile.save()
    _keep_wishes(person, wanted["wishes"])


def _keep_wishes(person: Person, wishes: object) -> None:
    """Write them anew when they changed, so that their order is that of the keys."""
    if isinstance(wishes, list) and wishes != wishes_of(person.pk):
        Wish.objects.filter(person=person).delete()
        Wish.objects.bulk_create([Wish(person=person, topic=topic) for topic in wishes])


def _tell(person: Person, changed: Iterable[str]) -> None:
    publish(PersonChanged(person=person.pk, changed=tuple(changed)))
