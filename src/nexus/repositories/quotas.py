"""How much room people have for what lives in the hub."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings

from nexus.kernel.errors import Conflict
from nexus.repositories.git.limits import MIB
from nexus.repositories.git.quarantine import size_in_quarantine, size_without_quarantine
from nexus.repositories.limits import store_of
from nexus.repositories.models import Repository

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path


def room_in(repository: Repository) -> int:
    """How many bytes a hosted repository may grow by; raises ``Conflict`` when there are none."""
    left = []
    for limit, used, whose in _counted(repository):
        if used >= limit:
            raise Conflict(
                "quota-used",
                f"{whose} takes {used / MIB:.0f} MB, and {limit / MIB:.0f} MB is the most.",
                remedy="Ask whoever runs the hub for more, or keep large files elsewhere.",
            )
        left.append(limit - used)
    return min(left)


def check_room(repository: Repository, contents: Iterable[bytes | None]) -> None:
    """Raise ``Conflict`` when files with these contents do not fit in."""
    check_size(repository, sum(len(data) for data in contents if data))


def check_size(repository: Repository, size: int) -> None:
    """Raise ``Conflict`` when so many bytes do not fit in."""
    if size > room_in(repository):
        raise Conflict(
            "quota-reached",
            "There is not so much room left in this repository.",
            remedy="Ask whoever runs the hub for more, or keep large files elsewhere.",
        )


def _counted(repository: Repository) -> Iterator[tuple[int, int, str]]:
    """(the most, what is used, what that is of) for each quota."""
    own = size_without_quarantine(store_of(repository.pk))
    yield settings.HOSTED_LIMIT_BYTES, own, "This repository"
    others = sum(map(_weigh, _others_of_owner(repository)))
    yield settings.PERSON_LIMIT_BYTES, own + others, "All that its owner keeps in the hub"


def _others_of_owner(repository: Repository) -> Iterator[Path]:
    hosted = Repository.objects.filter(owner=repository.owner_id, kind=Repository.Kind.HOSTED)
    return map(store_of, hosted.exclude(pk=repository.pk).values_list("pk", flat=True))


def _weigh(store: Path) -> int:
    """What another store takes, or is about to: nothing keeps its pushes waiting for this one.

    What is coming is weighed first. If it arrives in between it counts twice, never not at all.
    """
    return size_in_quarantine(store) + size_without_quarantine(store)
