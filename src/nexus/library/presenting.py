"""What pages show of entries, repositories and cohorts: small plain objects for templates."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import lru_cache, partial
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlencode

from django.utils import timezone

from nexus.kernel.routes import route
from nexus.library.addresses import entry_address, repository_base
from nexus.library.advice import advice_on
from nexus.library.checking.advice import PAST_CODE
from nexus.library.discretion import hide_in_name
from nexus.library.kinds.registry import KINDS
from nexus.library.telling_apart import tell_apart
from nexus.library.topics.catalogue import catalogue

if TYPE_CHECKING:
    from nexus.cohorts.models import Cohort
    from nexus.library.models import Entry, FileProblem
    from nexus.library.selectors.around import Neighbour
    from nexus.people.models import Person
    from nexus.repositories.models import Repository

WEEKS = 26
#: What can be searched for by kind: entries, and code files that are none.
FINDABLE = (*KINDS, "file")
#: How it stands with a repository, in words.
STATE_WORDS = {
    "new": "not read yet",
    "ready": "up to date",
    "empty": "empty",
    "trouble": "could not be read",
    "running": "being read",
}


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody who has no page here: a name out of Git."""

    name: str
    handle: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A word that leads somewhere."""

    title: str
    address: str
    kind: str = ""
    count: int | None = None
    current: bool = False

    @property
    def name(self) -> str:
        """The same word, for templates that ask for a name."""
        return self.title

    @property
    def sha(self) -> str:
        """The same word, for templates that ask for a commit."""
        return self.title


@dataclass(frozen=True, slots=True)
class Section:
    """A group of links in the way around."""

    title: str
    links: Sequence[Link]


@dataclass(frozen=True, slots=True)
class Count:
    """How many entries of a kind, and where they are listed."""

    kind: str
    count: int
    address: str


@dataclass(frozen=True, slots=True)
class Share:
    """How much of a project is written in a language, 0 to 1."""

    name: str
    share: float


@dataclass(frozen=True, slots=True)
class Week:
    """How many versions were committed in the seven days from ``start``."""

    start: date
    count: int


@dataclass(frozen=True, slots=True)
class Card:
    """One entry in a list or a gallery."""

    kind: str
    title: str
    summary: str
    address: str
    person: Person | Named
    repository: Link
    updated_at: datetime
    languages: Sequence[Share] = field(default_factory=tuple)
    #: What tells it from another card with the same title and person; mostly empty.
    apart: str = ""
    #: In how many other repositories the same can be read.
    also: int = 0


@dataclass(frozen=True, slots=True)
class ProblemLine:
    """What is wrong with a file, in the words for its owner."""

    path: str
    line: int
    title: str
    message: str
    remedy: str
    address: str


def card_of(entry: Entry, languages: Sequence[Share] = (), also: int = 0) -> Card:
    """An entry as a card; its repository, cohort and owner must be loaded."""
    repository = entry.repository
    base = repository_base(repository.cohort.slug, repository.slug)
    return Card(
        kind=entry.kind,
        title=entry.title,
        summary=entry.summary,
        address=entry_address(repository.cohort.slug, repository.slug, entry.path, entry.part),
        person=repository.owner,
        repository=Link(hide_in_name(repository.name), f"{base}/"),
        updated_at=entry.changed_at,
        languages=languages,
        also=also,
    )


def told_apart(cards: Iterable[Card]) -> list[Card]:
    """The same cards; those that look like others of the list say where they are.

    They say no more of it than is needed: mostly the name of the file.
    """
    listed = list(cards)
    marks = tell_apart(
        listed,
        look=lambda card: (card.title.casefold(), card.person.name),
        by=[*(partial(_end_of_place, parts) for parts in (1, 2, 3)), _place_of],
    )
    return [replace(card, apart=mark) for card, mark in zip(listed, marks, strict=True)]


def _place_of(card: Card) -> str:
    return unquote(card.address).removeprefix("/c/").rstrip("/")


def _end_of_place(parts: int, card: Card) -> str:
    return "/".join(_place_of(card).split("/")[-parts:])


def counts_of(kinds: Mapping[str, int], **filters: str) -> list[Count]:
    """Counts in the order of the registry, each leading to a search with ``filters``."""
    return [
        Count(kind, kinds[kind], search_address(kind=kind, **filters))
        for kind in KINDS
        if kinds.get(kind)
    ]


def search_address(**filters: str) -> str:
    """A search that only filters."""
    return _search_address(*filters.items())


@lru_cache(maxsize=4_096)
def _search_address(*filters: tuple[str, str]) -> str:
    """The same: every page of a repository has those of its kinds."""
    return f"{route('search')}?{urlencode(filters)}"


def weeks_from(counts: Mapping[date, int]) -> list[Week]:
    """The latest 26 weeks, oldest first, from counts by the Monday on which a week begins."""
    today = timezone.now().date()
    monday = today - timedelta(days=today.weekday())
    starts = (monday - timedelta(weeks=WEEKS - 1 - week) for week in range(WEEKS))
    return [Week(start, counts.get(start, 0)) for start in starts]


def shares_of(bytes_by_language: Mapping[str, int]) -> list[Share]:
    """Languages by their share of the bytes, the greatest first."""
    total = sum(bytes_by_language.values())
    ordered = sorted(bytes_by_language.items(), key=lambda item: (-item[1], item[0]))
    return [Share(name, size / total) for name, size in ordered if total]


def crumbs_of(
    cohort: Cohort,
    repository: Repository | None = None,
    path: str = "",
    *,
    words: Callable[[str], str] = hide_in_name,
) -> list[Link]:
    """Where a page is: cohort, repository, folders, file; ``words`` makes names discreet."""
    crumbs = [Link(cohort.name, route("cohort", cohort.slug))]
    if repository is None:
        return crumbs
    crumbs.append(Link(words(repository.name), entry_address(cohort.slug, repository.slug, "")))
    parts = [part for part in path.split("/") if part]
    for depth, part in enumerate(parts, 1):
        below = "/".join(parts[:depth])
        crumbs.append(Link(words(part), entry_address(cohort.slug, repository.slug, below)))
    return crumbs


def cohort_rooms(cohort: Cohort, *, current: str = "") -> Section:
    """The way around a cohort."""
    return _cohort_rooms(cohort.slug, cohort.name, current)


@lru_cache(maxsize=1_024)
def _cohort_rooms(slug: str, title: str, current: str) -> Section:
    """The same, made once: every page in the cohort has it."""
    links = (
        ("overview", "Overview", "home", route("cohort", slug)),
        ("week", "This week", "clock", route("cohort-week", slug)),
        ("projects", "Projects", "project", route("cohort-projects", slug)),
        ("challenges", "Challenges", "challenge", route("cohort-challenges", slug)),
        ("resources", "Resources", "resource", route("cohort-resources", slug)),
        ("topics", "Topics", "topic", route("cohort-topics", slug)),
        ("people", "People", "people", route("cohort-people", slug)),
        ("repositories", "Repositories", "repository", route("cohort-repositories", slug)),
        ("search", "Search here", "search", search_address(cohort=slug)),
    )
    return Section(
        title,
        tuple(Link(words, to, kind, current=current == key) for key, words, kind, to in links),
    )


def repository_rooms(
    repository: Repository,
    kinds: Mapping[str, int],
    *,
    current: str = "",
    proposals: int | None = None,
) -> Section:
    """The way around a repository: its page, its kinds of entries, its files, its state.

    ``proposals`` is how many wait for the reader's answer; None when they answer none here.
    """
    cohort = repository.cohort.slug
    base = repository_base(cohort, repository.slug)
    whole = f"{cohort}/{repository.slug}"
    links = [Link("Project", f"{base}/", "project", current=current == "project")]
    links += [
        Link(
            KINDS[kind].plural.capitalize(),
            search_address(kind=kind, repository=whole),
            kind,
            count=count,
        )
        for kind, count in kinds.items()
        if kind in KINDS and (kind != "project" or count > 1)
    ]
    links.append(Link("Files", f"{base}/-/files/", "folder", current=current == "files"))
    if proposals is not None:
        here = current == "proposals"
        address = f"{base}/-/proposals"
        links.append(Link("Proposals", address, "compare", count=proposals or None, current=here))
    links.append(Link("Status", f"{base}/-/status", "sync", current=current == "status"))
    return Section(hide_in_name(repository.name), links)


def folder_rooms(repository: Repository, near: Iterable[Neighbour], entry: Entry | None) -> Section:
    """What lies beside an entry, to leaf through a folder."""
    here = entry.pk if entry is not None else 0
    return Section(
        "In this folder",
        [
            Link(
                one.title,
                entry_address(repository.cohort.slug, repository.slug, one.path),
                one.kind,
                current=one.pk == here,
            )
            for one in near
        ],
    )


def problem_lines(
    problems: Iterable[FileProblem],
    repository: Repository,
    *,
    words: Callable[[str], str] = hide_in_name,
) -> list[ProblemLine]:
    """Problems with their advice, each leading to its line; ``words`` makes names discreet.

    A line of an old state of a file stands nowhere now: it leads to the file's history.
    """
    base = repository_base(repository.cohort.slug, repository.slug)
    lines = []
    for problem in problems:
        advice = advice_on(problem.code)
        is_past = problem.code == PAST_CODE
        anchor = f"#L{problem.line}" if problem.line and not is_past else ""
        address = entry_address(repository.cohort.slug, repository.slug, problem.path)
        source = address.replace(f"{base}/", f"{base}/-/{'history' if is_past else 'source'}/", 1)
        lines.append(
            ProblemLine(
                path=words(problem.path),
                line=problem.line,
                title=advice.title,
                message=words(problem.message),
                remedy=advice.remedy,
                address=f"{source}{anchor}",
            )
        )
    return lines


def topic_links(slugs: Iterable[str], cohort: Cohort) -> list[Link]:
    """Topics by their names, each leading to its page in a cohort; unknown ones left out."""
    topics = catalogue().topics
    return [
        Link(topics[slug].name, route("cohort-topic", cohort.slug, slug), "topic")
        for slug in slugs
        if slug in topics
    ]


def hub_topic_links(slugs: Iterable[str]) -> list[Link]:
    """Topics by their names, each leading to its page over all cohorts; unknown ones left out."""
    topics = catalogue().topics
    return [
        Link(topics[slug].name, route("topic", slug), "topic") for slug in slugs if slug in topics
    ]
