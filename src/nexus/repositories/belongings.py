"""What repositories know of a person: theirs, taken along as bundles, left or removed."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZipFile

import structlog
from django.conf import settings

from nexus.cohorts.belongings import cohort_name
from nexus.people.belonging import Belonging, Fate, Leaver, Row, Told
from nexus.repositories.cloning import public_origin
from nexus.repositories.git.origins import OriginKind
from nexus.repositories.git.packing import pack_repository
from nexus.repositories.git.progress import Work
from nexus.repositories.git.troubles import (
    ExportRefused,
    GitProgramError,
    RemoteTrouble,
    StoreMissing,
)
from nexus.repositories.limits import git_limits, store_of
from nexus.repositories.models import Repository, Sync
from nexus.repositories.removing import sweep

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from nexus.people.models import Person

#: All that one repository may take, in seconds.
SECONDS_FOR_ONE = 1800


def repositories_of(person: int) -> QuerySet[Repository]:
    """What a person owns, hosted or mirrored, wherever it is."""
    return Repository.objects.filter(owner=person).select_related("cohort").order_by("pk")


def _place(repository: Repository, person: Person) -> str:
    return f"repositories/{cohort_name(repository.cohort, person)}/{repository.slug}"


def has_no_other_home(repository: Repository) -> bool:
    """Whether nobody but the hub could give it back: it is hosted, or was uploaded here."""
    return repository.origin_kind != OriginKind.REMOTE


def _origin(repository: Repository) -> str:
    """Where a mirror comes from; a path of the hub's machine is the hub's own business."""
    return repository.origin if repository.origin_kind == OriginKind.REMOTE else ""


def _rows(person: Person) -> Iterator[Row]:
    for one in repositories_of(person.pk):
        yield {
            "cohort": cohort_name(one.cohort, person),
            "slug": one.slug,
            "name": one.name,
            "kind": one.kind,
            "origin": _origin(one),
            "is_public_elsewhere": bool(public_origin(one)),
            "head": one.head,
            "branch": one.branch,
            "size_bytes": one.size_bytes,
            "added_at": one.added_at,
            "bundle": f"{_place(one, person)}.bundle" if has_no_other_home(one) else "",
        }


def _files(person: Person, archive: ZipFile, told: Told) -> None:
    """Bundles and newest files of what has no other home; a word where one cannot be read."""
    mine = [one for one in repositories_of(person.pk) if has_no_other_home(one)]
    limits = replace(git_limits(), total_seconds=SECONDS_FOR_ONE)
    for number, one in enumerate(mine):
        said = partial(told, f"Packing {one.slug}", number, len(mine))
        said()
        work = Work(limits=limits, also_check=said)
        _pack(one, archive, folder=_place(one, person), work=work)


def _pack(repository: Repository, archive: ZipFile, *, folder: str, work: Work) -> None:
    with tempfile.TemporaryFile(dir=Path(settings.NEXUS_HOME)) as spool:
        try:
            pack_repository(store_of(repository.pk), archive, folder=folder, spool=spool, work=work)
        except (GitProgramError, RemoteTrouble, ExportRefused, StoreMissing) as error:
            log = structlog.get_logger(__name__)
            log.warning(
                "A repository was not exported.", repository=repository.pk, error=str(error)
            )
            archive.writestr(
                f"{folder}.txt",
                "The hub could not read this repository whole. Ask whoever runs it.\n",
            )


def _settle(leaver: Leaver) -> None:
    """What is taken along is gone by now, but for what a crash left; the rest says no name."""
    for number in leaver.take:
        sweep(number)
    theirs = [f"Nexus of {name}" for name in (leaver.name, leaver.handle)]
    repositories_of(leaver.person).filter(name__in=theirs).update(name=f"Nexus of {leaver.now}")


def _forget_asking(leaver: Leaver) -> None:
    Sync.objects.filter(requested_by=leaver.person).update(requested_by=None)


BELONGINGS = (
    Belonging(
        what="repositories.Repository.owner",
        section="repositories",
        rows=_rows,
        files=_files,
        fate=Fate.CHOSEN,
        becomes="Those that are taken along are removed with their history, pages and files. "
        "Those that are left stay where they are, owned by a former member; the names in their "
        "commits and texts, and in their address, stay too.",
        afterwards=_settle,
    ),
    Belonging(
        what="repositories.Sync.requested_by",
        kept_back="It is a note of the hub’s on its own work.",
        fate=Fate.NAMELESS,
        becomes="The run stays, and no longer says who asked for it.",
        afterwards=_forget_asking,
    ),
)
