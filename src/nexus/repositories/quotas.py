"""How much room people have for what lives in the hub."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import Sum

from nexus.kernel.errors import Conflict
from nexus.repositories.git.limits import MIB
from nexus.repositories.git.quarantine import size_in_quarantine
from nexus.repositories.git.stores import size_of
from nexus.repositories.limits import store_of
from nexus.repositories.models import Repository

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


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
    store = store_of(repository.pk)
    own = size_of(store) - size_in_quarantine(store)
    hosted = Repository.objects.filter(owner=repository.owner_id, kind=Repository.Kind.HOSTED)
    others = hosted.exclude(pk=repository.pk).aggregate(total=Sum("size_bytes"))["total"] or 0
    yield settings.HOSTED_LIMIT_BYTES, own, "This repository"
    yield settings.PERSON_LIMIT_BYTES, own + others, "All that its owner keeps in the hub"
