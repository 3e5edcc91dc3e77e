"""Commits written by the hub: what Git itself reads of them, and what is refused."""

import threading
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nexus.kernel.errors import Conflict, Invalid
from nexus.repositories.git.committing import MAX_FILE_BYTES, Author, Change, commit
from nexus.repositories.git.reading import Reader
from nexus.repositories.git.stores import create_store, head_commit
from nexus.repositories.git.tests.builders import git
from tests.services.patience import PATIENCE

ADA = Author("Ada", "ada@people.invalid")


@pytest.fixture
def store(tmp_path: Path) -> Path:
    create_store(tmp_path / "store.git")
    return tmp_path / "store.git"


def write(store: Path, files: dict[str, bytes | None], **expected: str) -> str:
    changed = {name.replace("__", "/"): oid for name, oid in expected.items()}
    return commit(store, Change(files=files, message="Work", author=ADA, expected=changed))


def contents(store: Path, sha: str) -> dict[str, bytes | None]:
    with Reader(store) as reader:
        return {file.path: reader.read(file.oid, limit=1_000) for file in reader.files(sha)}


def test_the_first_commit_begins_the_default_branch(store: Path) -> None:
    sha = write(store, {"notes/first.md": b"# Hello\n", "two words é.md": b"x"})
    assert head_commit(store) == sha
    assert contents(store, sha) == {"notes/first.md": b"# Hello\n", "two words é.md": b"x"}
    assert git("-C", store, "log", "--format=%an <%ae> %s").strip() == (
        "Ada <ada@people.invalid> Work"
    )
    git("-C", store, "fsck", "--strict")


def test_a_commit_changes_what_it_names_and_nothing_else(store: Path) -> None:
    first = write(store, {"a.md": b"a", "b.md": b"b", "c.md": b"c"})
    second = write(store, {"a.md": b"anew", "b.md": None})
    assert contents(store, second) == {"a.md": b"anew", "c.md": b"c"}
    assert contents(store, first) == {"a.md": b"a", "b.md": b"b", "c.md": b"c"}
    assert git("-C", store, "rev-parse", f"{second}^").strip() == first


def test_nothing_changed_makes_no_commit(store: Path) -> None:
    first = write(store, {"a.md": b"a"})
    assert write(store, {"a.md": b"a", "never-there.md": None}) == first


def test_what_somebody_else_changed_is_not_overwritten(store: Path) -> None:
    first = write(store, {"a.md": b"a"})
    was = git("-C", store, "rev-parse", f"{first}:a.md").strip()
    theirs = write(store, {"a.md": b"theirs"}, **{"a.md": was})
    with pytest.raises(Conflict) as refused:
        write(store, {"a.md": b"mine"}, **{"a.md": was})
    assert refused.value.code == "file-changed"
    assert head_commit(store) == theirs


def test_a_new_file_does_not_take_the_place_of_another(store: Path) -> None:
    write(store, {"a.md": b"a"})
    with pytest.raises(Conflict):
        write(store, {"a.md": b"mine"}, **{"a.md": ""})


@pytest.mark.parametrize("path", ["folder", "folder/file.md/deeper.md"])
def test_a_file_does_not_take_the_place_of_a_folder(store: Path, path: str) -> None:
    first = write(store, {"folder/file.md": b"kept"})
    with pytest.raises(Conflict) as refused:
        write(store, {path: b"mine"})
    assert refused.value.code == "path-taken"
    assert head_commit(store) == first


def test_a_folder_that_is_emptied_makes_room_for_a_file(store: Path) -> None:
    write(store, {"folder/file.md": b"x"})
    sha = write(store, {"folder/file.md": None, "folder": b"now a file"})
    assert contents(store, sha) == {"folder": b"now a file"}


@pytest.mark.parametrize(
    "path",
    ["", "../x", "a/../../x", "/etc/passwd", "a//b", ".git/config", "a/.GIT/hooks/x", "GIT~1/x",
     ".gitmodules", "a\0b", "line\nbreak", "."],
)  # fmt: skip
def test_unsafe_paths_are_refused(store: Path, path: str) -> None:
    with pytest.raises(Invalid) as refused:
        write(store, {"fine.md": b"x", path: b"y"})
    assert refused.value.code == "path-unsafe"
    assert head_commit(store) is None


def test_a_file_that_is_too_large_is_refused(store: Path) -> None:
    with pytest.raises(Invalid) as refused:
        write(store, {"big.md": b"x" * (MAX_FILE_BYTES + 1)})
    assert refused.value.code == "file-too-large"


def test_writers_at_the_same_time_lose_nothing(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("nexus.repositories.git.committing._PATIENCE_SECONDS", PATIENCE)
    names = [f"{number}.md" for number in range(8)]
    threads = [threading.Thread(target=write, args=(store, {name: b"x"})) for name in names]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    head = head_commit(store)
    assert head is not None
    assert sorted(contents(store, head)) == names
    assert git("-C", store, "rev-list", "--count", "HEAD").strip() == "8"


names = st.text(st.characters(codec="utf-8"), max_size=12)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
@given(st.lists(names, min_size=1, max_size=3).map("/".join), st.binary(max_size=50))
def test_any_path_is_written_as_it_is_or_refused(store: Path, path: str, data: bytes) -> None:
    try:
        sha = write(store, {path: data})
    except (Invalid, Conflict):
        return
    assert contents(store, sha)[path] == data
    git("-C", store, "fsck", "--strict")
