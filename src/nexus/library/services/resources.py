"""Gathering what a cohort recommends: one resource for each address, with who and where."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, Left

from nexus.kernel.events import publish
from nexus.library.events import ResourcesChanged
from nexus.library.models import Recommendation, Resource, ResourceTopic
from nexus.library.services.rows import insert_rows
from nexus.library.topics.matching import topics_named_in

if TYPE_CHECKING:
    from nexus.library.extraction.resources import FoundResource
    from nexus.repositories.models import Repository

_EVENT_KEYS = 500
_LONGEST_TITLE = 300
#: A resource is about so many topics at most, for each word said about it.
MAX_TOPICS = 4

#: So many words with what they are about are remembered: what comes with a template, or stands on
#: every page of a repository, is said again and again.
_REMEMBERED = 5_000

#: What a recommendation says: its words, what is around them, and under which heading.
Words = tuple[str, str, str]
#: The same, and the line it stands on.
Said = tuple[Words, int]
#: Who recommends what: an entry, a resource.
Place = tuple[int, int]
_WORDS = ("text", "context", "section")
_FIELDS = ("entry", "resource", *_WORDS, "line")
#: What of a resource comes from who recommends it first.
_NEW_FIELDS = ("cohort", "key", "address", "title", "host")

#: What each entry recommends: entry key → what was found in it.
Found = Mapping[int, Sequence["FoundResource"]]


def write_recommendations(repository: Repository, found: Found) -> None:
    """Make the recommendations of these entries those that were ``found`` in them.

    An entry with nothing found takes its recommendations back. Runs inside the transaction
    that writes the entries.
    """
    known = _known(found)
    if not known and not any(found.values()):
        return
    keys = _keys(found)
    resources = _resources(repository.cohort_id, keys)
    wanted = {
        (entry, resources[keys[link.key][0]]): _said(link)
        for entry, links in found.items()
        for link in reversed(links)  # of several in one entry, the first stays
    }
    gone = [row for key, (row, said) in known.items() if wanted.get(key) != said]
    came = {key: said for key, said in wanted.items() if key not in known or known[key][1] != said}
    if not gone and not came:
        return
    Recommendation.objects.filter(pk__among=gone).delete()
    rows = ((*place, *words, line) for place, (words, line) in came.items())
    insert_rows(Recommendation, _FIELDS, rows)
    touched = {key for _, key in known} | {key for _, key in wanted}
    said = {(resource, words) for (_, resource), (words, _) in came.items()}
    _forget(_lost(known, wanted) | _nameless(said))
    _retell(said)
    recount(touched)
    _announce(repository, sorted(touched))


def _known(entries: Iterable[int]) -> dict[Place, tuple[int, Said]]:
    """What these entries recommend until now: its row, and what it says."""
    rows = Recommendation.objects.filter(entry__among=entries).values_list("pk", *_FIELDS)
    return {
        (entry, resource): (pk, ((text, context, section), line))
        for pk, entry, resource, text, context, section, line in rows
    }


def _said(link: FoundResource) -> Said:
    return (link.text[:_LONGEST_TITLE], link.context[:400], link.section[:200]), link.line


def key_of(link: FoundResource) -> str:
    """A digest of the normal form of the address: addresses may be longer than an index takes."""
    return hashlib.sha256(link.key.encode()).hexdigest()


def _keys(found: Found) -> dict[str, tuple[str, FoundResource]]:
    """The digest of each address, and a link to it: normal form → both."""
    links = {link.key: link for links in found.values() for link in links}
    return {key: (key_of(link), link) for key, link in links.items()}


def _resources(cohort: int, keys: Mapping[str, tuple[str, FoundResource]]) -> dict[str, int]:
    """The keys of the rows for these links, made where there is none: digest → row."""
    known = _rows(cohort, (digest for digest, _ in keys.values()))
    missing = {digest: link for digest, link in keys.values() if digest not in known}
    if not missing:
        return known
    insert_rows(
        Resource,
        _NEW_FIELDS,
        (
            (
                cohort,
                digest,
                link.address[:2000],
                (link.text or link.address)[:_LONGEST_TITLE],
                (urlsplit(link.key).hostname or "")[:253],
            )
            for digest, link in missing.items()
        ),
    )
    return known | _rows(cohort, missing)


def _rows(cohort: int, keys: Iterable[str]) -> dict[str, int]:
    found = Resource.objects.filter(cohort=cohort, key__among=keys)
    return dict(found.values_list("key", "pk"))


def _lost(known: Mapping[Place, tuple[int, Said]], wanted: Mapping[Place, Said]) -> set[int]:
    """The resources of which something was said that is not said any more, on whatever line."""
    return {
        place[1]
        for place, (_, (words, _)) in known.items()
        if place not in wanted or wanted[place][0] != words
    }


def _nameless(said: Iterable[tuple[int, Words]]) -> set[int]:
    """The resources that are called by their address, and of which somebody says a name now."""
    named = {resource for resource, (text, *_) in said if text}
    found = Resource.objects.filter(pk__among=named, title=Left("address", _LONGEST_TITLE))
    return set(found.values_list("pk", flat=True))


def _forget(resources: Collection[int]) -> None:
    """Let the titles and topics of these resources be what is still said of them."""
    if resources:
        standing = _standing(resources)
        _retitle(standing)
        _drop_topics(standing)


def _standing(resources: Collection[int]) -> dict[int, list[Words]]:
    """What is said of each of these resources, the oldest words first."""
    told = Recommendation.objects.filter(resource__among=resources).order_by("pk")
    standing: dict[int, list[Words]] = {resource: [] for resource in resources}
    for resource, text, context, section in told.values_list("resource", *_WORDS):
        standing[resource].append((text, context, section))
    return standing


def _retitle(standing: Mapping[int, Sequence[Words]]) -> None:
    """A title stays while somebody calls the resource so; with nobody left, it is the address."""
    changed = []
    for resource in Resource.objects.filter(pk__among=standing):
        names = [text for text, *_ in standing[resource.pk] if text]
        if resource.title not in names:
            resource.title = (names[0] if names else resource.address)[:_LONGEST_TITLE]
            changed.append(resource)
    Resource.objects.bulk_update(changed, ["title"])


def _drop_topics(standing: Mapping[int, Sequence[Words]]) -> None:
    said = {key: {topic for one in words for topic in _topics_of(one)}
            for key, words in standing.items()}  # fmt: skip
    rows = ResourceTopic.objects.filter(resource__among=standing)
    gone = [pk for pk, resource, topic in rows.values_list("pk", "resource", "topic")
            if topic not in said[resource]]  # fmt: skip
    ResourceTopic.objects.filter(pk__among=gone).delete()


@lru_cache(maxsize=_REMEMBERED)
def _topics_of(words: Words) -> tuple[str, ...]:
    return topics_named_in("\n".join(words))[:MAX_TOPICS]


def _retell(said: Collection[tuple[int, Words]]) -> None:
    """What the new words say the resources are about."""
    rows = {(resource, topic) for resource, words in said for topic in _topics_of(words)}
    insert_rows(ResourceTopic, ("resource", "topic"), sorted(rows))


def recount(resources: Iterable[int]) -> None:
    """Count anew by how many repositories these resources are recommended."""
    of_one = Recommendation.objects.filter(resource=OuterRef("pk"), entry__withdrawn_at=None)
    counted = of_one.values("resource").annotate(times=Count("entry__repository", distinct=True))
    times = Coalesce(Subquery(counted.values("times")), 0)
    Resource.objects.filter(~Q(recommended=times), pk__among=resources).update(recommended=times)


def _announce(repository: Repository, resources: Sequence[int]) -> None:
    for start in range(0, len(resources), _EVENT_KEYS):
        publish(
            ResourcesChanged(
                cohort=repository.cohort_id,
                resources=tuple(resources[start : start + _EVENT_KEYS]),
            ),
            audience=repository.cohort.audience,
        )
