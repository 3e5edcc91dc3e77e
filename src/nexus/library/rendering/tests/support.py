"""What the tests of rendering share: a place, short ways to lay out, and what must always hold."""

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from nexus.library.rendering.markdown import render_markdown
from nexus.library.rendering.page import Place, Rendered

PLACE = Place(base="/c/commons/nexus", path="docs/guide.md")
FETCH = ' loading="lazy" decoding="async" referrerpolicy="no-referrer"'
#: Text that tries to get something past the sanitiser, break a parser, or hide an address.
HOSTILE = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '<a href="javascript:alert(1)">y</a>',
    '<a href="&#1;jav\tascript:x">y</a>',
    '<p title="<p> onclick=x">',
    '<p title="<table onclick=x">',
    "<svg onload=x><script>1</script></svg>",
    "<math><mtext><style>",
    "<style>*{display:none}</style>",
    "<div style=position:fixed id=a name=b class='site-header'>",
    '<h1 id="x" onclick=y>',
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    "<template><img src=x onerror=y></template>",
    "<form action=x><input name=x><button>go</button></form>",
    '<iframe srcdoc="<script>1</script>"></iframe>',
    "<base href=//evil.example>",
    '<img src="data:image/svg+xml;base64,PHN2Zz4=">',
    '<picture><source srcset="javascript:x, y 2x"><img></picture>',
    '<input class="task-list-item-checkbox" type=checkbox onclick=x>',
    "$\\href{javascript:x}{y}$",
    "$\\text{</math><script>}$",
    "$<img src=x onerror=y>$",
    "\ufdd00\ufdd1",
    "&#xFDD0;0&#xFDD1;",
    "me@example.org",
    "`me@example.org`",
    "$me@example.org$",
    "[me@example.org](http://q.example)",
    "![me@example.org](x.png)",
    '<a title="me@example.org" href=x>q</a>',
    "<a href=q><pre>x me@example.org</pre></a>",
    "```py\n# me@example.org\n```\n",
    "<table><tr><td><a href=b>me@example.org",
    '<img src="https://x.example/me@example.org.png">',
    "# me@example.org\n",
    "<a name=x>",
    "# x\n",
    "<details><summary>",
    "| a | |\n|-|-|\n| b |\n",
    "[^1]",
    "\n[^1]: me@example.org\n",
    "<!--",
    "<![CDATA[",
    "</p>",
    "<b",
    "\n\n",
    "> ",
    "- ",
    ":tada:",
)
_FORBIDDEN = frozenset(
    {"script", "style", "iframe", "form", "object", "embed", "base", "svg", "template", "button"}
)
_BAD_TARGET = re.compile(r"\s*(?:javascript|vbscript|data:text|data:image/svg)", re.IGNORECASE)


def laid_out(source: str) -> str:
    """The HTML of a Markdown text, without what every picture has."""
    return render(source).html.strip().replace(FETCH, "")


def render(source: str) -> Rendered:
    """A Markdown text at the usual place."""
    return render_markdown(source, PLACE)


def codes(page: Rendered) -> list[str]:
    """The codes of the problems of a page."""
    return [problem.code for problem in page.problems]


def tree(html: str) -> LexborNode:
    """A page as a browser reads it."""
    body = LexborHTMLParser(f"<!doctype html><body>{html}").body
    assert body is not None
    return body


def assert_safe(html: str) -> LexborNode:
    """Nothing in the page runs, loads what it should not, or clashes with the page around it."""
    body = tree(html)
    for node in body.traverse():
        assert node.tag not in _FORBIDDEN
        for name, value in node.attributes.items():
            assert not name.startswith("on")
            assert name not in {"style", "srcdoc", "name", "target"}
            if name in {"href", "src", "srcset"}:
                assert not _BAD_TARGET.match(value or "")
    ids = [node.attributes["id"] or "" for node in body.css("[id]")]
    assert len(ids) == len(set(ids))
    assert all(name.startswith("user-content-") for name in ids)
    assert "\ufdd0" not in html
    return body
