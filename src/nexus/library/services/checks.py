"""Looking at a repository as a whole when a revision was indexed.

What a page links to may come or go with another file, so more than the files that changed may
have to be looked at again. What is needed for that was kept when each page was made; no file is
read anew.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from django.db.models import Q, TextField
from django.db.models.functions import Cast

from nexus.library.checking.advice import CHECK_CODES, LINK_CODES, NAME_CODES
from nexus.library.checking.links import (
    Page,
    Surroundings,
    ids_of,
    link_problems,
    pages_asked_for_parts,
)
from nexus.library.checking.own_host import OwnHost
from nexus.library.checking.tree import Paths, Tree
from nexus.library.checking.whole import (
    project_problems,
    secret_file_problems,
    secret_name_problems,
)
from nexus.library.facts.fact import Fact, FactName
from nexus.library.models import Entry, FileProblem
from nexus.library.problems import Problem
from nexus.library.rendering.page import Link
from nexus.library.selectors import facts_of
from nexus.library.services import publishing

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from nexus.repositories.models import Repository

#: More files than this are not asked for by name: all pages are looked at.
MOST_NAMED = 400

#: Names that nobody writes in another way into a link: no letter of theirs is ever encoded.
_SAID_PLAINLY = re.compile(r"[A-Za-z0-9._-]+")

#: What of each page can be linked to, by its path.
Parts = dict[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Changed:
    """What is another than at the last look.

    ``paths`` are the files that are read anew. ``is_all`` says that any page may be concerned:
    it is the first look, or files that others may link to went. ``only_contents`` says that no
    file came or went.
    """

    paths: Collection[str]
    is_all: bool = False
    only_contents: bool = False

    @property
    def is_much(self) -> bool:
        """Whether all pages are looked at again."""
        return self.is_all or len(self.paths) > MOST_NAMED


def parts_before(repository: Repository, changed: Changed) -> Parts:
    """The parts of the pages that are about to be made anew, for ``check_revision``."""
    return {} if changed.is_much else _parts(repository, list(changed.paths))


def check_revision(
    repository: Repository,
    *,
    paths: Paths | None,
    secrets: Iterable[str],
    changed: Changed,
    before: Parts,
) -> None:
    """Write what is wrong with the whole repository, now that every page is made.

    ``paths`` are those of the commit, None when they are too many to be known; then links are
    not judged. ``secrets`` are the paths of those that were committed by mistake.
    """
    named = None if _concerns_all(repository, changed, before) else _named(repository, changed)
    files = paths.files if paths else ()
    publishing.write_checks(
        repository,
        chain(
            secret_file_problems(secrets),
            secret_name_problems(map(publishing.storable, files)),
            _of_project(repository, files),
        ),
        codes=CHECK_CODES - LINK_CODES,
    )
    _check_links(repository, paths, named)


def check_contents(
    repository: Repository, *, paths: Paths | None, changed: Changed, before: Parts, project: bool
) -> None:
    """As ``check_revision``, when no file came or went: only some pages are concerned.

    ``project`` says that the project was read anew.
    """
    if project:
        publishing.write_checks(
            repository,
            _of_project(repository, paths.files if paths else ()),
            codes=CHECK_CODES - LINK_CODES - NAME_CODES,
        )
    _check_links(repository, paths, _concerned(repository, changed, before))


def _check_links(
    repository: Repository, paths: Paths | None, named: Collection[str] | None
) -> None:
    """Hold the links of the named pages, or of all of them, against what is there."""
    pages = list(_pages(_living(repository, named))) if paths else []
    around = _surroundings(repository, paths or Tree(()), pages)
    publishing.write_checks(
        repository,
        (problem for page in pages for problem in link_problems(page, around)),
        codes=LINK_CODES,
        paths=named,
    )


def _concerns_all(repository: Repository, changed: Changed, before: Parts) -> bool:
    if changed.is_much:
        return True
    now = _parts(repository, list(before))
    return any(parts - now.get(path, frozenset()) for path, parts in before.items())


def _named(repository: Repository, changed: Changed) -> frozenset[str] | None:
    """The files to look at: what changed and, as they may be mended, those with bad links."""
    bad = FileProblem.objects.filter(repository=repository, code__in=LINK_CODES)
    named = frozenset(changed.paths) | frozenset(bad.values_list("path", flat=True).distinct())
    return named if len(named) <= MOST_NAMED else None


def _concerned(repository: Repository, changed: Changed, before: Parts) -> frozenset[str] | None:
    """The files to look at when only contents changed; None for all.

    These are the ones that changed, and those that name a part of one whose parts are others now.
    """
    now = _parts(repository, list(changed.paths))
    others = [path for path in changed.paths if before.get(path) != now.get(path)]
    if not all(_SAID_PLAINLY.fullmatch(path.rpartition("/")[2]) for path in others):
        return None
    named = frozenset(changed.paths).union(*(_linking(repository, path) for path in others))
    return named if len(named) <= MOST_NAMED else None


def _linking(repository: Repository, path: str) -> Iterable[str]:
    """The pages that may name a part of the page at ``path``, by the words of their links."""
    name = path.rpartition("/")[2]
    links = _living(repository, None).annotate(kept=Cast("rendering__links", TextField()))
    naming = links.filter(Q(kept__contains=f"{name}#") | Q(kept__contains=f"{name}?"))
    return naming.values_list("current__path", flat=True)


def _living(repository: Repository, named: Iterable[str] | None) -> QuerySet[Entry]:
    """The pages that people wrote, all or those made of the named files."""
    entries = Entry.objects.filter(repository=repository, withdrawn_at=None, part="")
    if named is not None:
        paths = list(named)
        # The project's page lies at no path. An index has the paths of entries, not of versions.
        entries = entries.filter(path__in=[*paths, ""], current__path__in=paths)
    return entries.exclude(kind="contract")


def _pages(entries: QuerySet[Entry]) -> Iterator[Page]:
    rows = entries.exclude(rendering__links=[]).values_list("current__path", "rendering__links")
    for path, kept in rows.iterator(chunk_size=500):
        links: list[Link] = []
        pictures: list[Link] = []
        for one in kept or ():
            found = pictures if one.get("picture") else links
            found.append(Link(one["target"], one["text"], one["line"]))
        yield Page(path, links, pictures)


def _surroundings(repository: Repository, paths: Paths, pages: Iterable[Page]) -> Surroundings:
    own = OwnHost.of(repository.origin, repository.branch)
    bare = Surroundings(paths, own=own)
    asked = {path for page in pages for path in pages_asked_for_parts(page, bare)}
    return Surroundings(paths, _parts(repository, sorted(asked)).get, own)


def _parts(repository: Repository, paths: Sequence[str]) -> Parts:
    """The parts of these pages; read out of the pages themselves, a few at a time."""
    found: Parts = {}
    for start in range(0, len(paths), MOST_NAMED):
        some = paths[start : start + MOST_NAMED]
        rows = _living(repository, some).values_list("current__path", "rendering__html")
        found |= {path: ids_of(html or "") for path, html in rows.iterator(chunk_size=100)}
    return found


def _of_project(repository: Repository, files: Collection[str]) -> Iterable[Problem]:
    """What the project lacks; what somebody writes here entry by entry is no such project."""
    if repository.kind == repository.Kind.HOSTED:
        return ()
    known = {name.value for name in FactName}
    facts = [
        Fact(FactName(row.name), row.value, row.source, row.line)
        for row in facts_of(repository)
        if row.name in known
    ]
    return project_problems(facts, files)
