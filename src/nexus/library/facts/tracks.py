"""Whose work a project is: backend, frontend or both."""

from collections.abc import Sequence

from nexus.library.facts.fact import Fact, FactName
from nexus.library.facts.page import Page
from nexus.library.facts.wordlists import all_of, count_any, has_any, set_of

BACKEND, FRONTEND, BOTH = "backend", "frontend", "both"
_SIDES = (BACKEND, FRONTEND)
#: The smaller side of a text counts when it has this share of the larger.
_BALANCE = 0.5
#: Who names one side of the programme so many times as often as the other is in it.
_MUCH_MORE = 3
#: A word in a title says more than one in the text.
_IN_TITLE = 10
#: A README is read so far, in characters.
_READ = 100_000

_FOLDERS = {
    BACKEND: frozenset({"backend", "server", "api"}),
    FRONTEND: frozenset({"frontend", "client", "web", "mobile"}),
}


def track_fact(
    files: Sequence[str], technologies: Sequence[Fact], pages: Sequence[Page]
) -> Fact | None:
    """The track: by what manifests and files prove, else by folders, else by the README."""
    proved = [fact for fact in technologies if not fact.is_guess]
    return (
        _by_technologies(proved, "")
        or _by_folders(files)
        or _by_technologies(proved, "weak_")
        or _by_text(technologies, pages)
    )


def _by_technologies(technologies: Sequence[Fact], strength: str) -> Fact | None:
    backend = _first(technologies, f"{strength}backend_signs")
    frontend = _first(technologies, f"{strength}frontend_signs")
    sign = backend or frontend
    if sign is None:
        return None
    track = BOTH if backend and frontend else BACKEND if backend else FRONTEND
    return Fact(FactName.TRACK, track, sign.source, sign.line)


def _first(technologies: Sequence[Fact], signs: str) -> Fact | None:
    return next((fact for fact in technologies if fact.value in set_of(signs)), None)


def _by_folders(files: Sequence[str]) -> Fact | None:
    """Folders at the top that are called after a side."""
    tops: dict[str, str] = {}
    for path in files:
        for side, names in _FOLDERS.items():
            if "/" in path and path.split("/")[0].lower() in names:
                tops.setdefault(side, path)
    if not tops:
        return None
    track = BOTH if len(tops) > 1 else next(iter(tops))
    return Fact(FactName.TRACK, track, next(iter(tops.values())), is_guess=True)


def _by_text(technologies: Sequence[Fact], pages: Sequence[Page]) -> Fact | None:
    if not pages:
        return None
    page = pages[0]
    title = next((block.text for block in page.outline.blocks), "")
    named = [fact.value for fact in technologies]
    signs = {side: sum(slug in set_of(f"{side}_signs") for slug in named) for side in _SIDES}
    side = _of_programme(title, page.text[:_READ])
    if side and not any(signs[other] for other in _SIDES if other != side):
        return Fact(FactName.TRACK, side, page.path, is_guess=True)
    score = {
        side: count_any(page.text[:_READ], f"{side}_sides")
        + _IN_TITLE * count_any(title, f"{side}_sides")
        + signs[side]
        for side in _SIDES
    }
    if not any(score.values()):
        return None
    return Fact(FactName.TRACK, _leaning(score, page.text[:_READ]), page.path, is_guess=True)


def _of_programme(title: str, text: str) -> str:
    """The side of the programme that its author is in, by how often the README names it.

    The other side's learners are named as well: they are worked with.
    """
    named = all_of(text, "programme_sides")
    frontend = sum("front" in phrase or phrase == "pdfe" for phrase in named)
    counts = {BACKEND: len(named) - frontend, FRONTEND: frontend}
    less, more = sorted(counts.values())
    if has_any(title, "both_sides") or not more or more < _MUCH_MORE * less:
        return ""
    return max(counts, key=lambda side: counts[side])


def _leaning(score: dict[str, int], text: str) -> str:
    less, more = sorted(score.values())
    if less >= _BALANCE * more or (less and has_any(text, "both_sides")):
        return BOTH
    return max(score, key=lambda side: score[side])
