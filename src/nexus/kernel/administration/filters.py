"""Filters of a desk whose choices cost no question to a large table."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.admin import ModelAdmin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone


class Since(admin.SimpleListFilter):
    """How long ago it was at most; ``field`` is the moment that counts."""

    title = "time"
    parameter_name = "since"
    field: ClassVar[str] = ""
    spans: ClassVar[dict[str, tuple[str, timedelta]]] = {
        "hour": ("The last hour", timedelta(hours=1)),
        "day": ("The last day", timedelta(days=1)),
        "week": ("The last week", timedelta(days=7)),
        "month": ("The last month", timedelta(days=30)),
    }

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin[Any]) -> list[tuple[str, str]]:
        """Every span, in words."""
        return [(key, words) for key, (words, _) in self.spans.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """The rows of that span."""
        span = self.spans.get(self.value() or "")
        if span is None:
            return queryset
        return queryset.filter(**{f"{self.field}__gte": timezone.now() - span[1]})


class Exactly(admin.SimpleListFilter):
    """One value of a field out of ``choices``, which the code knows; one that is not is all."""

    field: ClassVar[str] = ""

    def choices_known(self) -> Iterable[tuple[str, str]]:
        """Each value with its words."""
        raise NotImplementedError

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin[Any]) -> list[tuple[str, str]]:
        """Every value, in words."""
        return list(self.choices_known())

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """The rows with that value."""
        if self.value() not in {value for value, _ in self.choices_known()}:
            return queryset
        return queryset.filter(**{self.field: self.value()})


class So(admin.SimpleListFilter):
    """Whether a field says so."""

    field: ClassVar[str] = ""
    words: ClassVar[tuple[str, str]] = ("yes", "no")

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin[Any]) -> list[tuple[str, str]]:
        """Yes and no, in words."""
        return list(zip(("yes", "no"), self.words, strict=True))

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """The rows where it is so, or is not."""
        if self.value() not in ("yes", "no"):
            return queryset
        return self.narrowed(queryset, yes=self.value() == "yes")

    def narrowed(self, rows: QuerySet[Any], *, yes: bool) -> QuerySet[Any]:
        """The rows whose field is true, or is not."""
        return rows.filter(**{self.field: yes})


class Filled(So):
    """Whether a moment has come: the field is filled."""

    def narrowed(self, rows: QuerySet[Any], *, yes: bool) -> QuerySet[Any]:
        """The rows with a moment there, or without."""
        return rows.filter(**{f"{self.field}__isnull": not yes})


def since(moment: str) -> type[Since]:
    """A filter by how long ago ``moment`` was."""
    return type("SinceThen", (Since,), {"field": moment})


def so(field: str, title: str, yes: str, no: str) -> type[So]:
    """A filter by whether ``field`` is true, with the words for both."""
    return type("SoOrNot", (So,), _named(field, title, yes, no))


def filled(moment: str, title: str, yes: str, no: str) -> type[So]:
    """A filter by whether ``moment`` has come, with the words for both."""
    return type("FilledOrNot", (Filled,), _named(moment, title, yes, no))


def _named(field: str, title: str, yes: str, no: str) -> dict[str, Any]:
    name = title.lower().replace(" ", "-")
    return {"field": field, "title": title, "parameter_name": name, "words": (yes, no)}
