"""Stores: made once, written by one at a time, cleaned of what a crash left."""

import json
import multiprocessing
import os
import threading
from pathlib import Path

import pytest

from nexus.repositories.git.program import Command, run
from nexus.repositories.git.stores import (
    create_store,
    head_branch,
    head_commit,
    locked,
    read_refs,
    set_head_branch,
    size_of,
    size_of_packs,
    update_refs,
)
from nexus.repositories.git.tests.builders import Repository, git
from nexus.repositories.git.troubles import GitProgramError, StoreBusy, StoreMissing


def test_a_store_is_made_once(store: Path) -> None:
    config = (store / "config").read_text()
    create_store(store)

    assert (store / "config").read_text() == config
    assert git(f"--git-dir={store}", "config", "transfer.hideRefs").strip() == "refs/nexus"
    assert not (store / "hooks").exists()
    assert head_branch(store) == "main"
    assert head_commit(store) is None


def test_references_move_together(store: Path) -> None:
    repository = Repository(store)
    first = repository.commit({"a": "1"})
    second = repository.commit({"a": "2"})

    update_refs(store, {"refs/heads/a": first, "refs/tags/t": second, "refs/heads/main": None})

    assert read_refs(store, "refs/heads/", "refs/tags/") == {
        "refs/heads/a": first,
        "refs/tags/t": second,
    }
    with pytest.raises(GitProgramError):
        update_refs(store, {"refs/heads/b": first, "refs/heads/a": "1" * 40})
    assert "refs/heads/b" not in read_refs(store)
    update_refs(store, {})


def test_references_are_on_the_disk_when_git_says_they_moved(store: Path, tmp_path: Path) -> None:
    """Else a power cut leaves an empty file where a branch was. Git's trace counts its syncs."""
    made = Repository(store).commit({"a": "1"})
    trace = tmp_path / "trace.json"
    lines = f"update refs/heads/a\0{made}\0\0update refs/heads/b\0{made}\0\0"
    moving = Command(
        store=store,
        arguments=["update-ref", "--stdin", "-z"],
        environment={"GIT_TRACE2_EVENT": str(trace)},
    )

    run(moving, given=lines.encode())

    told = map(json.loads, trace.read_text().splitlines())
    assert [each["value"] for each in told if each.get("key") == "fsync/hardware-flush"] == ["2"]


def test_one_reference_moves_alone_in_the_same_way(store: Path) -> None:
    repository = Repository(store)
    first, second = repository.commit({"a": "1"}), repository.commit({"a": "2"})
    before = read_refs(store)
    odd = os.fsdecode(b"refs/heads/caf\xe9")
    for name in ("refs/heads/main", "refs/heads/new", odd):
        update_refs(store, {name: first})
        assert read_refs(store) == {**before, name: first}
        update_refs(store, {name: before.get(name)})
        update_refs(store, {name: before.get(name)})
        assert read_refs(store) == before
    impossible = {"refs/heads/a": "1" * 40, "refs/heads/main/b": second, "refs/heads/a..b": second}
    for name, oid in impossible.items():
        with pytest.raises(GitProgramError):
            update_refs(store, {name: oid})
    (store / "refs/heads/main.lock").touch()
    with pytest.raises(GitProgramError):
        update_refs(store, {"refs/heads/main": first})
    assert read_refs(store) == before


def test_the_default_branch_can_be_changed(store: Path) -> None:
    first = Repository(store).commit({"a": "1"}, branch="trunk")
    set_head_branch(store, "trunk")

    assert head_branch(store) == "trunk"
    assert head_commit(store) == first


def test_only_one_writes_at_a_time(store: Path) -> None:
    answers: list[str] = []

    def try_it() -> None:
        try:
            with locked(store):
                answers.append("in")
        except StoreBusy as busy:
            answers.append(busy.code)

    with locked(store):
        thread = threading.Thread(target=try_it)
        thread.start()
        thread.join()
    try_it()

    assert answers == ["store-busy", "in"]


def _hold_and_die(store: Path) -> None:
    with locked(store):
        os._exit(9)


def test_the_lock_of_a_process_that_died_is_free(store: Path) -> None:
    process = multiprocessing.get_context("spawn").Process(target=_hold_and_die, args=(store,))
    process.start()
    process.join()

    with locked(store):
        assert process.exitcode == 9


def test_what_a_crash_left_is_removed(store: Path) -> None:
    packs = store / "objects" / "pack"
    names = ("tmp_pack_abc", ".tmp-1-pack-abc.pack", "pack_git2_88e6a82bdf13idx.lock")
    unfinished = [packs / name for name in names]
    for path in unfinished:
        path.write_bytes(b"x")
    old, new = store / "packed-refs.lock", store / "refs" / "heads" / "main.lock"
    for lock in (old, new):
        lock.touch()
    os.utime(old, (1, 1))

    with locked(store):
        assert not any(path.exists() for path in (*unfinished, old))
        assert new.exists()


def test_there_has_to_be_a_store(tmp_path: Path) -> None:
    with pytest.raises(StoreMissing), locked(tmp_path / "none"):
        pass


def test_sizes(store: Path) -> None:
    before = size_of(store)
    Repository(store).commit({"a": os.urandom(100_000).hex()})
    (store / "objects" / "pack" / "tmp_pack_x").write_bytes(b"x" * 1000)

    assert size_of(store) > before + 50_000
    assert size_of_packs(store) >= 1000
    assert size_of_packs(store / "gone") == 0
