"""The bytes of a cold page: HTML, style sheets and core script, compressed as browsers get them.

    python benchmarks/cold_page_bytes.py http://127.0.0.1:8000/c/commons/nexus/README.md
    python benchmarks/cold_page_bytes.py        # starts a hub and takes a page of the bundled one

Fails above the limit. Islands, pictures and what a reader asks for later do not count.
"""

import argparse
import re
import sys
import tempfile
import time
from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from _processes import hub_running, table
from _web import Fetched, get

LIMIT = 30 * 1024


class Wanted(HTMLParser):
    """What a browser fetches before it shows a page: style sheets, scripts, preloads."""

    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what a tag asks for."""
        found = dict(attrs)
        relations = (found.get("rel") or "").split()
        if tag == "script" and found.get("src"):
            self.addresses.append(found["src"] or "")
        if tag == "link" and {"stylesheet", "modulepreload", "preload"} & set(relations):
            self.addresses.append(found.get("href") or "")


def wanted_by(page: Fetched, address: str) -> list[str]:
    """The addresses on the same host that ``page`` asks for, and what scripts import at once."""
    parser = Wanted()
    parser.feed(page.text)
    here = urlsplit(address).netloc
    found = [urljoin(address, each) for each in parser.addresses if each]
    return [each for each in dict.fromkeys(found) if urlsplit(each).netloc == here]


_IMPORT = re.compile(
    r"""(?:^|[;}\s])(?:import|export)\s*(?:[\w*{}\s,$]+\s*from\s*)?["']([^"']+)["']"""
)


def imports_of(script: Fetched, address: str) -> list[str]:
    """What a module imports at once; ``import()`` comes later and does not count."""
    return [urljoin(address, each) for each in _IMPORT.findall(script.text) if each[0] in "./"]


def fetched_by_a_browser(address: str, *, encodings: str) -> Iterator[tuple[str, Fetched]]:
    """The page and everything it needs, each once."""
    page = get(address, encodings=encodings, accept="text/html")
    yield address, page
    waiting, seen = wanted_by(page, address), {address}
    while waiting:
        each = waiting.pop(0)
        if each in seen:
            continue
        seen.add(each)
        part = get(each, encodings=encodings)
        yield each, part
        if urlsplit(each).path.endswith(".js"):
            waiting += imports_of(part, each)


def weigh(address: str, *, encodings: str, limit: int) -> bool:
    """Print what a page weighs; whether it is within ``limit``."""
    rows, total = [["bytes", "as", "status", "what"]], 0
    for each, part in fetched_by_a_browser(address, encodings=encodings):
        total += part.wire
        what = urlsplit(each).path
        rows.append([f"{part.wire:,}", part.encoding or "plain", str(part.status), what])
        if part.status != 200:
            print(f"{each} answered {part.status}.", file=sys.stderr)
            return False
    rows.append([f"{total:,}", "", "", f"of {limit:,}"])
    print(table(rows), end="\n\n")
    return total <= limit


def an_entry_of(address: str) -> str:
    """A document of the bundled hub, once it has been imported."""
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        links: list[str] = re.findall(r'href="(/c/[^"#?]+\.md)"', get(f"{address}/").text)
        if links:
            return urljoin(address, max(links, key=len))
        time.sleep(0.5)
    raise TimeoutError("The home page shows no documents.")


def main() -> None:
    """Weigh a page by both encodings that browsers offer."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("address", nargs="?", help="the page; without it a hub is started")
    parser.add_argument("--limit", type=int, default=LIMIT, help=f"bytes (default: {LIMIT})")
    options = parser.parse_args()
    if options.address:
        sys.exit(not within(options.address, limit=options.limit))
    with tempfile.TemporaryDirectory() as home, hub_running(home) as hub:
        sys.exit(not within(an_entry_of(hub.address), limit=options.limit))


def within(address: str, *, limit: int) -> bool:
    """Whether the page is within ``limit`` for clients with brotli and for those with gzip."""
    print(address)
    by_brotli = weigh(address, encodings="br", limit=limit)
    by_gzip = weigh(address, encodings="gzip", limit=limit)
    return by_brotli and by_gzip


if __name__ == "__main__":
    main()
