"""The desks of the two logs: what happened, and who did it. Both are only read."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html

from nexus.kernel.administration.columns import moment, plain, truth
from nexus.kernel.administration.desk import Desk
from nexus.kernel.administration.filters import Exactly, since, so
from nexus.kernel.audit import ACTIONS
from nexus.kernel.events import Event
from nexus.kernel.models import AuditRecord, StoredEvent

#: As ``nexus.kernel.audit.asked_from`` is told.
DOORS = ("page", "git", "api", "command line")


class OfType(Exactly):
    """By the type of the event."""

    title, parameter_name, field = "type", "type", "type"

    def choices_known(self) -> Iterable[tuple[str, str]]:
        """Every type that the hub has."""
        return ((name, name) for name in sorted(Event.registry))


class OfAction(Exactly):
    """By what was done."""

    title, parameter_name, field = "action", "action", "action"

    def choices_known(self) -> Iterable[tuple[str, str]]:
        """Every action that an app named."""
        return ((name, name) for name in sorted(ACTIONS))


class ByDoor(Exactly):
    """By which way it came."""

    title, parameter_name, field = "door", "door", "door"

    def choices_known(self) -> Iterable[tuple[str, str]]:
        """Every door."""
        return ((name, name) for name in DOORS)


def written(field: str, title: str) -> Any:
    """What a row keeps as JSON, to be read."""

    def column(row: Any) -> Any:
        text = json.dumps(getattr(row, field), indent=2, ensure_ascii=False)
        return format_html('<pre tabindex="0" aria-label="{}">{}</pre>', title, text)

    column.__name__ = field
    return admin.display(description=title)(column)


class Log(Desk):
    """A table that only grows: looked through by indexes, never sorted anew."""

    sortable_by = ()


class EventDesk(Log):
    """What happened, in the order of commits."""

    table = StoredEvent
    name, title, icon = "events", "Events", "clock"
    lead = "What happened, as search and caches learn of it. Nothing is ever taken out."
    list_display = ("id", "number", "type", "audience", moment("happened_at", "When"))
    list_filter = (OfType, since("happened_at"))
    lookups = frozenset({"audience"})
    search_fields = ("=number",)
    search_help_text = "A number, or whom it is for: cohort:3, person:7, public"
    facts = (
        *("id", "number", "type", "audience"),
        moment("happened_at", "When"),
        written("payload", "Payload"),
    )

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """By what an index finds: a number, or an audience."""
        asked = search_term.strip()
        if not asked:
            return queryset, False
        if asked.isascii() and asked.isdigit():
            return queryset.filter(number=int(asked[:18])), False
        return queryset.filter(audience=asked[:40]), False


class AuditDesk(Log):
    """Who did what, to whom, from where."""

    table = AuditRecord
    name, title, icon = "audit", "Audit log", "history"
    lead = (
        "Who did what, when, to whom, from where. Nothing is taken out but names of those who left."
    )
    list_display = (
        "id",
        moment("at", "When"),
        plain("actor_name", "Who"),
        "action",
        plain("subject_name", "To whom"),
        truth("is_refusal", "Refused"),
        "scope",
        "door",
        "address",
    )
    list_filter = (OfAction, since("at"), so("is_refusal", "Refused", "Refused", "Done"), ByDoor)
    lookups = frozenset({"actor", "subject", "scope", "address"})
    search_fields = ("=actor_name", "=subject_name")
    search_help_text = "Handle of who did it, or to whom it was done"
    facts = (
        "id",
        moment("at", "When"),
        plain("actor_name", "Who"),
        "action",
        plain("subject_name", "To whom"),
        truth("is_refusal", "Refused"),
        *("scope", "door", "address"),
        written("details", "Details"),
    )

    def ways(self, row: Any) -> Sequence[tuple[str, str]]:
        """The same as sentences."""
        return (("The log in sentences", reverse("hub-log")),)
