"""Columns and facts of a desk that are not told by a field alone."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from typing import Any

from django.contrib import admin
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.html import format_html

from nexus.kernel.moments import told

Column = Callable[[Any], Any]


def moment(field: str, title: str) -> Column:
    """When something was."""
    return _column(field, title, lambda row: told(getattr(row, field)) or "–")


def plain(field: str, title: str) -> Column:
    """A field under a title of its own."""
    return _column(field, title, lambda row: getattr(row, field) or "–")


def truth(field: str, title: str) -> Column:
    """Whether something is so, in a word."""
    return _column(field, title, lambda row: "yes" if getattr(row, field) else "no")


def size(field: str, title: str) -> Column:
    """How many bytes something takes."""
    return _column(field, title, lambda row: filesizeformat(getattr(row, field)))


def words(field: str, title: str) -> Column:
    """A list of words, in one line."""
    return _column(field, title, lambda row: ", ".join(getattr(row, field)) or "–")


def linked(path: str, title: str, desk: str) -> Column:
    """Another row, by the way ``path``, as a link to its page at ``desk`` (``person``)."""

    def column(row: Any) -> Any:
        other = reduce(getattr, path.split("__"), row)
        if other is None:
            return "–"
        return format_html('<a href="{}">{}</a>', address_of(desk, other.pk), other)

    return _column(path, title, column)


def address_of(desk: str, key: int | str) -> str:
    """Where the row with this key is at a desk."""
    return reverse(f"admin-{desk}", args=[key])


def list_of(desk: str, **filters: Any) -> str:
    """Where the rows of a desk are, those that fit the filters."""
    return reverse(f"admin-{desk}-list", query=filters or None)


def _column(field: str, title: str, shown: Column) -> Column:
    def column(row: Any) -> Any:
        return shown(row)

    column.__name__ = field
    return admin.display(description=title, ordering=field)(column)
