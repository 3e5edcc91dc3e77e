"""Blocks of code that are never closed."""

import re

import comrak

_FENCE = re.compile(r"[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*(`{3,}|~{3,})(.*)")
# What begins with a fence as its first line is indented code that shows one.
_BLOCK = re.compile(r'<pre[^>]* data-sourcepos="(\d+):(\d+)-(\d+):\d+"[^>]*><code>(?!```|~~~)')


def unclosed_fences(source: str) -> list[int]:
    """The lines of ``source``, counted from 1, that open a block of code which nothing closes."""
    if "```" not in source and "~~~" not in source:
        return []
    # As the parser counts them: a carriage return ends a line as well.
    lines = source.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if not _seems_unclosed(lines):
        return []
    # Only the parser knows which fences belong together: it says where each block ends.
    options = comrak.RenderOptions()
    options.sourcepos = True
    options.github_pre_lang = True
    options.escape = True  # no raw HTML that could pretend to be one of these
    blocks = _BLOCK.findall(comrak.render_markdown(source, render_options=options))
    return [
        int(first)
        for first, column, last in blocks
        if not _is_closed(lines, int(first), int(column), int(last))
    ]


def _seems_unclosed(lines: list[str]) -> bool:
    """Whether a look at the fences alone, in order, leaves one open."""
    opened = ""
    marked = [line for line in lines if "```" in line or "~~~" in line]
    for match in filter(None, map(_FENCE.match, marked)):
        fence, rest = match.groups()
        if not opened:
            opened = fence
        elif fence.startswith(opened) and not rest.strip():
            opened = ""
    return bool(opened)


def _is_closed(lines: list[str], first: int, column: int, last: int) -> bool:
    # Columns count bytes of UTF-8.
    opening = _FENCE.match(lines[first - 1].encode()[column - 1 :].decode(errors="replace"))
    if opening is None:
        return True  # indented code
    closing = lines[last - 1].lstrip(" \t>").rstrip()
    fence = opening[1]
    return last > first and closing.startswith(fence) and not closing.strip(fence[0])
