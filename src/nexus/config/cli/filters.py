"""The filters of ``nexus search``. One that nothing can pass is a wrong option, not an answer."""

from collections.abc import Callable, Collection
from difflib import get_close_matches

import click

#: So many known values are all named; of more, only those that are like the one given.
_FEW = 12


def refuse_unknown_filters(
    *,
    kinds: Collection[str],
    languages: Collection[str],
    people: Collection[str],
    cohorts: Collection[str],
) -> None:
    """Raise ``click.BadParameter`` for the first value that the hub does not know.

    Django must be set up.
    """
    from nexus.cohorts.selectors import visible_cohorts
    from nexus.library.presenting import FINDABLE
    from nexus.library.rendering.languages import LANGUAGES
    from nexus.people.selectors import everyone, hub_owner

    _refuse("kind", kinds, FINDABLE)
    _refuse("language", languages, LANGUAGES, or_else=_is_used_language)
    if people:
        _refuse("person", people, everyone().values_list("handle", flat=True))
    if cohorts:
        _refuse("cohort", cohorts, visible_cohorts(hub_owner()).values_list("slug", flat=True))


def _refuse(
    name: str,
    given: Collection[str],
    known: Collection[str],
    *,
    or_else: Callable[[str], bool] | None = None,
) -> None:
    names = {one.lower(): one for one in known} if given else {}
    for value in given:
        if value.lower() not in names and not (or_else and or_else(value)):
            hint = _hint(value.lower(), names)
            raise click.BadParameter(f"there is no {name} “{value}”.{hint}", param_hint=f"--{name}")


def _hint(value: str, names: dict[str, str]) -> str:
    if len(names) <= _FEW:
        return f" There are: {', '.join(names.values())}." if names else ""
    like = get_close_matches(value, names, n=3)
    return f" Did you mean {' or '.join(names[one] for one in like)}?" if like else ""


def _is_used_language(value: str) -> bool:
    """Whether something is found in this language: front matter may name any."""
    from nexus.config.searching import engine, everyone
    from nexus.search.results import SearchRequest

    request = SearchRequest(
        words="", code_languages=(value,), audiences=everyone(), limit=1, facets=()
    )
    return engine().search(request).total > 0
