"""Pushes of the real git program: taken whole or not at all; what is not taken is explained."""

import contextlib
import io
import os
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from nexus.kernel.errors import Conflict
from nexus.repositories.git import quarantine, receiving
from nexus.repositories.git.committing import Author, Change, commit
from nexus.repositories.git.limits import DEFAULT
from nexus.repositories.git.receiving import Taken, receive_push
from nexus.repositories.git.stores import KEPT, create_store, head_branch, locked, read_refs
from nexus.repositories.git.tests.builders import (
    Link,
    Repository,
    Submodule,
    git,
    refs_of,
    tree_of,
)
from nexus.repositories.git.tests.receivers import REQUEST, Hub, hub, push
from nexus.repositories.git.tests.servers import serving
from nexus.repositories.git.troubles import GitProgramError

__all__ = ["hub"]


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


def test_links_inside_and_submodules_are_taken(hub: Hub, upstream: Repository) -> None:
    upstream.commit({"a/b": Link("../README.md"), "lib": Submodule(), "c": Link("./d/../e")})
    assert push(hub, upstream) == ""


def test_two_names_in_each_others_way(hub: Hub, upstream: Repository) -> None:
    upstream.commit({"a": "1"})
    push(hub, upstream, "main:refs/heads/a")
    said = push(hub, upstream, "main:refs/heads/a/b")
    assert "in each other" in said
    assert set(refs_of(hub.store)) == {"refs/heads/a"}


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

    def fail(_: int) -> None:
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


def test_a_full_disk_is_no_fault_of_the_push() -> None:
    failure = GitProgramError(128, "fatal: write error: No space left on device\n")
    told = quarantine.explained(failure, DEFAULT)
    assert told.code == "disk-full"
    assert "fsck" not in str(told)


def test_what_a_dead_process_left_goes(hub: Hub, upstream: Repository) -> None:
    old, young = hub.store / "nexus-incoming-old", hub.store / "nexus-incoming-young"
    for folder in (old, young):
        folder.mkdir()
    os.utime(old, (1, 1))
    upstream.commit({"a": "1"})
    push(hub, upstream)
    assert not old.exists()
    assert young.exists()


def test_a_probe_is_answered_with_nothing(hub: Hub) -> None:
    answer = receive_push(
        hub.reception(), headers={"content-type": REQUEST}, body=io.BytesIO(b"0000"), max_body=10
    )
    assert (answer.status, b"".join(answer.chunks)) == (200, b"")


def test_a_store_made_just_now_takes_a_push(tmp_path: Path, upstream: Repository) -> None:
    store = tmp_path / "new.git"
    create_store(store)
    with serving(store) as server, contextlib.ExitStack():
        hub = Hub(store, server)
        server.behaviours["/notes.git/"] = hub.behave
        upstream.commit({"a": "1"}, branch="trunk")
        assert push(hub, upstream, "trunk") == ""
    assert head_branch(store) == "trunk"
