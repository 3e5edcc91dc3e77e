"""What is known of a project, and its owner's word on each of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
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
from nexus.library.cards import SOUGHT, TRACKS
from nexus.library.facts.correcting import CHOICES
from nexus.library.facts.fact import FROM_GIT, REPEATED, FactName
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
#: What the form of a fact asks for, where its label does not say it.
HINTS: dict[FactName, str] = {
    FactName.SUMMARY: "In one or two sentences, what it is.",
    FactName.IDEA: "One sentence on what is being built.",
    FactName.TECHNOLOGY: "Names of topics, such as Django.",
    FactName.LICENCE: "Its SPDX identifier, such as MIT.",
    FactName.HAS_CI: "The service, such as GitHub Actions.",
    FactName.FOREIGN_ADDRESS: "Addresses that stand in its texts and are not the project's own.",
}
#: Values as people read them; other facts have theirs as they are.
WORDS: Mapping[FactName, Mapping[str, str]] = {
    FactName.TRACK: TRACKS,
    FactName.LOOKING_FOR: SOUGHT,
    FactName.HAS_TESTS: {"yes": "Yes"},
    FactName.README_STATE: {
        "missing": "Missing",
        "empty": "Empty",
        "stub": "Only a beginning",
        "template": "A template that nobody filled in",
        "short": "Short",
        "good": "Good",
    },
}
#: Lines of the largest field.
MOST_LINES = 14
#: The page's own head shows these; the column of facts does not say them again.
_IN_HEAD = frozenset({FactName.TITLE, FactName.SUMMARY})
_ADDRESSES = frozenset({FactName.LIVE_ADDRESS, FactName.API_ADDRESS, FactName.REPOSITORY_ADDRESS})


def fact_rows(found: Visit, facts: Iterable[Fact]) -> list[SimpleNamespace]:
    """What is known, for the column of facts: a row for each name, guesses apart from facts."""
    standing = [fact for fact in facts if not fact.is_overruled]
    by_name = {name: list(group) for name, group in groupby(standing, attrgetter("name"))}
    return [
        _row(found, name, by_name[name])
        for name in FactName
        if name in by_name and name not in _IN_HEAD
    ]


def _row(found: Visit, name: FactName, facts: list[Fact]) -> SimpleNamespace:
    by_certainty: dict[str, list[Fact]] = {}
    for fact in facts:
        by_certainty.setdefault(fact.certainty, []).append(fact)
    groups = [_group_in_short(found, name, alike) for alike in by_certainty.values()]
    return SimpleNamespace(name=LABELS[name], groups=groups)


def _group_in_short(found: Visit, name: FactName, facts: list[Fact]) -> SimpleNamespace:
    """What is known with one certainty; of several sources the first is named, with a link."""
    sources = dict.fromkeys(map(_source, facts))
    others = f" and {len(sources) - 1} more" if len(sources) > 1 else ""
    return SimpleNamespace(
        values=[_value(found, name, fact.value) for fact in facts],
        source=found.words(_source(facts[0])),
        source_address=_source_address(found, facts[0]),
        others=others,
    )


def _value(found: Visit, name: FactName, value: str) -> SimpleNamespace:
    if name not in _ADDRESSES:
        return SimpleNamespace(text=found.words(_as_read(name, value)), address="")
    is_link = value.startswith(("https://", "http://"))
    shown = value.removeprefix("https://").removesuffix("/") if is_link else value
    leads = is_link and found.words(value) == value
    return SimpleNamespace(text=found.words(shown), address=value if leads else "")


def _as_read(name: FactName, value: str) -> str:
    if name is FactName.TECHNOLOGY and value in catalogue().topics:
        return catalogue().topics[value].name
    return WORDS.get(name, {}).get(value, value)


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
            messages.success(request, "Saved. It stands, whatever the next sync reads.")
            return HttpResponseRedirect(found.room("facts"))
    rows = _facts(found, fault, request.POST.getlist("value"))
    context = {
        **found.context(current="facts"),
        "repository": SimpleNamespace(
            name=found.words(found.repository.name), address=found.address()
        ),
        "may_correct": may_correct,
        "known": [row for row in rows if row.groups],
        "unknown": [row for row in rows if not row.groups],
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
    chosen = typed if is_faulty else standing
    return SimpleNamespace(
        name=name.value,
        label=LABELS[name],
        hint=HINTS.get(name, ""),
        groups=_groups(found, name, known),
        is_corrected=any(fact.is_overruled or fact.certainty == "corrected" for fact in known),
        choices=[
            SimpleNamespace(value=one, words=_as_read(name, one), is_chosen=one in chosen)
            for one in CHOICES.get(name, ())
        ],
        is_repeated=name in REPEATED,
        text="\n".join(chosen if is_faulty else (_as_read(name, one) for one in chosen)),
        lines=min(len(chosen) + 2, MOST_LINES),
        fault=fault.words if fault and is_faulty else "",
    )


def _groups(found: Visit, name: FactName, known: list[Fact]) -> list[SimpleNamespace]:
    """Values with where they are from; those from one file lead to the first line of them."""
    places: dict[tuple[bool, str], list[Fact]] = {}
    for fact in known:
        places.setdefault((fact.is_overruled, _source(fact)), []).append(fact)
    return [
        SimpleNamespace(
            values=[_value(found, name, fact.value) for fact in facts],
            is_overruled=is_overruled,
            source=found.words(source),
            source_address=_source_address(found, min(facts, key=attrgetter("line"))),
        )
        for (is_overruled, source), facts in places.items()
    ]
