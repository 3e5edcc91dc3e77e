"""One's own profile: what one says of oneself, and what stands on top of one's page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from nexus.kernel.errors import Conflict, Invalid, NexusError
from nexus.library import presenting
from nexus.library.selectors.portfolios import entries_by, pinned
from nexus.library.services.pins import MOST_PINS, choose_pins
from nexus.library.topics.catalogue import catalogue
from nexus.people.names import LONGEST
from nexus.people.profile.clocks import offset_words
from nexus.people.profile.editing import edit_profile
from nexus.people.profile.given import (
    LONGEST_ADDRESS,
    LONGEST_LABEL,
    MOST_HOURS,
    MOST_LINKS,
    MOST_WISHES,
    Given,
    Link,
    clean_link,
)
from nexus.people.profile.places import places
from nexus.people.profile.reading import profiles_by_person, wishes_of
from nexus.people.profile.words import OPEN_TO, TIMES, TRACKS, UNSAID
from nexus.web.pages.governing.doors import number, signed_in
from nexus.web.pages.listing import Asked, pager_of
from nexus.web.refusals import tell_of_refusal

if TYPE_CHECKING:
    from nexus.people.models import Person

PAGE = 24
#: Which field a refusal is about, by its code.
FIELDS = {
    "name-invalid": "name",
    "name-alike": "name",
    "name-reserved": "name",
    "about-too-long": "about",
    "topic-unknown": "wishes",
    "wishes-too-many": "wishes",
    "time-zone-unknown": "time_zone",
    "hours-invalid": "hours_a_week",
}
SHOWN_TO = {
    "cohorts": "Members of my cohorts",
    "everybody": "Everybody, also people who are not signed in",
}


def _boxes(label: str, options: Mapping[str, str]) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label,
        required=False,
        choices=[(value, words[:1].upper() + words[1:]) for value, words in options.items()],
        widget=forms.CheckboxSelectMultiple,
    )


def _zones() -> list[tuple[str, Any]]:
    """Time zones as a list to choose from: by region, by the names of places."""
    now = timezone.now()
    groups: dict[str, list[tuple[str, str]]] = {}
    for place in places().values():
        words = f"{place.words} ({offset_words(place.zone, now)})"
        groups.setdefault(place.region, []).append((place.zone, words))
    return [("", "Not said"), *groups.items()]


class ProfileForm(forms.Form):
    """What a person says of themselves."""

    name = forms.CharField(label="Name", max_length=LONGEST)
    about = forms.CharField(
        label="About you", required=False, widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"})
    )
    tracks = _boxes("What do you work on?", TRACKS)
    wishes = forms.CharField(
        label="What do you want to learn?",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    time_zone = forms.ChoiceField(label="Time zone", required=False)
    open_to = _boxes("What may others ask you for?", OPEN_TO)
    is_away = forms.BooleanField(label="Not now", required=False)
    hours_a_week = forms.IntegerField(
        label="Hours a week", required=False, min_value=1, max_value=MOST_HOURS
    )
    times = _boxes("When do you have time?", {time: time for time in TIMES})
    shown_to = forms.ChoiceField(
        label="Who sees it",
        choices=list(SHOWN_TO.items()),
        widget=forms.RadioSelect,
        initial="cohorts",
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["time_zone"].choices = _zones()  # type: ignore[attr-defined]
        for at in range(MOST_LINKS):
            self.fields[f"label_{at}"] = forms.CharField(
                label="Called", max_length=LONGEST_LABEL, required=False
            )
            self.fields[f"address_{at}"] = forms.CharField(
                label="Address",
                max_length=LONGEST_ADDRESS,
                required=False,
                strip=False,
                widget=forms.TextInput(attrs={"inputmode": "url", "placeholder": "https://"}),
            )

    @property
    def link_rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """The fields of each link."""
        return [(self[f"label_{at}"], self[f"address_{at}"]) for at in range(MOST_LINKS)]

    def clean_wishes(self) -> list[str]:
        """The slugs of the topics that were named, one on each line or between commas."""
        typed = self.cleaned_data["wishes"].replace(",", "\n").splitlines()
        named = [" ".join(line.split()) for line in typed if line.strip()]
        topics = [catalogue().named(words) for words in named[: MOST_WISHES + 1]]
        unknown = [words for words, topic in zip(named, topics, strict=False) if topic is None]
        if unknown:
            raise forms.ValidationError(f"The hub knows no topic called “{unknown[0]}”.")
        return [topic.slug for topic in topics if topic]

    def clean(self) -> dict[str, Any]:
        """Check each link beside its own field."""
        given = super().clean() or {}
        given["links"] = []
        for at in range(MOST_LINKS):
            link = Link(given.get(f"label_{at}", ""), given.get(f"address_{at}", ""))
            if not (link.label or link.address.strip()):
                continue
            try:
                given["links"].append(clean_link(link))
            except Invalid as fault:
                self.add_error(f"address_{at}", str(fault))
        return given

    def said(self) -> Given:
        """The profile that was typed."""
        given = self.cleaned_data
        taken = ("name", "about", "tracks", "wishes", "open_to", "is_away", "hours_a_week")
        return Given(
            **{field: given[field] for field in (*taken, "times", "links")},
            time_zone=given["time_zone"] or UNSAID,
            is_shown_to_everybody=given["shown_to"] == "everybody",
        )


@signed_in
def edit(request: HttpRequest, by: Person) -> HttpResponse:
    """Say who one is; what is refused stands beside its field."""
    form = ProfileForm(request.POST or None, initial=_initial(by))
    if form.is_valid() and _kept(form, by):
        messages.success(request, "Saved. This is your page.")
        return HttpResponseRedirect(reverse("person", args=[by.handle]))
    context = {"form": form, "topics": sorted(one.name for one in catalogue().topics.values())}
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "account/profile.html", context, status=status)


def _kept(form: ProfileForm, by: Person) -> bool:
    try:
        edit_profile(by=by, person=by, given=form.said(), known_topics=catalogue().topics)
    except (Invalid, Conflict) as fault:
        form.add_error(FIELDS.get(fault.code), str(fault))
        return False
    return True


def _initial(person: Person) -> dict[str, Any]:
    """The profile as it is kept, for the form."""
    said = {"name": person.name, "time_zone": person.time_zone}
    said["wishes"] = "\n".join(catalogue().topics[one].name for one in _known(person))
    profile = profiles_by_person([person.pk]).get(person.pk)
    if profile is None:
        return said
    fields = ("about", "tracks", "open_to", "is_away", "hours_a_week", "times", "shown_to")
    links = {
        f"{part}_{at}": link[part]
        for at, link in enumerate(profile.links)
        for part in ("label", "address")
    }
    return {**said, **{field: getattr(profile, field) for field in fields}, **links}


def _known(person: Person) -> list[str]:
    """Topics that they named; one that has left the catalogue since is left out."""
    return [topic for topic in wishes_of(person.pk) if topic in catalogue().topics]


@signed_in
def pins(request: HttpRequest, by: Person) -> HttpResponse:
    """What stands on top of one's page: chosen, put in order and taken away by buttons."""
    profile = profiles_by_person([by.pk]).get(by.pk)
    on_top = pinned(by.pk, profile.pins if profile else [], reader=by)
    if request.method == "POST":
        return _pin(request, by, [entry.pk for entry in on_top])
    asked = Asked.of(request)
    others = entries_by(by.pk, reader=by).exclude(pk__in=[entry.pk for entry in on_top])
    if asked.words:
        others = others.filter(title__icontains=asked.words)
    part = pager_of(others.count(), asked, size=PAGE)
    context = {
        "on_top": _rows(on_top),
        "others": _rows(others[part.start : part.end]),
        "pager": part.pager,
        "words": asked.words,
        "is_full": len(on_top) >= MOST_PINS,
        "most": MOST_PINS,
        "person": by,
    }
    return render(request, "account/pins.html", context)


def _rows(entries: Any) -> list[dict[str, Any]]:
    return [{"key": entry.pk, "card": presenting.card_of(entry)} for entry in entries]


def _pin(request: HttpRequest, by: Person, present: Sequence[int]) -> HttpResponse:
    entry = number(request, "entry")
    try:
        choose_pins(by=by, entries=rearranged(present, request.POST.get("do", ""), entry))
    except NexusError as fault:
        tell_of_refusal(request, fault)
        messages.error(request, str(fault))
    return HttpResponseRedirect(request.get_full_path())


def rearranged(present: Sequence[int], do: str, entry: int) -> list[int]:
    """The entries on top once a button was pressed: ``add``, ``remove``, ``up`` or ``down``."""
    others = [one for one in present if one != entry]
    if do == "add":
        return [*others, entry]
    if do not in ("up", "down") or entry not in present:
        return others if do == "remove" else list(present)
    place = max(present.index(entry) + (-1 if do == "up" else 1), 0)
    return [*others[:place], entry, *others[place:]]
