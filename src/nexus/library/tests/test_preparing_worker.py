"""The process that prepares files for another, in this one: what it reads and what it answers."""

from multiprocessing import Pipe
from pathlib import Path

import pytest

from nexus.library.extraction.own_addresses import OwnAddresses
from nexus.library.preparing_files import Work, preparer
from nexus.library.preparing_worker import serve
from nexus.repositories.git.reading import Reader
from nexus.repositories.git.stores import create_store
from nexus.repositories.git.tests.builders import Repository


def test_each_file_of_each_list_is_answered_until_nobody_asks(tmp_path: Path) -> None:
    create_store(tmp_path / "store.git")
    sha = Repository(tmp_path / "store.git").commit({"a.md": "# A\n", "b.md": "# B\n"})
    work = Work(tmp_path / "store.git", sha, "commons", "notes", OwnAddresses())
    ours, theirs = Pipe()
    asked, answers = Pipe()
    with Reader(work.store) as reader:
        first, second = reader.files(sha)
        ours.send([(first.path, first.oid), (second.path, second.oid)])
        ours.send([("gone.md", "0" * 40)])
        ours.close()
        with pytest.raises(EOFError):
            serve(theirs.recv, answers.send, preparer(work, reader))
    titles = [one.reading.title if one else None for one in (asked.recv() for _ in range(3))]
    assert titles == ["A", "B", None]
