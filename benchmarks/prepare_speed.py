"""Where the time goes when one Markdown file is read: CPU milliseconds a file, by stage.

    python benchmarks/prepare_speed.py FOLDER [--rounds N]

Every Markdown file below FOLDER is prepared as publishing does it, in this one process. Of each
stage the best of all rounds counts, file by file, so that a busy machine disturbs little. The
first round is told apart: in it nothing is remembered yet, above all no code in colour.
"""

import argparse
import os
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

from _processes import table

T = TypeVar("T")
#: Longer files are few, and no README.
MAX_BYTES = 300_000


def main() -> None:
    """Measure, and print a line a stage."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path, help="where the Markdown is")
    parser.add_argument("--rounds", type=int, default=5, help="how often it is read (default: 5)")
    chosen = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nexus.config.settings")
    files = dict(markdown(chosen.folder))
    if not files:
        raise SystemExit(f"There is no Markdown below {chosen.folder}.")
    size = sum(map(len, files.values())) / len(files) / 1024
    print(f"{len(files)} files of {size:.1f} KiB on average; CPU ms a file")
    print(table([["stage", "best", "first"], *rows(files, chosen.rounds)]))


def markdown(folder: Path) -> Iterator[tuple[str, bytes]]:
    """(path, content) of the Markdown files below ``folder``, in order."""
    for path in sorted(folder.rglob("*.md")):
        if path.is_file() and path.stat().st_size <= MAX_BYTES:
            yield str(path.relative_to(folder)), path.read_bytes()


def rows(files: dict[str, bytes], rounds: int) -> Iterator[list[str]]:
    """A row a stage: the best of all rounds, and the first."""
    spent = [round_of(files) for _ in range(rounds)]
    for stage in spent[0]:
        times = [sum(one[stage].values()) for one in spent]
        best = sum(min(one[stage][path] for one in spent) for path in files)
        yield [stage, *(f"{1000 * each / len(files):.2f}" for each in (best, times[0]))]


def round_of(files: dict[str, bytes]) -> dict[str, dict[str, float]]:
    """CPU seconds by stage and path: first each file as a whole, then its stages."""
    spent: dict[str, dict[str, float]] = defaultdict(dict)
    for path, data in files.items():
        whole(path, data, spent)
        stages(path, data, spent)
    return spent


def whole(path: str, data: bytes, spent: dict[str, dict[str, float]]) -> None:
    """Prepare one file."""
    from nexus.library.addresses import place_of
    from nexus.library.preparing import prepare

    place = place_of("benchmark", "examples", path)
    timed(spent["all of it"], path, lambda: prepare(data, blob="0" * 40, place=place))


def stages(path: str, data: bytes, spent: dict[str, dict[str, float]]) -> None:
    """The same in its stages, each alone."""
    from nexus.library.addresses import place_of
    from nexus.library.checking.placeholders import placeholder_problems
    from nexus.library.discretion.readings import discreet_reading
    from nexus.library.extraction.outline import outline
    from nexus.library.extraction.resources import find_resources
    from nexus.library.kinds.registry import KINDS, read_entry
    from nexus.library.preparing import NOBODYS, language_of_entry, read_source
    from nexus.library.topics.matching import topics_of

    def stage(name: str, work: Callable[[], T]) -> T:
        return timed(spent[name], path, work)

    read = stage("decode, secrets", lambda: read_source(data, place_of("b", "e", path), None))
    if read is None:
        return
    source, _ = read
    reading = stage("render", lambda: read_entry(source))
    if reading is None:
        return
    stage("language", lambda: language_of_entry(source, reading))
    text = stage("outline", lambda: outline(source.body, first_line=source.body_line))
    stage("topics", lambda: topics_of(text, title=reading.title))
    stage("resources", lambda: find_resources(text, path=path, own=NOBODYS))
    for kind in KINDS.values():
        stage(f"parts: {kind.plural}", lambda kind=kind: list(kind.parts(source, text)))  # type: ignore[misc]
    stage("placeholders", lambda: list(placeholder_problems(text, path)))
    stage("discretion", lambda: discreet_reading(reading))


def timed(spent: dict[str, float], path: str, work: Callable[[], T]) -> T:
    """What ``work`` gives, with its CPU seconds in ``spent``."""
    began = time.process_time()
    try:
        return work()
    finally:
        spent[path] = time.process_time() - began


if __name__ == "__main__":
    main()
