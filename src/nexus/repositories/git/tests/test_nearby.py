"""A few commits of a repository on this machine come without Git's program, and whole."""

import os
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nexus.kernel.errors import Unavailable
from nexus.repositories.git import nearby
from nexus.repositories.git.fetching import fetch
from nexus.repositories.git.limits import Limits
from nexus.repositories.git.maintenance import verify
from nexus.repositories.git.origins import parse_origin
from nexus.repositories.git.reading import Reader
from nexus.repositories.git.tests.builders import Link, Repository, Submodule, git, refs_of
from nexus.repositories.git.troubles import RemoteTrouble

FILES = {"a.md": "A", "docs/b.md": "B", "docs/deep/c.md": "C", "d.py": "D"}
CONTENTS = st.none() | st.sampled_from(
    ["A", "B", "X", b"\xff\0", Link("a.md"), Submodule("2" * 40)]
)
CHANGES = st.dictionaries(st.sampled_from([*FILES, "docs/new/e.md", "f"]), CONTENTS, max_size=3)
COMMITS = st.lists(st.tuples(st.sampled_from(["main", "main", "side"]), CHANGES), max_size=4)


@contextmanager
def no_program(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """There is no program of Git to be started."""
    with monkeypatch.context() as here:
        here.setenv("PATH", "")
        yield


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(commits=COMMITS, merge=st.booleans(), forget=st.booleans())
def test_whatever_is_committed_comes_whole(
    upstream: Repository,
    store: Path,
    commits: list[tuple[str, dict[str, str]]],
    merge: bool,
    forget: bool,
) -> None:
    upstream.commit({**FILES, "number": os.urandom(8).hex()})
    fetch(store, upstream.origin)
    for branch, changes in commits:
        upstream.commit(changes, branch=branch)
    if merge and "refs/heads/side" in refs_of(upstream.path):
        upstream.merge("Merge", "refs/heads/side^0", {"a.md": "merged"})
    if forget:
        upstream.git("update-ref", "-d", "refs/heads/side")

    fetched = fetch(store, upstream.origin)

    assert refs_of(store) == refs_of(upstream.path)
    assert fetched.head == refs_of(upstream.path)["refs/heads/main"]
    assert verify(store).sound
    assert git(f"--git-dir={store}", "fsck", "--full", "--no-dangling") == ""


def moved_on(upstream: Repository) -> None:
    upstream.commit({"docs/deep/c.md": "Other", "new/n.md": "New"})
    upstream.commit({"a.md": None, "docs/b.md": Link("a.md"), "sub": Submodule()})


def merged(upstream: Repository) -> None:
    here = refs_of(upstream.path)["refs/heads/main"]
    side = upstream.commit({"side.md": "S"}, branch="side", parents=[here])
    upstream.commit({"a.md": "Other"})
    upstream.merge("Merge", side, {"side.md": "S"})
    upstream.git("update-ref", "-d", "refs/heads/side")


def branched(upstream: Repository) -> None:
    upstream.commit({"x": "X"}, branch="new", parents=[refs_of(upstream.path)["refs/heads/main"]])


def tagged(upstream: Repository) -> None:
    upstream.git("tag", "v1", "main")


def packed(upstream: Repository) -> None:
    moved_on(upstream)
    upstream.git("repack", "-adq")
    upstream.git("pack-refs", "--all")


def nothing(_: Repository) -> None:
    """Nothing happens."""


def prepared(upstream: Repository, store: Path) -> None:
    first = upstream.commit(FILES)
    upstream.commit({"a.md": "Begun"})
    upstream.git("update-ref", "refs/heads/other", first)
    fetch(store, upstream.origin)


@pytest.mark.parametrize("happens", [moved_on, merged, branched, tagged, packed, nothing])
def test_the_usual_starts_no_program(
    upstream: Repository,
    store: Path,
    monkeypatch: pytest.MonkeyPatch,
    happens: Callable[[Repository], None],
) -> None:
    prepared(upstream, store)
    happens(upstream)

    with no_program(monkeypatch):
        fetched = fetch(store, upstream.origin)

    assert fetched.changed is (happens is not nothing)
    assert (fetched.kept, fetched.incomplete) == ((), False)
    assert refs_of(store) == refs_of(upstream.path)
    assert verify(store).sound


def test_a_work_tree_is_looked_at_where_its_repository_lies(
    upstream: Repository, store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    upstream.commit(FILES)
    git("clone", "-q", upstream.path, tmp_path / "work")
    git("-C", tmp_path / "work", "worktree", "add", "-qb", "second", tmp_path / "second")
    for place, branch in (("work", "main"), ("second", "second")):
        origin = parse_origin(str(tmp_path / place))
        fetch(store, origin)
        (tmp_path / place / "a.md").write_text(place)
        who = ("-c", "user.name=A", "-c", "user.email=a@example.org")
        git("-C", tmp_path / place, *who, "commit", "-qam", "Work")

        with no_program(monkeypatch):
            assert fetch(store, origin).branch == branch
        assert refs_of(store) == refs_of(tmp_path / "work" / ".git")


def annotated(upstream: Repository) -> None:
    who = ("-c", "user.name=A", "-c", "user.email=a@example.org")
    upstream.git(*who, "tag", "-am", "Two", "v2", "main")


def begun_anew(upstream: Repository) -> None:
    upstream.commit({"a.md": "other"}, parents=[])


def much(upstream: Repository) -> None:
    upstream.commit({f"{n}.md": str(n) for n in range(501)})


def large(upstream: Repository) -> None:
    upstream.commit({"large.bin": os.urandom(9_000_000)})


def long(upstream: Repository) -> None:
    for n in range(52):
        upstream.commit({"a.md": str(n)})


def hidden(upstream: Repository) -> None:
    upstream.commit({"a.md": "other"})
    upstream.git("config", "uploadpack.hideRefs", "refs/heads/other")


@pytest.mark.parametrize("happens", [annotated, begun_anew, much, large, long, hidden])
def test_anything_else_is_left_to_git(
    upstream: Repository,
    store: Path,
    monkeypatch: pytest.MonkeyPatch,
    happens: Callable[[Repository], None],
) -> None:
    prepared(upstream, store)
    before = refs_of(store)
    happens(upstream)

    with no_program(monkeypatch), pytest.raises(Unavailable):
        fetch(store, upstream.origin)
    assert refs_of(store) == before

    fetched = fetch(store, upstream.origin)
    there = refs_of(upstream.path)
    if happens is hidden:
        del there["refs/heads/other"]
    assert refs_of(store) == there
    assert fetched.incomplete is False
    assert verify(store).sound


def test_an_object_that_is_not_what_it_is_called_never_comes_in(
    upstream: Repository, store: Path
) -> None:
    prepared(upstream, store)
    sha = upstream.commit({"a.md": "Good", "docs/b.md": "Good too"})
    oid = upstream.git("rev-parse", f"{sha}:a.md")
    upstream.remove_object(oid)
    loose = upstream.path / "objects" / oid[:2] / oid[2:]
    loose.write_bytes(zlib.compress(b"blob 4\0Evil"))

    assert fetch(store, upstream.origin).incomplete
    with Reader(store) as reader:
        assert reader.read(oid, limit=1000) is None


def test_what_is_missing_is_told_by_git(upstream: Repository, store: Path) -> None:
    prepared(upstream, store)
    sha = upstream.commit({"a.md": "Lost", "docs/b.md": "Other"})
    upstream.remove_object(upstream.git("rev-parse", f"{sha}:a.md"))

    assert fetch(store, upstream.origin).incomplete
    assert refs_of(store) == refs_of(upstream.path)


def test_a_branch_whose_commit_is_lost_is_not_believed(upstream: Repository, store: Path) -> None:
    prepared(upstream, store)
    lost = upstream.commit({"a.md": "Lost"}, branch="other")
    upstream.remove_object(lost)
    assert nearby.look_at(upstream.origin, Limits()) is None


def test_the_size_is_bounded(upstream: Repository, store: Path) -> None:
    prepared(upstream, store)
    before = refs_of(store)
    upstream.commit({"a.bin": os.urandom(900_000)})

    with pytest.raises(RemoteTrouble) as trouble:
        fetch(store, upstream.origin, limits=Limits(max_bytes=800_000))

    assert trouble.value.code == "remote-too-large"
    assert refs_of(store) == before


def test_what_was_copied_before_a_crash_does_no_harm(
    upstream: Repository, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepared(upstream, store)
    before = refs_of(store)
    moved_on(upstream)
    there = nearby.look_at(upstream.origin, Limits())
    assert there is not None
    assert nearby.take(store, upstream.origin, before, there.refs, Limits())
    assert refs_of(store) == before

    with no_program(monkeypatch):
        fetched = fetch(store, upstream.origin)

    assert fetched.changed
    assert refs_of(store) == refs_of(upstream.path)
    assert verify(store).sound
