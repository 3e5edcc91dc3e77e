"""One directory, many generations, one pointer, one writer."""

import json
import shutil
from pathlib import Path

import pytest

from nexus.search.storage import Storage, WriterLock, is_intact
from nexus.search.tests.hub import SmallHub, document


@pytest.fixture
def storage(directory: Path) -> Storage:
    return Storage(directory)


def test_nothing_is_current_at_first(storage: Storage) -> None:
    assert storage.current() is None
    assert storage.size() == 0


def test_a_generation_becomes_current(storage: Storage) -> None:
    generation = storage.new_generation()
    assert storage.current() is None
    storage.make_current(generation)
    assert storage.current() == generation


@pytest.mark.parametrize(
    "pointer",
    [b"", b"\xff\x00", b"[]", b'"x"', b"{}", b'{"generation": "gone", "schema": 1}',
     b'{"generation": "..", "schema": 0}'],
)  # fmt: skip
def test_a_senseless_pointer_leads_nowhere(storage: Storage, pointer: bytes) -> None:
    storage.make_current(storage.new_generation())
    (storage.directory / "current.json").write_bytes(pointer)
    assert storage.current() is None


def test_a_pointer_never_leads_out_of_the_directory(storage: Storage) -> None:
    generation = storage.new_generation()
    storage.make_current(generation)
    pointer = json.loads((storage.directory / "current.json").read_text())
    pointer["generation"] = f"../../elsewhere/{generation.name}"
    (storage.directory / "current.json").write_text(json.dumps(pointer))
    assert storage.current() == generation


@pytest.mark.parametrize(
    ("noted", "since", "followed"),
    [
        (b'{"from": 3, "to": 9}', 3, 9),
        (b'{"from": 3, "to": 9}', 5, 5),
        (b'{"from": 3, "to": 9}', 2, 2),
        (b'{"from": 3, "to": 1}', 3, 3),
        (b'{"from": 3}', 3, 3),
        (b"[3]", 3, 3),
        (b"\xff", 3, 3),
    ],
)
def test_a_note_of_what_was_followed_counts_for_its_commit_only(
    storage: Storage, noted: bytes, since: int, followed: int
) -> None:
    generation = storage.new_generation()
    assert storage.followed(generation, since=since) == since
    storage.note_followed(generation, since=1, until=2)
    assert storage.followed(generation, since=1) == 2
    (generation / "followed").write_bytes(noted)
    assert storage.followed(generation, since=since) == followed


def test_old_generations_are_removed(storage: Storage) -> None:
    old, new = storage.new_generation(), storage.new_generation()
    (new / "file").write_bytes(b"12345")
    storage.make_current(new)
    storage.remove_all_but(old, new, None)
    assert old.exists()
    storage.remove_all_but(new)
    assert not old.exists()
    assert storage.size() == 5 + (storage.directory / "current.json").stat().st_size


def test_only_one_holds_the_lock(directory: Path) -> None:
    first, second = WriterLock(directory), WriterLock(directory)
    assert first.acquire()
    assert first.acquire()
    assert not second.acquire()
    first.release()
    assert second.acquire()
    second.release()


def test_a_lock_whose_directory_is_gone_is_taken_anew(directory: Path) -> None:
    lock = WriterLock(directory)
    assert lock.acquire()
    shutil.rmtree(directory)
    assert lock.acquire()
    assert not WriterLock(directory).acquire()
    lock.release()


@pytest.fixture
def generation(hub: SmallHub, directory: Path) -> Path:
    """A generation with one committed document."""
    hub.put(document("entry:1", title="Caching", body="Words. " * 100))
    engine = hub.engine(directory)
    engine.catch_up()
    engine.stop()
    (generation,) = directory.glob("generation-*")
    return generation


def test_an_untouched_index_is_intact(generation: Path) -> None:
    assert is_intact(generation)


def test_left_overs_of_a_killed_writer_do_no_harm(generation: Path) -> None:
    (generation / "924ef711a86d40f99fc5675151d563ba.store").write_bytes(b"")
    assert is_intact(generation)


@pytest.mark.parametrize("suffix", ["idx", "pos", "term", "store", "fast", "fieldnorm"])
def test_damage_in_any_file_is_noticed(generation: Path, suffix: str) -> None:
    (path,) = generation.glob(f"*.{suffix}")
    whole = path.read_bytes()
    for broken in (b"", whole[:-1], whole[: len(whole) // 2], b"x" * len(whole), _flipped(whole)):
        path.unlink()
        path.write_bytes(broken)
        assert not is_intact(generation)


@pytest.mark.parametrize("meta", [b"", b"{}", b"[]", b"not json", b'{"segments": [{}]}'])
def test_damage_in_the_list_of_segments_is_noticed(generation: Path, meta: bytes) -> None:
    (generation / "meta.json").write_bytes(meta)
    assert not is_intact(generation)


def _flipped(content: bytes) -> bytes:
    """``content`` with one bit changed."""
    return bytes([content[0] ^ 1]) + content[1:]
