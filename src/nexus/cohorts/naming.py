"""What a cohort may be called, and which addresses it may have."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from nexus.cohorts.models import Cohort, FormerSlug, Visibility
from nexus.kernel.errors import Conflict, Invalid
from nexus.people.names import name_skeleton, same_letters

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
LONGEST_SLUG = 60
LONGEST_NAME = 120
LONGEST_DESCRIPTION = 500
#: Addresses that would speak for the hub itself.
_RESERVED = (
    "account accounts add admin all api assets cohort cohorts edit git graphql health help hub "
    "invitations join live log login me metrics new oauth search settings static status"
)
RESERVED = frozenset(_RESERVED.split())
#: Signs that nobody sees: control, formatting, private and unassigned ones, line separators.
_HIDDEN = frozenset({"Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"})
_JOINERS = "\u200c\u200d"


def slug_from(name: str) -> str:
    """The nearest address to a name; empty when nothing of it can be kept."""
    folded = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall(r"[a-z0-9]+", folded))[:LONGEST_SLUG].strip("-")


def check_slug(slug: str) -> str:
    """``slug`` when it can be part of an address; raises ``Invalid`` otherwise."""
    if not SLUG.fullmatch(slug) or len(slug) > LONGEST_SLUG:
        raise Invalid(
            "slug-invalid",
            f"“{slug}” cannot be part of an address.",
            remedy="Use small letters, digits and single hyphens, at most 60.",
        )
    return slug


def check_is_free(slug: str, *, for_cohort: Cohort | None = None) -> None:
    """Raise ``Conflict`` for an address that another cohort has or had, or nobody may have.

    All three get the same word: it may be a cohort that must not be known to exist.
    """
    had = FormerSlug.objects.filter(slug=slug)
    has = Cohort.objects.filter(slug=slug)
    if for_cohort is not None:
        had, has = had.exclude(cohort=for_cohort), has.exclude(pk=for_cohort.pk)
    if slug in RESERVED or has.exists() or had.exists():
        raise Conflict(
            "slug-taken", f"The address “{slug}” is taken.", remedy="Choose another one."
        )


def clean_name(name: str) -> str:
    """``name`` with single spaces; raises ``Invalid`` when it is empty or cannot be shown."""
    tidy = " ".join(unicodedata.normalize("NFKC", name).split())
    if not tidy or len(tidy) > LONGEST_NAME or _has_hidden(tidy):
        raise Invalid(
            "name-invalid",
            "This cannot be the name of a cohort.",
            remedy=f"Use 1 to {LONGEST_NAME} letters, all of which can be seen.",
        )
    return tidy


def refuse_alike(name: str, *, among: Iterable[str]) -> None:
    """Raise ``Conflict`` when ``name`` only looks like one of these, written in another script."""
    same = [other for other in among if name_skeleton(other) == name_skeleton(name)]
    if any(not same_letters(name, other) for other in same):
        raise Conflict(
            "name-alike",
            "That name is written to look like that of another cohort.",
            remedy="Write it in the letters of one language.",
        )


def clean_description(description: str) -> str:
    """``description`` on one line; raises ``Invalid`` when it is too long or has hidden signs."""
    tidy = " ".join(description.split())
    if len(tidy) > LONGEST_DESCRIPTION or _has_hidden(tidy):
        raise Invalid(
            "description-invalid",
            "This cannot be the description of a cohort.",
            remedy=f"Use at most {LONGEST_DESCRIPTION} letters, all of which can be seen.",
        )
    return tidy


def check_visibility(visibility: str) -> Visibility:
    """``visibility`` as one; raises ``Invalid`` when there is no such one."""
    if visibility not in Visibility.values:
        raise Invalid(
            "visibility-unknown",
            f"A cohort cannot be “{visibility}”.",
            remedy=f"Choose one of: {', '.join(Visibility.values)}.",
        )
    return Visibility(visibility)


def _has_hidden(text: str) -> bool:
    return any(sign not in _JOINERS and unicodedata.category(sign) in _HIDDEN for sign in text)
