"""How commands speak: JSON for programs, lines and bars for people."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn

if TYPE_CHECKING:
    from nexus.library.services.indexing import Report

errors = Console(stderr=True, highlight=False, soft_wrap=True)


def print_json(value: object) -> None:
    """One JSON value on standard output."""
    json.dump(value, sys.stdout, ensure_ascii=False, indent=2, default=str)
    sys.stdout.write("\n")


def print_table(rows: dict[str, Any]) -> None:
    """Words and values, one a line, aligned."""
    width = max((len(word) for word in rows), default=0)
    for word, value in rows.items():
        sys.stdout.write(f"{word:<{width}}  {value}\n")


@contextmanager
def progress_bar(title: str, *, quiet: bool) -> Iterator["Report"]:
    """A bar on standard error that follows a run; nothing at all when ``quiet``."""
    if quiet or not sys.stderr.isatty():
        yield lambda *_: None
        return
    columns = (
        SpinnerColumn(),
        TextColumn("[bold]{task.fields[title]}"),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
    )
    with Progress(*columns, console=errors, transient=True) as bar:
        task = bar.add_task("", title=title, total=None)

        def report(stage: str, done: int, total: int) -> None:
            bar.update(task, description=stage, completed=done, total=total or None)

        yield report
