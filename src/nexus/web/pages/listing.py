"""Lists whose filters, order and page stand in the address, so that a view can be shared."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, Generic, TypeVar
from urllib.parse import urlencode

from nexus.library import selectors
from nexus.library.selectors import kept

if TYPE_CHECKING:
    from django.db.models import Model, QuerySet
    from django.http import HttpRequest, QueryDict

    from nexus.library.models import Entry


#: Nobody leafs further; a filter or a word leads there.
MOST_PAGES = 100
#: Options of a filter that are shown; those that are set always are.
OPTIONS_SHOWN = 16

Row = TypeVar("Row", bound="Model")


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address of a list says."""

    path: str
    query: QueryDict
    #: Each part but the page as the address has it: a list with filters makes thirty addresses.
    parts: Mapping[str, str]

    @classmethod
    def of(cls, request: HttpRequest) -> Asked:
        """What a request asks for."""
        parts = {name: _part(name, values) for name, values in request.GET.lists()}
        parts.pop("page", None)
        return cls(request.path, request.GET, parts)

    def value(self, name: str) -> str:
        """What a filter is set to; empty when it is not."""
        return self.query.get(name, "").strip()[:200]

    @property
    def words(self) -> str:
        """What was typed."""
        return " ".join(self.query.get("q", "").split())[:200]

    def chosen(self, name: str, options: Mapping[str, str]) -> str:
        """Which of ``options`` a name is set to; the first when it is none of them."""
        given = self.value(name)
        return given if given in options else next(iter(options))

    @property
    def page(self) -> int:
        """Which page, from 1; the first when the address says nothing of the kind."""
        given = self.query.get("page", "1")[:6]
        return max(int(given), 1) if given.isascii() and given.isdigit() else 1

    def address(self, **changes: str | int | None) -> str:
        """The same list with some parts changed, from its first page; None takes a part away."""
        parts = dict(self.parts)
        for name, value in changes.items():
            if value in (None, ""):
                parts.pop(name, None)
            else:
                parts[name] = _set(name, str(value))
        return f"{self.path}?{'&'.join(parts.values())}" if parts else self.path


@lru_cache(maxsize=4_096)
def _set(name: str, value: str) -> str:
    """A part that a link sets: a value of a filter, an order or a page."""
    return _part(name, [value])


def _part(name: str, values: Sequence[str]) -> str:
    return urlencode([(name, value) for value in values])


@dataclass(frozen=True)
class Listed(Generic[Row]):
    """One page of a list, how much there is in all, and the way to the other pages.

    ``keys`` are those of its rows, in their order.
    """

    load: Callable[[Sequence[int]], Mapping[int, Row]]
    keys: Sequence[int]
    total: int
    pager: SimpleNamespace

    @cached_property
    def rows(self) -> list[Row]:
        """The rows themselves: loaded when they are asked for, which drawn cards need not."""
        return in_order(self.load(self.keys), self.keys)


@dataclass(frozen=True, slots=True)
class Extent:
    """Which part of a list a page shows, and the way to the other pages."""

    start: int
    end: int
    pager: SimpleNamespace


def pager_of(total: int, asked: Asked, *, size: int) -> Extent:
    """The part of ``total`` rows that the address asks for: the last page instead of one after."""
    last = min(max(-(-total // size), 1), MOST_PAGES)
    page = min(asked.page, last)
    start, end = (page - 1) * size, min(page * size, total)
    pager = SimpleNamespace(
        previous=asked.address(page=page - 1 if page > 2 else None) if page > 1 else "",
        next=asked.address(page=page + 1) if page < last else "",
        words=f"{start + 1} to {end} of {total}",
    )
    return Extent(start, end, pager)


def page_of(
    what: Hashable,
    found: Callable[[], QuerySet[Any]],
    asked: Asked,
    *,
    size: int,
    load: Callable[[Sequence[int]], Mapping[int, Row]],
    key: str = "pk",
    total: int | None = None,
) -> Listed[Row]:
    """The page of ``found()`` that the address asks for.

    The number of all rows and the keys of these are kept under ``what`` while nothing is
    published, so a list that was looked at before costs no query; see ``kept``. ``key`` is the
    column that has the keys by which ``load`` gives the rows, ``total`` how many
    there are if that is known.
    """
    if total is None:
        total = kept((what, "total"), lambda: found().order_by().values("pk").count())
    extent = pager_of(total, asked, size=size)

    def find() -> tuple[int, ...]:
        return tuple(found().values_list(key, flat=True)[extent.start : extent.end])

    return Listed(load, kept((what, extent.start), find), total, extent.pager)


def first_entries(found: QuerySet[Entry], limit: int) -> list[Entry]:
    """The first entries of a list, found by their keys first: two queries.

    A database that must sort 40,000 rows to give 24 then sorts keys, not whole rows.
    """
    keys = tuple(found.values_list("pk", flat=True)[:limit])
    return in_order(selectors.living_entries(keys), keys)


def in_order(rows: Mapping[int, Row], keys: Sequence[int]) -> list[Row]:
    """The rows with these keys, as far as they are there."""
    return [rows[key] for key in keys if key in rows]


def filter_group(
    asked: Asked, name: str, title: str, counts: Mapping[str, int], titles: Mapping[str, str]
) -> SimpleNamespace | None:
    """A filter as the tag ``filters`` draws it: each value with its count, the most first.

    ``titles`` says what a value is called; values without one are left out. None when there is
    nothing to choose from.
    """
    current = asked.value(name)
    known = [value for value in counts if value in titles]
    shown = known[:OPTIONS_SHOWN] + [one for one in known[OPTIONS_SHOWN:] if one == current]
    options = [
        SimpleNamespace(
            title=titles[value],
            kind="",
            count=counts[value],
            selected=value == current,
            address=asked.address(**{name: None if value == current else value}),
        )
        for value in shown
    ]
    return SimpleNamespace(title=title, options=options) if options else None


def active_filters(asked: Asked, named: Mapping[str, str]) -> list[SimpleNamespace]:
    """The filters that are set, by what their values are called; each leads to the list without."""
    return [
        SimpleNamespace(title=title, address=asked.address(**{name: None}))
        for name, title in named.items()
        if asked.value(name)
    ]


def sort_links(asked: Asked, sorts: Mapping[str, str]) -> list[SimpleNamespace]:
    """The orders of a list as links; the first is what stands when the address says nothing."""
    current, usual = asked.chosen("sort", sorts), next(iter(sorts))
    return [
        SimpleNamespace(
            title=title,
            address=asked.address(sort=None if sort == usual else sort),
            selected=sort == current,
        )
        for sort, title in sorts.items()
    ]


def context_of(listed: Listed[Any], asked: Asked, active: Sequence[Any] = ()) -> dict[str, Any]:
    """What the template of every list needs."""
    return {
        "total": listed.total,
        "pager": listed.pager,
        "active": active,
        "everything": asked.path,
        "words": asked.words,
    }
