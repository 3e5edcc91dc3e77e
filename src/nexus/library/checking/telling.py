"""A problem as programs read it."""

from typing import Any

from nexus.library.advice import advice_on
from nexus.library.checking.concerns import concern_of
from nexus.library.problems import Problem


def told(problem: Problem) -> dict[str, Any]:
    """Where it is, what is wrong, why that matters and what to do."""
    advice, concern = advice_on(problem.code), concern_of(problem.code)
    return {
        "file": problem.path,
        "line": problem.line,
        "code": problem.code,
        "severity": str(concern.severity),
        "title": advice.title,
        "message": problem.message,
        "why": concern.why,
        "remedy": advice.remedy,
    }
