"""A plain folder becomes commits: exactly its files, once for each time they change."""

import os
import socket
import time
from pathlib import Path

import pytest

from nexus.kernel.errors import NexusError
from nexus.repositories.git.fetching import Fetched, LeftOut, Progress, fetch
from nexus.repositories.git.folders import walk
from nexus.repositories.git.items import Report
from nexus.repositories.git.limits import Limits
from nexus.repositories.git.outcomes import LEFT_OUT_REASONS
from nexus.repositories.git.progress import Work
from nexus.repositories.git.reading import Kind, Reader
from nexus.repositories.git.stores import create_store, read_refs, size_of
from nexus.repositories.git.tests.builders import Repository, folder_of, refs_of, write_folder
from nexus.repositories.git.troubles import Stopped


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder to import, empty."""
    return write_folder(tmp_path / "ann+notes", {})


def contents(store: Path, head: str | None) -> dict[str, bytes | None]:
    assert head is not None
    with Reader(store) as reader:
        return {f.path: reader.read(f.oid, limit=10**6) for f in reader.files(head)}


def settle(folder: Path) -> None:
    """Let the folder look as if nothing had changed for a while."""
    time.sleep(0.01)
    for path in (folder, *folder.rglob("*")):
        os.utime(path, (1, 1), follow_symlinks=False)


def test_a_folder_becomes_a_commit(folder: Path, store: Path) -> None:
    files = {"README.md": "# Hi", "docs/a b.md": "x", "docs/ملاحظات/笔记.md": "y", "empty": ""}
    write_folder(folder, files)
    told: list[Progress] = []

    fetched = fetch(store, folder_of(folder), on_progress=told.append)

    assert (fetched.branch, fetched.changed, fetched.left_out) == ("main", True, ())
    assert contents(store, fetched.head) == {name: text.encode() for name, text in files.items()}
    with Reader(store) as reader:
        assert reader.head() == fetched.head
        commit = reader.commit(fetched.head or "")
    assert commit.author_name == "Nexus import"
    assert commit.subject == "Import notes"
    assert commit.body == "From the folder ann+notes."
    assert str(folder.parent) not in commit.body
    assert {progress.stage for progress in told} == {"comparing", "reading"}
    assert read_refs(store, "refs/nexus/") == {}


def test_history_grows_and_nothing_is_committed_twice(folder: Path, store: Path) -> None:
    origin = folder_of(folder)
    write_folder(folder, {"a": "1", "b": "1"})
    first = fetch(store, origin)
    again = fetch(store, origin)
    assert (again.head, again.changed) == (first.head, False)

    write_folder(folder, {"a": "2"})
    (folder / "b").unlink()
    second = fetch(store, origin)

    assert second.changed
    assert contents(store, second.head) == {"a": b"2"}
    with Reader(store) as reader:
        assert reader.commit(second.head or "").parents == (first.head,)
        assert contents(store, first.head) == {"a": b"1", "b": b"1"}


def test_an_unchanged_folder_is_not_read_again(
    folder: Path, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_folder(folder, {"a": "1", "b/c": "2"})
    now = time.time_ns()
    monkeypatch.setattr(time, "time_ns", lambda: now + 10**13)
    first = fetch(store, folder_of(folder))
    (folder / "a").chmod(0o644)
    fetch(store, folder_of(folder))
    told: list[Progress] = []

    again = fetch(store, folder_of(folder), on_progress=told.append)

    assert (again.head, again.changed) == (first.head, False)
    assert {progress.stage for progress in told} == {"comparing"}
    (store / "nexus-snapshot").unlink()
    assert fetch(store, folder_of(folder)) == again


def test_a_change_that_keeps_the_size_and_the_time_is_seen(folder: Path, store: Path) -> None:
    write_folder(folder, {"a": "1"})
    settle(folder)
    fetch(store, folder_of(folder))
    write_folder(folder, {"a": "2"})
    settle(folder)

    assert contents(store, fetch(store, folder_of(folder)).head) == {"a": b"2"}


def test_the_same_files_from_elsewhere_are_no_change(
    folder: Path, store: Path, tmp_path: Path
) -> None:
    for place in (folder, tmp_path / "other"):
        write_folder(place, {"a": "1"})
    first = fetch(store, folder_of(folder))

    assert fetch(store, folder_of(tmp_path / "other")).head == first.head


def test_links_are_kept_as_links_and_never_followed(
    folder: Path, store: Path, tmp_path: Path
) -> None:
    secret = tmp_path / "secret"
    secret.write_text("secret")
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "x").write_text("secret")
    (folder / "file").symlink_to(secret)
    (folder / "folder").symlink_to(tmp_path / "outside")
    (folder / "loop").symlink_to(".")
    (folder / "broken").symlink_to("nowhere")

    fetched = fetch(store, folder_of(folder))

    with Reader(store) as reader:
        files = list(reader.files(fetched.head or ""))
    assert {file.kind for file in files} == {Kind.SYMLINK}
    assert contents(store, fetched.head) == {
        "broken": b"nowhere",
        "file": str(secret).encode(),
        "folder": str(tmp_path / "outside").encode(),
        "loop": b".",
    }


def test_the_inside_of_repositories_is_left_out_but_a_bare_one_is_files(
    folder: Path, store: Path
) -> None:
    Repository(folder / "bare.git").commit({"a": "1"})
    write_folder(folder, {"nested/.git/config": "x", "nested/a": "1", "module/.git": "gitdir: x"})

    fetched = fetch(store, folder_of(folder))

    assert set(fetched.left_out) == {
        LeftOut("module/.git", "git-folder"),
        LeftOut("nested/.git", "git-folder"),
    }
    found = contents(store, fetched.head)
    assert found["bare.git/HEAD"] == b"ref: refs/heads/main\n"
    assert "nested/a" in found


def test_what_is_no_file_is_left_out(
    folder: Path, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_folder(folder, {"a": "1"})
    os.mkfifo(folder / "pipe")
    with socket.socket(socket.AF_UNIX) as listener:
        monkeypatch.chdir(folder)  # the path of a socket has to be short
        listener.bind("socket")
        fetched = fetch(store, folder_of(folder))

    assert fetched.left_out == (LeftOut("pipe", "special"), LeftOut("socket", "special"))
    assert contents(store, fetched.head) == {"a": b"1"}


def test_a_pipe_that_takes_the_place_of_a_file_is_not_waited_for(folder: Path, store: Path) -> None:
    write_folder(folder, {"a": "1", "b": "1", "c": "1"})

    def swap(progress: Progress) -> None:
        if progress.stage == "reading" and not (folder / "b").is_fifo():
            (folder / "b").unlink()
            os.mkfifo(folder / "b")
            (folder / "c").unlink()

    fetched = fetch(store, folder_of(folder), on_progress=swap)

    assert fetched.left_out == (LeftOut("b", "unreadable"), LeftOut("c", "unreadable"))
    assert contents(store, fetched.head) == {"a": b"1"}


def test_large_files_are_left_out(folder: Path, store: Path) -> None:
    write_folder(folder, {"a": "1"})
    with (folder / "large").open("wb") as file:
        file.truncate(200 * 2**20)

    fetched = fetch(store, folder_of(folder))

    assert fetched.left_out == (LeftOut("large", "too-large"),)
    assert contents(store, fetched.head) == {"a": b"1"}


def test_a_file_that_grows_while_it_is_read_is_left_out(folder: Path, store: Path) -> None:
    write_folder(folder, {"a": "1"})

    def grow(progress: Progress) -> None:
        if progress.stage == "reading":
            write_folder(folder, {"a": "x" * 1000})

    fetched = fetch(store, folder_of(folder), on_progress=grow, limits=Limits(max_file_bytes=100))
    assert fetched.left_out == (LeftOut("a", "too-large"),)


def test_somebody_may_leave_files_out(folder: Path, store: Path) -> None:
    write_folder(folder, {".env": "TOKEN=1", "docs/.env": "TOKEN=1", "a": "1"})

    def secret(path: str) -> str | None:
        return "secret" if path.endswith(".env") else None

    fetched = fetch(store, folder_of(folder), leave_out=secret)

    assert fetched.left_out == (LeftOut(".env", "secret"), LeftOut("docs/.env", "secret"))
    assert contents(store, fetched.head) == {"a": b"1"}


@pytest.mark.parametrize("kept", [None, "", "[]", '{"source": 1}', '{"left_out": [[]]}'])
def test_what_was_left_out_is_known_when_nothing_changed(
    folder: Path, store: Path, monkeypatch: pytest.MonkeyPatch, kept: str | None
) -> None:
    write_folder(folder, {".env": "TOKEN=1", "nested/.git/config": "x", "a": "1"})
    now = time.time_ns()
    monkeypatch.setattr(time, "time_ns", lambda: now + 10**13)
    leave_out = {".env": "secret"}.get
    first = fetch(store, folder_of(folder), leave_out=leave_out)
    if kept is not None:
        (store / "nexus-snapshot").write_text(kept)

    again = fetch(store, folder_of(folder), leave_out=leave_out)

    assert (again.head, again.changed) == (first.head, False)
    assert again.left_out == first.left_out
    assert {left.reason for left in again.left_out} == {"secret", "git-folder"}


def test_the_hub_does_not_take_in_itself(folder: Path) -> None:
    store = folder / "var" / "1.git"
    create_store(store)
    write_folder(folder, {"a": "1"})

    fetched = fetch(store, folder_of(folder))

    assert fetched.left_out == (LeftOut("var/1.git", "store"),)
    assert contents(store, fetched.head) == {"a": b"1"}


def test_odd_names_are_taken_as_they_are(folder: Path, store: Path) -> None:
    names = [b"a\nb", b'q"uote', b"back\\slash", b"caf\xe9", b"\\x", b"C:", b" ", b"-u"]
    for name in names:
        Path(os.fsdecode(os.fsencode(folder) + b"/" + name)).write_text("x")

    fetched = fetch(store, folder_of(folder))

    assert len(contents(store, fetched.head)) == len(names)
    assert fetched.left_out == ()


def test_what_is_too_deep_is_left_out(folder: Path, store: Path) -> None:
    write_folder(folder, {"a/b/c/d": "1", "a/x": "1"})

    fetched = fetch(store, folder_of(folder), limits=Limits(max_depth=3))

    assert fetched.left_out == (LeftOut("a/b/c/d", "unsafe-path"),)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_what_cannot_be_read_is_left_out(folder: Path, store: Path) -> None:
    write_folder(folder, {"a": "1", "closed": "1", "folder/b": "1"})
    for name in ("closed", "folder"):
        (folder / name).chmod(0)
    try:
        fetched = fetch(store, folder_of(folder))
    finally:
        (folder / "folder").chmod(0o700)
    assert {left.reason for left in fetched.left_out} == {"unreadable"}


def test_folders_that_vanish_while_they_are_read(folder: Path, store: Path) -> None:
    write_folder(folder, {"a": "1", "b/c": "1"})
    seen: list[Progress] = []

    def vanish() -> bool:
        if not seen:
            seen.append(Progress("comparing", 0))
        elif (folder / "b" / "c").exists():
            (folder / "b" / "c").unlink()
            (folder / "b").rmdir()
        return False

    fetched = fetch(store, folder_of(folder), should_stop=vanish)

    assert fetched.left_out == (LeftOut("b", "unreadable"),)


def test_files_that_vanish_while_the_folder_is_walked(folder: Path, store: Path) -> None:
    write_folder(folder, {"a": "1", "b": "1", "c": "1"})
    report = Report()
    seen = []
    for found in walk(folder, avoid=store, work=Work(), report=report):
        seen.append(found.path)
        (folder / "b").unlink(missing_ok=True)

    assert seen == [b"a", b"c"]
    assert report.left_out == [LeftOut("b", "unreadable")]


def refusal(store: Path, folder: Path, limits: Limits) -> NexusError:
    with pytest.raises(NexusError) as trouble:
        fetch(store, folder_of(folder), limits=limits)
    assert trouble.value.remedy
    return trouble.value


@pytest.mark.parametrize("limits", [Limits(max_files=2), Limits(max_bytes=100)])
def test_too_much_is_refused_as_a_whole(folder: Path, store: Path, limits: Limits) -> None:
    write_folder(folder, {"a": "x" * 90, "b": "x" * 90, "c": "x"})

    assert refusal(store, folder, limits).code == "import-too-large"
    assert refs_of(store) == {}
    assert not list((store / "objects" / "pack").glob("tmp_*"))


def test_an_import_is_bounded_in_time_and_can_be_stopped(folder: Path, store: Path) -> None:
    write_folder(folder, {"a": "1"})

    assert refusal(store, folder, Limits(total_seconds=0)).code == "took-too-long"
    with pytest.raises(Stopped):
        fetch(store, folder_of(folder), should_stop=lambda: True)
    assert refs_of(store) == {}


def test_an_empty_folder_is_an_empty_repository(folder: Path, store: Path) -> None:
    assert fetch(store, folder_of(folder)) == Fetched(head=None, branch=None, changed=False)


def test_an_emptied_folder_leaves_the_last_state(folder: Path, store: Path) -> None:
    write_folder(folder, {"a": "1"})
    head = fetch(store, folder_of(folder)).head
    (folder / "a").unlink()

    assert refusal(store, folder, Limits()).code == "import-empty"
    assert refs_of(store) == {"refs/heads/main": head}


def test_a_vanished_folder_leaves_the_last_state(folder: Path, store: Path) -> None:
    write_folder(folder, {"a": "1"})
    origin = folder_of(folder)
    head = fetch(store, origin).head
    folder.rename(folder.with_name("gone"))

    with pytest.raises(NexusError) as trouble:
        fetch(store, origin)
    assert trouble.value.code == "import-unreadable"
    assert refs_of(store) == {"refs/heads/main": head}


def test_ten_thousand_files_are_one_pack(folder: Path, store: Path) -> None:
    for n in range(100):
        (folder / f"venv{n}").mkdir()
        for m in range(100):
            (folder / f"venv{n}" / f"{m}.py").write_text(f"{n} {m}")

    fetched = fetch(store, folder_of(folder))

    with Reader(store) as reader:
        assert sum(1 for _ in reader.files(fetched.head or "")) == 10_000
    assert len(list((store / "objects" / "pack").glob("*.pack"))) == 1
    assert size_of(store) < 3_000_000


def test_git_that_fails_is_explained(
    folder: Path, store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_folder(folder, {"a": "1"})
    fake = tmp_path / "bin" / "git"
    fake.parent.mkdir()
    fake.write_text(
        '#!/bin/sh\ncase " $* " in *" fast-import "*) '
        'echo "fatal: write: No space left on device" >&2; exit 128;; esac\n'
        f'PATH={os.environ["PATH"]} exec git "$@"\n'
    )
    fake.chmod(0o755)
    monkeypatch.setenv("PATH", f"{fake.parent}:{os.environ['PATH']}")

    assert refusal(store, folder, Limits()).code == "disk-full"


def test_every_reason_has_words() -> None:
    assert all(words and "!" not in words for words in LEFT_OUT_REASONS.values())


def test_the_examples_become_repositories(store: Path, examples: Path) -> None:
    fetched = fetch(store, folder_of(examples / "LewisMagangi+alx-project-nexus"))

    readme = contents(store, fetched.head)["README.md"]
    assert readme is not None
    assert readme.startswith((b"\xff\xfe", b"\xfe\xff"))
