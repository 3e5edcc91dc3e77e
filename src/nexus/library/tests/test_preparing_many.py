"""Many files are prepared by other processes, with the same results."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from nexus.library import preparing_many
from nexus.library.extraction.own_addresses import OwnAddresses
from nexus.library.preparing_files import Work
from nexus.library.preparing_many import WORTH_WORKERS, prepare_files
from nexus.repositories.git.reading import Kind, Reader, TreeFile
from nexus.repositories.git.stores import create_store
from nexus.repositories.git.tests.builders import Repository

PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x07\0\0\0\x05\x08\x02\0\0\0"


@pytest.fixture
def reader(tmp_path: Path) -> Iterator[Reader]:
    create_store(tmp_path / "store.git")
    with Reader(tmp_path / "store.git") as reader:
        yield reader


def _page(number: int) -> str:
    return (
        f"# Page {number}\n\n![x](x.png) me@example.org\n\n"
        "- Problem: the queue lost half of its messages\n- Solution: we wrote them down first\n\n"
        f"```python\nfor n in range({number}):\n    print(n)\n    keep(n)\n    tell(n)\n```\n"
    )


@pytest.fixture
def work(tmp_path: Path, reader: Reader) -> Work:
    pages = {f"docs/{number:03}.md": _page(number) for number in range(WORTH_WORKERS)}
    more: dict[str, str | bytes] = {"a.bin": b"\0\1\2", "b.py": "print(1)\n", "docs/x.png": PNG}
    sha = Repository(tmp_path / "store.git").commit({**pages, **more})
    own = OwnAddresses.of("https://code.example.dev/ada/notes")
    return Work(tmp_path / "store.git", sha, "commons", "notes", own)


@pytest.fixture
def files(work: Work, reader: Reader) -> list[TreeFile]:
    lost = TreeFile("gone.md", "0" * 40, 0o100644, Kind.FILE, 3)
    return [*reader.files(work.commit), lost]


def test_workers_give_what_is_given_without_them_in_the_same_order(work, files, reader):
    alone = list(prepare_files(files, work, reader, workers=0))
    together = list(prepare_files(files, work, reader, workers=2))
    assert [file for file, _ in together] == files
    assert together == alone
    assert together[-1][1] is None
    assert (
        'width="7"' in next(one for _, one in together if one and one.reading).reading.rendered.html
    )


def test_few_files_start_no_process(work, files, reader, monkeypatch):
    monkeypatch.setattr(preparing_many, "Crew", None)
    few = files[: WORTH_WORKERS - 1]
    assert len(list(prepare_files(few, work, reader, workers=2))) == len(few)


def test_a_file_at_which_its_worker_died_is_shown_as_it_is(files):
    lost = preparing_many._lost(files[0])
    assert [problem.code for problem in lost.problems] == ["document-failed"]
    assert (lost.path, lost.reading, lost.is_binary) == (files[0].path, None, False)
