"""The entry that stands for a whole repository: its README, and what Git says of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.db import transaction

from nexus.library.addresses import place_of
from nexus.library.histories import Past
from nexus.library.kinds.base import ImageSize, Reading, Source
from nexus.library.kinds.project import Project
from nexus.library.kinds.writing import is_readme, read_writing
from nexus.library.licences import LICENCE_FILE, licence_of
from nexus.library.models import Entry
from nexus.library.preparing import Prepared, prepare
from nexus.library.rendering.page import Rendered
from nexus.library.services import publishing
from nexus.library.services.entries import wanted_of
from nexus.repositories.git.reading import CommitInfo, Reader, TreeFile

if TYPE_CHECKING:
    from nexus.repositories.models import Repository

_LICENCE_BYTES = 200_000
_README_BYTES = 1_000_000


def find_readme(files: Iterable[TreeFile]) -> TreeFile | None:
    """The README at the root; Markdown before other markup when there are several."""
    found = [file for file in files if "/" not in file.path and is_readme(file.path)]
    return min(
        found, key=lambda file: (not file.path.lower().endswith(".md"), file.path), default=None
    )


@transaction.atomic
def publish_project(
    *,
    repository: Repository,
    reader: Reader,
    commit: CommitInfo,
    readme: TreeFile | None,
    past: Sequence[Past],
    files: Sequence[TreeFile],
    image_size: ImageSize,
) -> None:
    """Write the project's entry from its README; a repository without one has its name."""
    prepared = _read_readme(repository, reader, readme, image_size)
    reading = prepared.reading if prepared and prepared.reading else _bare(repository)
    reading = replace(
        reading,
        kind=Project.name,
        title=reading.title or repository.name,
        facts={**reading.facts, **facts_of(reader, files, commit)},
    )
    was = past or [Past(commit, "", "")]
    parts = prepared.parts if prepared else ()
    publishing.publish_entries(repository, wanted_of("", reading, was, parts))
    if readme and prepared:
        publishing.write_problems(repository, [readme.path], prepared.problems)


def _read_readme(
    repository: Repository, reader: Reader, readme: TreeFile | None, image_size: ImageSize
) -> Prepared | None:
    data = reader.read(readme.oid, limit=_README_BYTES) if readme else None
    if readme is None or data is None:
        return None
    place = place_of(repository.cohort.slug, repository.slug, readme.path)
    return prepare(data, blob=readme.oid, place=place, image_size=image_size, read=_read_as_project)


def _read_as_project(source: Source) -> Reading:
    """A README read for the project; its title stays empty when nobody wrote one."""
    reading = read_writing(source, kind=Project.name)
    return replace(reading, title=source.said("title") or reading.rendered.title)


def _bare(repository: Repository) -> Reading:
    """The entry of a repository that says nothing about itself."""
    return Reading(kind=Project.name, title=repository.name, summary="", rendered=Rendered(html=""))


def facts_of(reader: Reader, files: Sequence[TreeFile], commit: CommitInfo) -> dict[str, Any]:
    """What Git and the files tell of a project."""
    licence = _licence(reader, files)
    return {
        "licence": licence,
        "licence_file": next((f.path for f in files if _is_licence(f)), ""),
        "files": len(files),
        "newest_commit": commit.sha,
    }


def _is_licence(file: TreeFile) -> bool:
    return "/" not in file.path and LICENCE_FILE.fullmatch(file.path) is not None


def _licence(reader: Reader, files: Sequence[TreeFile]) -> str:
    for file in filter(_is_licence, files):
        data = reader.read(file.oid, limit=_LICENCE_BYTES)
        if data and (licence := licence_of(data.decode("utf-8", "replace"))):
            return licence
    return ""


def project_of(repository: Repository) -> Entry | None:
    """The project's entry, if it was published."""
    return Entry.objects.filter(repository=repository, path="", part="", withdrawn_at=None).first()


def needs_publishing(
    repository: Repository, *, readme: TreeFile | None, touched: Iterable[TreeFile], first: bool
) -> bool:
    """Whether anything that the project's page shows may have changed."""
    entry = project_of(repository)
    if first or entry is None or entry.current is None:
        return True
    if (readme.path if readme else "") != entry.current.path:
        return True
    return any(file is readme or _is_licence(file) for file in touched)
