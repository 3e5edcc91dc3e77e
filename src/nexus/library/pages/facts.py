"""What is known of a project, and its owner's word on each of it."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from operator import attrgetter
from types import SimpleNamespace
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from nexus.kernel.errors import Invalid
from nexus.library import selectors
from nexus.library.facts.correcting import CHOICES
from nexus.library.facts.fact import FROM_GIT, MEANINGS, REPEATED, FactName
from nexus.library.pages.context import Visit, visit
from nexus.library.policies import can_correct_facts
from nexus.library.services.facts import correct_fact, withdraw_correction
from nexus.library.topics.catalogue import catalogue

if TYPE_CHECKING:
    from nexus.library.models import Fact

LABELS: dict[FactName, str] = {
    FactName.TITLE: "Title",
    FactName.SUMMARY: "Summary",
    FactName.IDEA: "Idea",
    FactName.TRACK: "Track",
    FactName.LOOKING_FOR: "Looks for",
    FactName.TECHNOLOGY: "Built with",
    FactName.LIVE_ADDRESS: "Runs at",
    FactName.API_ADDRESS: "API described at",
    FactName.REPOSITORY_ADDRESS: "Repository",
    FactName.LICENCE: "Licence",
    FactName.HAS_TESTS: "Tests",
    FactName.HAS_CI: "Built by",
    FactName.README_STATE: "README",
    FactName.FOREIGN_ADDRESS: "Somebody else's",
}
#: The page's own head shows these; the column of facts does not say them again.
_IN_HEAD = frozenset({FactName.TITLE, FactName.SUMMARY})
_ADDRESSES = frozenset({FactName.LIVE_ADDRESS, FactName.API_ADDRESS, FactName.REPOSITORY_ADDRESS})


def fact_rows(found: Visit, facts: Iterable[Fact]) -> list[SimpleNamespace]:
    """What is known, for the column of facts: one row for each name, with all its values."""
    standing = [fact for fact in facts if not fact.is_overruled]
    by_name = {name: list(group) for name, group in groupby(standing, attrgetter("name"))}
    return [
        _row(found, name, by_name[name])
        for name in FactName
        if name in by_name and name not in _IN_HEAD
    ]


def _row(found: Visit, name: FactName, facts: list[Fact]) -> SimpleNamespace:
    first = facts[0]
    return SimpleNamespace(
        name=LABELS[name],
        several=[_value(name, fact.value) for fact in facts],
        certainty=first.certainty,
        source=_source(first),
        source_address=_source_address(found, first),
    )


def _value(name: FactName, value: str) -> SimpleNamespace:
    if name is FactName.TECHNOLOGY and value in catalogue().topics:
        return SimpleNamespace(text=catalogue().topics[value].name, address="")
    is_link = name in _ADDRESSES and value.startswith(("https://", "http://"))
    shown = value.removeprefix("https://").removesuffix("/") if is_link else value
    return SimpleNamespace(text=shown, address=value if is_link else "")


def _source(fact: Fact) -> str:
    if fact.certainty == "corrected":
        return f"said by {fact.source}" if fact.source else "said by its owner"
    where = "Git" if fact.source == FROM_GIT else fact.source
    return f"{where}, a guess" if fact.certainty == "guess" else where


def _source_address(found: Visit, fact: Fact) -> str:
    if fact.certainty == "corrected" or fact.source in ("", FROM_GIT):
        return ""
    line = f"#L{fact.line}" if fact.line else ""
    return found.room("source", fact.source) + line


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def facts(request: HttpRequest, cohort: str, repository: str) -> HttpResponse:
    """Every fact of a project with where it is from; its owner may say otherwise."""
    found = visit(request, cohort, repository)
    may_correct = can_correct_facts(
        found.reader, found.repository.owner_id, found.repository.cohort
    )
    fault = None
    if request.method == "POST":
        if found.reader is None:
            return HttpResponseRedirect(reverse("sign-in"))
        try:
            _take(found, request)
        except Invalid as error:
            fault = SimpleNamespace(name=request.POST.get("name", ""), words=str(error))
        else:
            messages.success(request, "Your word stands. It survives every sync.")
            return HttpResponseRedirect(found.room("facts"))
    context = {
        **found.context(current="facts"),
        "repository": found.repository,
        "may_correct": may_correct,
        "fault": fault,
        "facts": _facts(found, fault, request.POST.getlist("value")),
    }
    return render(request, "facts.html", context, status=422 if fault else 200)


def _take(found: Visit, request: HttpRequest) -> None:
    assert found.reader is not None, "the page asked for a sign-in"  # noqa: S101
    name = request.POST.get("name", "")
    if "withdraw" in request.POST:
        withdraw_correction(by=found.reader, repository=found.repository, name=name)
        return
    values = request.POST.getlist("value")
    if name in REPEATED and len(values) == 1:
        values = values[0].splitlines()
    correct_fact(by=found.reader, repository=found.repository, name=name, values=values)


def _facts(found: Visit, fault: SimpleNamespace | None, typed: list[str]) -> list[SimpleNamespace]:
    known = selectors.facts_of(found.repository)
    return [
        _fact(found, name, [fact for fact in known if fact.name == name], fault, typed)
        for name in FactName
    ]


def _fact(
    found: Visit,
    name: FactName,
    known: list[Fact],
    fault: SimpleNamespace | None,
    typed: list[str],
) -> SimpleNamespace:
    standing = [fact.value for fact in known if not fact.is_overruled]
    is_faulty = fault is not None and fault.name == name
    return SimpleNamespace(
        name=name.value,
        label=LABELS[name],
        meaning=MEANINGS[name].replace("`", ""),
        rows=[
            SimpleNamespace(
                value=_value(name, fact.value),
                source=_source(fact),
                source_address=_source_address(found, fact),
                is_overruled=fact.is_overruled,
            )
            for fact in known
        ],
        is_corrected=any(fact.is_overruled or fact.certainty == "corrected" for fact in known),
        choices=CHOICES.get(name, ()),
        is_repeated=name in REPEATED,
        chosen=standing,
        text="\n".join(typed if is_faulty else standing),
        fault=fault.words if fault and is_faulty else "",
    )
