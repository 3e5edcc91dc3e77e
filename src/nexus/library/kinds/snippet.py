"""A snippet: a short piece of code, kept to be used again."""

import re
from collections.abc import Iterator
from dataclasses import replace

from nexus.library.discretion import without_emails
from nexus.library.extraction.fenced_code import FoundCode, code_key, find_code
from nexus.library.extraction.outline import Outline
from nexus.library.kinds.base import Part, Reading, Source, title_from_name
from nexus.library.kinds.parts import Told, digest_of, part_of
from nexus.library.kinds.writing import is_readme, is_writing, read_writing
from nexus.library.rendering.code import render_code
from nexus.library.rendering.languages import language_of

FOLDERS = frozenset({"code-snippets", "code_snippets", "codesnippets", "snippets", "snippet"})
_TICKS = re.compile(r"`+")
_COMMENT = re.compile(
    r'^\s*(?:#!.*\n)?\s*(?:#|//|--|;+|%|/\*+|<!--|"""|\'\'\'|\(\*)\s*(?P<words>[^\n]+?)'
    r'\s*(?:\*/|-->|"""|\'\'\'|\*\))?\s*(?:\n|$)'
)


class Snippet:
    """Code worth keeping, and the write-ups that lie beside it."""

    name = "snippet"
    plural = "snippets"

    def claims(self, source: Source) -> bool:
        """A code file or a write-up in a snippet folder, but not the folder's introduction."""
        if not FOLDERS.intersection(folder.lower() for folder in source.folders):
            return False
        return not is_readme(source.name) and (is_writing(source) or bool(language_of(source.path)))

    def read(self, source: Source) -> Reading:
        """The code highlighted, or the write-up laid out."""
        if is_writing(source):
            reading = read_writing(source, kind=self.name)
            return replace(reading, digest=digest_of(self.name, code_key(source.text)))
        language = language_of(source.path)
        rendered = render_code(source.text, language=None, path=source.path)
        return Reading(
            kind=self.name,
            title=title_from_name(source.path),
            summary=first_comment(source.text),
            rendered=rendered,
            code_language=language,
            facts={"lines": source.text.count("\n") + 1},
            problems=rendered.problems,
            digest=digest_of(self.name, code_key(source.text)),
        )

    def parts(self, source: Source, outline: Outline) -> Iterator[Part]:
        """The blocks of code in a piece of writing that are worth keeping."""
        for found in find_code(outline, path=source.path, page_title=source.said("title")):
            told = Told(
                title=found.title,
                markdown=as_markdown(found),
                line=found.line,
                digest=digest_of(self.name, found.key),
                summary=first_comment(found.code) or found.section,
                code_language=found.language,
                facts={"section": found.section, "lines": found.code.count("\n") + 1},
            )
            yield part_of(source, self.name, told)


def as_markdown(found: FoundCode) -> str:
    """The code in a fence that nothing inside it can close."""
    longest = max((len(run) for run in _TICKS.findall(found.code)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}{found.language.lower()}\n{found.code}\n{fence}"


def first_comment(code: str) -> str:
    """What the first comment of a file says in its first line; empty when there is none."""
    found = _COMMENT.match(code[:2000])
    words = found["words"].strip(" *#/-\"'") if found else ""
    return without_emails(words)[:280] if any(c.isalpha() for c in words) else ""
