"""Pushes of the real git program: taken whole or not at all, and what is not taken is explained."""

import contextlib
import hashlib
import io
import itertools
import os
import threading
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from nexus.kernel.errors import Conflict
from nexus.repositories.git import receiving
from nexus.repositories.git.answering import Answer
from nexus.repositories.git.committing import Author, Change, commit
from nexus.repositories.git.limits import KIB, Limits
from nexus.repositories.git.receiving import Reception, Taken, advertise_push, receive_push
from nexus.repositories.git.serving import respond
from nexus.repositories.git.stores import KEPT, create_store, head_branch, locked, read_refs
from nexus.repositories.git.tests.builders import (
    Link,
    Repository,
    Submodule,
    git,
    refs_of,
    tree_of,
)
from nexus.repositories.git.tests.servers import Handler, Server, serving

REQUEST = "application/x-git-receive-pack-request"


@dataclass
class Hub:
    """A web server that takes pushes to one store."""

    store: Path
    server: Server
    limits: Limits = field(default_factory=Limits)
    told: list[Taken] = field(default_factory=list)
    asked: int = 0
    may_rewrite: bool = False

    @property
    def url(self) -> str:
        return self.server.url("notes.git")

    def reception(self) -> Reception:
        def before() -> None:
            self.asked += 1

        def after(taken: Taken) -> tuple[str, ...]:
            self.told.append(taken)
            return ("", "Published.") if taken.moved else ()

        return Reception(
            store=self.store,
            limits=self.limits,
            may_rewrite=self.may_rewrite,
            before_moving=before,
            after=after,
        )

    def answer(self, handler: Handler) -> Answer:
        suffix, _, query = handler.path.removeprefix("/notes.git/").partition("?")
        headers = {name.lower(): value for name, value in handler.headers.items()}
        body = io.BytesIO(handler.content)
        if suffix == receiving.SERVICE:
            return receive_push(self.reception(), headers=headers, body=body, max_body=10**9)
        if receiving.SERVICE in query:
            return advertise_push(self.store)
        return respond(
            self.store,
            method=handler.command,
            path_suffix=suffix,
            query=query,
            headers=headers,
            body=body,
        )

    def behave(self, handler: Handler) -> None:
        answer = self.answer(handler)
        handler.send_response(answer.status)
        for name, value in answer.headers.items():
            handler.send_header(name, value)
        handler.send_header("Connection", "close")
        handler.end_headers()
        for chunk in answer.chunks:
            handler.wfile.write(chunk)

    def refuses(self, upstream: Repository, *arguments: str) -> str:
        """Push, and see that nothing of it stays; what the terminal showed."""
        before = refs_of(self.store), packs(self.store)
        said = push(self, upstream, *arguments)
        assert "rejected" in said, said
        assert "Nothing was changed." in said
        assert (refs_of(self.store), packs(self.store)) == before
        assert not list(self.store.glob("nexus-incoming-*"))
        return said


def packs(store: Path) -> set[str]:
    return {path.name for path in (store / "objects" / "pack").glob("*")}


@pytest.fixture
def hub(store: Path) -> Iterator[Hub]:
    with serving(store) as server:
        hub = Hub(store, server)
        server.behaviours["/notes.git/"] = hub.behave
        yield hub


def push(hub: Hub, upstream: Repository, *arguments: str) -> str:
    """What the terminal shows."""
    given = arguments or ("main",)
    try:
        git(f"--git-dir={upstream.path}", "push", hub.url, *given)
    except AssertionError as refused:
        return str(refused)
    return ""


def test_a_push_is_kept_byte_for_byte_and_can_be_cloned(
    hub: Hub, upstream: Repository, tmp_path: Path
) -> None:
    upstream.commit({f"f{n}.txt": os.urandom(500).hex() for n in range(200)})
    upstream.commit({"a": "1"}, branch="topic")
    who = ["-c", "user.name=Ada", "-c", "user.email=ada@example.com"]
    upstream.git(*who, "tag", "-m", "First", "v1", "main")
    assert push(hub, upstream, "--all") == ""
    assert push(hub, upstream, "--tags") == ""
    assert refs_of(hub.store) == refs_of(upstream.path)
    git(f"--git-dir={hub.store}", "fsck", "--strict")
    git("clone", "-q", "--mirror", hub.url, tmp_path / "clone.git")
    assert tree_of(tmp_path / "clone.git") == tree_of(upstream.path)
    assert hub.asked == 2
    assert [len(taken.moved) for taken in hub.told] == [2, 1]
    assert not list(hub.store.glob("nexus-incoming-*"))


def test_what_follows_is_a_thin_pack_and_the_terminal_is_told(
    hub: Hub, upstream: Repository
) -> None:
    text = "".join(f"{n}\n" for n in range(20_000))
    upstream.commit({"a": text})
    push(hub, upstream)
    upstream.commit({"a": f"{text}more\n"})
    done = git(f"--git-dir={upstream.path}", "push", "--progress", hub.url, "main:main")
    assert done == ""
    assert refs_of(hub.store) == refs_of(upstream.path)
    git(f"--git-dir={hub.store}", "fsck", "--strict")


def test_an_old_client_without_sidebands_is_answered_too(hub: Hub, upstream: Repository) -> None:
    sha = upstream.commit({"a": "1"})
    pack = upstream.path.parent / "pack"
    upstream.git("pack-objects", "--all", "-q", str(pack), given=b"")
    (file,) = upstream.path.parent.glob("pack-*.pack")
    line = f"{'0' * 40} {sha} refs/heads/main\0report-status".encode()
    body = b"%04x%s0000%s" % (len(line) + 4, line, file.read_bytes())
    answer = receive_push(
        hub.reception(), headers={"content-type": REQUEST}, body=io.BytesIO(body), max_body=10**6
    )
    assert b"".join(answer.chunks) == b"000eunpack ok\n0017ok refs/heads/main\n0000"
    assert refs_of(hub.store) == {"refs/heads/main": sha}


@pytest.mark.parametrize(
    ("branches", "shown"),
    [(["main", "work"], "main"), (["master", "work"], "master"), (["work"], "work")],
)
def test_an_empty_repository_shows_the_branch_that_comes_first(
    hub: Hub, upstream: Repository, branches: list[str], shown: str
) -> None:
    for branch in branches:
        upstream.commit({"a": branch}, branch=branch)
    assert push(hub, upstream, "--all") == ""
    assert head_branch(hub.store) == shown
    upstream.commit({"a": "later"}, branch="main")
    assert push(hub, upstream, "main") == ""
    assert head_branch(hub.store) == shown


def test_what_is_published_is_not_taken_away_by_force(hub: Hub, upstream: Repository) -> None:
    first = upstream.commit({"a": "1"})
    push(hub, upstream)
    upstream.commit({"a": "2"}, parents=[])
    said = hub.refuses(upstream, "--force", "main")
    assert "what is published stays" in said
    assert "git pull --rebase" in said
    assert "not removed" in hub.refuses(upstream, ":main")
    assert refs_of(hub.store) == {"refs/heads/main": first}
    assert [taken.code for taken in hub.told][-2:] == [
        "what is published stays",
        "the hub shows this branch",
    ]


def test_where_a_secret_has_to_go_history_may_be_written_anew(
    hub: Hub, upstream: Repository
) -> None:
    first = upstream.commit({"a": "a secret"})
    push(hub, upstream)
    second = upstream.commit({"a": "none"}, parents=[])
    hub.may_rewrite = True
    assert push(hub, upstream, "--force", "main") == ""
    assert refs_of(hub.store) == {"refs/heads/main": second}
    assert read_refs(hub.store, KEPT) == {KEPT + first: first}
    assert first not in git("ls-remote", hub.url)


def test_other_branches_are_their_owners_and_what_they_gave_up_is_kept(
    hub: Hub, upstream: Repository
) -> None:
    upstream.commit({"a": "1"})
    first = upstream.commit({"b": "1"}, branch="topic")
    push(hub, upstream, "--all")
    second = upstream.commit({"b": "2"}, branch="topic", parents=[])
    assert push(hub, upstream, "--force", "topic") == ""
    assert push(hub, upstream, ":topic") == ""
    assert "refs/heads/topic" not in refs_of(hub.store)
    kept = read_refs(hub.store, KEPT)
    assert set(kept.values()) == {first, second}
    assert KEPT not in git("ls-remote", hub.url)


def test_a_tag_stays_what_it_is_but_can_go(hub: Hub, upstream: Repository) -> None:
    first = upstream.commit({"a": "1"})
    upstream.git("tag", "v1", "main")
    push(hub, upstream, "main", "v1")
    upstream.commit({"a": "2"})
    upstream.git("tag", "--force", "v1", "main")
    assert "A tag stays" in hub.refuses(upstream, "--force", "v1")
    assert push(hub, upstream, ":v1") == ""
    assert read_refs(hub.store, KEPT) == {KEPT + first: first}


def test_all_or_nothing(hub: Hub, upstream: Repository) -> None:
    upstream.commit({"a": "1"})
    push(hub, upstream)
    upstream.commit({"a": "2"}, parents=[])
    upstream.commit({"b": "1"}, branch="topic")
    assert "another one was refused" in hub.refuses(upstream, "--force", "main", "topic")


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


def test_links_inside_and_submodules_are_taken(hub: Hub, upstream: Repository) -> None:
    upstream.commit({"a/b": Link("../README.md"), "lib": Submodule(), "c": Link("./d/../e")})
    assert push(hub, upstream) == ""


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


def test_two_names_in_each_others_way(hub: Hub, upstream: Repository) -> None:
    upstream.commit({"a": "1"})
    push(hub, upstream, "main:refs/heads/a")
    said = push(hub, upstream, "main:refs/heads/a/b")
    assert "in each other" in said
    assert set(refs_of(hub.store)) == {"refs/heads/a"}


def test_there_are_not_any_number_of_branches(hub: Hub, upstream: Repository) -> None:
    hub.limits = Limits(max_pushed_refs=2)
    upstream.commit({"a": "1"})
    assert push(hub, upstream, "main:b1", "main:b2") == ""
    assert "at most 2 branches" in hub.refuses(upstream, "main:b3")


def test_whoever_was_slower_is_told_to_fetch_first(
    hub: Hub, upstream: Repository, tmp_path: Path
) -> None:
    upstream.commit({"a": "1"})
    push(hub, upstream)
    other = tmp_path / "other.git"
    git("clone", "-q", "--bare", hub.url, other)
    theirs = Repository(other)
    first = upstream.commit({"b": "1"})
    push(hub, upstream)
    theirs.commit({"c": "1"})
    said = push(hub, theirs)
    assert "fetch first" in said
    assert refs_of(hub.store) == {"refs/heads/main": first}


def test_pushes_at_once_lose_nothing(hub: Hub, upstream: Repository, tmp_path: Path) -> None:
    """Both believe what is true when they begin; one is published, the other is told."""
    upstream.commit({"a": "1"})
    push(hub, upstream)
    clones = []
    for n in range(4):
        git("clone", "-q", "--bare", hub.url, tmp_path / f"{n}.git")
        clones.append(Repository(tmp_path / f"{n}.git"))
        clones[-1].commit({f"file-{n}": str(n)})
    said = dict.fromkeys(range(4), "")

    def run(n: int) -> None:
        said[n] = push(hub, clones[n])

    threads = [threading.Thread(target=run, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    (won,) = [n for n in range(4) if not said[n]]
    assert all("fetch first" in words for n, words in said.items() if n != won)
    assert refs_of(hub.store) == refs_of(clones[won].path)
    git(f"--git-dir={hub.store}", "fsck", "--strict")


def test_a_commit_of_a_page_while_a_push_is_judged_loses_nothing(
    hub: Hub, upstream: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    upstream.commit({"a": "1"})
    push(hub, upstream)
    judge = receiving.judge_objects  # type: ignore[attr-defined]

    def write_a_page(*given: object) -> None:
        judge(*given)  # type: ignore[arg-type]
        change = Change(
            files={"page.md": b"# Page\n"},
            message="Page",
            author=Author("Ada", "ada@example.com"),
            expected={},
        )
        commit(hub.store, change)

    monkeypatch.setattr(receiving, "judge_objects", write_a_page)
    upstream.commit({"b": "1"})
    said = push(hub, upstream)
    assert "fetch first" in said
    assert "page.md" in git(f"--git-dir={hub.store}", "ls-tree", "--name-only", "main")


def test_nothing_moves_when_the_run_cannot_be_asked_for(hub: Hub, upstream: Repository) -> None:
    upstream.commit({"a": "1"})

    def fail() -> None:
        raise Conflict("no", "The hub is closed.", remedy="Come back later.")

    open_reception = hub.reception
    hub.reception = lambda: replace(open_reception(), before_moving=fail)  # type: ignore[method-assign]
    said = hub.refuses(upstream)
    assert "The hub is closed." in said
    assert hub.told[-1] == Taken(code="no")


def test_a_store_in_use_is_said_in_words(
    hub: Hub, upstream: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(receiving, "_PATIENCE_SECONDS", 0.1)
    upstream.commit({"a": "1"})
    with locked(hub.store):
        assert "being worked on" in hub.refuses(upstream)


def test_what_a_dead_process_left_goes(hub: Hub, upstream: Repository) -> None:
    old, young = hub.store / "nexus-incoming-old", hub.store / "nexus-incoming-young"
    for folder in (old, young):
        folder.mkdir()
    os.utime(old, (1, 1))
    upstream.commit({"a": "1"})
    push(hub, upstream)
    assert not old.exists()
    assert young.exists()


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


def test_a_probe_is_answered_with_nothing(hub: Hub) -> None:
    answer = receive_push(
        hub.reception(), headers={"content-type": REQUEST}, body=io.BytesIO(b"0000"), max_body=10
    )
    assert (answer.status, b"".join(answer.chunks)) == (200, b"")


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


def test_a_store_made_just_now_takes_a_push(tmp_path: Path, upstream: Repository) -> None:
    store = tmp_path / "new.git"
    create_store(store)
    with serving(store) as server, contextlib.ExitStack():
        hub = Hub(store, server)
        server.behaviours["/notes.git/"] = hub.behave
        upstream.commit({"a": "1"}, branch="trunk")
        assert push(hub, upstream, "trunk") == ""
    assert head_branch(store) == "trunk"
