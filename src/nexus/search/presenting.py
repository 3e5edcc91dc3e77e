"""What a search page shows: the question in its address, the answer for its template."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from nexus.search.filters import FILTERS
from nexus.search.parsing import parse
from nexus.search.results import SearchRequest, SearchResults

if TYPE_CHECKING:
    from django.http import QueryDict

PAGE = 20
MOST_PAGES = 50
SORTS = {"relevance": "Best match", "newest": "Newest"}
OPTIONS_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address of a search says."""

    query: QueryDict

    @property
    def words(self) -> str:
        """What was typed."""
        return " ".join(self.query.get("q", "").split())[:500]

    @property
    def page(self) -> int:
        """Which page of results, from 1; the first when it says nothing of the kind."""
        given = self.query.get("page", "1")[:6]
        return max(int(given), 1) if given.isascii() and given.isdigit() else 1

    @property
    def sort(self) -> str:
        """The order of the results."""
        given = self.query.get("sort", "relevance")
        return given if given in SORTS else "relevance"

    def values(self, name: str) -> tuple[str, ...]:
        """What a filter is set to."""
        return tuple(value[:200] for value in self.query.getlist(name)[:20] if value)

    @property
    def is_ranked(self) -> bool:
        """Whether some results are better than others: there are words to look for."""
        return bool(parse(self.words).wanted)

    @property
    def has_filters(self) -> bool:
        """Whether any filter is set."""
        return any(self.values(name) for name in FILTERS)

    def without(self, name: str, values: Collection[str]) -> Asked:
        """The same without some values of a filter."""
        query = self.query.copy()
        query.setlist(name, [value for value in self.values(name) if value not in values])
        return Asked(query)

    def on_page(self, page: int) -> Asked:
        """The same, another page of it."""
        query = self.query.copy()
        query["page"] = str(page)
        return Asked(query)

    def address(self, **changes: Any) -> str:
        """The address of this search with some parts changed; None takes a part away."""
        query = self.query.copy()
        query.pop("page", None)
        for name, value in changes.items():
            if value is None:
                query.pop(name, None)
            elif isinstance(value, list | tuple):
                query.setlist(name, list(value))
            else:
                query[name] = str(value)
        return f"{reverse('search')}?{query.urlencode()}"

    def toggled(self, name: str, value: str) -> str:
        """The address with one value of a filter set, or taken away when it is set."""
        values = self.values(name)
        without = [one for one in values if one != value]
        return self.address(**{name: without if value in values else [*values, value]})

    def request(self, audiences: frozenset[str]) -> SearchRequest:
        """The question for the engine."""
        chosen = {name: self.values(name) for name in FILTERS}
        filters = {one.attribute: chosen[name] for name, one in FILTERS.items() if one.attribute}
        labels = {name: chosen[name] for name, one in FILTERS.items() if not one.attribute}
        return SearchRequest(
            words=self.words,
            audiences=audiences,
            offset=(self.page - 1) * PAGE,
            limit=PAGE,
            sort="newest" if self.sort == "newest" else "relevance",
            labels=labels,
            **filters,
        )


def last_page(results: SearchResults) -> int:
    """The number of the last page that can be leafed to."""
    return min(max(-(-results.total // PAGE), 1), MOST_PAGES)


def word_on_page(asked: Asked, shown: int, results: SearchResults) -> SimpleNamespace | None:
    """What to say when the page asked for is not the one that is shown."""
    given = asked.query.get("page", "")
    if not given or given == str(shown):
        return None
    if shown == MOST_PAGES:
        words = f"Only the first {MOST_PAGES * PAGE:,} results are shown: add a word or a filter."
    elif shown == last_page(results):
        words = "This is the last one."
    else:
        words = "This is the first one."
    return SimpleNamespace(title=f"There is no page {given[:20]}.", words=words)


def results_context(asked: Asked, results: SearchResults) -> dict[str, Any]:
    """What the template shows of an answer."""
    return {
        "search_words": asked.words,
        "hits": results.hits,
        "total": results.total,
        "total_exact": True,
        "filters": _filters(asked, results),
        "filters_kept": [
            {"name": name, "value": value} for name in FILTERS for value in asked.values(name)
        ],
        "active": _active(asked),
        "sorts": _sorts(asked) if asked.is_ranked else [],
        "suggestion": _suggestion(asked, results),
        "rebuilding": results.building,
        "relaxed": results.relaxed,
        "pager": _pager(asked, results),
    }


def _filters(asked: Asked, results: SearchResults) -> list[SimpleNamespace]:
    """The groups of filters that have something to choose from."""
    groups = []
    for name, one in FILTERS.items():
        chosen = asked.values(name)
        counts = dict(results.facets.get(name, []))
        counts = {**dict.fromkeys(chosen, 0), **counts}
        options = [
            SimpleNamespace(
                title=value,
                count=count,
                address=asked.toggled(name, value),
                selected=value in chosen,
                kind=value if name == "kind" else "",
            )
            for value, count in list(counts.items())[:OPTIONS_SHOWN]
        ]
        if len(options) > 1 or chosen:
            groups.append(SimpleNamespace(title=one.title, options=options))
    return groups


def _active(asked: Asked) -> list[SimpleNamespace]:
    return [
        SimpleNamespace(title=value, address=asked.toggled(name, value))
        for name in FILTERS
        for value in asked.values(name)
    ]


def _sorts(asked: Asked) -> list[SimpleNamespace]:
    return [
        SimpleNamespace(title=title, address=asked.address(sort=sort), selected=sort == asked.sort)
        for sort, title in SORTS.items()
    ]


def _suggestion(asked: Asked, results: SearchResults) -> SimpleNamespace | None:
    words = results.did_you_mean
    return SimpleNamespace(words=words, address=asked.address(q=words)) if words else None


def _pager(asked: Asked, results: SearchResults) -> SimpleNamespace:
    first, last = (asked.page - 1) * PAGE + 1, min(asked.page * PAGE, results.total)
    more = asked.page < last_page(results)
    return SimpleNamespace(
        previous=asked.address(page=asked.page - 1) if asked.page > 1 else "",
        next=asked.address(page=asked.page + 1) if more else "",
        words=f"{first} to {last} of {results.total}",
    )
