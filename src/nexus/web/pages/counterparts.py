"""Backend projects that look for a frontend, and the reverse, those that fit best first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from nexus.cohorts.profiles import profiles_for
from nexus.cohorts.selectors import cohort_by_slug, visible_cohorts
from nexus.kernel.errors import NexusError, NotFound
from nexus.library import presenting, selectors
from nexus.library.cards import SOUGHT, TRACKS, project_cards
from nexus.library.counterparts.fit import SIDES, Fit, Project, fit
from nexus.library.selectors.counterparts import own_projects, seeking_projects
from nexus.library.services.seeking import look_for
from nexus.library.topics.catalogue import catalogue
from nexus.people.profile.clocks import Rhythm, hours_apart
from nexus.people.requests import person_of
from nexus.people.selectors import people_by_id
from nexus.web.pages.frames import cohort_frame, way_to
from nexus.web.pages.governing.doors import number, way_in
from nexus.web.pages.listing import Asked, active_filters, filter_group, pager_of
from nexus.web.pages.meeting import Meeting, meeting_of
from nexus.web.refusals import tell_of_refusal

if TYPE_CHECKING:
    from nexus.cohorts.models import Cohort
    from nexus.people.models import Person
    from nexus.people.profile.views import ProfileView

PAGE = 24
#: At most so many hours may lie between two clocks.
HOURS = {str(most): f"{most} hours apart at most" for most in (1, 3, 6)}
HOURS["1"] = "1 hour apart at most"


@dataclass(frozen=True, slots=True)
class Found:
    """A project that looks for a counterpart, and how well it fits the reader's own."""

    project: Project
    fit: Fit
    profile: ProfileView


@require_http_methods(["GET", "HEAD", "POST"])
def counterparts(request: HttpRequest) -> HttpResponse:
    """Projects of the whole hub that look for a counterpart; the reader's own can say so too."""
    cohorts = list(visible_cohorts(person_of(request)).order_by("name"))
    return _page(request, cohorts, {"crumbs": [presenting.Link(_HERE, "")]})


@require_http_methods(["GET", "HEAD", "POST"])
def cohort_counterparts(request: HttpRequest, slug: str) -> HttpResponse:
    """The same of one cohort."""
    reader = person_of(request)
    found = cohort_by_slug(slug, reader=reader)
    frame = cohort_frame(found, reader, "projects")
    return _page(request, [found], {**frame, "crumbs": way_to(found, _HERE)})


_HERE = "Counterparts"


def _page(request: HttpRequest, cohorts: Sequence[Cohort], frame: dict[str, Any]) -> HttpResponse:
    reader = person_of(request)
    if request.method == "POST":
        return _say(request, reader)
    asked = Asked.of(request)
    own = own_projects(reader, cohorts) if reader else ()
    mine = _chosen(own, asked)
    seeking = [one for one in seeking_projects(cohorts) if not reader or one.owner != reader.pk]
    filters, active, passing = _filtered(seeking, asked, mine)
    listed = _near(_sorted(passing, mine, reader), asked, reader)
    part = pager_of(len(listed), asked, size=PAGE)
    context = {
        **frame,
        "own": [_own_row(one, one == mine, asked) for one in own],
        "mine": mine,
        "found": _cards(listed[part.start : part.end], reader),
        "total": len(listed),
        "pager": part.pager,
        "filters": filters,
        "active": active,
        "everything": asked.path,
        "has_clock": _rhythm(reader).is_known,
        "is_guest": reader is None,
    }
    return render(request, "counterparts.html", context)


def _chosen(own: Sequence[Project], asked: Asked) -> Project | None:
    """The project for which one looks: the one that the address names, else the newest."""
    named = next((one for one in own if str(one.key) == asked.value("for")), None)
    return named or next(iter(own), None)


def _filtered(
    seeking: Sequence[Project], asked: Asked, mine: Project | None
) -> tuple[list[SimpleNamespace], list[SimpleNamespace], list[Project]]:
    """The filters with the counts that hold while the others stand, and what passes them all."""
    values = {name: read(asked) for name, (_, _, read) in _FILTERS.items()}
    chosen = {name: value for name, value in values.items() if value}
    titles = {name: _titles(name, seeking) for name in _FILTERS}
    groups = []
    for name, (title, of, _) in _FILTERS.items():
        others = [one for one in seeking if _passes(one, {**chosen, name: ""})]
        counts = dict(Counter(value for one in others for value in of(one)).most_common())
        groups.append(filter_group(asked, name, title, counts, titles[name]))
    if _HOURS_FILTER in asked.query or mine is not None:
        hours = dict.fromkeys(HOURS, len(seeking))
        groups.append(_uncounted(filter_group(asked, _HOURS_FILTER, "Clocks", hours, HOURS)))
    named = {name: titles[name].get(value, value) for name, value in chosen.items()}
    if asked.value(_HOURS_FILTER) in HOURS:
        named[_HOURS_FILTER] = HOURS[asked.value(_HOURS_FILTER)]
    passing = [one for one in seeking if _passes(one, chosen)]
    return [group for group in groups if group], active_filters(asked, named), passing


def _uncounted(group: SimpleNamespace | None) -> SimpleNamespace | None:
    """How many clocks lie so near is known only when all are looked at: it is not said."""
    for option in group.options if group else ():
        option.count = ""
    return group


def _passes(project: Project, chosen: Mapping[str, str]) -> bool:
    return all(value in _FILTERS[name][1](project) for name, value in chosen.items() if value)


def _idea(project: Project) -> str:
    return " ".join(project.idea)


def _titles(name: str, seeking: Sequence[Project]) -> dict[str, str]:
    if name == "looking_for":
        return {side: SOUGHT[side].capitalize() for side in SIDES}
    if name == "track":
        return dict(TRACKS)
    if name == "idea":
        return {_idea(one): _idea(one).capitalize() for one in seeking if one.idea}
    return {slug: topic.name for slug, topic in catalogue().topics.items()}


_HOURS_FILTER = "hours"
#: The name in the address → its title, the values of a project, and what the address says.
_FILTERS: dict[str, tuple[str, Callable[[Project], Any], Callable[[Asked], str]]] = {
    "looking_for": (
        "Looking for",
        lambda one: one.sought & set(SIDES),
        lambda asked: asked.value("looking_for"),
    ),
    "track": ("Track", lambda one: [one.track], lambda asked: asked.value("track")),
    "idea": ("Idea", lambda one: [_idea(one)], lambda asked: asked.value("idea")),
    "topic": ("Topic", lambda one: one.topics, lambda asked: asked.value("topic")),
}


def _sorted(passing: Sequence[Project], mine: Project | None, reader: Person | None) -> list[Found]:
    """Those that fit the reader's project best first; without one, the newest first."""
    people = people_by_id({one.owner for one in passing})
    profiles = profiles_for(reader, people)
    names = {slug: topic.name for slug, topic in catalogue().topics.items()}
    now, rhythm = timezone.now(), _rhythm(reader)
    found = [
        Found(
            one,
            fit(mine, one, rhythms=(rhythm, profiles[one.owner].rhythm), at=now, names=names)
            if mine
            else Fit(),
            profiles[one.owner],
        )
        for one in passing
    ]
    return sorted(found, key=lambda one: (one.profile.is_away, -one.fit.score))


def _near(found: list[Found], asked: Asked, reader: Person | None) -> list[Found]:
    """Those whose clocks lie as near as the address asks; a clock that is not known does not."""
    most, mine = asked.value(_HOURS_FILTER), _rhythm(reader)
    if most not in HOURS:
        return found
    now = timezone.now()
    return [
        one
        for one in found
        if mine.is_known
        and one.profile.rhythm.is_known
        and hours_apart(mine.zone, one.profile.time_zone, now) <= int(most)
    ]


def _rhythm(reader: Person | None) -> Rhythm:
    return Rhythm(reader.time_zone if reader else "")


def _cards(found: Sequence[Found], reader: Person | None) -> list[SimpleNamespace]:
    """The cards of a page of projects; one that was taken away meanwhile is left out."""
    entries = selectors.visible_entries(reader).in_bulk([one.project.key for one in found])
    there = [one for one in found if one.project.key in entries]
    cards = project_cards(entries[one.project.key] for one in there)
    return [
        SimpleNamespace(project=card, fit=one.fit.words, meeting=_meeting(one, reader))
        for card, one in zip(cards, there, strict=True)
    ]


def _meeting(found: Found, reader: Person | None) -> Meeting:
    return meeting_of(found.profile, reader)


def _own_row(project: Project, is_chosen: bool, asked: Asked) -> SimpleNamespace:
    """One of the reader's projects, with the switches for what it may look for."""
    other = [side for side in SIDES if side != project.track]
    return SimpleNamespace(
        key=project.key,
        title=project.title,
        track=TRACKS.get(project.track, ""),
        is_chosen=is_chosen,
        address=asked.address(**{"for": project.key}),
        switches=[
            SimpleNamespace(side=side, words=SOUGHT[side], is_on=side in project.sought)
            for side in other
        ],
    )


def _say(request: HttpRequest, reader: Person | None) -> HttpResponse:
    """Let one of the reader's projects look for a counterpart, or no longer."""
    if reader is None:
        return HttpResponseRedirect(way_in(request.get_full_path()))
    found = selectors.visible_entries(reader).filter(kind="project", path="", part="")
    entry = found.filter(pk=number(request, "project")).first()
    try:
        if entry is None:
            raise NotFound("entry-unknown", "You have no such project.")
        is_looking = request.POST.get("do") == "look"
        side = request.POST.get("side", "")
        look_for(by=reader, repository=entry.repository, side=side, looking=is_looking)
    except NexusError as fault:
        tell_of_refusal(request, fault)
        messages.error(request, str(fault))
    else:
        messages.success(request, "Saved. It stands, whatever the next sync reads.")
    return HttpResponseRedirect(request.get_full_path())
