"""What a person lets stand on top of their page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db import transaction

from nexus.kernel.errors import Invalid, NotFound
from nexus.library.selectors.portfolios import pinned
from nexus.people.profile.editing import keep_pins

if TYPE_CHECKING:
    from nexus.people.models import Person

MOST_PINS = 6


@transaction.atomic
def choose_pins(*, by: Person, entries: Sequence[int]) -> None:
    """Let these entries of ``by`` stand on top of their page, in this order.

    Raises ``Invalid`` when there are more than six, ``NotFound`` when one of them is not theirs,
    is gone, or is nothing that they may see: which of these is not told.
    """
    wanted = list(dict.fromkeys(entries))
    if len(wanted) > MOST_PINS:
        raise Invalid(
            "pins-too-many",
            f"{MOST_PINS} entries stand on top at most.",
            remedy="Take one away first.",
        )
    if len(pinned(by.pk, wanted, reader=by)) < len(wanted):
        raise NotFound("entry-unknown", "You have no such entry.", remedy="Choose one of yours.")
    keep_pins(by=by, person=by, entries=wanted)
