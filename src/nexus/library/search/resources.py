"""What cohorts recommend, as search finds it."""

from collections.abc import Collection, Iterable, Iterator
from functools import partial

from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils.http import urlencode

from nexus.library.models import Recommendation, Resource
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
            chosen = _recommended().filter(pk__in=numbers[start : start + _CHUNK])
            yield from map(_resource_or_word, chosen)

    def all_documents(self) -> Iterator[Change]:
        """Everything, for a rebuild."""
        yield from map(_resource_or_word, _recommended().iterator(chunk_size=_CHUNK))


def _recommended() -> QuerySet[Resource]:
    told = Recommendation.objects.filter(entry__withdrawn_at=None).select_related(
        "entry__repository__owner"
    )
    return (
        Resource.objects.filter(recommended__gt=0)
        .select_related("cohort")
        .prefetch_related(
            "topics", Prefetch("recommendations", told.order_by("pk")[:MAX_TOLD], to_attr="told")
        )
    )


def _resource_or_word(resource: Resource) -> Change:
    return or_word(f"{_KEY}{resource.pk}", partial(_document, resource))


def _document(resource: Resource) -> SearchDocument:
    told: list[Recommendation] = resource.told  # type: ignore[attr-defined]
    topics = catalogue().topics
    people = dict.fromkeys(row.entry.repository.owner.handle for row in told)
    return SearchDocument(
        key=f"{_KEY}{resource.pk}",
        kind="resource",
        title=resource.title,
        address=_address(resource),
        audience=resource.cohort.readers,
        updated_at=resource.added_at,
        body="\n".join(row.context or row.text for row in told),
        summary=resource.host,
        headings=tuple(dict.fromkeys(row.section for row in told if row.section)),
        person=next(iter(people), ""),
        people=tuple(people),
        cohort=resource.cohort.slug,
        labels={"topic": tuple(topics[row.topic].name for row in resource.topics.all())},
        quality=QUALITY,
    )


def _address(resource: Resource) -> str:
    """The cohort's page of resources, with this one alone."""
    page = reverse("cohort-resources", args=[resource.cohort.slug])
    return f"{page}?{urlencode({'q': resource.address})}"
