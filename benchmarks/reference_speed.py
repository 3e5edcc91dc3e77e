"""How long it takes to turn an API contract into its readable reference, in milliseconds.

    python benchmarks/reference_speed.py FOLDER [--repeat N]

Every contract below FOLDER is recognised, read and laid out N times; the best time counts,
split into parsing the text and everything after it. Examples are put in colour anew each time.
The time is that of the processor, so a busy machine spoils it less.
"""

import argparse
import time
from dataclasses import dataclass
from pathlib import Path

from nexus.library.reference import read_contract, recognise
from nexus.library.reference.findings import Findings
from nexus.library.reference.recognise import Family
from nexus.library.reference.source import load
from nexus.library.rendering import highlighting
from nexus.library.rendering.page import Place

ENDINGS = frozenset({".json", ".yaml", ".yml", ".graphql", ".graphqls", ".gql"})


@dataclass(frozen=True, slots=True)
class Measured:
    """The times for one document, in milliseconds, and the sizes of text and page."""

    name: str
    parsing: float
    total: float
    characters: int
    html: int


def main() -> None:
    """Measure, and print a line a document, the slowest first."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=Path, help="the folder that holds contracts")
    parser.add_argument("--repeat", type=int, default=5, help="how often each one is read")
    chosen = parser.parse_args()
    found = [
        measured
        for path in sorted(chosen.folder.rglob("*"))
        if path.suffix in ENDINGS and (measured := measure(path, chosen.folder, chosen.repeat))
    ]
    print(f"{'contract':<60} {'parsing':>8} {'total ms':>9} {'text KB':>8} {'page KB':>8}")
    for each in sorted(found, key=lambda each: -each.total):
        sizes = f"{each.characters / 1000:>8.1f} {each.html / 1000:>8.1f}"
        print(f"{each.name[-60:]:<60} {each.parsing:>8.1f} {each.total:>9.1f} {sizes}")
    print(f"{len(found)} contracts, {sum(each.total for each in found):.0f} ms together")


def measure(path: Path, folder: Path, repeat: int) -> Measured | None:
    """The best times for one file; None when it is no contract."""
    text, name = path.read_text(errors="replace"), path.relative_to(folder).as_posix()
    form = recognise(name, text)
    if form is None:
        return None
    place = Place("/c/commons/nexus", name)
    parsing, total, html = [0.0], [], 0
    for _ in range(repeat):
        highlighting._remembered.cache_clear()
        started = time.process_time()
        reading = read_contract(name, text, place)
        total.append(time.process_time() - started)
        html = len(reading.rendered.html) if reading else 0
    if form.family is not Family.GRAPHQL:
        parsing = [parse_time(name, text) for _ in range(repeat)]
    return Measured(name, min(parsing) * 1000, min(total) * 1000, len(text), html)


def parse_time(name: str, text: str) -> float:
    """Seconds that parsing JSON or YAML takes."""
    started = time.process_time()
    load(text, Findings(name))
    return time.process_time() - started


if __name__ == "__main__":
    main()
