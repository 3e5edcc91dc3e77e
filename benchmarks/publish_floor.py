"""What the compiled libraries alone take of each file that is published: CPU milliseconds.

    python benchmarks/publish_floor.py FOLDER [--files N]

The Markdown below FOLDER, repeated as for the other benchmarks of publishing, is read by libgit2,
made HTML by comrak, cleaned by nh3, given to tantivy as one field of text, and written to SQLite
as one row; in this process, with as little Python around them as there can be. There are no
colours, links, facts, topics, parts, events or rights in it. So it is no way to publish, but a
bound: a hub that is made of these libraries takes this long before a line of its own has run.
"""

import argparse
import os
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

import pygit2
import tantivy
from _processes import table
from _trees import make_tree

T = TypeVar("T")
_COMMIT_EVERY = 64


def main() -> None:
    """Measure each library over all files, and print a line for each."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path, help="where the Markdown is")
    parser.add_argument("--files", type=int, default=1000, help="how many files (default: 1000)")
    chosen = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nexus.config.settings")
    with tempfile.TemporaryDirectory() as folder:
        rows = list(measure(Path(folder), chosen.folder, chosen.files))
    total = sum(seconds for _, seconds in rows)
    print(f"{chosen.files} files; CPU ms a file")
    lines = [[name, f"{1000 * seconds / chosen.files:.2f}"] for name, seconds in rows]
    print(table([["library", "CPU ms"], *lines, ["all", f"{1000 * total / chosen.files:.2f}"]]))


def measure(folder: Path, source: Path, files: int) -> Iterable[tuple[str, float]]:
    """(library, its CPU seconds for all files), in the order of their work."""
    from nexus.library.rendering.markdown import to_html
    from nexus.library.rendering.sanitising import sanitise

    repository, blobs = stored(folder, source, files)
    texts, seconds = timed(lambda: [repository[blob].read_raw().decode() for blob in blobs])
    yield "libgit2: reading blobs", seconds
    pages, seconds = timed(lambda: [to_html(text) for text in texts])
    yield "comrak: Markdown to HTML", seconds
    clean, seconds = timed(lambda: [sanitise(page) for page in pages])
    yield "nh3: cleaning the HTML", seconds
    _, seconds = timed(lambda: index(folder / "index", texts))
    yield "tantivy: words of a text", seconds
    _, seconds = timed(lambda: keep(folder / "pages.sqlite3", clean))
    yield "SQLite: a row with the page", seconds


def stored(folder: Path, source: Path, files: int) -> tuple[pygit2.Repository, list[pygit2.Oid]]:
    """A repository with the tree, packed as after a fetch, and the ids of its files."""
    make_tree(source, folder / "tree", files=files)
    repository = pygit2.init_repository(str(folder / "store.git"), bare=True)
    paths = sorted((folder / "tree").rglob("*.md"))
    blobs = [repository.create_blob(path.read_bytes()) for path in paths]
    builder = pygit2.PackBuilder(repository)
    for blob in blobs:
        builder.add(blob)
    builder.write()
    return pygit2.Repository(str(folder / "store.git")), blobs


def index(folder: Path, texts: Iterable[str]) -> None:
    """Make an index of ``texts`` that can answer for words and phrases."""
    folder.mkdir()
    schema = tantivy.SchemaBuilder().add_text_field("body", stored=False).build()
    made = tantivy.Index(schema, path=str(folder))
    writer = made.writer(num_threads=1)
    for text in texts:
        writer.add_document(tantivy.Document(body=[text]))
    writer.commit()
    writer.wait_merging_threads()


def keep(path: Path, pages: list[str]) -> None:
    """Write a row for each page, in transactions as large as those of the hub."""
    with sqlite3.connect(path) as database:
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("CREATE TABLE page (id INTEGER PRIMARY KEY, html TEXT)")
        for start in range(0, len(pages), _COMMIT_EVERY):
            rows = [(page,) for page in pages[start : start + _COMMIT_EVERY]]
            database.executemany("INSERT INTO page (html) VALUES (?)", rows)
            database.commit()


def timed(work: Callable[[], T]) -> tuple[T, float]:
    """What ``work`` gives, and the CPU seconds that all threads of this process took for it."""
    began = time.process_time()
    made = work()
    return made, time.process_time() - began


if __name__ == "__main__":
    main()
