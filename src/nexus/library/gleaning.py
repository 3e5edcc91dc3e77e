"""What can be read out of a text besides its page: topics, recommendations, parts. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from nexus.library.checking.headings import heading_problems
from nexus.library.checking.placeholders import placeholder_problems
from nexus.library.extraction.outline import Block, BlockKind, Outline, outline
from nexus.library.extraction.own_addresses import OwnAddresses
from nexus.library.extraction.resources import find_resources
from nexus.library.extraction.restructured_text import as_markdown
from nexus.library.extraction.wrapping import unwrapped
from nexus.library.kinds.base import Part, Reading, Source
from nexus.library.kinds.challenge import Challenge, told_by
from nexus.library.kinds.parts import percent
from nexus.library.kinds.registry import read_parts
from nexus.library.kinds.writing import MARKDOWN, RESTRUCTURED, is_readme
from nexus.library.problems import Problem
from nexus.library.topics.matching import topics_of

#: The kinds whose text may hold entries of its own. The others are one thing already.
HOLD_PARTS = frozenset({"project", "document"})
#: Code tells what it is about early; a longer file is not read to its end for that.
_CODE_READ = 20_000


@dataclass(frozen=True, slots=True)
class Gleaned:
    """A reading with its topics and recommendations, and what was found inside it."""

    reading: Reading
    parts: tuple[Part, ...] = ()
    problems: tuple[Problem, ...] = ()


def glean(source: Source, reading: Reading, *, own: OwnAddresses) -> Gleaned:
    """Read out of a file what other files can be joined by.

    ``own`` are the addresses of the repository itself, which it does not recommend.
    """
    if source.suffix in RESTRUCTURED:
        return _of_restructured(source, reading, own)
    if not _is_markdown(source):
        return Gleaned(_with_topics(source, reading, _as_code(source)))
    body = unwrapped(source.body) if is_readme(source.name) else source.body
    text = outline(body, first_line=source.body_line)
    found = find_resources(text, path=source.path, own=own)
    whole = replace(_with_topics(source, reading, text), resources=found)
    if reading.kind == Challenge.name:
        whole = replace(whole, facts={**whole.facts, **told_by(text)})
    parts = read_parts(source, text) if reading.kind in HOLD_PARTS else ()
    problems = (*placeholder_problems(text, source.path), *heading_problems(text, source))
    return Gleaned(whole, parts, problems)


def _of_restructured(source: Source, reading: Reading, own: OwnAddresses) -> Gleaned:
    """Topics and recommendations only: parts are cut out of Markdown."""
    text = outline(as_markdown(source.body), first_line=source.body_line)
    found = find_resources(text, path=source.path, own=own)
    return Gleaned(replace(_with_topics(source, reading, text), resources=found))


def _is_markdown(source: Source) -> bool:
    """Whether a file is read as Markdown: a README in plain text is laid out so as well."""
    return source.suffix in MARKDOWN or is_readme(source.name)


def _as_code(source: Source) -> Outline:
    """Anything else counts as code: it names what it uses at every turn."""
    return Outline((Block(BlockKind.FENCE, 1, source.text[:_CODE_READ]),))


def _with_topics(source: Source, reading: Reading, text: Outline) -> Reading:
    matches = topics_of(text, title=reading.title, front_matter_topics=_said_topics(source))
    return replace(reading, topics={match.slug: percent(match.weight) for match in matches})


def _said_topics(source: Source) -> list[str]:
    """What the author says it is about: a list, or words parted by commas."""
    said: list[str] = []
    for name in ("topics", "tags", "keywords"):
        value = source.front_matter.get(name)
        words: Iterable[object] = value.split(",") if isinstance(value, str) else ()
        words = value if isinstance(value, list) else words
        said += [word.strip() for word in words if isinstance(word, str)]
    return said[:20]
