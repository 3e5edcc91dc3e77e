"""The facts of one project, from its paths, its files, its README and Git."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from nexus.library.facts.addresses import address_facts
from nexus.library.facts.checks import ci_facts, is_sign, tests_fact
from nexus.library.facts.fact import REPEATED, Fact, FactName, GitFacts, ReadmeText
from nexus.library.facts.ideas import idea_fact, title_of_idea
from nexus.library.facts.licensing import licence_fact
from nexus.library.facts.looking_for import looking_for_facts
from nexus.library.facts.manifest_words import (
    DOMAIN_FILES,
    description_fact,
    homepage_facts,
    name_fact,
)
from nexus.library.facts.manifests.base import ManifestReading
from nexus.library.facts.manifests.registry import ReadText, read_manifests, reader_of
from nexus.library.facts.page import MAX_README, Page, page_of
from nexus.library.facts.readme_states import readme_state_fact
from nexus.library.facts.summaries import summary_fact
from nexus.library.facts.technologies import technology_facts
from nexus.library.facts.titles import generic_title_fact, title_fact
from nexus.library.facts.tracks import track_fact
from nexus.library.facts.trees import is_own, own_files
from nexus.library.kinds.writing import is_readme
from nexus.library.licences import LICENCE_FILE
from nexus.library.topics.catalogue import catalogue

#: So many paths of a repository are looked at.
MAX_FILES = 50_000
#: READMEs of folders at the root tell of parts of the project; so many are read.
MAX_INNER_READMES = 4
#: Folders of a nexus repository whose READMEs tell of something else.
_OTHER_ROOMS = ("projects/", "code-snippets/", "documentation/", "resources/", "collaboration/")
_INNER_README = re.compile(r"[^/]+/readme\.md", re.IGNORECASE)


def tells_facts(path: str) -> bool:
    """Whether facts may change when the file at ``path`` comes, goes or is changed.

    Only the shares of languages, and folders called after a track, are told by other files too.
    """
    name = path.rpartition("/")[2]
    return is_own(path) and (
        reader_of(path) is not None
        or (is_readme(name) and path.count("/") <= 1)
        or LICENCE_FILE.fullmatch(name) is not None
        or catalogue().of_file(name) is not None
        or is_sign(path)
        or path in DOMAIN_FILES
    )


@dataclass(frozen=True, slots=True)
class _Project:
    """All that facts are made from."""

    files: Sequence[str]
    read: ReadText
    page: Page | None
    pages: Sequence[Page]
    manifests: Sequence[tuple[str, str, ManifestReading]]
    git: GitFacts


def project_facts(
    *, tree: Sequence[str], read: ReadText, readme: ReadmeText | None, git: GitFacts
) -> tuple[Fact, ...]:
    """The facts of a project, in the order of ``FactName``; of each name the best first.

    ``tree`` are the paths of all files. ``read`` gives the decoded text of a path, or None for
    what is no text or too large; it is asked for a bounded number of files (manifests, licences,
    frames of tests, READMEs of folders at the root). Facts of a name that is not in ``REPEATED``
    stand at most once. Never raises, whatever the files hold.
    """
    files = own_files(tree[:MAX_FILES])
    page = page_of(readme) if readme else None
    inner = _inner_pages(files, read, readme)
    project = _Project(
        files=files,
        read=read,
        page=page,
        pages=[page, *inner] if page else inner,
        manifests=list(read_manifests(files, read)),
        git=git,
    )
    return _ordered(_facts(project))


def _facts(project: _Project) -> Iterator[Fact | None]:
    """Every fact found, the best of its name first."""
    idea = next((fact for page in project.pages if (fact := idea_fact(page))), None)
    yield idea
    yield from _titles(project, idea)
    yield from _summaries(project)
    technologies = list(technology_facts(project.files, project.manifests, project.pages))
    yield from technologies
    track = track_fact(project.files, technologies, project.pages)
    yield track
    yield from homepage_facts(project.manifests, project.files, project.read, project.git)
    yield from address_facts(project.pages, project.git, track=track.value if track else "")
    yield licence_fact(
        files=project.files,
        read=project.read,
        manifests=project.manifests,
        pages=project.pages,
    )
    yield tests_fact(project.files, project.read)
    yield from ci_facts(project.files)
    yield readme_state_fact(project.page)
    for page in project.pages[:1]:
        yield from looking_for_facts(page)


def _titles(project: _Project, idea: Fact | None) -> Iterator[Fact | None]:
    """What it is called: by its README, by its idea, by its manifests, by its first heading."""
    if project.page:
        yield title_fact(project.page)
    if idea and (title := title_of_idea(idea.value)):
        yield Fact(FactName.TITLE, title, idea.source, idea.line, is_guess=True)
    yield name_fact(project.manifests)
    if project.page:
        yield generic_title_fact(project.page)


def _summaries(project: _Project) -> Iterator[Fact | None]:
    if project.page:
        yield summary_fact(project.page)
    yield description_fact(project.manifests)


def _inner_pages(files: Sequence[str], read: ReadText, readme: ReadmeText | None) -> list[Page]:
    """The READMEs of folders at the root, such as ``backend/`` and ``frontend/``."""
    paths = [
        path
        for path in files
        if _INNER_README.fullmatch(path)
        and not path.startswith(_OTHER_ROOMS)
        and (readme is None or path != readme.path)
    ]
    texts = ((path, read(path)) for path in paths[:MAX_INNER_READMES])
    return [page_of(ReadmeText(path, text[:MAX_README])) for path, text in texts if text]


def _ordered(found: Iterator[Fact | None]) -> tuple[Fact, ...]:
    """Facts by name, each said once, and one only where there can be only one."""
    kept: dict[FactName, dict[str, Fact]] = {name: {} for name in FactName}
    for fact in found:
        if fact and fact.value and (fact.name in REPEATED or not kept[fact.name]):
            kept[fact.name].setdefault(fact.value, fact)
    return tuple(fact for facts in kept.values() for fact in facts.values())
