"""What changed in a cohort in the last seven days, as a page and as a feed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape

from nexus.cohorts.selectors import cohort_by_slug
from nexus.library import presenting, selectors
from nexus.library.cards import challenge_cards, resource_cards
from nexus.library.kinds.registry import KINDS
from nexus.people.requests import person_of
from nexus.people.selectors import people_by_id
from nexus.web.pages.frames import cohort_frame

if TYPE_CHECKING:
    from nexus.cohorts.models import Cohort
    from nexus.library.models import Entry
    from nexus.library.selectors import DayCount
    from nexus.people.models import Person

DAYS = 7
CHALLENGES_SHOWN = 5
RESOURCES_SHOWN = 5
#: People shown of one day.
PEOPLE_SHOWN = 40
FEED_ENTRIES = 40


@dataclass(slots=True)
class Share:
    """What one person's repositories brought on a day."""

    person: Person
    new: Counter[str] = field(default_factory=Counter)
    changed: Counter[str] = field(default_factory=Counter)
    cards: list[presenting.Card] = field(default_factory=list)

    @property
    def total(self) -> int:
        """How many entries came or changed."""
        return self.new.total() + self.changed.total()

    @property
    def words(self) -> str:
        """What it was, as a sentence: “3 documents and 1 snippet new, 2 documents changed”."""
        parts = ((self.new, "new"), (self.changed, "changed"))
        return ", ".join(f"{_listed(kinds)} {word}" for kinds, word in parts if kinds)

    @property
    def more(self) -> int:
        """How many entries are not named."""
        return self.total - len(self.cards)


@dataclass(frozen=True, slots=True)
class Day:
    """A day, and who brought something on it: those who brought most first."""

    date: date
    shares: Sequence[Share]
    #: People who are not shown.
    more: int = 0


def week(request: HttpRequest, slug: str) -> HttpResponse:
    """What changed in the last seven days: challenges and resources first, then day by day."""
    reader = person_of(request)
    found = cohort_by_slug(slug, reader=reader)
    since = _since()
    counts = selectors.day_counts(found, since)
    new = selectors.challenges_of(found).filter(published_at__gte=since)
    context = {
        **cohort_frame(found, reader, "week"),
        "new_count": sum(row.entries for row in counts if row.is_new),
        "changed_count": sum(row.entries for row in counts if not row.is_new),
        "people_count": len({row.owner for row in counts}),
        "challenges": challenge_cards(new[:CHALLENGES_SHOWN]),
        "resources": resource_cards(selectors.new_resources(found, since=since)[:RESOURCES_SHOWN]),
        "days": _days(counts, selectors.named_changes(found, since) if counts else ()),
        "feed_address": reverse("cohort-feed", args=[slug]),
    }
    return render(request, "week.html", context)


def feed(request: HttpRequest, slug: str) -> HttpResponse:
    """The latest changes of a cohort as an Atom feed (RFC 4287)."""
    found = cohort_by_slug(slug, reader=person_of(request))
    entries = list(selectors.newest_of(found)[:FEED_ENTRIES])
    response = HttpResponse(content_type="application/atom+xml; charset=utf-8")
    _atom(request, found, entries).write(response, "utf-8")
    return response


def _since() -> datetime:
    """The beginning of the day seven days ago: the same all day, so that the page can be kept."""
    today = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0)
    return today - timedelta(days=DAYS - 1)


def _days(counts: Sequence[DayCount], named: Iterable[tuple[date, Entry]]) -> list[Day]:
    people = people_by_id({row.owner for row in counts})
    days: dict[date, dict[int, Share]] = {}
    for row in counts:
        share = days.setdefault(row.day, {}).setdefault(row.owner, Share(people[row.owner]))
        (share.new if row.is_new else share.changed)[row.kind] += row.entries
    for moment, entry in named:
        share_of_day = days.get(moment, {}).get(entry.repository.owner_id)
        if share_of_day is not None:
            share_of_day.cards.append(presenting.card_of(entry))
    return [_day(moment, list(shares.values())) for moment, shares in days.items()]


def _day(moment: date, shares: list[Share]) -> Day:
    ordered = sorted(shares, key=lambda share: (-share.total, share.person.name.casefold()))
    return Day(moment, ordered[:PEOPLE_SHOWN], more=max(len(ordered) - PEOPLE_SHOWN, 0))


def _listed(kinds: Counter[str]) -> str:
    """Numbers of entries in words, in the order of the registry."""
    parts = [
        f"{kinds[kind]} {kind if kinds[kind] == 1 else KINDS[kind].plural}"
        for kind in KINDS
        if kinds[kind]
    ]
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)


def _atom(request: HttpRequest, found: Cohort, entries: Sequence[Entry]) -> Atom1Feed:
    here = request.build_absolute_uri(reverse("cohort", args=[found.slug]))
    atom = Atom1Feed(
        title=found.name,
        link=here,
        description=found.description,
        feed_url=request.build_absolute_uri(request.path),
        language="en",
    )
    for entry in entries:
        address = request.build_absolute_uri(presenting.card_of(entry).address)
        atom.add_item(
            title=entry.title,
            link=address,
            description=escape(entry.summary),
            unique_id=address,
            author_name=entry.repository.owner.name,
            pubdate=entry.published_at,
            updateddate=entry.changed_at,
            categories=[entry.kind],
        )
    return atom
