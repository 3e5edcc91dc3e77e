"""What an owner may say of a project instead of what was read: each fact has its own form."""

import re
from collections.abc import Callable, Mapping, Sequence

from nexus.kernel.errors import Invalid
from nexus.library.facts.fact import REPEATED, FactName
from nexus.library.topics.catalogue import catalogue

MAX_VALUES = 30
MAX_LENGTH = {FactName.TITLE: 200, FactName.SUMMARY: 400, FactName.IDEA: 400}
_USUAL_LENGTH = 500
#: The facts whose values are chosen, not written.
CHOICES: Mapping[FactName, tuple[str, ...]] = {
    FactName.TRACK: ("backend", "frontend", "both"),
    FactName.LOOKING_FOR: (
        "frontend",
        "backend",
        "mobile",
        "design",
        "review",
        "mentor",
        "anyone",
    ),
    FactName.HAS_TESTS: ("yes",),
    FactName.README_STATE: ("missing", "empty", "stub", "template", "short", "good"),
}
_ADDRESS = re.compile(r"https?://[^\s/<>\"@]{1,253}(?:/[^\s<>\"]{0,400})?", re.IGNORECASE)
_ADDRESSES = frozenset(
    {
        FactName.LIVE_ADDRESS,
        FactName.API_ADDRESS,
        FactName.REPOSITORY_ADDRESS,
        FactName.FOREIGN_ADDRESS,
    }
)


def fact_named(name: str) -> FactName | None:
    """The fact of this name; None when there is none."""
    try:
        return FactName(name)
    except ValueError:
        return None


def check_values(name: FactName, values: Sequence[str]) -> list[str]:
    """The values as they are kept: evened out, each once, empty ones left out.

    Raises ``Invalid`` when one of them cannot be a value of this fact, or there are too many.
    """
    said = [" ".join(value.split()) for value in values]
    kept = list(dict.fromkeys(_checked(name, value) for value in said if value))
    most = MAX_VALUES if name in REPEATED else 1
    if len(kept) > most:
        raise Invalid(
            "too-many-values",
            f"“{_words(name)}” takes {most} at most, and {len(kept)} were given.",
            remedy="Leave some out.",
        )
    return kept


def _checked(name: FactName, value: str) -> str:
    limit = MAX_LENGTH.get(name, _USUAL_LENGTH)
    if len(value) > limit:
        raise Invalid(
            "value-too-long",
            f"“{_words(name)}” is longer than {limit} letters.",
            remedy="Say it in fewer words.",
        )
    return _FORMS.get(name, _as_written)(name, value)


def _as_written(_name: FactName, value: str) -> str:
    return value


def _choice(name: FactName, value: str) -> str:
    if value.lower() not in CHOICES[name]:
        raise Invalid(
            "value-unknown",
            f"“{value}” is none of the answers to “{_words(name)}”.",
            remedy=f"Choose from: {', '.join(CHOICES[name])}.",
        )
    return value.lower()


def _address(name: FactName, value: str) -> str:
    if not _ADDRESS.fullmatch(value):
        raise Invalid(
            "address-invalid",
            f"“{_words(name)}” takes the address of a page on the web.",
            remedy="It begins with https:// or http:// and has no spaces.",
        )
    return value


def _technology(_name: FactName, value: str) -> str:
    topic = catalogue().named(value)
    if topic is None:
        raise Invalid(
            "topic-unknown",
            f"The hub knows no technology called “{value}”.",
            remedy="The page of topics lists those it knows.",
        )
    return topic.slug


def _words(name: FactName) -> str:
    return name.value.replace("_", " ")


_FORMS: Mapping[FactName, Callable[[FactName, str], str]] = {
    **dict.fromkeys(CHOICES, _choice),
    **dict.fromkeys(_ADDRESSES, _address),
    FactName.TECHNOLOGY: _technology,
}
