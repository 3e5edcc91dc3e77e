"""What somebody may push to do harm: refused in words, nothing changed, nothing left behind."""

import hashlib
import io
import itertools
import os
import zlib

import pytest

from nexus.repositories.git.limits import KIB, Limits
from nexus.repositories.git.receiving import Taken, receive_push
from nexus.repositories.git.tests.builders import (
    Link,
    Repository,
    refs_of,
)
from nexus.repositories.git.tests.receivers import REQUEST, Hub, hub, packs, push

__all__ = ["hub"]


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ({"link": Link("../../etc/passwd")}, "leads out"),
        ({"a/b/link": Link("../../../x")}, "leads out"),
        ({"link": Link("/etc/passwd")}, "leads out"),
        ({"a/link": Link("x/../../../y/z")}, "leads out"),
        ({"link": Link("x" * 5000)}, "leads out"),
        (
            {".gitmodules": '[submodule "x"]\n\tpath = x\n\turl = -u./payload\n'},
            "take for a command",
        ),
        ({".gitmodules": Link("elsewhere")}, "symbolic link"),
        ({"large": os.urandom(200 * KIB)}, "at most"),
        ({f"f{n}": str(n) for n in range(60)}, "more than 50 files"),
    ],
)
def test_files_that_are_not_taken(
    hub: Hub, upstream: Repository, files: dict[str, object], words: str
) -> None:
    hub.limits = Limits(max_file_bytes=100 * KIB, max_files=50)
    upstream.commit({"README.md": "# Notes\n"})
    assert push(hub, upstream) == ""
    upstream.commit(files)  # type: ignore[arg-type]
    assert words in hub.refuses(upstream)


@pytest.mark.parametrize(
    "name",
    [
        b".git",
        b".GIT",
        b".Git",
        b"git~1",
        b"..",
        b".",
        b".g\xe2\x80\x8cit",
        b".git ",
        b".git::$DATA",
    ],
)
def test_no_name_that_some_system_takes_for_gits_own(
    hub: Hub, upstream: Repository, name: bytes
) -> None:
    blob = upstream.write_blob(b"[core]\n\tfsmonitor = touch /tmp/owned\n")
    inner = upstream.write_tree([("100644", b"config", blob)])
    upstream.commit_tree(upstream.write_tree([("40000", name, inner)]))
    assert "not as Git writes it" in hub.refuses(upstream)


def test_a_name_of_gits_own_in_an_older_commit_is_found_too(hub: Hub, upstream: Repository) -> None:
    blob = upstream.write_blob(b"x")
    inner = upstream.write_tree([("100644", b"config", blob)])
    bad = upstream.commit_tree(upstream.write_tree([("40000", b".git", inner)]))
    upstream.commit({"README.md": "# Fine now\n"}, parents=[bad])
    upstream.commit({".git/config": None})
    assert "“.git”" in hub.refuses(upstream)


def test_trees_that_no_git_writes(hub: Hub, upstream: Repository) -> None:
    blob = upstream.write_blob(b"x")
    for entries in (
        [("100644", b"a", blob), ("100644", b"a", blob)],
        [("100644", b"b", blob), ("100644", b"a", blob)],
        [("100644", b"a/b", blob)],
    ):
        upstream.commit_tree(upstream.write_tree(entries))
        assert "not as Git writes it" in hub.refuses(upstream)


def test_a_bomb_of_folders_in_folders_is_counted_not_followed(
    hub: Hub, upstream: Repository
) -> None:
    hub.limits = Limits(max_files=10_000)
    tree = upstream.write_tree([("100644", b"f", upstream.write_blob(b"x"))])
    for _ in range(30):
        tree = upstream.write_tree([("40000", b"d%d" % n, tree) for n in range(10)])
    upstream.commit_tree(tree)
    assert "more than 10,000 files" in hub.refuses(upstream)


def test_a_bomb_of_deltas_ends_at_a_limit(hub: Hub, upstream: Repository) -> None:
    """Eight gigabytes in a few kilobytes: a thousand times what is sixteen times what is …"""
    line = b"0" * 40 + b" " + b"1" * 40 + b" refs/heads/main\0report-status side-band-64k"
    body = request(line, pack=delta_bomb())
    assert len(body) < 20 * KIB
    answer = receive_push(
        hub.reception(), headers={"content-type": REQUEST}, body=io.BytesIO(body), max_body=10**6
    )
    assert b"ng refs/heads/main" in b"".join(answer.chunks)
    assert (refs_of(hub.store), packs(hub.store)) == ({}, set())
    assert not list(hub.store.glob("nexus-incoming-*"))


def test_what_is_left_of_the_room_is_the_most_a_push_brings(hub: Hub, upstream: Repository) -> None:
    hub.limits = Limits(max_bytes=50 * KIB)
    upstream.commit({"a": os.urandom(100 * KIB)})
    assert "larger than" in hub.refuses(upstream)
    hub.limits = Limits(max_pushed_objects=2)
    assert "objects" in hub.refuses(upstream)


@pytest.mark.parametrize(
    ("ref", "words"),
    [
        ("refs/heads/HEAD", "letters, digits"),
        ("refs/heads/-x", "letters, digits"),
        ("refs/heads/" + "x" * 201, "letters, digits"),
        ("refs/heads/\u202eniam", "letters, digits"),
        ("refs/nexus/kept/1", "branches and tags"),
        ("refs/notes/commits", "branches and tags"),
    ],
)
def test_names_that_are_not_taken(hub: Hub, upstream: Repository, ref: str, words: str) -> None:
    upstream.commit({"a": "1"})
    assert words in hub.refuses(upstream, f"main:{ref}")


def test_there_are_not_any_number_of_branches(hub: Hub, upstream: Repository) -> None:
    hub.limits = Limits(max_pushed_refs=2)
    upstream.commit({"a": "1"})
    assert push(hub, upstream, "main:b1", "main:b2") == ""
    assert "at most 2 branches" in hub.refuses(upstream, "main:b3")


def request(*lines: bytes, pack: bytes = b"", end: bytes = b"0000") -> bytes:
    return b"".join(b"%04x%s" % (len(line) + 4, line) for line in lines) + end + pack


def delta_bomb() -> bytes:
    """A pack of a megabyte of zeros, and of copies of copies of it (gitformat-pack(5))."""
    sizes = [2**20, 2**24, 2**27, 2**33]
    data, starts = b"PACK" + (2).to_bytes(4, "big") + len(sizes).to_bytes(4, "big"), [12]
    data += _object(3, sizes[0], b"", b"\0" * sizes[0])
    for before, after in itertools.pairwise(sizes):
        step = min(before, 2**23)
        copy = b"\xf0" + step.to_bytes(3, "little")  # from 0, so many bytes
        delta = _number(before) + _number(after) + copy * (after // step)
        back = _distance(len(data) - starts[-1])
        starts.append(len(data))
        data += _object(6, len(delta), back, delta)
    return data + hashlib.sha1(data).digest()


def _object(kind: int, size: int, between: bytes, content: bytes) -> bytes:
    head, rest = bytearray([kind << 4 | size & 15]), size >> 4
    while rest:
        head[-1] |= 128
        head.append(rest & 127)
        rest >>= 7
    return bytes(head) + between + zlib.compress(content, 9)


def _number(number: int) -> bytes:
    digits = [number & 127]
    while number := number >> 7:
        digits[-1] |= 128
        digits.append(number & 127)
    return bytes(digits)


def _distance(number: int) -> bytes:
    digits = [number & 127]
    while number := number >> 7:
        number -= 1
        digits.insert(0, 128 | number & 127)
    return bytes(digits)


NEW = b"0" * 40 + b" " + b"1" * 40 + b" refs/heads/main"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"junk",
        b"0001",
        b"0004",
        b"ffff" + b"x" * 10,
        request(b"junk"),
        request(NEW, end=b""),
        request(NEW + b"\0report-status", NEW),
        request(b"push-cert\0report-status"),
        request(b"0" * 40 + b" " + b"1" * 40 + b" refs/heads/\xff"),
        request(*[b"shallow " + b"1" * 40] * 1001),
    ],
)
def test_what_is_no_push_is_refused(hub: Hub, body: bytes) -> None:
    answer = receive_push(
        hub.reception(), headers={"content-type": REQUEST}, body=io.BytesIO(body), max_body=10**6
    )
    assert answer.status == 400
    assert refs_of(hub.store) == {}
    assert hub.told == [Taken(code="http-400")]


@pytest.mark.parametrize("pack", [b"", b"PACK", b"PACK\0\0\0\2\0\0\0\1junk", os.urandom(1000)])
def test_a_damaged_pack_leaves_nothing(hub: Hub, pack: bytes) -> None:
    body = request(NEW + b"\0report-status side-band-64k", pack=pack)
    answer = receive_push(
        hub.reception(), headers={"content-type": REQUEST}, body=io.BytesIO(body), max_body=10**6
    )
    told = b"".join(answer.chunks)
    assert b"damaged" in told
    assert b"ng refs/heads/main" in told
    assert (refs_of(hub.store), packs(hub.store)) == ({}, set())


def test_a_commit_that_is_not_there_is_no_commit(hub: Hub, upstream: Repository) -> None:
    blob = upstream.write_blob(b"x")
    upstream.commit({"a": "x"})
    pack = upstream.path.parent / "pack"
    upstream.git("pack-objects", "--all", "-q", str(pack), given=b"")
    (file,) = upstream.path.parent.glob("pack-*.pack")
    for oid, words in ((b"1" * 40, b"lacks"), (blob.encode(), b"names a commit")):
        line = b"0" * 40 + b" " + oid + b" refs/heads/main\0report-status side-band-64k"
        answer = receive_push(
            hub.reception(),
            headers={"content-type": REQUEST},
            body=io.BytesIO(request(line, pack=file.read_bytes())),
            max_body=10**6,
        )
        assert words in b"".join(answer.chunks)
    assert refs_of(hub.store) == {}


@pytest.mark.parametrize(
    ("headers", "status"),
    [({}, 415), ({"content-type": REQUEST, "content-encoding": "br"}, 415)],
)
def test_what_is_not_gits_is_turned_away(hub: Hub, headers: dict[str, str], status: int) -> None:
    answer = receive_push(
        hub.reception(), headers=headers, body=io.BytesIO(b"0000"), max_body=10**6
    )
    assert answer.status == status


def test_more_than_a_request_may_have_is_refused(hub: Hub) -> None:
    answer = receive_push(
        hub.reception(), headers={"content-type": REQUEST}, body=io.BytesIO(b"0" * 99), max_body=9
    )
    assert answer.status == 413
    assert hub.told == [Taken(code="http-413")]


def test_a_push_that_takes_too_long_is_given_up(hub: Hub, upstream: Repository) -> None:
    hub.limits = Limits(receiving_seconds=-1)
    upstream.commit({"a": "1"})
    assert "longer than it allows" in hub.refuses(upstream)
