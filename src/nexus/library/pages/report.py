"""The owner's report: what is wrong with a repository, sorted by what it means to readers."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import TYPE_CHECKING

from django.shortcuts import render
from django.utils.html import format_html
from django.views.decorators.cache import never_cache

from nexus.kernel.errors import NotFound
from nexus.library import presenting
from nexus.library.advice import advice_on
from nexus.library.checking.concerns import CONCERNS, OTHER, Concern, Severity, concern_of
from nexus.library.pages.context import Visit, visit
from nexus.library.problems import Advice

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import HttpRequest, HttpResponse
    from django.utils.safestring import SafeString

    from nexus.library.models import FileProblem

#: So many lines of one code are named; an owner who mends those looks again.
LINES_SHOWN = 100


@dataclass(slots=True)
class Kind:
    """All problems of one code: what to do stands once, then where."""

    advice: Advice
    lines: list[presenting.ProblemLine] = field(default_factory=list)
    count: int = 0

    @property
    def remedy(self) -> SafeString:
        """What to do, with what is typed marked as code."""
        words = self.advice.remedy.split("`")
        forms = ("<code>{}</code>" if number % 2 else "{}" for number in range(len(words)))
        return format_html("".join(forms), *words)

    @property
    def more(self) -> int:
        """How many are not named."""
        return self.count - len(self.lines)


@dataclass(slots=True)
class Chapter:
    """The problems of one concern."""

    concern: Concern
    kinds: dict[str, Kind] = field(default_factory=dict)

    @property
    def count(self) -> int:
        """How many problems there are."""
        return sum(kind.count for kind in self.kinds.values())

    @property
    def is_error(self) -> bool:
        """Whether they mislead readers or harm the owner."""
        return self.concern.severity is Severity.ERROR


@never_cache
def report(request: HttpRequest, cohort: str, repository: str) -> HttpResponse:
    """The report of a repository, for those who are told of problems; ``NotFound`` for others."""
    found = visit(request, cohort, repository)
    if not found.may_see_problems:
        raise NotFound(
            "report-unknown",
            "There is nothing at this address.",
            remedy="If the repository is yours, sign in to read its report.",
        )
    chapters = chapters_of(found, found.problems())
    context = {
        **found.context(current="status"),
        "repository": SimpleNamespace(
            name=found.words(found.repository.name),
            address=found.address(),
            status_address=found.room("status"),
        ),
        "revision": found.repository.indexed,
        "indexed_at": found.repository.indexed_at,
        "chapters": chapters,
        **totals_of(chapters),
    }
    return render(request, "report.html", context)


def chapters_of(found: Visit, problems: Iterable[FileProblem]) -> list[Chapter]:
    """Problems sorted by concern, what to mend first before the rest."""
    chapters = {concern.name: Chapter(concern) for concern in (*CONCERNS, OTHER)}
    for problem in problems:
        kinds = chapters[concern_of(problem.code).name].kinds
        kind = kinds.setdefault(problem.code, Kind(advice_on(problem.code)))
        kind.count += 1
        if len(kind.lines) < LINES_SHOWN:
            kind.lines += presenting.problem_lines([problem], found.repository, words=found.words)
    return [chapter for chapter in chapters.values() if chapter.kinds]


def totals_of(chapters: Iterable[Chapter]) -> dict[str, int]:
    """How many problems there are of each severity."""
    totals = {"errors": 0, "warnings": 0}
    for chapter in chapters:
        totals["errors" if chapter.is_error else "warnings"] += chapter.count
    return totals
