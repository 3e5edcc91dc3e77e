"""Texts for the gallery, laid out by the library's own renderers."""

from functools import lru_cache
from pathlib import Path
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from nexus.library.reference import read_contract
from nexus.library.rendering.code import render_code
from nexus.library.rendering.diffing import Diff, diff_html
from nexus.library.rendering.markdown import render_markdown
from nexus.library.rendering.page import Heading, Place, Rendered

HERE = Path(__file__).resolve().parent
PLACE = Place(base="/c/prodev/lewis-nexus", path="docs/n-plus-one.md")
#: A picture that needs no server.
PICTURE = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='640' height='360'%3E"
    "%3Crect width='640' height='360' fill='%23d9e7df'/%3E%3C/svg%3E"
)
README = """\
## Features

- Jobs, companies, applications
- Roles: candidate, recruiter, administrator

## Getting started

```bash
git clone https://github.com/LewisMagangi/alx-project-nexus && cd alx-project-nexus
make serve
```

### With Docker

Run `docker compose up`.

## Licence

MIT
"""
ARABIC_TITLE = "مقدمة في قواعد البيانات العلائقية"
ARABIC = f"""\
# {ARABIC_TITLE}

الجداول والمفاتيح والعلاقات، ولماذا نطبّع البيانات قبل أن نكتب أول استعلام.

1. الجدول
2. المفتاح

> ملاحظة

```sql
SELECT 1;
```
"""
SNIPPET = '''\
"""Call again, with growing pauses."""

import random
import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


def retry_with_backoff(call: Callable[[], T], *, deadline_s: float = 30.0, cap_s: float = 5.0) -> T:
    """Call until it works or the deadline is past.

    The pauses double, and each is shortened by chance, so that callers drift apart.
    """
    until, pause = time.monotonic() + deadline_s, 0.1
    while True:
        try:
            return call()
        except OSError:  # the network, most likely
            if time.monotonic() + pause > until:
                raise
        time.sleep(pause * random.uniform(0.5, 1.0))
        pause = min(pause * 2, cap_s)
'''


def safe(rendered: Rendered) -> SafeString:
    """The page that a renderer made."""
    return mark_safe(rendered.html)


@lru_cache
def prose() -> Rendered:
    """A page with one of everything."""
    return render_markdown((HERE / "prose.md").read_text(encoding="utf-8"), PLACE)


@lru_cache
def readme() -> SafeString:
    return safe(render_markdown(README, PLACE))


@lru_cache
def arabic() -> SafeString:
    return safe(render_markdown(ARABIC, PLACE))


@lru_cache
def snippet() -> SafeString:
    return safe(render_code(SNIPPET, language="python", path="retry_with_backoff.py"))


@lru_cache
def source() -> tuple[SafeString, int]:
    """A long file with a long line, and how many lines it has."""
    text = SNIPPET * 8
    return safe(render_code(text, language=None, path="views.py")), text.count("\n")


@lru_cache
def contract() -> tuple[SafeString, tuple[Heading, ...]]:
    """A reference, and its headings."""
    text = (HERE / "contract.yaml").read_text(encoding="utf-8")
    reading: Any = read_contract("contract.yaml", text, PLACE)
    return safe(reading.rendered), reading.rendered.headings


@lru_cache
def comparison() -> Diff:
    """Two versions of a file with words, lines and whole passages changed."""
    later = (
        SNIPPET.replace("growing pauses", "pauses that grow")
        .replace("import random\n", "")
        .replace("random.uniform(0.5, 1.0)", "jitter()")
        .replace("    until, pause", "    # never more than the deadline\n    until, pause")
        + "\n\ndef jitter() -> float:\n    return 1.0\n"
    )
    return diff_html(SNIPPET, later)
