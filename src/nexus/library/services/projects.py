"""The entry that stands for a whole repository: its README, and what Git says of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from django.db import transaction

from nexus.library.addresses import place_of
from nexus.library.discretion import hide_in_name
from nexus.library.extraction.decoding import decode
from nexus.library.extraction.own_addresses import OwnAddresses
from nexus.library.extraction.secrets import hide_secrets
from nexus.library.facts.fact import Fact, FactName, GitFacts, ReadmeText
from nexus.library.facts.project import project_facts, tells_facts
from nexus.library.histories import Past
from nexus.library.kinds.base import ImageSize, Reading, Source
from nexus.library.kinds.project import Project
from nexus.library.kinds.writing import is_readme, read_writing
from nexus.library.models import Entry
from nexus.library.preparing import Prepared, prepare, read_source
from nexus.library.preparing_files import image_sizes
from nexus.library.rendering.page import Place, Rendered
from nexus.library.services import publishing
from nexus.library.services.entries import wanted_of
from nexus.library.services.facts import said_of, write_facts
from nexus.repositories.git.reading import CommitInfo, Reader, TreeFile

if TYPE_CHECKING:
    from nexus.repositories.models import Repository

_FACT_BYTES = 400_000
_README_BYTES = 1_000_000
#: How much a project is about what it is built with, in percent, if its text does not say.
_BUILT_WITH = 60
#: The facts that are addresses of the project itself.
_OWN = (FactName.LIVE_ADDRESS, FactName.API_ADDRESS, FactName.REPOSITORY_ADDRESS)


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
    contributors: Sequence[str],
) -> None:
    """Write the project's entry from its README; a repository without one has its name.

    ``contributors`` are the names of those who wrote commits.
    """
    place = place_of(repository.cohort.slug, repository.slug, readme.path if readme else "")
    data = reader.read(readme.oid, limit=_README_BYTES) if readme else None
    git = GitFacts(repository.origin, tuple(contributors))
    facts = read_facts(reader, files, _readme_text(place, data), git=git)
    prepared = _prepare(
        place, readme, data, image_sizes(reader, commit.sha), own_addresses(repository, facts)
    )
    reading = prepared.reading if prepared and prepared.reading else _bare()
    reading = _known_as(repository, reading, facts)
    reading = replace(reading, facts={**reading.facts, "files": len(files)})
    parts = prepared.parts if prepared else ()
    wanted = wanted_of("", reading, past or [_as_it_stands(commit, readme)], parts)
    entry, *_ = publishing.publish_entries(repository, wanted)
    write_facts(repository, entry, facts)
    if readme and prepared:
        publishing.write_problems(repository, [readme.path], prepared.problems)


def _as_it_stands(commit: CommitInfo, readme: TreeFile | None) -> Past:
    """The project in a commit that changed what its page shows, but not its README."""
    return Past(commit, readme.path, readme.oid) if readme else Past(commit, "", "")


def _prepare(
    place: Place, readme: TreeFile | None, data: bytes | None, sizes: ImageSize, own: OwnAddresses
) -> Prepared | None:
    if readme is None or data is None:
        return None
    return prepare(
        data, blob=readme.oid, place=place, image_size=sizes, own=own, read=_read_as_project
    )


def _readme_text(place: Place, data: bytes | None) -> ReadmeText | None:
    found = read_source(data, place, None) if data is not None else None
    if found is None:
        return None
    source, _ = found
    return ReadmeText(source.path, source.body, source.body_line, source.front_matter)


def read_facts(
    reader: Reader, files: Sequence[TreeFile], readme: ReadmeText | None, *, git: GitFacts
) -> tuple[Fact, ...]:
    """What the files, the README and Git tell of a project; no address of a person among it."""
    by_path = {file.path: file for file in files}

    def read(path: str) -> str | None:
        data = reader.read(by_path[path].oid, limit=_FACT_BYTES) if path in by_path else None
        decoded = decode(data, path=path) if data is not None else None
        return hide_secrets(decoded.text) if decoded and not decoded.is_binary else None

    found = project_facts(tree=list(by_path), read=read, readme=readme, git=git)
    return tuple(replace(fact, value=hide_in_name(fact.value)) for fact in found)


def own_addresses(repository: Repository, facts: Iterable[Fact]) -> OwnAddresses:
    """The addresses of a repository: where it is from, and where what it makes runs."""
    own = (fact.value for fact in facts if fact.name in _OWN)
    return OwnAddresses.of(repository.origin, *own)


def _known_as(repository: Repository, reading: Reading, facts: Sequence[Fact]) -> Reading:
    """A project under the title and summary found for it, unless its owner says otherwise."""
    found = {fact.name: fact.value for fact in reversed(facts)}
    said = said_of(repository)
    built_with = {fact.value for fact in facts if fact.name is FactName.TECHNOLOGY}
    return replace(
        reading,
        kind=Project.name,
        title=hide_in_name(
            said.get("title") or found.get(FactName.TITLE) or reading.title or repository.name
        ),
        summary=hide_in_name(said.get("summary", found.get(FactName.SUMMARY) or reading.summary)),
        topics={**dict.fromkeys(sorted(built_with), _BUILT_WITH), **reading.topics},
    )


def _read_as_project(source: Source) -> Reading:
    """A README read for the project; its title stays empty when nobody wrote one."""
    reading = read_writing(source, kind=Project.name)
    return replace(reading, title=source.said("title") or reading.rendered.title)


def _bare() -> Reading:
    """The entry of a repository that says nothing about itself."""
    return Reading(kind=Project.name, title="", summary="", rendered=Rendered(html=""))


def shown_readme(repository: Repository) -> str | None:
    """The path of the README that the project's page shows, empty for none; None: no page yet."""
    page = Entry.objects.filter(repository=repository, path="", part="", withdrawn_at=None)
    return page.values_list("current__path", flat=True).first()


def needs_publishing(*, readme: TreeFile | None, touched: Iterable[TreeFile], other: bool) -> bool:
    """Whether anything that the project's page shows may have changed.

    ``other`` says that there are other files than before, that its page shows another README, or
    that it is read for the first time.
    """
    return other or any(file is readme or tells_facts(file.path) for file in touched)
