"""Rendered texts for the gallery. TEMPORARY renderer until the library's is there."""

import re
from functools import lru_cache
from pathlib import Path

import comrak
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import get_lexer_by_name

from nexus.web.tests.gallery.things import headings

PICTURE = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='640' height='360'%3E"
    "%3Crect width='640' height='360' fill='%23d9e7df'/%3E%3C/svg%3E"
)
HERE = Path(__file__).resolve().parent


def code(text: str, language: str) -> str:
    html = highlight(text, get_lexer_by_name(language), HtmlFormatter(nowrap=True))
    return f'<figure class="code"><pre tabindex="0"><code>{html}</code></pre></figure>'


def render(markdown: str) -> str:
    e = comrak.ExtensionOptions()
    for name in ("strikethrough", "table", "autolink", "tasklist", "footnotes", "alerts",
                 "shortcodes", "math_dollars", "description_lists"):
        setattr(e, name, True)
    r = comrak.RenderOptions()
    r.unsafe_ = True
    html = comrak.render_markdown(markdown, extension_options=e, render_options=r)

    def block(match: re.Match[str]) -> str:
        import html as h

        language, text = match[1], h.unescape(match[2])
        if language == "mermaid":
            return f'<figure class="diagram"><pre tabindex="0"><code>{escape(text)}</code></pre></figure>'
        return code(text, language)

    return re.sub(r'<pre><code class="language-(\w+)">(.*?)</code></pre>', block, html, flags=re.S)


@lru_cache
def prose() -> SafeString:
    html = render((HERE / "prose.md").read_text())
    html = re.sub(r"<h([1-6])>(.*?)</h\1>", lambda m: f'<h{m[1]} id="{anchor(m[2])}">{m[2]}<a class="anchor" href="#{anchor(m[2])}" aria-label="Link to this heading"></a></h{m[1]}>', html)
    return mark_safe(html)


def anchor(text: str) -> str:
    return re.sub(r"[^\w -]", "", text.lower()).replace(" ", "-")


def prose_headings():
    return headings("What we saw", " Things to check", "How the page is built", " In another script")


def arabic() -> tuple[str, str]:
    title = "مقدمة في قواعد البيانات العلائقية"
    html = render(f"# {title}\n\nالجداول والمفاتيح والعلاقات، ولماذا نطبّع البيانات.\n\n1. الجدول\n2. المفتاح\n\n> ملاحظة\n\n```sql\nSELECT 1;\n```\n")
    return title, html


@lru_cache
def readme() -> SafeString:
    return mark_safe(render("## Features\n\n- Jobs, companies, applications\n- Roles\n\n## Getting started\n\n```bash\ngit clone https://github.com/LewisMagangi/alx-project-nexus && cd alx-project-nexus\nmake serve\n```\n\n### With Docker\n\nRun `docker compose up`.\n\n## Licence\n\nMIT\n"))


SNIPPET = '''
import random
import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


def retry_with_backoff(call: Callable[[], T], *, deadline_s: float = 30.0, first_pause_s: float = 0.1, cap_s: float = 5.0) -> T:
    """Call again until it works or the deadline is past."""
    until = time.monotonic() + deadline_s
    pause = first_pause_s
    while True:
        try:
            return call()
        except OSError:  # the network, most likely
            if time.monotonic() + pause > until:
                raise
        time.sleep(pause * random.uniform(0.5, 1.0))
        pause = min(pause * 2, cap_s)
'''


def snippet() -> SafeString:
    return mark_safe(code(SNIPPET.strip(), "python"))


def source() -> tuple[SafeString, int]:
    text = (SNIPPET * 4).strip()
    lines = highlight(text, get_lexer_by_name("python"), HtmlFormatter(nowrap=True)).splitlines()
    rows = "".join(
        f'<span class="line" id="L{n}"><a class="lineno" href="#L{n}">{n}</a>{line}\n</span>' for n, line in enumerate(lines, 1)
    )
    return mark_safe(f'<figure class="code"><pre tabindex="0"><code>{rows}</code></pre></figure>'), len(lines)


def contract():
    return mark_safe("<p>To come.</p>"), []
