"""Entries found inside a piece of writing: their names, their digests and their pages."""

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from nexus.library.kinds.base import Part, Reading, Source
from nexus.library.rendering.markdown import render_markdown
from nexus.library.topics.matching import topics_of

MAX_NAME = 60
_NOT_IN_NAME = re.compile(r"[^a-z0-9]+")


def name_of(title: str) -> str:
    """A name for a file or an address out of a title: small letters, digits and dashes."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    return _NOT_IN_NAME.sub("-", plain).strip("-")[:MAX_NAME].rstrip("-") or "untitled"


def digest_of(kind: str, *contents: str) -> str:
    """What tells that two parts hold the same: their kind and their words, blanks evened out."""
    words = "\0".join([kind, *(" ".join(content.split()) for content in contents)])
    return hashlib.sha256(words.encode("utf-8", "replace")).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What was found: its title, its words in Markdown, its line in the file, and its digest."""

    title: str
    markdown: str
    line: int
    digest: str
    summary: str = ""
    code_language: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)


def part_of(source: Source, kind: str, told: Told) -> Part:
    """A part of the file, laid out where the file stands so that its links lead on."""
    rendered = render_markdown(
        told.markdown, source.place, images=source.image_size, first_line=told.line
    )
    matches = topics_of(told.markdown, title=told.title)
    reading = Reading(
        kind=kind,
        title=told.title,
        summary=told.summary or rendered.summary,
        rendered=rendered,
        code_language=told.code_language,
        facts=told.facts,
        topics={match.slug: percent(match.weight) for match in matches},
        digest=told.digest,
    )
    return Part(name=f"{kind}-{name_of(told.title)}", line=told.line, reading=reading)


def percent(weight: float) -> int:
    """A weight between 0 and 1 as it is kept: 1 to 100."""
    return max(1, min(100, round(weight * 100)))


def each_named_once(parts: Iterable[Part]) -> tuple[Part, ...]:
    """The parts with a number behind every name that an earlier part has."""
    taken: dict[str, int] = {}
    named = []
    for part in parts:
        times = taken[part.name] = taken.get(part.name, 0) + 1
        name = part.name if times == 1 else f"{part.name}-{times}"
        named.append(Part(name, part.line, part.reading))
    return tuple(named)
