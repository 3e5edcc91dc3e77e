"""The audit log: of a cohort for its owners, of everything for the hub's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from nexus.cohorts.selectors import cohorts_of_scopes
from nexus.kernel.audit import Question, records
from nexus.kernel.errors import Forbidden
from nexus.web.pages.governing.doors import governed, signed_in
from nexus.web.pages.governing.telling import GROUPS, sentence_of, whence_of
from nexus.web.pages.listing import Asked

if TYPE_CHECKING:
    from nexus.cohorts.models import Cohort
    from nexus.kernel.models import AuditRecord
    from nexus.people.models import Person

PAGE = 50
#: Filter → how the names of its actions begin.
GROUP_PREFIXES: Mapping[str, tuple[str, ...]] = {
    "people": ("member.", "request."),
    "invitations": ("invitation.",),
    "cohort": ("cohort.",),
    "published": ("repository.", "proposal.", "fact."),
    "signing-in": ("sign-in.",),
    "tokens": ("token.", "client.", "app."),
    "accounts": ("account.", "person.", "profile."),
}
#: The filters of the hub's log, besides those of a cohort's.
HUB_GROUPS = {
    "accounts": "Accounts",
    "signing-in": "Signing in without success",
    "tokens": "Tokens and apps",
}


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the log; ``who`` is empty for the hub's own command line."""

    at: datetime
    who: str
    sentence: str
    whence: str
    is_refusal: bool
    cohort: Cohort | None = None


@signed_in
def cohort_log(request: HttpRequest, by: Person, slug: str) -> HttpResponse:
    """Who changed what in a cohort."""
    here = governed(request, slug, by, "read_log")
    context = {**here.frame("cohort-log"), **_log(Asked.of(request), here.cohort.readers)}
    return render(request, "log.html", context)


@signed_in
def hub_log(request: HttpRequest, by: Person) -> HttpResponse:
    """Who changed what anywhere in the hub; for its owner."""
    if not by.is_owner:
        raise Forbidden("not-owner", "Only the owner of the hub reads its log.")
    context = {**_log(Asked.of(request), None), "crumbs": []}
    return render(request, "hub_log.html", context)


def _log(asked: Asked, scope: str | None) -> dict[str, Any]:
    groups = {"": "Everything", **(HUB_GROUPS if scope is None else {}), **GROUPS}
    group = asked.chosen("what", groups)
    question = Question(
        prefixes=GROUP_PREFIXES.get(group, ()),
        who=asked.value("who"),
        refused_only=group == "refused",
    )
    found = records(question, scope=scope)
    before = asked.value("before")
    if before.isascii() and before.isdigit():
        found = found.filter(pk__lt=int(before[:18]))
    rows = list(found[: PAGE + 1])
    more = rows[PAGE - 1].pk if len(rows) > PAGE else None
    return {
        "lines": _lines(rows[:PAGE], scope),
        "groups": [(key, title, key == group) for key, title in groups.items()],
        "who": asked.value("who"),
        "is_filtered": bool(group or asked.value("who")),
        "here": asked.path,
        "older": asked.address(before=more) if more else "",
    }


def _lines(rows: Iterable[AuditRecord], scope: str | None) -> list[Line]:
    rows = list(rows)
    cohorts = cohorts_of_scopes({row.scope for row in rows}) if scope is None else {}
    return [
        Line(
            at=row.at,
            who=row.actor_name,
            sentence=sentence_of(row),
            whence=whence_of(row),
            is_refusal=row.is_refusal,
            cohort=cohorts.get(row.scope),
        )
        for row in rows
    ]
