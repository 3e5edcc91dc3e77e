"""Writes the parts of the reference pages that are made from the code.

    python -m scripts.write_reference [--check]

They stand between ``<!-- generated: NAME -->`` and ``<!-- /generated -->``; what people wrote
around them stays. ``hub/collaboration/events.json`` is written as a whole.
"""

import os
import re
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from scripts.fact_tables import facts
from scripts.hub_files import HUB, settle
from scripts.reference_tables import PAGES, events_contract

REFERENCE = HUB / "documentation" / "reference"
EVENTS = HUB / "collaboration" / "events.json"
_PART = re.compile(
    r"(?P<open><!-- generated: (?P<name>[\w-]+) -->\n).*?(?P<close><!-- /generated -->)", re.DOTALL
)


def wanted() -> dict[Path, str]:
    """Every generated file as it should be."""
    made = {**PAGES, "facts.md": {"facts": facts}}
    pages = {REFERENCE / name: parts for name, parts in made.items()}
    return {path: refreshed(path.read_text(), parts) for path, parts in pages.items()} | {
        EVENTS: events_contract()
    }


def refreshed(text: str, parts: Mapping[str, Callable[[], str]]) -> str:
    """A page with its generated parts made anew.

    Raises ``ValueError`` when the page lacks the marks of a part, or has marks of another.
    """
    found = [match["name"] for match in _PART.finditer(text)]
    if sorted(found) != sorted(parts):
        raise ValueError(f"The page has marks for {found}, but the parts are {list(parts)}.")
    return _PART.sub(lambda m: f"{m['open']}\n{parts[m['name']]()}\n\n{m['close']}", text)


def main() -> int:
    """Run the command."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nexus.config.settings")
    import django

    django.setup()
    return settle(wanted(), "Write the reference pages from the code.")


if __name__ == "__main__":
    sys.exit(main())
