"""What the lists of a cohort show of a project, a challenge and a resource."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import quote

from nexus.library import selectors
from nexus.library.addresses import entry_address, repository_base
from nexus.library.discretion import discreet_path, hide_in_name
from nexus.library.facts.fact import FactName
from nexus.library.presenting import Card, Link, Named, card_of, told_apart, topic_links
from nexus.library.topics.catalogue import catalogue

if TYPE_CHECKING:
    from nexus.library.models import Entry, Resource
    from nexus.library.selectors import Told
    from nexus.people.models import Person

TOPICS_SHOWN = 4
TECHNOLOGIES_SHOWN = 6
#: Less than so many characters say nothing of a resource.
LEAST_SAID = 12
#: Words that are nothing but an address: a host, and a path on it.
_ADDRESS = re.compile(r"(?:https?://)?[\w-]+(?:\.[\w-]+)+(?:/\S*)?", re.IGNORECASE)
#: What stands between a link and the words that explain it: dashes, bullets, little pictures.
#: Not what words begin with: brackets, quotation marks, ``¿``, ``$``, the dot of ``.NET``.
_AROUND = re.compile(r"^(?:(?![./]\w)[^\w(\[“”„\"'«‹‘‚「『《〈【（¿¡$€£`@#])+|[\s\-–—:,;*|]+$")
#: Whose work a project is, in words.
TRACKS: Mapping[str, str] = {
    "backend": "Backend",
    "frontend": "Frontend",
    "both": "Both sides",
}
#: Whom a project looks for, in words that follow "Looking for".
SOUGHT: Mapping[str, str] = {
    "frontend": "a frontend",
    "backend": "a backend",
    "mobile": "a mobile app",
    "design": "design",
    "review": "reviews",
    "mentor": "a mentor",
    "anyone": "anybody",
}
#: What a look at a resource found, when it is worth a word: its tone and the word.
STATES: Mapping[str, tuple[str, str]] = {
    "moved": ("care", "has moved"),
    "gone": ("bad", "is gone"),
    "silent": ("care", "does not answer"),
}


@dataclass(frozen=True, slots=True)
class ProjectCard:
    """A project in the gallery: its card, and what is known of it."""

    card: Card
    track: str = ""
    technologies: Sequence[str] = ()
    more_technologies: int = 0
    sought: Sequence[str] = ()
    live_address: str = ""
    live_host: str = ""


@dataclass(frozen=True, slots=True)
class ChallengeCard:
    """A challenge, told so that one reads how it was solved."""

    title: str
    address: str
    person: Person
    repository: Link
    updated_at: datetime
    problem: str = ""
    action: str = ""
    result: str = ""
    summary: str = ""
    topics: Sequence[Link] = field(default_factory=tuple)
    #: In how many other repositories the same is told.
    also: int = 0


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody recommends a resource."""

    person: Named
    title: str
    address: str
    line: int
    line_address: str


@dataclass(frozen=True, slots=True)
class ResourceCard:
    """A resource with who recommends it and where."""

    title: str
    address: str
    host: str
    words: str
    recommended: int
    places: Sequence[Place]
    #: Recommendations that are not shown.
    more: int = 0
    tone: str = ""
    state: str = ""
    moved_to: str = ""


def project_cards(projects: Iterable[Entry]) -> list[ProjectCard]:
    """Projects with what is known of them: one query."""
    found = list(projects)
    facts = selectors.facts_shown([project.pk for project in found])
    cards = told_apart(card_of(project) for project in found)
    return [
        _project_card(card, facts.get(project.pk, ()))
        for card, project in zip(cards, found, strict=True)
    ]


def _project_card(card: Card, facts: Sequence[tuple[str, str]]) -> ProjectCard:
    values: dict[str, list[str]] = {}
    for name, value in facts:
        values.setdefault(name, []).append(value)
    topics = catalogue().topics
    technologies = [
        topics[slug].name for slug in values.get(FactName.TECHNOLOGY, ()) if slug in topics
    ]
    live = _shown_address(next(iter(values.get(FactName.LIVE_ADDRESS, ())), ""))
    return ProjectCard(
        card=card,
        track=TRACKS.get(next(iter(values.get(FactName.TRACK, ())), ""), ""),
        technologies=technologies[:TECHNOLOGIES_SHOWN],
        more_technologies=max(len(technologies) - TECHNOLOGIES_SHOWN, 0),
        sought=[SOUGHT[one] for one in values.get(FactName.LOOKING_FOR, ()) if one in SOUGHT],
        live_address=live,
        live_host=live.partition("//")[2].partition("/")[0],
    )


def _shown_address(address: str) -> str:
    """The address, if it leads somewhere and names nobody; a masked one would lead nowhere."""
    is_fit = address.startswith(("https://", "http://")) and hide_in_name(address) == address
    return address if is_fit else ""


def challenge_cards(challenges: Iterable[Entry]) -> list[ChallengeCard]:
    """Challenges with their topics and their copies: two queries."""
    found = list(challenges)
    keys = [challenge.pk for challenge in found]
    topics, copies = selectors.topics_of_entries(keys), selectors.copies_of(keys)
    return [challenge_card(one, topics.get(one.pk, ()), copies.get(one.pk, 0)) for one in found]


def challenge_card(challenge: Entry, topics: Sequence[str], also: int) -> ChallengeCard:
    """A challenge that is about these topics and told in so many other repositories."""
    card, told = card_of(challenge), challenge.facts
    return ChallengeCard(
        title=card.title,
        address=card.address,
        person=challenge.repository.owner,
        repository=card.repository,
        updated_at=card.updated_at,
        problem=_unless_title(str(told.get("problem") or ""), card.title),
        action=str(told.get("action") or ""),
        result=str(told.get("result") or ""),
        summary=card.summary,
        topics=topic_links(topics, challenge.repository.cohort)[:TOPICS_SHOWN],
        also=also,
    )


def _unless_title(words: str, title: str) -> str:
    """Nothing when the title says it already."""
    return "" if words.strip(" .:").casefold() == title.strip(" .:").casefold() else words


def resource_cards(resources: Iterable[Resource]) -> list[ResourceCard]:
    """Resources with their first recommendations: one query."""
    found = list(resources)
    told = selectors.told_of([resource.pk for resource in found])
    return [_resource_card(resource, told.get(resource.pk, ())) for resource in found]


def _resource_card(resource: Resource, told: Sequence[Told]) -> ResourceCard:
    tone, state = STATES.get(resource.state, ("", ""))
    return ResourceCard(
        title=resource.title,
        address=resource.address,
        host=resource.host.removeprefix("www."),
        words=_words_of(told, resource.title),
        recommended=resource.recommended,
        places=[_place(recommendation) for recommendation in told],
        more=max(resource.recommended - len(told), 0),
        tone=tone,
        state=state,
        moved_to=resource.moved_to if resource.state == "moved" else "",
    )


def _words_of(told: Sequence[Told], title: str) -> str:
    """What is said of a resource besides its title and an address."""
    for recommendation in told:
        words = _AROUND.sub("", recommendation.words)
        if words.casefold().startswith(title.casefold()):
            words = _AROUND.sub("", words[len(title) :])
        if len(words) >= LEAST_SAID and not _ADDRESS.fullmatch(words):
            return words
    return ""


def _place(told: Told) -> Place:
    base = repository_base(told.cohort, told.repository)
    return Place(
        person=Named(told.person, told.handle),
        title=told.title,
        address=entry_address(told.cohort, told.repository, told.path, told.part),
        line=told.line,
        line_address=f"{base}/-/source/{quote(discreet_path(told.source))}#L{told.line}",
    )
