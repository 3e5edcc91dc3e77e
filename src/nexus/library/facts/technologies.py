"""What a project is built with: its manifests and files say so, its README may."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice

from nexus.library.extraction.inline import links
from nexus.library.extraction.outline import Block, BlockKind, Section, tables
from nexus.library.facts.fact import Fact, FactName
from nexus.library.facts.ideas import named_with
from nexus.library.facts.manifests.base import ManifestReading
from nexus.library.facts.page import Page, sentences
from nexus.library.facts.wordlists import set_of, words_of
from nexus.library.rendering.languages import language_of
from nexus.library.topics.catalogue import Topic, TopicKind, catalogue
from nexus.library.topics.matching import topics_named_in, topics_of

#: So many technologies of one project are kept.
MAX_TECHNOLOGIES = 30
#: So many rows of a table are looked at one by one.
_MOST_ROWS = 500
#: So often one paragraph may say what the project is built with.
_MOST_SAID = 20
#: So many paragraphs open a README.
_MOST_OPENINGS = 2
#: A longer paragraph is no table that somebody pasted, in characters.
_LONGEST_PASTED = 10_000
#: A language that fewer of the code files are in is an accident, as a share of all.
_MIN_SHARE = 0.1
#: The hub's words for languages, where they are not a topic's own.
_SPOKEN = {"TSX": "typescript", "SCSS": "css", "Jinja": "html", "Bash": "shell-scripting"}
#: Headings over what a project is built with hold one of these words.
_STACK_WORDS = frozenset(
    {"tech", "stack", "technologies", "technology", "technical", "built", "tools", "frameworks",
     "libraries", "outils", "bibliothèques", "techniques"}
)  # fmt: skip

#: Headings over what is still to come hold one of these.
_PLANS = frozenset({"future", "roadmap", "upcoming", "planned", "todo", "perspectives", "prévu"})
#: What is said not to be there, or wished for, up to the end of the clause.
_DENIED = re.compile(
    r"(?:\b(?:not(?! only\b)|never|without|no longer|instead of|rather than|would like"
    r"|(?<!you )wants? to|hop(?:e|ing) to|plan(?:s|ning)? (?:to|for)|planned|in the future"
    r"|some ?day|eventually"
    r"|pas|sans|au lieu de|plutôt que|prévue?s?|envisag\w{1,8}|souhait\w{1,8})\b|n['’]t\b)"
    r"[^.,;!?\n]{0,200}",
    re.IGNORECASE,
)

#: The clause around one of these speaks of what is not there yet, or could be there instead.
_NOT_YET = re.compile(
    r"\b(?:stubbed|commented out|(?:easily )?(?:swappable|replaceable|interchangeable)"
    r"|eas(?:y|ily) to (?:swap|switch)|coming soon|remplaçable)\b"
    r"|(?<!\bor )(?<!\band )(?<!\bou )\blater\s{0,3}(?:[.,;:*)–—\n-]|\Z)",
    re.IGNORECASE,
)
#: A quick look: without one of these nothing is put off.
_MAY_BE_PUT_OFF = (
    "ater", "tubbed", "ommented out", "wappable", "placeable", "plaçable", "changeable", " to sw",
    "oming soon",
)  # fmt: skip
_CLAUSE_END = re.compile(r"[.,;:!?](?=\s|\Z)|\s[–—-]\s|\n(?=\s*(?:[-*+]|\d))")

_PROSE = (BlockKind.PARAGRAPH, BlockKind.QUOTE)
#: A quick look: without one of these a block does not say what a project is built with.
_BUILDING = ("uilt ", "eveloped ", "ritten ", "onstruit", "éveloppé", "éalisé", "asé")
#: "Built with Next.js and Tailwind CSS": up to the end of the sentence.
_BUILT_WITH = re.compile(
    r"\b(?:(?:built|developed|written|construite?|développée?|réalisée?)"
    r" (?:with|using|in|on|avec|en)|basée? sur)\b(?P<what>(?:[^.!?;]|[.!?;](?=\S)){1,200}+)",
    re.IGNORECASE,
)

#: What every project is worked on with, rather than built with.
_WORKED_WITH = frozenset({"git", "linting", "make"})

#: What the commands of any README are written in, whatever the project is.
_COMMANDED = frozenset({"shell-scripting"})
#: Who builds a front end installs it with what comes with Node.js.
_COMMANDED_IN_FRONT = _COMMANDED | {"nodejs"}

Manifest = tuple[str, str, ManifestReading]


def technology_facts(
    files: Sequence[str], manifests: Sequence[Manifest], pages: Sequence[Page]
) -> Iterator[Fact]:
    """The technologies of a project, each once: from manifests, from files, from the README."""
    known: set[str] = set()
    for fact in (
        *_from_manifests(manifests),
        *_from_files(files),
        *_from_languages(files),
        *(fact for page in pages for fact in _from_page(page)),
    ):
        if fact.value not in known and len(known) < MAX_TECHNOLOGIES:
            known.add(fact.value)
            yield fact


def _from_manifests(manifests: Sequence[Manifest]) -> Iterator[Fact]:
    for path, text, reading in manifests:
        small = ""
        for package in reading.packages:
            topic = catalogue().of_package(package.ecosystem, package.name)
            if topic and _is_technology(topic):
                small = small or text.lower()
                line = package.line or _line_of(small, package.name)
                yield Fact(FactName.TECHNOLOGY, topic.slug, path, line)


def _line_of(text: str, name: str) -> int:
    """The line that names a package first; 0 when the name is written otherwise there."""
    at = text.find(name.lower())
    return text.count("\n", 0, at) + 1 if at >= 0 else 0


def _from_files(files: Sequence[str]) -> Iterator[Fact]:
    for path in files:
        topic = catalogue().of_file(path.rpartition("/")[2])
        if topic and _is_technology(topic):
            yield Fact(FactName.TECHNOLOGY, topic.slug, path)


def _from_languages(files: Sequence[str]) -> Iterator[Fact]:
    """The languages of the code, by number of files."""
    first: dict[str, str] = {}
    counts: Counter[str] = Counter()
    for path in files:
        if topic := _topic_of_language(path):
            counts[topic.slug] += 1
            first.setdefault(topic.slug, path)
    for slug, count in counts.most_common():
        if count >= _MIN_SHARE * counts.total():
            yield Fact(FactName.TECHNOLOGY, slug, first[slug])


def _topic_of_language(path: str) -> Topic | None:
    language = language_of(path)
    topic = catalogue().named(_SPOKEN.get(language, language)) if language else None
    return topic if topic and topic.slug in _LANGUAGES else None


#: Markup and settings have languages too; these are what programs are written in.
_LANGUAGES = frozenset(
    {"python", "javascript", "typescript", "go", "rust", "java", "kotlin", "php", "ruby",
     "c-language", "cpp", "csharp", "dart", "sql", "html", "css", "shell-scripting"}
)  # fmt: skip


def _from_page(page: Page) -> Iterator[Fact]:
    """What a README names where it speaks of its stack, on its badges, or again and again."""
    sections = page.outline.sections()
    may_put_off = any(map(page.text.__contains__, _MAY_BE_PUT_OFF))
    denied = _denied_in(sections, may_put_off=may_put_off)
    for section in sections:
        is_stack = not _STACK_WORDS.isdisjoint(_words_above(section))
        for block in section.blocks:
            for slug, line in _named(block) if is_stack else _named_beside(block):
                if slug not in denied:
                    yield from _guess(page, slug, line)
    for slug, line in _in_opening(page):
        if slug not in denied:
            yield from _guess(page, slug, line)
    matches = topics_of(page.outline)
    is_in_front = any(match.slug in set_of("frontend_signs") for match in matches)
    commanded = _COMMANDED_IN_FRONT if is_in_front else _COMMANDED
    for match in matches:
        if match.slug not in denied and match.slug not in commanded:
            yield from _guess(page, match.slug, 0)


def _in_opening(page: Page) -> Iterator[tuple[str, int]]:
    """What the first words on a project call it by: "A Flask web app that …"."""
    telling = (part for part in page.paragraphs() if not part.is_how_to)
    for part in islice(telling, _MOST_OPENINGS):
        for sentence in islice(sentences(part.text), 2):
            yield from ((slug, part.line) for slug in topics_named_in(named_with(sentence)))


def _denied_in(sections: Sequence[Section], *, may_put_off: bool) -> set[str]:
    """What a README names only to say that it is not there, or not yet."""
    kept: list[str] = []
    denied: list[str] = []
    for section in sections:
        is_planned = not _PLANS.isdisjoint(_words_above(section))
        for text in (text for block in section.blocks for text, _ in _texts(block)):
            parts, rest = ([text], "") if is_planned else _divided(text, may_put_off=may_put_off)
            denied += parts
            kept.append(rest)
    named = set(topics_named_in("\n\n".join(denied))) if denied else set()
    return named.difference(topics_named_in("\n\n".join(kept))) if named else named


def _divided(text: str, *, may_put_off: bool) -> tuple[list[str], str]:
    """What a text denies or puts off, and what is left of it."""
    denied: list[str] = []
    if may_put_off and _NOT_YET.search(text):
        clauses = _CLAUSE_END.split(text)
        denied = [clause for clause in clauses if _NOT_YET.search(clause)]
        text = " . ".join(clause for clause in clauses if not _NOT_YET.search(clause))
    parts = _DENIED.findall(text)
    return [*denied, *parts], _DENIED.sub(" ", text) if parts else text


def _words_above(section: Section) -> set[str]:
    return {word for heading in section.path for word in _words_in(heading.text)}


@lru_cache(maxsize=1_024)
def _words_in(heading: str) -> tuple[str, ...]:
    """The words of a heading; the same ones stand in hundreds of READMEs."""
    return tuple(words_of(heading))


def _texts(block: Block) -> Iterator[tuple[str, int]]:
    """The text of a block, and the first rows if it is a table, with the lines."""
    yield block.text, block.line
    for row, line in islice(zip(block.rows, block.row_lines, strict=False), _MOST_ROWS):
        yield " | ".join(row), line


def _named(block: Block) -> Iterator[tuple[str, int]]:
    """What a block names, with the lines."""
    if block.kind is not BlockKind.FENCE:
        yield from ((slug, line) for text, line in _texts(block) for slug in topics_named_in(text))


def _named_beside(block: Block) -> Iterator[tuple[str, int]]:
    """What a block names that stands under no heading for it."""
    yield from _on_badges(block)
    yield from _built_with(block)
    for table in tables(block) if len(block.text) <= _LONGEST_PASTED else ():
        if not _STACK_WORDS.isdisjoint(words_of(" ".join(table.rows[0]))):
            yield from _named(table)


def _built_with(block: Block) -> Iterator[tuple[str, int]]:
    """What a sentence of prose says that the project is built with."""
    if block.kind in _PROSE and any(map(block.text.__contains__, _BUILDING)):
        for match in islice(_BUILT_WITH.finditer(block.text), _MOST_SAID):
            line = block.line + block.text.count("\n", 0, match.start())
            yield from ((slug, line) for slug in topics_named_in(match["what"]))


def _on_badges(block: Block) -> Iterator[tuple[str, int]]:
    if block.kind is not BlockKind.FENCE and "![" in block.text:
        for link in links(block.text):
            if link.is_image and "shields.io" in link.target:
                line = block.line + block.text.count("\n", 0, link.start)
                yield from ((slug, line) for slug in topics_named_in(link.text))


def _guess(page: Page, slug: str, line: int) -> Iterator[Fact]:
    if _is_technology(catalogue().topics[slug]):
        yield Fact(FactName.TECHNOLOGY, slug, page.path, line, is_guess=True)


def _is_technology(topic: Topic) -> bool:
    return topic.kind is TopicKind.TECHNOLOGY and topic.slug not in _WORKED_WITH
