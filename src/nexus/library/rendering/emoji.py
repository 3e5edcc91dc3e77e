"""Emoji short codes, by the table of the Markdown parser (GitHub's gemoji).

The parser could replace them itself, but then a heading's anchor, which keeps the name of a
short code, could not be told from one that holds the emoji itself.
"""

import re
from functools import lru_cache

import comrak

_SHORT_CODE = re.compile(r":([a-z0-9_+-]{1,60}):")


def has_short_code(text: str) -> bool:
    """Whether ``text`` holds what may be a short code."""
    return ":" in text and _SHORT_CODE.search(text) is not None


def with_emoji(text: str) -> str:
    """``text`` with ``:tada:`` and its like as emoji; unknown names stay as they are."""
    return _SHORT_CODE.sub(lambda match: _emoji(match[0]), text) if ":" in text else text


@lru_cache(maxsize=4096)
def _emoji(code: str) -> str:
    options = comrak.ExtensionOptions()
    options.shortcodes = True
    html = comrak.render_markdown(code, extension_options=options)
    return html.removeprefix("<p>").removesuffix("</p>\n")
