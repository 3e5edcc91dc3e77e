"""Code in a text that is worth keeping: snippets, each known by its content.

The same code in several places is one snippet, whatever its indentation and its line ends.
"""

import hashlib
import posixpath
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from nexus.library.extraction.code_languages import labelled_language, obvious_language
from nexus.library.extraction.code_titles import title_of_code
from nexus.library.extraction.code_worth import MIN_LINES, is_worth_keeping
from nexus.library.extraction.inline import plain
from nexus.library.extraction.outline import BOLD_LEVEL, Block, BlockKind, Outline, Section
from nexus.library.extraction.passages import shortened

#: More than any page of snippets has; and so many blocks of code are looked at.
MAX_CODE, MAX_LOOKED_AT = 200, 1_000
#: Longer blocks are whole files, in characters.
MAX_LENGTH = 20_000
MAX_SECTION = 200


@dataclass(frozen=True, slots=True)
class FoundCode:
    """A block of code that is worth keeping.

    ``language`` is a name of ``nexus.library.rendering.languages``; ``code`` is in normal form,
    ``key`` the digest of it. ``line`` is that of the opening fence, ``section`` the heading above.
    """

    language: str
    title: str
    code: str
    line: int
    section: str
    key: str


def find_code(outline: Outline, *, path: str, page_title: str = "") -> tuple[FoundCode, ...]:
    """The snippets in the text of the file at ``path``, in order, each once, ``MAX_CODE`` at most.

    ``page_title`` is what the page is called, if that is known from elsewhere than its text.
    """
    found: dict[str, FoundCode] = {}
    page = page_title or _page_title(outline, path)
    for block, before, section in islice(_long_fences(outline), MAX_LOOKED_AT):
        language, code = _worth_keeping(block)
        key = _digest(code) if language else ""
        if not language or key in found:
            continue
        title = title_of_code(code, info=block.info, before=before, section=section, page=page)
        shown = _section_title(section)
        found[key] = FoundCode(language, title, code, block.line, shown, key)
        if len(found) >= MAX_CODE:
            break
    return tuple(found.values())


def normal_code(text: str) -> str:
    """``text`` without what no reader sees: the same code has the same normal form.

    Line feeds end its lines; blanks behind them, the indent that all have in common, and the blank
    lines before and after it are gone.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return textwrap.dedent("\n".join(line.rstrip(" \t") for line in lines)).strip("\n")


def code_key(text: str) -> str:
    """The digest by which the same code is known again, wherever it stands: SHA-256, 64 letters."""
    return _digest(normal_code(text))


def _digest(code: str) -> str:
    return hashlib.sha256(code.encode("utf-8", "surrogatepass")).hexdigest()


def _long_fences(outline: Outline) -> Iterator[tuple[Block, Block | None, Section]]:
    """The blocks of code of some length, each with the block before it and its section."""
    for section in outline.sections():
        before: Block | None = None
        for block in section.blocks:
            if block.kind is BlockKind.FENCE and _has_length(block):
                yield block, before, section
            before = block


def _has_length(block: Block) -> bool:
    is_long = block.text.count("\n") + 1 >= MIN_LINES
    return is_long and len(block.text) <= MAX_LENGTH and _is_closed(block)


def _worth_keeping(block: Block) -> tuple[str, str]:
    """The language and the normal form of code that is worth keeping; else nothing."""
    language = labelled_language(block.info)
    if language is None:
        return "", ""
    code = normal_code(block.text)
    language = language or obvious_language(code)
    return (language, code) if language and is_worth_keeping(code, language=language) else ("", "")


def _is_closed(block: Block) -> bool:
    """Whether a line closes the fence: without one, the rest of the text would pass for code."""
    return block.end_line > block.line + block.text.count("\n") + 1


def _section_title(section: Section) -> str:
    """The nearest real heading; a bold line only where there is none."""
    real = [heading for heading in section.path if heading.level < BOLD_LEVEL]
    heading = real[-1] if real else section.heading
    return shortened(plain(heading.text), MAX_SECTION) if heading else ""


def _page_title(outline: Outline, path: str) -> str:
    """The first heading, else the file's name, or that of its folder where it is the usual one."""
    for block in outline.blocks:
        if block.kind is BlockKind.HEADING and (words := plain(block.text)):
            return words
    names = [posixpath.splitext(name)[0] for name in path.split("/")]
    usual = len(names) > 1 and names[-1].lower() in ("index", "readme")
    words = names[-2 if usual else -1].replace("-", " ").replace("_", " ").strip()
    return words[:1].upper() + words[1:]
