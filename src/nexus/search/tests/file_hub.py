"""A hub that two processes share: its log is a file with one document a line.

``python -m nexus.search.tests.file_hub DIRECTORY LOG MODE`` follows it until its standard
input is closed; with MODE ``stall`` it hangs in the middle of writing, to be killed there.
"""

import json
import sys
import time
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

from nexus.search.documents import SearchDocument
from nexus.search.engine import SearchEngine
from nexus.search.registry import LoggedEvent, SourceRegistry
from nexus.search.tests.hub import document


class FileHub:
    """Lines of JSON are both the events and the documents: ``{"key": …, "title": …}``."""

    name = "file"

    def __init__(self, log: Path, *, stalls: bool = False) -> None:
        self._path = log
        self._stalls = stalls

    def put(self, key: str, title: str) -> None:
        with self._path.open("a") as file:
            file.write(json.dumps({"key": key, "title": title}) + "\n")

    def last_number(self) -> int:
        return len(self._lines())

    def after(self, number: int, limit: int) -> list[tuple[int, str, dict[str, Any]]]:
        lines = self._lines()[number : number + limit]
        return [(number + at, "put", line) for at, line in enumerate(lines, start=1)]

    def affected(self, event: LoggedEvent) -> list[str]:
        return [event.payload["key"]]

    def documents(self, keys: Collection[str]) -> Iterator[SearchDocument]:
        return (each for each in self.all_documents() if each.key in keys)

    def all_documents(self) -> Iterator[SearchDocument]:
        latest = {line["key"]: line["title"] for line in self._lines()}
        for key, title in latest.items():
            yield document(key, title=title)
            if self._stalls and key == "stall":
                say("stalling")
                time.sleep(60)

    def engine(self, directory: Path) -> SearchEngine:
        sources = SourceRegistry()
        sources.register(self)
        return SearchEngine(directory, log=self, sources=sources, poll_seconds=0.02)

    def _lines(self) -> list[dict[str, str]]:
        if not self._path.exists():
            return []
        return [json.loads(line) for line in self._path.read_text().splitlines()]


def say(word: str) -> None:
    """Tell the process that started this one how far it is."""
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


def main(directory: str, log: str, mode: str) -> None:
    """Follow the log until standard input ends."""
    engine = FileHub(Path(log), stalls=mode == "stall").engine(Path(directory))
    engine.start()
    say("following")
    sys.stdin.read()
    engine.stop()


if __name__ == "__main__":
    main(*sys.argv[1:])
