"""The topics that the hub knows, read once from ``topics.toml`` and checked."""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import Any

from nexus.library.topics.words import key_of, written_of

DATA = Path(__file__).with_name("topics.toml")
#: Manifests whose package names people also write in their texts.
_SPOKEN_OF = ("pypi", "npm", "gem")

Key = tuple[str, ...]


class TopicKind(StrEnum):
    """Whether a topic is something to run or something to understand."""

    TECHNOLOGY = "technology"
    CONCEPT = "concept"


class CatalogueError(ValueError):
    """The data file contradicts itself; the words say where."""


@dataclass(frozen=True, slots=True)
class Topic:
    """One technology or concept. The fields are explained at the top of ``topics.toml``."""

    slug: str
    name: str
    kind: TopicKind
    description: str
    aliases: tuple[str, ...] = ()
    cased: tuple[str, ...] = ()
    ambiguous: tuple[str, ...] = ()
    code: tuple[str, ...] = ()
    packages: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    tracks: tuple[str, ...] = ()
    broader: str = ""
    related: tuple[str, ...] = ()


@dataclass(slots=True)
class Name:
    """Words that mean a topic, and when they do."""

    slug: str
    is_plain: bool = False
    in_code: bool = False
    cased: set[Key] = field(default_factory=set)
    ambiguous: set[Key] = field(default_factory=set)


class _FollowingWords(dict[str, "_FollowingWords"]):
    """The words that can follow in a name, each with those that can follow then.

    ``name`` is the name that is whole here, without any of them.
    """

    name: Name | None = None

    def learn(self, key: Key, name: Name) -> None:
        """Take up a name by the words that are left of it."""
        if not key:
            self.name = name
        else:
            self.setdefault(key[0], _FollowingWords()).learn(key[1:], name)


class Catalogue:
    """Every topic, found by slug, by words, by package and by file.

    Raises ``CatalogueError`` if two topics share a slug or a name, or one names another that is
    not there.
    """

    def __init__(self, topics: Iterable[Topic]) -> None:
        listed = tuple(topics)
        self.topics: Mapping[str, Topic] = {topic.slug: topic for topic in listed}
        if len(self.topics) < len(listed):
            raise CatalogueError("Two topics have the same slug.")
        self.names: dict[Key, Name] = {}
        self._packages: dict[str, str] = {}
        self._files: dict[str, str] = {}
        for topic in listed:
            self._learn_names(topic)
        for topic in listed:
            self._learn_packages(topic)
            _learn(self._files, topic.files, topic.slug)
            self._check_references(topic)
        self._package_starts = _starts(self._packages)
        self._patterns = {name: slug for name, slug in self._files.items() if "*" in name}
        self.first_words = _FollowingWords()
        for key, name in self.names.items():
            self.first_words.learn(key, name)

    def named(self, words: str) -> Topic | None:
        """The topic that ``words`` are a name of, whatever their case; a slug is a name too."""
        name = self.names.get(key_of(words))
        return self.topics[name.slug] if name else None

    def names_at(self, keys: Sequence[str], place: int) -> list[tuple[int, Name]]:
        """The names that ``keys`` hold from ``place`` on, the longest first, each with its end."""
        found: list[tuple[int, Name]] = []
        following: _FollowingWords | None = self.first_words.get(keys[place])
        end = place + 1
        while following is not None:
            if following.name:
                found.append((end, following.name))
            following = following.get(keys[end]) if end < len(keys) else None
            end += 1
        return found[::-1]

    def of_package(self, ecosystem: str, package: str) -> Topic | None:
        """The topic of a package in the words of a manifest, such as ``("pypi", "django")``."""
        name = f"{ecosystem}:{package}".lower()
        slug = self._packages.get(name) or next(
            (slug for start, slug in self._package_starts if name.startswith(start)), ""
        )
        return self.topics.get(slug)

    def of_file(self, name: str) -> Topic | None:
        """The topic that a file of this name (without folders) gives away."""
        slug = self._files.get(name) or next(
            (slug for pattern, slug in self._patterns.items() if fnmatchcase(name, pattern)), ""
        )
        return self.topics.get(slug)

    def broader(self, slug: str) -> list[str]:
        """The topics that a topic is a part of, nearest first."""
        above: list[str] = []
        while (slug := self.topics[slug].broader) and slug not in above:
            above.append(slug)
        return above

    def _learn_names(self, topic: Topic) -> None:
        exact = {key_of(words) for words in (*topic.cased, *topic.ambiguous)}
        for words in (topic.name, topic.slug, *topic.aliases):
            name = self._name(topic.slug, words)
            name.is_plain = name.is_plain or key_of(words) not in exact
        for words in topic.cased:
            self._name(topic.slug, words).cased.add(written_of(words))
        for words in topic.ambiguous:
            self._name(topic.slug, words).ambiguous.add(written_of(words))
        for words in topic.code:
            self._name(topic.slug, words).in_code = True

    def _name(self, slug: str, words: str) -> Name:
        key = key_of(words)
        name = self.names.setdefault(key, Name(slug))
        if not key or name.slug != slug:
            raise CatalogueError(f"{words!r} names both {name.slug} and {slug}, or nothing.")
        return name

    def _learn_packages(self, topic: Topic) -> None:
        """A package is a name too: of one word in code only, of several anywhere."""
        _learn(self._packages, (package.lower() for package in topic.packages), topic.slug)
        for package in topic.packages:
            ecosystem, _, called = package.partition(":")
            key = key_of(called)
            if ecosystem in _SPOKEN_OF and "*" not in called:
                name = self.names.setdefault(key, Name(topic.slug))
                if name.slug == topic.slug:
                    name.in_code = True
                    name.is_plain = name.is_plain or len(key) > 1

    def _check_references(self, topic: Topic) -> None:
        missing = {topic.broader, *topic.related} - {""} - set(self.topics)
        if missing or topic.slug in (topic.broader, *topic.related):
            raise CatalogueError(f"{topic.slug} names {missing or 'itself'}.")


@cache
def catalogue() -> Catalogue:
    """The topics of the data file."""
    return read_catalogue(DATA.read_text("utf-8"))


def read_catalogue(text: str) -> Catalogue:
    """The topics of a TOML text.

    Raises ``CatalogueError`` if a topic lacks something or has a field that is not known.
    """
    return Catalogue(_topic(entry) for entry in tomllib.loads(text).get("topic", []))


def _topic(entry: Mapping[str, Any]) -> Topic:
    values: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in entry.items()
    }
    try:
        values["kind"] = TopicKind(values["kind"])
        return Topic(**values)
    except (KeyError, TypeError, ValueError) as error:
        raise CatalogueError(f"{entry.get('slug', 'A topic')}: {error}") from error


def _learn(known: dict[str, str], names: Iterable[str], slug: str) -> None:
    for name in names:
        if known.setdefault(name, slug) != slug:
            raise CatalogueError(f"{name!r} belongs to both {known[name]} and {slug}.")


def _starts(packages: Mapping[str, str]) -> list[tuple[str, str]]:
    """What packages with a star begin with, the longest first."""
    starts = [(name[:-1], slug) for name, slug in packages.items() if name.endswith("*")]
    return sorted(starts, key=lambda start: -len(start[0]))
