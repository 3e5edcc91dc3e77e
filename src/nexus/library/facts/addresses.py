"""Where a project runs, where its interface is described, and which addresses are another's."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from nexus.library.extraction.inline import links, plain
from nexus.library.extraction.outline import Block, BlockKind
from nexus.library.facts.fact import FROM_GIT, Fact, FactName, GitFacts
from nexus.library.facts.ownership import Ownership
from nexus.library.facts.page import Page
from nexus.library.facts.tracks import FRONTEND
from nexus.library.facts.web import Web, never_runs_projects, web_address
from nexus.library.facts.wordlists import has_any

#: So many addresses of one kind are kept.
MAX_KEPT = 4
#: So many links of one README are looked at.
MAX_LINKS = 300
#: What stands before a link and names it, in characters.
_LABEL = 80

_CLONE = re.compile(
    r"\bgit\s{1,4}clone\s{1,4}(?:(?:--?[\w=-]{1,30}|\d{1,9})\s{1,4}){0,4}"
    r"[\"'<]?([^\s\"'<>`]{8,300})"
)
#: A line of code that is nothing but the address of a repository: what to clone.
_BARE = re.compile(
    r"[ \t]{0,20}(https?://(?:github|gitlab)\.com/[\w.-]{1,100}/[\w.-]{1,100})/?[ \t]*"
)
_API_PATH = re.compile(
    r"/(?:(?:swagger(?:-ui)?|redoc|api[-/]?docs?|openapi(?:\.json|\.ya?ml)?|graphi?ql)(?:[/#?.]|\Z)"
    r"|(?:docs|schema)/?\Z)",
    re.IGNORECASE,
)
_OWN_PAGES = re.compile(
    r"/(?:issues|pulls?|actions|releases|stargazers|network|forks?|discussions)/?\Z"
)


@dataclass(frozen=True, slots=True)
class Sighting:
    """An address in a README, with the words before it and the heading above it."""

    web: Web
    line: int
    label: str = ""
    heading: str = ""
    section: int = 0
    is_image: bool = False
    is_clone: bool = False

    @property
    def words(self) -> str:
        """All that names it."""
        return f"{self.label} | {self.heading}"

    @property
    def is_of_counterpart(self) -> bool:
        """Whether it is meant to be somebody else's: a partner's, a source's."""
        return has_any(self.words, "partner_words") or has_any(self.words, "side_words")

    @property
    def claims_to_be_own(self) -> bool:
        """Whether it stands where only a project's own repository should."""
        if self.is_of_counterpart and not self.is_clone:
            return False
        if self.is_clone or self.is_image or _OWN_PAGES.search(self.web.path):
            return True
        # "GitHub: …/ada" leads to a person, who may have several names there.
        return bool(
            self.web.is_code_host
            and self.web.repository
            and has_any(self.label, "repository_words")
        )


def address_facts(pages: Sequence[Page], git: GitFacts, *, track: str = "") -> Iterator[Fact]:
    """What the READMEs say of addresses, and what Git says of the repository's own.

    A frontend (``track``) does not run where it says that its backend is.
    """
    owner = Ownership(git)
    seen = {page.path: list(sightings(page)) for page in pages}
    yield from _repository(seen, owner)
    foreign = foreign_sightings(seen, owner)
    taken = {sighting.web.key for _, sighting in foreign}
    own = [
        (path, sighting)
        for path, found in seen.items()
        for sighting in found
        if sighting.web.key not in taken
    ]
    own = [pair for pair in own if not owner.is_others(pair[1].web)]
    api = [pair for pair in own if _is_api(pair[1])]
    yield from _distinct(FactName.API_ADDRESS, api)
    live = [pair for pair in own if pair not in api and _is_own_place(pair[1], owner)]
    if track == FRONTEND:
        live = [pair for pair in live if not _is_backend(pair[1])]
    yield from _distinct(FactName.LIVE_ADDRESS, _one_a_host(sorted(live, key=_app_before_api)))
    yield from _distinct(FactName.FOREIGN_ADDRESS, foreign, limit=MAX_LINKS)


def foreign_addresses(pages: Sequence[Page], git: GitFacts) -> tuple[Fact, ...]:
    """The addresses that stand as the project's own but belong to another owner or repository.

    They come into a README with the text of a fork or of a neighbour's README. Each is a fact
    ``foreign_address`` with its line.
    """
    seen = {page.path: list(sightings(page)) for page in pages}
    found = foreign_sightings(seen, Ownership(git))
    return tuple(_distinct(FactName.FOREIGN_ADDRESS, found, limit=MAX_LINKS))


def foreign_sightings(
    seen: Mapping[str, Sequence[Sighting]], owner: Ownership
) -> list[tuple[str, Sighting]]:
    """Which sightings are another's: repositories that claim to be this one, what runs there."""
    every = [(path, sighting) for path, found in seen.items() for sighting in found]
    claims = [found for _, found in every if found.claims_to_be_own]
    strangers = list(_claims_of_others(claims, owner))
    others = set(map(id, strangers))
    is_copied = not any(owner.is_ours(claim.web) for claim in claims) and any(
        claim.is_clone or owner.is_this_repository(claim.web) for claim in strangers
    )
    beside = _beside_partners(every, owner)
    return [
        (path, sighting)
        for path, sighting in every
        if id(sighting) in others
        or ((is_copied or sighting.web.key in beside) and _shows_the_project(sighting))
    ]


def _claims_of_others(claims: Sequence[Sighting], owner: Ownership) -> Iterator[Sighting]:
    """Repositories of others that stand as this one. Tools that are cloned too do not count."""
    has_own_clone = any(claim.is_clone and owner.is_ours(claim.web) for claim in claims)
    for claim in claims:
        if owner.is_others(claim.web):
            is_namesake = owner.is_this_repository(claim.web)
            if is_namesake or not (claim.is_clone and has_own_clone):
                yield claim


def sightings(page: Page) -> Iterator[Sighting]:
    """The web addresses of a page in order, a bounded number of them."""
    found = 0
    heading, section = "", 0
    for block in page.outline.blocks:
        if block.kind is BlockKind.HEADING:
            heading, section = block.text, section + 1
        for sighting in _in_block(block, heading, section):
            yield sighting
            found += 1
            if found >= MAX_LINKS:
                return


def _in_block(block: Block, heading: str, section: int) -> Iterator[Sighting]:
    if block.kind is BlockKind.FENCE:
        yield from _clones(block.text, block.line + 1, heading, section)
        return
    if block.kind is BlockKind.TABLE:
        lines = [
            (" | ".join(row), line) for row, line in zip(block.rows, block.row_lines, strict=False)
        ]
    else:
        lines = [(text, block.line + at) for at, text in enumerate(block.text.split("\n"))]
    for text, line in lines:
        if "://" not in text:
            continue
        yield from _clones(text, line, heading, section)
        yield from _links(text, line, heading, section)


def _clones(text: str, line: int, heading: str, section: int) -> Iterator[Sighting]:
    is_entered = "\ncd " in text  # then an address alone was meant to be cloned
    for at, row in enumerate(text.split("\n")):
        match = _CLONE.search(row) if "clone" in row else None
        match = match or (_BARE.fullmatch(row) if is_entered else None)
        if match and (web := web_address(_over_https(match[1]))):
            yield Sighting(web, line + at, "git clone", heading, section, is_clone=True)


def _over_https(remote: str) -> str:
    return re.sub(r"\Agit@([\w.-]{1,100}):", r"https://\1/", remote)


def _links(text: str, line: int, heading: str, section: int) -> Iterator[Sighting]:
    reached = 0
    for link in links(text):
        before = plain(text[max(reached, link.start - _LABEL) : link.start])
        label = link.text if link.text and "://" not in link.text else before
        if web := web_address(link.target):
            words = f"{before} {label}" if label is not before else label
            yield Sighting(web, line, words, heading, section, is_image=link.is_image)
        reached = link.end


def _shows_the_project(sighting: Sighting) -> bool:
    return _is_live(sighting) or _is_api(sighting)


def _may_run(sighting: Sighting) -> bool:
    """Whether an address can be the place where somebody's project runs."""
    web = sighting.web
    if sighting.is_image or sighting.is_clone or web.is_code_host:
        return False
    return not never_runs_projects(web.host)


def _is_live(sighting: Sighting) -> bool:
    """Whether somebody can go there and see the project run."""
    if not _may_run(sighting) or _is_of_person(sighting):
        return False
    if has_any(sighting.label, "partner_words"):
        return False
    if has_any(sighting.label, "documentation_words") and not has_any(sighting.label, "live_words"):
        return False
    return sighting.web.runs_apps or has_any(sighting.words, "live_words")


def _is_of_person(sighting: Sighting) -> bool:
    """Whether an address is somebody's page; under "Contact" the words before it may deny that."""
    if has_any(sighting.label, "person_words"):
        return True
    is_among_people = has_any(sighting.heading, "person_words")
    return is_among_people and not has_any(sighting.label, "running_words")


def _is_own_place(sighting: Sighting, owner: Ownership) -> bool:
    """Whether the project runs there: on pages below the owner's name nothing need say so."""
    is_page = bool(sighting.web.owner) and not sighting.is_image and owner.is_ours(sighting.web)
    return _is_live(sighting) or (is_page and _may_run(sighting))


def _is_api(sighting: Sighting) -> bool:
    """Whether the interface is described there."""
    if sighting.web.host == "documenter.getpostman.com":
        return True
    if not _may_run(sighting) or not _API_PATH.search(sighting.web.path):
        return False
    return sighting.web.runs_apps or has_any(sighting.label, "api_words")


def _beside_partners(every: Iterable[tuple[str, Sighting]], owner: Ownership) -> set[str]:
    """The addresses, by key, that some section names together with a partner's repository."""
    every = tuple(every)
    sections = {(path, one.section) for path, one in every if _is_of_partner(one, owner)}
    return {one.web.key for path, one in every if (path, one.section) in sections}


def _is_of_partner(sighting: Sighting, owner: Ownership) -> bool:
    web = sighting.web
    if not (web.is_code_host and web.repository and owner.is_others(web)):
        return False
    is_called_so = has_any(sighting.label, "repository_words") or owner.is_this_repository(web)
    return is_called_so and sighting.is_of_counterpart


def _one_a_host(found: Iterable[tuple[str, Sighting]]) -> Iterator[tuple[str, Sighting]]:
    """The first address on each host: ``/admin/`` is no second place where a project runs."""
    known: set[str] = set()
    for path, sighting in found:
        if sighting.web.host not in known:
            known.add(sighting.web.host)
            yield path, sighting


def _app_before_api(pair: tuple[str, Sighting]) -> bool:
    return _is_backend(pair[1])


def _is_backend(sighting: Sighting) -> bool:
    """Whether programs call it rather than people."""
    return has_any(sighting.label, "backend_words")


def _repository(seen: Mapping[str, Sequence[Sighting]], owner: Ownership) -> Iterator[Fact]:
    """The address of the repository: Git knows it, or a clone command tells."""
    if owner.origin:
        yield Fact(FactName.REPOSITORY_ADDRESS, owner.origin.address, FROM_GIT)
        return
    for path, found in seen.items():
        for sighting in found:
            if sighting.is_clone and sighting.web.repository:
                address = sighting.web.address.removesuffix(".git")
                yield Fact(FactName.REPOSITORY_ADDRESS, address, path, sighting.line, is_guess=True)
                return


def _distinct(
    name: FactName, found: Iterable[tuple[str, Sighting]], *, limit: int = MAX_KEPT
) -> Iterator[Fact]:
    """Each address once, where it was seen first."""
    known: set[str] = set()
    for path, sighting in found:
        if sighting.web.key not in known and len(known) < limit:
            known.add(sighting.web.key)
            yield Fact(name, sighting.web.address, path, sighting.line, is_guess=True)
