"""Looking at a repository as a whole when a revision was indexed.

What a page links to may come or go with another file, so more than the files that changed may
have to be looked at again. What is needed for that was kept when each page was made; no file is
read anew.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from nexus.library.checking.advice import CHECK_CODES, LINK_CODES
from nexus.library.checking.links import (
    Page,
    Surroundings,
    ids_of,
    link_problems,
    pages_asked_for_parts,
)
from nexus.library.checking.own_host import OwnHost
from nexus.library.checking.tree import Tree, tree_of
from nexus.library.checking.whole import project_problems, secret_file_problems
from nexus.library.facts.fact import Fact, FactName
from nexus.library.models import Entry, FileProblem
from nexus.library.problems import Problem
from nexus.library.rendering.page import Link
from nexus.library.selectors import facts_of
from nexus.library.services import publishing
from nexus.repositories.git.reading import TreeFile

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from nexus.repositories.models import Repository

#: More files than this are not asked for by name: all pages are looked at.
MOST_NAMED = 400

Anchors = dict[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Changed:
    """What is another than at the last look.

    ``paths`` are the files that are read anew. ``is_all`` says that any page may be concerned:
    it is the first look, or files that others may link to went.
    """

    paths: Collection[str]
    is_all: bool = False

    @property
    def is_much(self) -> bool:
        """Whether all pages are looked at again."""
        return self.is_all or len(self.paths) > MOST_NAMED


def anchors_before(repository: Repository, changed: Changed) -> Anchors:
    """The headings of the pages that are about to be made anew, for ``check_revision``."""
    return {} if changed.is_much else _anchors(repository, changed.paths)


def check_revision(
    repository: Repository,
    *,
    files: Sequence[TreeFile],
    secrets: Iterable[str],
    changed: Changed,
    before: Anchors,
) -> None:
    """Write what is wrong with the whole repository, now that every page is made.

    ``files`` are all of the commit, none when they are too many to be known; then links are not
    judged. ``secrets`` are the paths of those that were committed by mistake.
    """
    named = None if _concerns_all(repository, changed, before) else _named(repository, changed)
    pages = list(_pages(_living(repository, named))) if files else []
    around = _surroundings(repository, files, pages)
    publishing.write_checks(
        repository,
        chain(secret_file_problems(secrets), _of_project(repository, around.tree)),
        codes=CHECK_CODES - LINK_CODES,
    )
    publishing.write_checks(
        repository,
        (problem for page in pages for problem in link_problems(page, around)),
        codes=LINK_CODES,
        paths=named,
    )


def _concerns_all(repository: Repository, changed: Changed, before: Anchors) -> bool:
    if changed.is_much:
        return True
    now = _anchors(repository, before)
    return any(anchors - now.get(path, frozenset()) for path, anchors in before.items())


def _named(repository: Repository, changed: Changed) -> frozenset[str] | None:
    """The files to look at: what changed and, as they may be mended, those with bad links."""
    bad = FileProblem.objects.filter(repository=repository, code__in=LINK_CODES)
    named = frozenset(changed.paths) | frozenset(bad.values_list("path", flat=True).distinct())
    return named if len(named) <= MOST_NAMED else None


def _living(repository: Repository, named: Iterable[str] | None) -> QuerySet[Entry]:
    """The pages that people wrote, all or those made of the named files."""
    entries = Entry.objects.filter(repository=repository, withdrawn_at=None, part="")
    if named is not None:
        entries = entries.filter(current__path__in=list(named))
    return entries.exclude(kind="contract")


def _anchors(repository: Repository, paths: Iterable[str]) -> Anchors:
    rows = _living(repository, paths).values_list("current__path", "rendering__headings")
    return {path: frozenset(one["anchor"] for one in headings or ()) for path, headings in rows}


def _pages(entries: QuerySet[Entry]) -> Iterator[Page]:
    rows = entries.exclude(rendering__links=[]).values_list("current__path", "rendering__links")
    for path, kept in rows.iterator(chunk_size=500):
        links: list[Link] = []
        pictures: list[Link] = []
        for one in kept or ():
            found = pictures if one.get("picture") else links
            found.append(Link(one["target"], one["text"], one["line"]))
        yield Page(path, links, pictures)


def _surroundings(
    repository: Repository, files: Iterable[TreeFile], pages: Iterable[Page]
) -> Surroundings:
    tree = tree_of(files)
    own = OwnHost.of(repository.origin, repository.branch)
    bare = Surroundings(tree, own=own)
    asked = {path for page in pages for path in pages_asked_for_parts(page, bare)}
    return Surroundings(tree, _ids(repository, sorted(asked)).get, own)


def _ids(repository: Repository, paths: Sequence[str]) -> Anchors:
    """The parts of these pages; read out of the pages themselves, a few at a time."""
    found: Anchors = {}
    for start in range(0, len(paths), MOST_NAMED):
        some = paths[start : start + MOST_NAMED]
        rows = _living(repository, some).values_list("current__path", "rendering__html")
        found |= {path: ids_of(html) for path, html in rows.iterator(chunk_size=100)}
    return found


def _of_project(repository: Repository, tree: Tree) -> Iterable[Problem]:
    """What the project lacks; what somebody writes here entry by entry is no such project."""
    if repository.kind == repository.Kind.HOSTED:
        return ()
    known = {name.value for name in FactName}
    facts = [
        Fact(FactName(row.name), row.value, row.source, row.line)
        for row in facts_of(repository)
        if row.name in known
    ]
    return project_problems(facts, tree.files)
