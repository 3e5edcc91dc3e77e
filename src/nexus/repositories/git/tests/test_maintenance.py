"""Stores stay small and sound, and nothing that was published is dropped."""

import os
from pathlib import Path

import pytest

from nexus.repositories.git.fetching import fetch
from nexus.repositories.git.maintenance import maintain, needs_maintenance, size_of, verify
from nexus.repositories.git.reading import Reader
from nexus.repositories.git.stores import KEPT, locked, read_refs
from nexus.repositories.git.tests.builders import Repository
from nexus.repositories.git.troubles import GitProgramError, StoreBusy, StoreMissing


def test_kept_tips_survive(upstream: Repository, store: Path) -> None:
    lost = upstream.commit({"a": "published once"})
    fetch(store, upstream.origin)
    upstream.commit({"a": "1"}, parents=[])
    fetch(store, upstream.origin)

    maintain(store)

    assert read_refs(store, KEPT) == {KEPT + lost: lost}
    with Reader(store) as reader:
        (file,) = reader.files(lost)
        assert reader.read(file.oid, limit=100) == b"published once"
    assert verify(store).sound


def test_many_small_packs_become_one(upstream: Repository, store: Path) -> None:
    assert not needs_maintenance(store)
    for n in range(52):
        upstream.commit({f"f{n}": os.urandom(100)})
        fetch(store, upstream.origin)
    assert needs_maintenance(store)
    before = size_of(store)

    with Reader(store) as reader:
        head = reader.head()
        assert head is not None
        maintain(store)
        assert len(list(reader.files(head))) == 52

    assert not needs_maintenance(store)
    assert size_of(store) < before
    assert len(list((store / "objects" / "pack").glob("*.pack"))) == 1


def test_many_references_or_loose_objects_need_care(store: Path) -> None:
    written = Repository(store)
    sha = written.commit({"a": "1"})
    lines = [f"create refs/tags/t{n} {sha}\n" for n in range(150)]
    written.git("update-ref", "--stdin", given="".join(lines).encode())
    assert needs_maintenance(store)

    maintain(store)

    assert not needs_maintenance(store)
    assert len(read_refs(store, "refs/tags/")) == 150


def test_a_damaged_store_is_left_as_it_is(store: Path) -> None:
    written = Repository(store)
    sha = written.commit({"lost": "lost", "kept": "kept"})
    lost, kept = (written.git("rev-parse", f"{sha}:{name}") for name in ("lost", "kept"))
    written.remove_object(lost)

    verified = verify(store)
    assert not verified.sound
    assert any(lost in problem for problem in verified.problems)
    maintain(store)
    with Reader(store) as reader:
        assert reader.read(kept, limit=100) == b"kept"


def test_an_empty_store_is_sound(store: Path) -> None:
    maintain(store)
    assert verify(store).sound


def test_nobody_else_may_be_writing(store: Path) -> None:
    with locked(store), pytest.raises(StoreBusy):
        maintain(store)


def test_what_is_wrong_besides_missing_objects_is_told(
    store: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A git program that cannot repack, as on a disk that is full."""
    real = os.environ["PATH"]
    fake = tmp_path / "bin" / "git"
    fake.parent.mkdir()
    fake.write_text(
        f'#!/bin/sh\ncase " $* " in *" repack "*) exit 3;; esac\nPATH={real} exec git "$@"\n'
    )
    fake.chmod(0o755)
    monkeypatch.setenv("PATH", f"{fake.parent}:{real}")

    with pytest.raises(GitProgramError):
        maintain(store)


def test_there_has_to_be_a_store(tmp_path: Path) -> None:
    for action in (maintain, verify):
        with pytest.raises(StoreMissing):
            action(tmp_path)
