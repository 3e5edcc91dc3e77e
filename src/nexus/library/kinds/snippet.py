"""A snippet: a short piece of code, kept to be used again."""

import re

from nexus.library.kinds.base import Reading, Source, WholeFiles, title_from_name
from nexus.library.kinds.writing import is_readme, is_writing, read_writing
from nexus.library.rendering.code import render_code
from nexus.library.rendering.languages import language_of

FOLDERS = frozenset({"code-snippets", "code_snippets", "codesnippets", "snippets", "snippet"})
_COMMENT = re.compile(
    r'^\s*(?:#!.*\n)?\s*(?:#|//|--|;+|%|/\*+|<!--|"""|\'\'\'|\(\*)\s*(?P<words>[^\n]+?)'
    r'\s*(?:\*/|-->|"""|\'\'\'|\*\))?\s*(?:\n|$)'
)


class Snippet(WholeFiles):
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
            return read_writing(source, kind=self.name)
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
        )


def first_comment(code: str) -> str:
    """What the first comment of a file says in its first line; empty when there is none."""
    found = _COMMENT.match(code[:2000])
    words = found["words"].strip(" *#/-\"'") if found else ""
    return words[:280] if any(c.isalpha() for c in words) else ""
