"""What a block of code is called: by the words before it, its first comment or its first name."""

import re

from nexus.library.extraction.inline import plain
from nexus.library.extraction.outline import BOLD_LEVEL, Block, BlockKind, Section
from nexus.library.extraction.passages import shortened
from nexus.library.extraction.vocabulary import word_set

MAX_TITLE = 120
#: ``title="Cache"`` and ``python:app/cache.py`` behind an opening fence.
_GIVEN = re.compile(
    r"(?:title|filename|file|name)=(?:\"([^\"]{1,120})\"|'([^']{1,120})'|([^\s\"'{}]{1,120}))"
    r"|\w:([\w./-]{1,120}\.\w{1,10})"
)
_SENTENCE_END = re.compile(r"[.!?]\s")
_MARKERS = re.compile(r"(?:#|//|--|/\*\*?|\*(?!/)|<!--|;+|%|\"\"\"|''')[ \t]*")
_END_MARKERS = re.compile(r"[ \t]*(?:\*/|-->|\"\"\"|'''|-{3,}|={3,}|#{2,})[ \t]*$")
_FILE = re.compile(r"[\w@.-]{0,100}(?:/[\w@.-]{1,100}){0,20}\.\w{1,10}|[\w./-]{0,100}Dockerfile")
#: A path or the name of a file, which alone says little.
_PLACES = re.compile(r"\S*(?:/|\.\w{1,10}\b)\S*")
#: Words that say that something follows, not what.
_EMPTY_WORDS = word_set(
    """
    a above add after again also an and any as at avant après be because before begin below bien
    but by can ce cela ceci ces cette change ci code content contents could create créez current
    d dans de des dessous do does don du e en entry example examples exemple exemples few file
    first fix follow following follows for from g give given go has have here how i if ici
    implement implementation implémentation in inside input into is it its l la le les let like
    line lines ll look looks may me modify modifying more much my need new next not note now of
    on once one or our output par part pour problem problème project put re replace request
    response result run s sample see several should show simple simply snippet so solution some
    source step such suit suivant suivante syntax syntaxe t that the them then there these they
    this through to un une update us usage use used using utilisation ve via voici want was we
    what will with would write you your
    """
)
_WORD = re.compile(r"[^\W\d_]+")
_NAMES = re.compile(
    r"^[ \t]{0,40}(?:(?:export|default|public|private|protected|static|async|abstract|final|pub"
    r"|override|suspend)[ \t]{1,9}){0,5}(?:def|class|func|function|fn|fun|interface|struct|enum"
    r"|trait|type|input|query|mutation|record|object|module|contract)[ \t]{1,9}"
    r"(?:\([^()\n]{0,80}\)[ \t]{0,9})?(?P<name>[A-Za-z_$][\w$]{1,60})"
    r"|^[ \t]{0,40}(?:export[ \t]{1,9})?(?:const|let|var|val)[ \t]{1,9}"
    r"(?P<variable>[A-Za-z_$][\w$]{1,60})[ \t]{0,9}="
    r"|^[ \t]{0,40}CREATE[ \t](?:OR[ \t]REPLACE[ \t])?(?:UNIQUE[ \t])?(?:MATERIALIZED[ \t])?"
    r"(?:TABLE|INDEX|VIEW|FUNCTION|TRIGGER|PROCEDURE|TYPE)[ \t](?:IF[ \t]NOT[ \t]EXISTS[ \t])?"
    r"[\"'`]?(?P<table>[A-Za-z_][\w.]{1,60})",
    re.MULTILINE,
)
#: Names that are in every program.
_USUAL_NAMES = frozenset({"Config", "Main", "Meta", "Mutation", "Query", "__init__", "main"})
#: Comments for programs, and code that is commented out.
_NOT_FOR_PEOPLE = re.compile(
    r"!|-\*-|(?:eslint|prettier|noqa|type:|pylint|flake8|mypy|ts-|@ts|region|include|define|pragma"
    r"|import|from|const|let|var|def|class|return)\b",
    re.IGNORECASE,
)


def title_of_code(
    code: str, *, info: str, before: Block | None, section: Section, page: str
) -> str:
    """The title of a block of code, of at most ``MAX_TITLE`` characters.

    ``info`` is what stands behind its opening fence, ``before`` the block just before it in its
    ``section``, ``page`` the title of the page. Empty only when all of them say nothing.
    """
    said = _given(info) or _lead_in(before, section) or _first_comment(code)
    if said and not _FILE.fullmatch(said):
        return shortened(said, MAX_TITLE)
    topic = _topic(section) or page
    name = said or _first_name(code) or _nearest_heading(section)
    parts = dict.fromkeys(part for part in (topic, name) if part)
    return shortened(": ".join(parts), MAX_TITLE)


def _given(info: str) -> str:
    match = _GIVEN.search(info)
    return next(filter(None, match.groups()), "").strip() if match else ""


def _lead_in(before: Block | None, section: Section) -> str:
    """A bold line, or a sentence that ends in a colon, just before the code."""
    words = ""
    if before is None:
        is_bold = section.heading is not None and section.heading.level == BOLD_LEVEL
        words = section.title if is_bold else ""
    elif before.kind in (BlockKind.PARAGRAPH, BlockKind.ITEM):
        text = plain(before.text[-4 * MAX_TITLE :])
        words = _SENTENCE_END.split(text)[-1] if text.endswith((":", "：")) else ""
    words = plain(words).rstrip(" :：")
    says_what = _says_what(words) or _FILE.fullmatch(words)
    return words if says_what and len(words) <= 2 * MAX_TITLE else ""


def _first_comment(code: str) -> str:
    """What the first line says, or the second, when it is a comment of a person for a person."""
    for line in code.split("\n", 2)[:2]:
        match = _MARKERS.match(line.strip())
        if match is None:
            return ""
        words = _END_MARKERS.sub("", line.strip()[match.end() :][: 2 * MAX_TITLE])
        words = _SENTENCE_END.split(words)[0].strip(" -=*#:.")
        if words:
            return words if _is_for_people(words) else ""
    return ""


def _is_for_people(words: str) -> bool:
    is_code = words.endswith(("{", "(", ";", ",", ")")) or "=" in words
    return not is_code and not _NOT_FOR_PEOPLE.match(words) and bool(_WORD.search(words))


def _first_name(code: str) -> str:
    found = (
        match["name"] or match["variable"] or match["table"] for match in _NAMES.finditer(code)
    )
    return next((name for name in found if name not in _USUAL_NAMES), "")


def _topic(section: Section) -> str:
    """The nearest heading that says what this is about."""
    titles = (plain(heading.text).strip(" :") for heading in reversed(section.path))
    return next((title for title in titles if _says_what(title)), "")


def _nearest_heading(section: Section) -> str:
    words = plain(section.title).strip(" :")
    return "" if _FILE.fullmatch(words) else words


def _says_what(words: str) -> bool:
    said = (word.casefold() for word in _WORD.findall(_PLACES.sub("", words)))
    return any(word not in _EMPTY_WORDS for word in said)
