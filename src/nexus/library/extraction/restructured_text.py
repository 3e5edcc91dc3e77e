"""reStructuredText as if it were Markdown, for those who read facts out of a text.

Pages are made by docutils; whoever looks for headings, links and prose needs less than that, on the
same lines. https://docutils.sourceforge.io/docs/ref/rst/restructuredtext.html says what is read
here: titles, links with their addresses beside them or below, and code in a line.
"""

import re

_RULE = re.compile(r"([!-/:-@\[-`{-~])\1{2,}[ \t]*\Z")
_LINK = re.compile(r"`([^`<>\n]{1,300})<([^<>`\s]{1,2000})>`__?")
_CODE = re.compile(r"``([^`\n]{1,500})``")
_TARGET = re.compile(r"\.\. _`?([^:`\n]{1,200})`?:[ \t]{1,9}(\S{1,2000})[ \t]*\Z")
_DEEPEST = 6


def as_markdown(text: str) -> str:
    """``text`` with the marks of Markdown, line by line; what has none is left as it stands."""
    lines = text.split("\n")
    written = [_inline(line) for line in lines]
    levels: dict[tuple[str, bool], int] = {}
    for at, line in enumerate(lines):
        mark = _mark(line)
        if not mark:
            continue
        written[at] = ""
        title = lines[at - 1].strip() if at else ""
        has_line_above = at > 1 and _mark(lines[at - 2]) == mark
        if title and not _mark(title) and len(line.rstrip()) >= len(title):
            level = levels.setdefault((mark, has_line_above), min(len(levels) + 1, _DEEPEST))
            written[at - 1] = f"{'#' * level} {_inline(title)}"
    return "\n".join(written)


def _mark(line: str) -> str:
    """The sign of which a line is made; empty for a line of words."""
    found = _RULE.match(line)
    return found[1] if found else ""


def _inline(line: str) -> str:
    if target := _TARGET.match(line):
        return f"[{target[1]}]: {target[2]}"
    if "`" not in line:
        return line
    return _CODE.sub(r"`\1`", _LINK.sub(lambda link: f"[{link[1].strip()}]({link[2]})", line))
