"""What cohorts recommend, as search finds it."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial

from django.db.models import QuerySet, Window
from django.db.models.functions import RowNumber
from django.utils.http import urlencode

from nexus.library.addresses import resources_address
from nexus.library.models import Recommendation, Resource, ResourceTopic
from nexus.library.search.guarding import or_word
from nexus.library.topics.catalogue import catalogue
from nexus.search.documents import Change, SearchDocument
from nexus.search.registry import LoggedEvent

#: Below an entry that says the same: it leads out of the hub.
QUALITY = 0.8
#: Recommendations whose words find a resource.
MAX_TOLD = 20
_CHUNK = 200
_KEY = "resource:"


class ResourceSource:
    """Hands resources to search, each with the words of those who recommend it."""

    name = "resources"

    def affected(self, event: LoggedEvent) -> Iterable[str]:
        """The keys that an event names; all of a cohort when its address has changed."""
        if event.type == "library.resources_changed":
            return [f"{_KEY}{number}" for number in event.payload["resources"]]
        if event.type == "cohorts.cohort_changed" and "slug" in event.payload["changed"]:
            numbers = Resource.objects.filter(cohort=event.payload["cohort"]).order_by("pk")
            return (f"{_KEY}{number}" for number in numbers.values_list("pk", flat=True).iterator())
        return ()

    def documents(self, keys: Collection[str]) -> Iterator[Change]:
        """Those of ``keys`` that somebody recommends; search removes the rest."""
        numbers = sorted(int(key.removeprefix(_KEY)) for key in keys if key.startswith(_KEY))
        for start in range(0, len(numbers), _CHUNK):
            yield from _documents(numbers[start : start + _CHUNK])

    def all_documents(self) -> Iterator[Change]:
        """Everything, for a rebuild."""
        last = 0
        while chosen := list(
            _recommended().filter(pk__gt=last)[:_CHUNK].values_list("pk", flat=True)
        ):
            yield from _documents(chosen)
            last = chosen[-1]


@dataclass(slots=True)
class _Told:
    """What those who recommend a resource say of it, the first ones of them."""

    bodies: list[str] = field(default_factory=list)
    sections: dict[str, None] = field(default_factory=dict)
    people: dict[str, None] = field(default_factory=dict)


def _recommended() -> QuerySet[Resource]:
    return Resource.objects.filter(recommended__gt=0).order_by("pk")


def _documents(numbers: Collection[int]) -> Iterator[Change]:
    """The documents of these resources: four questions, however many they are."""
    resources = _recommended().filter(pk__in=numbers).select_related("cohort")
    told, topics = _told(numbers), _topics(numbers)
    for resource in resources:
        said = told.get(resource.pk, _Told())
        about = topics.get(resource.pk, ())
        yield or_word(f"{_KEY}{resource.pk}", partial(_document, resource, said, about))


def _told(numbers: Collection[int]) -> dict[int, _Told]:
    number = Window(RowNumber(), partition_by="resource", order_by="pk")
    rows = (
        Recommendation.objects.filter(resource__in=numbers, entry__withdrawn_at=None)
        .annotate(number=number)
        .filter(number__lte=MAX_TOLD)
        .order_by("resource", "pk")
    )
    found: dict[int, _Told] = {}
    for resource, text, context, section, handle in rows.values_list(
        "resource", "text", "context", "section", "entry__repository__owner__handle"
    ):
        told = found.setdefault(resource, _Told())
        told.bodies.append(context or text)
        told.people[handle] = None
        if section:
            told.sections[section] = None
    return found


def _topics(numbers: Collection[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    rows = ResourceTopic.objects.filter(resource__in=numbers).order_by("pk")
    for resource, topic in rows.values_list("resource", "topic"):
        found.setdefault(resource, []).append(topic)
    return found


def _document(resource: Resource, told: _Told, about: Collection[str]) -> SearchDocument:
    topics = catalogue().topics
    return SearchDocument(
        key=f"{_KEY}{resource.pk}",
        kind="resource",
        title=resource.title,
        address=_address(resource),
        audience=resource.cohort.readers,
        updated_at=resource.added_at,
        body="\n".join(told.bodies),
        summary=resource.host,
        headings=tuple(told.sections),
        person=next(iter(told.people), ""),
        people=tuple(told.people),
        cohort=resource.cohort.slug,
        labels={"topic": tuple(topics[slug].name for slug in about)},
        quality=QUALITY,
    )


def _address(resource: Resource) -> str:
    """The cohort's page of resources, with this one alone."""
    return f"{resources_address(resource.cohort.slug)}?{urlencode({'q': resource.address})}"
