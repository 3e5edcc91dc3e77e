"""A store follows a repository elsewhere, and nothing that was published is ever lost."""

import os
import shutil
from pathlib import Path

import pytest

from nexus.kernel.errors import NexusError
from nexus.repositories.git.fetching import Progress, fetch
from nexus.repositories.git.limits import Limits
from nexus.repositories.git.origins import parse_origin
from nexus.repositories.git.progress import STAGES
from nexus.repositories.git.reading import Reader
from nexus.repositories.git.stores import KEPT, head_branch, locked, read_refs, size_of
from nexus.repositories.git.tests.builders import Repository, Submodule, git, refs_of
from nexus.repositories.git.troubles import RemoteTrouble, Stopped, StoreBusy

LFS_POINTER = "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n"


def test_a_repository_comes_whole(upstream: Repository, store: Path) -> None:
    upstream.commit({"a": "1"})
    sha = upstream.commit({"a": "2"})
    upstream.commit({"b": "1"}, branch="feature/x")
    upstream.git("tag", "v1", "main")
    upstream.git("-c", "user.name=A", "-c", "user.email=a@b", "tag", "-am", "Two", "v2", "main")

    fetched = fetch(store, upstream.origin)

    assert (fetched.head, fetched.branch, fetched.changed) == (sha, "main", True)
    assert (fetched.kept, fetched.renamed_from, fetched.incomplete) == ((), None, False)
    assert refs_of(store) == refs_of(upstream.path)
    assert read_refs(store, "refs/nexus/") == {}


def test_what_has_not_changed_costs_one_comparison(upstream: Repository, store: Path) -> None:
    sha = upstream.commit({"a": "1"})
    fetch(store, upstream.origin)
    before = sorted(path.stat().st_mtime_ns for path in store.rglob("*"))
    told: list[Progress] = []

    fetched = fetch(store, upstream.origin, on_progress=told.append)

    assert (fetched.head, fetched.changed) == (sha, False)
    assert {progress.stage for progress in told} == {"comparing"}
    after = sorted(p.stat().st_mtime_ns for p in store.rglob("*") if p.name != "nexus.lock")
    assert set(after) <= set(before)


def test_news_are_added(upstream: Repository, store: Path) -> None:
    upstream.commit({"a": os.urandom(100_000)})
    fetch(store, upstream.origin)
    before = size_of(store)
    sha = upstream.commit({"b": "small"})

    fetched = fetch(store, upstream.origin)

    assert (fetched.head, fetched.changed, fetched.kept) == (sha, True, ())
    assert size_of(store) < before + 10_000


def test_progress_is_told_in_known_stages(upstream: Repository, store: Path) -> None:
    upstream.commit({f"f{n}": str(n) for n in range(500)})
    told: list[Progress] = []

    fetch(store, upstream.origin, on_progress=told.append)

    stages = [progress.stage for progress in told]
    assert "receiving" in stages
    assert set(stages) <= set(STAGES)
    assert max(p.done for p in told if p.stage == "receiving") >= 500


def test_a_force_push_keeps_what_was_published(upstream: Repository, store: Path) -> None:
    upstream.commit({"a": "1"})
    lost = upstream.commit({"a": "2"})
    fetch(store, upstream.origin)
    new = upstream.commit({"a": "other"}, parents=[])

    fetched = fetch(store, upstream.origin)

    assert fetched.head == new
    assert fetched.kept == (lost,)
    assert read_refs(store, KEPT) == {KEPT + lost: lost}
    with Reader(store) as reader:
        assert reader.commit(lost).subject == "Work"
        assert not reader.is_ancestor(lost, new)
    assert KEPT not in git("ls-remote", store)
    assert fetch(store, upstream.origin).changed is False


def test_branches_that_end_are_kept_if_nothing_leads_to_them(
    upstream: Repository, store: Path
) -> None:
    base = upstream.commit({"a": "1"})
    merged = upstream.commit({"b": "1"}, branch="merged", parents=[base])
    dropped = upstream.commit({"c": "1"}, branch="dropped", parents=[base])
    upstream.git("tag", "t", dropped)
    upstream.merge("Merge", merged, {"b": "1"})
    fetch(store, upstream.origin)
    upstream.git("branch", "-D", "merged", "dropped")
    upstream.git("tag", "-d", "t")

    fetched = fetch(store, upstream.origin)

    assert fetched.kept == (dropped,)
    assert refs_of(store) == refs_of(upstream.path)


def test_a_tag_that_moves_keeps_its_old_place(upstream: Repository, store: Path) -> None:
    old = upstream.commit({"a": "1"})
    upstream.git("tag", "v1")
    fetch(store, upstream.origin)
    upstream.commit({"a": "2"})
    upstream.git("tag", "-f", "v1")

    assert fetch(store, upstream.origin).kept == (old,)


def test_the_default_branch_is_renamed(upstream: Repository, store: Path) -> None:
    sha = upstream.commit({"a": "1"}, branch="main")
    fetch(store, upstream.origin)
    upstream.git("branch", "-m", "main", "trunk")
    upstream.git("symbolic-ref", "HEAD", "refs/heads/trunk")

    fetched = fetch(store, upstream.origin)

    assert (fetched.branch, fetched.renamed_from, fetched.head) == ("trunk", "main", sha)
    assert head_branch(store) == "trunk"
    assert fetched.kept == ()


def test_the_default_branch_is_deleted(upstream: Repository, store: Path) -> None:
    lost = upstream.commit({"a": "1"})
    fetch(store, upstream.origin)
    other = upstream.commit({"b": "1"}, branch="other", parents=[])
    upstream.git("update-ref", "-d", "refs/heads/main")

    fetched = fetch(store, upstream.origin)

    assert (fetched.branch, fetched.head, fetched.kept) == ("other", other, (lost,))


@pytest.mark.parametrize(
    ("branches", "expected"),
    [(["dev", "master"], "master"), (["b", "a"], "a"), (["x", "trunk", "develop"], "trunk")],
)
def test_an_origin_that_names_no_branch(
    upstream: Repository, store: Path, branches: list[str], expected: str
) -> None:
    for name in branches:
        upstream.commit({"a": name}, branch=name)
    upstream.git("symbolic-ref", "HEAD", "refs/heads/nowhere")

    assert fetch(store, upstream.origin).branch == expected


def test_a_detached_head_shows_the_branch_it_stands_on(upstream: Repository, store: Path) -> None:
    upstream.commit({"a": "1"})
    topic = upstream.commit({"a": "2"}, branch="topic")
    upstream.git("update-ref", "--no-deref", "HEAD", topic)

    assert fetch(store, upstream.origin).branch == "topic"


def test_a_branch_may_become_a_folder_of_branches_and_back(
    upstream: Repository, store: Path
) -> None:
    upstream.commit({"a": "1"})
    topic = upstream.commit({"b": "1"}, branch="topic")
    fetch(store, upstream.origin)
    for before, after in (("topic", "topic/one"), ("topic/one", "topic")):
        upstream.git("update-ref", "-d", f"refs/heads/{before}")
        upstream.git("update-ref", f"refs/heads/{after}", topic)

        assert fetch(store, upstream.origin).kept == ()
        assert refs_of(store) == refs_of(upstream.path)


def test_a_branch_whose_name_is_no_text(upstream: Repository, store: Path) -> None:
    sha = upstream.commit({"a": "1"}, branch="x")
    (upstream.path / "packed-refs").write_bytes(sha.encode() + b" refs/heads/caf\xe9\n")
    upstream.git("update-ref", "-d", "refs/heads/x")

    fetched = fetch(store, upstream.origin)

    assert (fetched.head, fetched.branch) == (sha, "caf\ufffd")
    assert fetch(store, upstream.origin).changed is False
    with Reader(store) as reader:
        assert reader.head() == sha


def test_an_empty_repository_is_no_trouble(upstream: Repository, store: Path) -> None:
    fetched = fetch(store, upstream.origin)

    assert (fetched.head, fetched.branch, fetched.changed) == (None, None, False)


def test_an_emptied_repository_leaves_the_last_state(upstream: Repository, store: Path) -> None:
    sha = upstream.commit({"a": "1"})
    fetch(store, upstream.origin)
    upstream.git("update-ref", "-d", "refs/heads/main")

    with pytest.raises(RemoteTrouble) as trouble:
        fetch(store, upstream.origin)

    assert trouble.value.code == "remote-emptied"
    assert refs_of(store) == {"refs/heads/main": sha}


def test_a_vanished_repository_leaves_the_last_state(upstream: Repository, store: Path) -> None:
    sha = upstream.commit({"a": "1"})
    origin = upstream.origin
    fetch(store, origin)
    shutil.rmtree(upstream.path)

    with pytest.raises(RemoteTrouble) as trouble:
        fetch(store, origin)

    assert trouble.value.code == "remote-not-found"
    assert trouble.value.remedy
    assert refs_of(store) == {"refs/heads/main": sha}


def test_the_size_is_bounded(upstream: Repository, store: Path) -> None:
    sha = upstream.commit({"a": "1"})
    fetch(store, upstream.origin)
    upstream.commit({"large": os.urandom(3_000_000)})

    with pytest.raises(RemoteTrouble) as trouble:
        fetch(store, upstream.origin, limits=Limits(max_bytes=1_000_000))

    assert trouble.value.code == "remote-too-large"
    assert refs_of(store) == {"refs/heads/main": sha}
    assert not list((store / "objects" / "pack").glob("tmp_*"))


def test_the_number_of_branches_is_bounded(upstream: Repository, store: Path) -> None:
    sha = upstream.commit({"a": "1"})
    for n in range(12):
        upstream.git("update-ref", f"refs/heads/b{n}", sha)

    with pytest.raises(RemoteTrouble) as trouble:
        fetch(store, upstream.origin, limits=Limits(max_refs=10))
    assert trouble.value.code == "remote-too-large"


@pytest.mark.parametrize("what", ["blob", "tree"])
def test_a_damaged_repository_is_taken_as_far_as_it_goes(
    upstream: Repository, store: Path, what: str
) -> None:
    upstream.commit({"lost.md": "lost", "folder/lost.md": "x", "kept.md": "kept"})
    sha = upstream.commit({"more.md": "more"})
    upstream.remove_object(
        upstream.git("rev-parse", f"{sha}:lost.md" if what == "blob" else f"{sha}:folder")
    )

    fetched = fetch(store, upstream.origin)

    assert (fetched.head, fetched.incomplete) == (sha, True)
    with Reader(store) as reader:
        missing = {file.path: file.missing for file in reader.files(sha)}
        assert missing.pop("lost.md" if what == "blob" else "folder")
        assert not any(missing.values())
        assert len(list(reader.history(sha, limit_commits=9))) >= 1
    assert fetch(store, upstream.origin).changed is False


def test_a_repository_without_its_history_cannot_be_taken(
    upstream: Repository, store: Path
) -> None:
    first = upstream.commit({"a": "1"})
    upstream.commit({"a": "2"})
    upstream.remove_object(first)

    with pytest.raises(RemoteTrouble) as trouble:
        fetch(store, upstream.origin)
    assert trouble.value.code == "remote-damaged"
    assert refs_of(store) == {}


def test_in_doubt_a_tip_is_kept(upstream: Repository, store: Path) -> None:
    """The store lost a commit, so nobody can tell what leads where."""
    first = upstream.commit({"a": "1"})
    upstream.commit({"a": "2"})
    tip = upstream.commit({"a": "3"})
    fetch(store, upstream.origin)
    Repository(store).remove_object(first)
    upstream.commit({"b": "1"}, parents=[])

    assert fetch(store, upstream.origin).kept == (tip,)


def test_submodules_and_large_files_elsewhere_are_left_there(
    upstream: Repository, store: Path, tmp_path: Path
) -> None:
    modules = f'[submodule "s"]\n\tpath = s\n\turl = {tmp_path / "inside"}\n'
    sha = upstream.commit({".gitmodules": modules, "s": Submodule(), "big.bin": LFS_POINTER})

    assert fetch(store, upstream.origin).head == sha
    with Reader(store) as reader:
        entry = reader.entry_at(sha, "big.bin")
        assert entry is not None
        assert reader.read(entry.oid, limit=1000) == LFS_POINTER.encode()


def test_only_one_fetch_at_a_time(upstream: Repository, store: Path) -> None:
    upstream.commit({"a": "1"})
    with locked(store), pytest.raises(StoreBusy) as busy:
        fetch(store, upstream.origin)
    assert busy.value.remedy
    assert fetch(store, upstream.origin).changed


def test_a_fetch_can_be_stopped(upstream: Repository, store: Path) -> None:
    upstream.commit({"a": os.urandom(2_000_000)})
    told: list[Progress] = []

    with pytest.raises(Stopped):
        fetch(
            store,
            upstream.origin,
            on_progress=told.append,
            should_stop=lambda: any(progress.stage == "receiving" for progress in told),
        )
    assert refs_of(store) == {}
    assert fetch(store, upstream.origin).changed


def test_a_bundle_is_a_repository(upstream: Repository, store: Path, tmp_path: Path) -> None:
    sha = upstream.commit({"a": "1"})
    bundle = tmp_path / "x.bundle"
    upstream.git("bundle", "create", bundle, "--all", "HEAD")

    assert fetch(store, parse_origin(str(bundle))).head == sha


def test_a_damaged_bundle_is_refused(store: Path, tmp_path: Path) -> None:
    bundle = tmp_path / "x.bundle"
    bundle.write_bytes(b"# v2 git bundle\n" + b"1" * 40 + b" refs/heads/main\n\nPACKxx")

    with pytest.raises(NexusError) as trouble:
        fetch(store, parse_origin(str(bundle)))
    assert trouble.value.code.startswith("remote-")


def test_work_trees_and_borrowed_objects(upstream: Repository, store: Path, tmp_path: Path) -> None:
    sha = upstream.commit({"a": "1"})
    git("clone", "-q", "--shared", upstream.path, tmp_path / "work")
    assert (tmp_path / "work" / ".git" / "objects" / "info" / "alternates").exists()

    assert fetch(store, parse_origin(str(tmp_path / "work"))).head == sha
    shutil.rmtree(upstream.path)
    with Reader(store) as reader:
        assert [file.missing for file in reader.files(sha)] == [False]


def test_a_shallow_clone_can_be_taken(upstream: Repository, store: Path, tmp_path: Path) -> None:
    *_, sha = [upstream.commit({"a": str(n)}) for n in range(5)]
    git("clone", "-q", "--depth=2", f"file://{upstream.path}", tmp_path / "work")

    assert fetch(store, parse_origin(str(tmp_path / "work"))).head == sha
    with Reader(store) as reader:
        assert len(list(reader.history(sha, limit_commits=10))) == 2


def test_nothing_that_a_repository_names_is_run(
    upstream: Repository, store: Path, tmp_path: Path
) -> None:
    sha = upstream.commit({"a": "1"})
    marker = tmp_path / "was-run"
    script = tmp_path / "script"
    script.write_text(f"#!/bin/sh\ntouch {marker}\nexit 1\n")
    script.chmod(0o755)
    (upstream.path / "hooks").mkdir(exist_ok=True)
    for hook in ("post-update", "pre-receive", "post-checkout", "reference-transaction"):
        shutil.copy(script, upstream.path / "hooks" / hook)
    for name in ("uploadpack.packObjectsHook", "core.fsmonitor", "core.sshCommand", "core.pager"):
        upstream.git("config", name, str(script))

    assert fetch(store, upstream.origin).head == sha
    assert not marker.exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may give files to somebody else")
def test_a_repository_of_somebody_else_can_be_taken(upstream: Repository, store: Path) -> None:
    sha = upstream.commit({"a": "1"})
    for path in (upstream.path, *upstream.path.rglob("*")):
        os.chown(path, 12345, 12345)

    assert fetch(store, upstream.origin).head == sha


def test_odd_paths_and_names_do_not_hurt(upstream: Repository, store: Path) -> None:
    blob = upstream.write_blob(b"x")
    names = [b"..", b".git", b"CON", b"a", b"A", b"a:b", b"a\\b", b"a\nb", b"\xff"]
    inner = upstream.write_tree([("100644", name, blob) for name in sorted(names)])
    sha = upstream.commit_tree(upstream.write_tree([("40000", b".git", inner)]))

    assert fetch(store, upstream.origin).head == sha
    with Reader(store) as reader:
        assert len(list(reader.files(sha))) == len(names)


@pytest.mark.usefixtures("no_cover")
def test_fifty_thousand_files_are_fetched_and_read(upstream: Repository, store: Path) -> None:
    sha = upstream.commit({f"d{n % 100}/f{n}.txt": f"{n}\n" for n in range(50_000)})

    assert fetch(store, upstream.origin).head == sha
    with Reader(store) as reader:
        assert sum(1 for file in reader.files(sha) if file.size) == 50_000
        assert sum(1 for _ in reader.history(sha, limit_commits=10)) == 50_000


def test_two_hundred_megabytes_in_one_file(
    upstream: Repository, store: Path, tmp_path: Path
) -> None:
    large = tmp_path / "large"
    with large.open("wb") as file:
        file.truncate(200 * 2**20)
    oid = upstream.git("hash-object", "-w", "--no-filters", large)
    sha = upstream.commit_tree(upstream.write_tree([("100644", b"large", oid)]))

    assert fetch(store, upstream.origin).head == sha
    assert size_of(store) < 2**20
