"""Reads of topics: what is about them, who knows them, which of them meet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import combinations
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from django.db.models import Count, QuerySet, Sum

from nexus.kernel.once import rows as answered
from nexus.library.models import Entry, EntryTopic
from nexus.library.selectors.kept import kept

if TYPE_CHECKING:
    from nexus.cohorts.models import Cohort

#: Topics of which it is counted how often they meet: those of which there is most.
MOST_MET = 60
#: Entries in which it is counted, the newest.
MOST_COMPARED = 5000


@dataclass(frozen=True)
class Survey:
    """How many entries a cohort has on each topic, and how many on two of them at once.

    ``meetings`` has each pair in alphabetical order, counted in the newest entries. ``knowers``
    says how many people published on a topic.
    """

    sizes: Mapping[str, int]
    meetings: Mapping[tuple[str, str], int]
    knowers: Mapping[str, int] = field(default_factory=dict)

    @cached_property
    def beside(self) -> Mapping[str, Sequence[str]]:
        """The topics that occur most with each, against how much there is of them.

        Worked out once for as long as a survey is kept: every page of a topic asks.
        """
        strengths: dict[str, dict[str, float]] = {}
        for pair, times in self.meetings.items():
            for one, other in (pair, pair[::-1]):
                strengths.setdefault(one, {})[other] = times / self.sizes[other] ** 0.5
        return {
            topic: sorted(found, key=lambda slug: (-found[slug], slug))
            for topic, found in strengths.items()
        }


def entries_about(topic: str, *, cohorts: Iterable[Cohort], kind: str = "") -> QuerySet[EntryTopic]:
    """What cohorts have on a topic, of one kind or all, those most about it first; no copies."""
    found = _rows_of(cohorts, kind=kind).filter(topic=topic)
    return found.order_by("-weight", "-changed_at", "entry")


#: The first entries on a topic of one kind, read off ``entry_topic_of_kind``.
_FIRST = """
    SELECT * FROM (
        SELECT kind, entry_id, weight, changed_at FROM library_entrytopic
        WHERE topic = %s AND kind = %s AND is_listed AND cohort_id IN ({cohorts})
        ORDER BY weight DESC, changed_at DESC, entry_id LIMIT %s
    ) AS first
"""


def first_about(
    topic: str, *, cohorts: Iterable[Cohort], kinds: Sequence[str], most: int
) -> dict[str, tuple[int, ...]]:
    """Keys of the entries that ``entries_about`` gives first, by kind: one query for all kinds."""
    keys = _keys_of(cohorts)
    if not keys or not kinds:
        return {}
    each = _FIRST.format(cohorts=_places(keys))
    asked: list[str | int] = []
    for kind in kinds:
        asked += [topic, kind, *keys, most]
    found = sorted(answered(" UNION ALL ".join([each] * len(kinds)), asked), key=itemgetter(1))
    found.sort(key=itemgetter(2, 3), reverse=True)  # which leaves the order of equals
    return {kind: tuple(key for of, key, *_ in found if of == kind) for kind in kinds}


def kinds_about(topic: str, *, cohorts: Iterable[Cohort]) -> dict[str, int]:
    """How many entries of each kind cohorts have on a topic."""
    return _counted(cohorts, "kind", topic=topic)


#: Read off ``entry_topic_of_kind``, and only then held against the repositories: some hundred rows
#: instead of ten thousand.
_KNOWERS = """
    SELECT repository.owner_id, SUM(found.entries)
    FROM (
        SELECT repository_id, COUNT(*) AS entries, SUM(weight) AS weight FROM library_entrytopic
        WHERE topic = %s AND is_listed AND cohort_id IN ({cohorts}) GROUP BY repository_id
    ) AS found
    JOIN repositories_repository repository ON repository.id = found.repository_id
    GROUP BY repository.owner_id ORDER BY SUM(found.weight) DESC, repository.owner_id LIMIT %s
"""


def people_on(topic: str, *, cohorts: Iterable[Cohort], limit: int) -> list[tuple[int, int]]:
    """Who published most on a topic: person key and entries, those who weigh most first."""
    keys = _keys_of(cohorts)

    def count() -> list[tuple[int, int]]:
        found = answered(_KNOWERS.format(cohorts=_places(keys)), [topic, *keys, limit])
        return [(owner, int(entries)) for owner, entries in found]

    return kept(("people on", topic, keys, limit), count) if keys else []


def topic_sizes(cohorts: Iterable[Cohort], *, kind: str = "") -> dict[str, int]:
    """How many entries (of a kind) cohorts have on each topic, the most first."""
    return _counted(cohorts, "topic", **({"kind": kind} if kind else {}))


def topic_sizes_by_cohort(topic: str, cohorts: Iterable[Cohort]) -> dict[int, int]:
    """How many entries each cohort has on one topic: cohort key → entries."""
    return _counted(cohorts, "cohort_id", topic=topic)


def _counted(cohorts: Iterable[Cohort], by: str, **only: str) -> dict[Any, int]:
    """How many entries there are of each value of a column, the most first; kept.

    ``only`` are columns with the value that is looked for.
    """
    keys = _keys_of(cohorts)
    where = "".join(f" AND {name} = %s" for name in only)
    asked = (
        f"SELECT {by}, COUNT(*) FROM library_entrytopic WHERE is_listed"  # noqa: S608 (columns)
        f" AND cohort_id IN ({_places(keys)}){where} GROUP BY {by} ORDER BY 2 DESC, 1"
    )

    def count() -> dict[Any, int]:
        return dict(answered(asked, [*keys, *only.values()]))

    return kept(("topics by", by, keys, *only.items()), count) if keys else {}


def topics_by_owner(
    owners: Sequence[int], *, cohorts: Iterable[Cohort]
) -> dict[int, dict[str, int]]:
    """What people publish about: person key → topic → weight, the greatest first; one query."""
    theirs = Entry.objects.filter(repository__owner__in=owners, cohort__in=_keys_of(cohorts))
    rows = (
        EntryTopic.objects.filter(entry__in=theirs.order_by().values("pk"), is_listed=True)
        .values_list("repository__owner", "topic")
        .annotate(total=Sum("weight"))
        .order_by("-total", "topic")
    )
    found: dict[int, dict[str, int]] = {}
    for owner, topic, weight in rows:
        found.setdefault(owner, {})[topic] = weight
    return found


_OF_ENTRIES = """
    SELECT entry_id, topic FROM library_entrytopic
    WHERE entry_id {among} ORDER BY weight DESC, topic
"""


def topics_of_entries(entries: Sequence[int]) -> dict[int, list[str]]:
    """What entries are about, the weightiest topic first: entry key → slugs, in one query."""
    found: dict[int, list[str]] = {}
    for entry, topic in answered(_OF_ENTRIES, [entries]) if entries else ():
        found.setdefault(entry, []).append(topic)
    return found


_COPIES = """
    SELECT original_id, COUNT(DISTINCT repository_id) FROM library_entry
    WHERE original_id {among} AND withdrawn_at IS NULL GROUP BY original_id
"""


def copies_of(entries: Sequence[int]) -> dict[int, int]:
    """In how many other repositories the same can be read: entry key → repositories."""
    return dict(answered(_COPIES, [entries])) if entries else {}


def count_topics(cohort: Cohort) -> Survey:
    """Count everything once; what comes back is a row for each person and topic.

    Seconds, in a cohort of 100,000 entries: pages show what ``surveys.survey_of`` kept of it.
    """
    sizes: Counter[str] = Counter()
    knowers: Counter[str] = Counter()
    rows = _rows_of([cohort]).values_list("topic", "repository__owner")
    for topic, _, entries in rows.annotate(entries=Count("*")).order_by("topic"):
        sizes[topic] += entries
        knowers[topic] += 1
    ordered = dict(sorted(sizes.items(), key=lambda item: (-item[1], item[0])))
    known = dict(sorted(knowers.items(), key=lambda item: (-item[1], item[0])))
    return Survey(ordered, _meetings(cohort, list(ordered)[:MOST_MET]), known)


def stamp_of(cohort: Cohort) -> str:
    """What changes when a repository of the cohort was read, came or went."""
    return stamps(cohort.pk).get(cohort.pk, f"{cohort.pk}:0:0")


#: A moment as text is the same again until it is another.
_STAMPS = """
    SELECT cohort_id, COUNT(*), CAST(MAX(indexed_at) AS TEXT) FROM repositories_repository
    {of} GROUP BY cohort_id
"""


def stamps(*cohorts: int) -> dict[int, str]:
    """The same of the cohorts with these keys, or of all that have a repository; one query."""
    asked = _STAMPS.format(of="WHERE cohort_id {among}" if cohorts else "")
    found = answered(asked, [cohorts] if cohorts else [])
    return {
        cohort: f"{cohort}:{repositories}:{(newest or '0').replace(' ', 'T')}"
        for cohort, repositories, newest in found
    }


def _meetings(cohort: Cohort, topics: Sequence[str]) -> dict[tuple[str, str], int]:
    """How often topics meet in the newest entries: enough to know what belongs together."""
    newest = Entry.objects.filter(cohort=cohort, withdrawn_at=None, original=None).order_by(
        "-changed_at", "pk"
    )
    entries = list(newest.values_list("pk", flat=True)[:MOST_COMPARED])
    rows = EntryTopic.objects.filter(entry__in=entries, topic__in=topics).order_by()
    beside: dict[int, list[str]] = {}
    for entry, topic in rows.values_list("entry", "topic"):
        beside.setdefault(entry, []).append(topic)
    return Counter(pair for found in beside.values() for pair in combinations(sorted(found), 2))


def _rows_of(cohorts: Iterable[Cohort], *, kind: str = "") -> QuerySet[EntryTopic]:
    """What the living entries of cohorts (of a kind) are about, copies left out."""
    return _listed(_keys_of(cohorts), **({"kind": kind} if kind else {}))


def _listed(cohorts: Sequence[int], **only: str) -> QuerySet[EntryTopic]:
    return EntryTopic.objects.filter(cohort__in=cohorts, is_listed=True, **only)


def _places(keys: Sequence[int]) -> str:
    """Places for the keys of cohorts: of one, a database reads an index in its order."""
    return ", ".join(["%s"] * len(keys))


def _keys_of(cohorts: Iterable[Cohort]) -> tuple[int, ...]:
    return tuple(cohort.pk for cohort in cohorts)
