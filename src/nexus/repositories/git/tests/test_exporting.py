"""Every byte comes back, and nothing else is touched on the way."""

import errno
import os
import shutil
import stat
import tarfile
import zipfile
from pathlib import Path
from typing import NoReturn

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nexus.kernel.errors import NexusError, Unavailable
from nexus.repositories.git.exporting import Format, export
from nexus.repositories.git.fetching import fetch
from nexus.repositories.git.limits import Limits
from nexus.repositories.git.origins import parse_origin
from nexus.repositories.git.progress import Progress
from nexus.repositories.git.stores import create_store
from nexus.repositories.git.tests.builders import (
    Link,
    Repository,
    Submodule,
    git,
    refs_of,
    tree_of,
)
from nexus.repositories.git.troubles import ExportRefused, StoreMissing
from nexus.repositories.git.writing import stays_inside

ENDINGS = {
    Format.BUNDLE: "x.bundle",
    Format.BARE: "x.git",
    Format.FOLDER: "x",
    Format.ZIP: "x.zip",
    Format.TAR_GZ: "x.tar.gz",
}
FILES = [Format.FOLDER, Format.ZIP, Format.TAR_GZ]


@pytest.fixture
def written(store: Path) -> Repository:
    """The store, to be written to directly."""
    return Repository(store)


def imported(path: Path, store: Path) -> Path:
    create_store(store)
    fetch(store, parse_origin(str(path)))
    return store


@pytest.mark.parametrize("kind", [Format.BUNDLE, Format.BARE])
def test_history_branches_and_tags_come_back(
    written: Repository, tmp_path: Path, kind: Format
) -> None:
    written.commit({"a": "1"}, branch="trunk")
    written.commit({"b": os.urandom(1000)}, branch="topic")
    written.git("tag", "v1", "topic")
    written.git("symbolic-ref", "HEAD", "refs/heads/trunk")
    written.git("update-ref", "refs/nexus/kept/x", "topic")
    told: list[Progress] = []

    exported = export(
        written.path, tmp_path / "out" / ENDINGS[kind], format=kind, on_progress=told.append
    )

    again = imported(exported.path, tmp_path / "again.git")
    assert refs_of(again) == refs_of(written.path)
    assert tree_of(again) == tree_of(written.path)
    git("clone", "-q", exported.path, tmp_path / "clone")
    assert (tmp_path / "clone" / "a").read_text() == "1"
    assert "nexus" not in git("ls-remote", exported.path)
    assert told


names = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="/\0\\:"), min_size=1, max_size=12
).filter(
    lambda name: name not in (".", "..") and name.lower() != ".git" and len(name.encode()) < 99
)
contents = st.binary(max_size=200) | st.builds(Link, st.sampled_from(["a", "../x", "b/c", "./a"]))
trees = st.dictionaries(
    st.lists(names, min_size=1, max_size=3).map("/".join), contents, min_size=1, max_size=8
)


def is_a_tree(files: dict[str, bytes | Link]) -> bool:
    """Whether no path is a folder of another one."""
    return not any(other.startswith(f"{path}/") for path in files for other in files)


@pytest.mark.parametrize("kind", FILES)
@given(files=trees.filter(is_a_tree))
@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_what_is_exported_and_imported_is_the_same_tree(
    tmp_path: Path, kind: Format, files: dict[str, bytes | Link]
) -> None:
    home = tmp_path / os.urandom(8).hex()
    store = home / "s.git"
    create_store(store)
    safe = {
        path: content
        for path, content in files.items()
        if isinstance(content, bytes)
        or stays_inside(content.target.encode(), depth=path.count("/"))
    }
    Repository(store).commit({**safe, "always.txt": "here", "run": "#!"})

    exported = export(store, home / ENDINGS[kind], format=kind)

    assert exported.left_out == ()
    assert tree_of(imported(exported.path, home / "again.git")) == tree_of(store)
    shutil.rmtree(home)


@pytest.mark.parametrize("kind", FILES)
def test_modes_and_links_come_back(written: Repository, tmp_path: Path, kind: Format) -> None:
    blob = written.write_blob(b"#!/bin/sh\n")
    entries = [("100755", b"run", blob), ("100644", b"text", blob)]
    link = written.write_blob(b"text")
    written.commit_tree(written.write_tree([("120000", b"link", link), *entries]))

    exported = export(written.path, tmp_path / ENDINGS[kind], format=kind)

    assert tree_of(imported(exported.path, tmp_path / "again.git")) == tree_of(written.path)
    if kind is Format.FOLDER:
        assert stat.S_IMODE((exported.path / "run").stat().st_mode) & 0o111
        assert (exported.path / "link").is_symlink()


@pytest.mark.parametrize("kind", FILES)
def test_a_hostile_tree_reaches_nothing_outside(
    written: Repository, tmp_path: Path, kind: Format
) -> None:
    blob = written.write_blob(b"evil")
    outside = written.write_blob(str(tmp_path / "outside").encode())
    inner = written.write_tree([("100644", b"f", blob)])
    written.commit_tree(
        written.write_tree(
            [
                ("120000", b"a", outside),
                ("40000", b"a", inner),
                ("40000", b"..", inner),
                ("40000", b".GIT", inner),
                ("100644", b"../up", blob),
                ("100644", b"twice", blob),
                ("100644", b"twice", blob),
                ("40000", b"twice", inner),
                ("100644", b"x" * 300, blob),
                ("100644", b"good", blob),
                ("160000", b"module", blob),
            ]
        )
    )
    (tmp_path / "outside").mkdir()

    exported = export(written.path, tmp_path / "out" / ENDINGS[kind], format=kind)

    reasons = {(left.path, left.reason) for left in exported.left_out}
    assert {
        ("a", "duplicate"),
        ("\\x2e\\x2e/f", "unsafe-path"),
        (".GIT/f", "unsafe-path"),
        ("..\\x2fup", "unsafe-path"),
        ("twice", "duplicate"),
    } <= reasons
    assert list((tmp_path / "outside").iterdir()) == []
    assert not (tmp_path / "up").exists()
    if kind is Format.FOLDER:
        assert sorted(p.name for p in exported.path.iterdir()) == ["a", "good", "twice"]
        assert not (exported.path / "a").is_symlink()


@pytest.mark.parametrize("kind", FILES)
def test_links_that_lead_outside_become_files(
    written: Repository, tmp_path: Path, kind: Format
) -> None:
    written.commit({"docs/out": Link("../../etc/passwd"), "docs/in": Link("../a"), "a": "1"})

    exported = export(written.path, tmp_path / ENDINGS[kind], format=kind)

    assert [(left.path, left.reason) for left in exported.left_out] == [
        ("docs/out", "link-outside")
    ]
    again = imported(exported.path, tmp_path / "again.git")
    modes = git(f"--git-dir={again}", "ls-tree", "-r", "HEAD")
    assert "120000" in modes.split("docs/in")[0]
    assert git(f"--git-dir={again}", "show", "HEAD:docs/out") == "../../etc/passwd"


@pytest.mark.parametrize(
    ("target", "depth", "inside"),
    [
        (b"a", 0, True),
        (b"./a//b", 0, True),
        (b"../a", 1, True),
        (b"../../a", 1, False),
        (b"..", 0, False),
        (b"a/..", 0, False),
        (b"/etc", 5, False),
        (b"", 0, False),
        (b"a\0b", 0, False),
    ],
)
def test_which_links_stay_inside(target: bytes, depth: int, inside: bool) -> None:
    assert stays_inside(target, depth=depth) is inside


def test_archives_have_one_folder_and_a_date(written: Repository, tmp_path: Path) -> None:
    written.commit({"a": "1", "b/c": "2"}, when=10**9)
    export(written.path, tmp_path / "My Notes.zip", format="zip")
    export(written.path, tmp_path / "My Notes.tar.gz", format="tar.gz")

    with zipfile.ZipFile(tmp_path / "My Notes.zip") as archive:
        assert sorted(archive.namelist()) == ["my-notes/a", "my-notes/b/c"]
        assert archive.infolist()[0].date_time[:3] == (2001, 9, 9)
        assert archive.testzip() is None
    with tarfile.open(tmp_path / "My Notes.tar.gz") as tar:
        assert sorted(tar.getnames()) == ["my-notes/a", "my-notes/b/c"]
        assert tar.getmembers()[0].mtime == 10**9


def test_an_archive_is_the_same_each_time(written: Repository, tmp_path: Path) -> None:
    written.commit({"a": "1", "b": "2"})
    for ending in ("zip", "tar.gz"):
        one = export(written.path, tmp_path / "1" / f"x.{ending}", format=ending)
        two = export(written.path, tmp_path / "2" / f"x.{ending}", format=ending)
        assert one.path.read_bytes() == two.path.read_bytes()


def test_a_date_that_no_zip_can_hold(written: Repository, tmp_path: Path) -> None:
    written.commit({"a": "1"}, when=1)
    export(written.path, tmp_path / "x.zip", format="zip")

    with zipfile.ZipFile(tmp_path / "x.zip") as archive:
        assert archive.infolist()[0].date_time[0] == 1980


def test_names_that_are_not_text(written: Repository, tmp_path: Path) -> None:
    written.commit({os.fsdecode(b"caf\xe9"): "1", "a": "1"})
    left = {
        kind: export(written.path, tmp_path / ENDINGS[kind], format=kind).left_out for kind in FILES
    }
    assert [(item.path, item.reason) for item in left[Format.ZIP]] == [("caf\\xe9", "unsafe-path")]
    assert left[Format.FOLDER] == left[Format.TAR_GZ] == ()


@pytest.mark.parametrize("kind", FILES)
def test_a_large_file_comes_in_pieces(written: Repository, tmp_path: Path, kind: Format) -> None:
    large = tmp_path / "large"
    with large.open("wb") as file:
        file.truncate(20 * 2**20)
    oid = written.git("hash-object", "-w", "--no-filters", large)
    written.commit_tree(written.write_tree([("100644", b"large", oid), ("160000", b"m", oid)]))

    exported = export(written.path, tmp_path / "out" / ENDINGS[kind], format=kind)

    again = imported(exported.path, tmp_path / "again.git")
    assert git(f"--git-dir={again}", "rev-parse", "HEAD:large").strip() == oid


@pytest.mark.parametrize("kind", list(Format))
def test_nothing_is_overwritten(written: Repository, tmp_path: Path, kind: Format) -> None:
    written.commit({"a": "1"})
    full = tmp_path / "full"
    full.mkdir()
    (full / "mine").write_text("mine")
    file = tmp_path / "file"
    file.write_text("mine")
    link = tmp_path / "link"
    link.symlink_to(tmp_path / "nowhere")

    for destination in (full, file, link):
        with pytest.raises(ExportRefused) as refusal:
            export(written.path, destination, format=kind)
        assert refusal.value.code == "export-exists"
    assert (full / "mine").read_text() == file.read_text() == "mine"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "full", "link", "stores"]


@pytest.mark.parametrize("kind", [Format.BARE, Format.FOLDER])
def test_an_empty_folder_may_be_filled(written: Repository, tmp_path: Path, kind: Format) -> None:
    written.commit({"a": "1"})
    (tmp_path / "empty").mkdir()

    export(written.path, tmp_path / "empty", format=kind)

    assert any((tmp_path / "empty").iterdir())


@pytest.mark.parametrize(("kind", "code"), [("rar", "export-format"), ("zip", "export-empty")])
def test_what_cannot_be_exported(store: Path, tmp_path: Path, kind: str, code: str) -> None:
    with pytest.raises(ExportRefused) as refusal:
        export(store, tmp_path / "x", format=kind)
    assert refusal.value.code == code


def test_there_has_to_be_a_store(tmp_path: Path) -> None:
    with pytest.raises(StoreMissing):
        export(tmp_path / "none", tmp_path / "x", format="zip")


def test_a_destination_that_cannot_be_written(written: Repository, tmp_path: Path) -> None:
    written.commit({"a": "1"})
    (tmp_path / "file").touch()
    with pytest.raises(ExportRefused) as refusal:
        export(written.path, tmp_path / "file" / "x.zip", format="zip")
    assert refusal.value.code == "export-impossible"


@pytest.mark.parametrize("form", ["bare", "bundle", "zip"])
def test_a_folder_that_takes_no_files_is_not_called_damage(written: Repository, form: str) -> None:
    written.commit({"a": "1"})
    with pytest.raises(ExportRefused) as refusal:
        export(written.path, Path("/proc/nexus-export"), format=form)
    assert refusal.value.code == "export-impossible"


def test_a_damaged_store_gives_what_is_readable(written: Repository, tmp_path: Path) -> None:
    sha = written.commit({"lost": "lost", "kept": "kept", "folder/x": "x"})
    for name in ("lost", "folder"):
        written.remove_object(written.git("rev-parse", f"{sha}:{name}"))

    for kind in (Format.BUNDLE, Format.BARE):
        with pytest.raises(Unavailable) as trouble:
            export(written.path, tmp_path / kind, format=kind)
        assert trouble.value.code == "store-damaged"
        assert not (tmp_path / kind).exists()
    exported = export(written.path, tmp_path / "x", format="folder")
    assert [path.name for path in exported.path.iterdir()] == ["kept"]
    assert [item.path for item in exported.left_out] == ["folder", "lost"]


@pytest.mark.parametrize("limits", [Limits(max_files=3), Limits(max_bytes=10)])
def test_an_export_is_bounded(written: Repository, tmp_path: Path, limits: Limits) -> None:
    written.commit({f"f{n}": "x" * 100 for n in range(5)})
    with pytest.raises(NexusError) as refusal:
        export(written.path, tmp_path / "x", format="folder", limits=limits)
    assert refusal.value.code == "export-too-large"
    assert not (tmp_path / "x").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["stores"]


def test_a_destination_that_turns_against_us(
    written: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk fills up while a file is written."""
    written.commit({"a": "1"})

    def full(*_: object, **__: object) -> NoReturn:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "open", full)
    with pytest.raises(ExportRefused) as refusal:
        export(written.path, tmp_path / "x", format="folder")
    assert refusal.value.code == "export-impossible"
    assert [path.name for path in tmp_path.iterdir()] == ["stores"]


def test_submodules_are_passed_over(written: Repository, tmp_path: Path) -> None:
    written.commit({"a": "1", "module": Submodule()})
    exported = export(written.path, tmp_path / "x", format="folder")
    assert [path.name for path in exported.path.iterdir()] == ["a"]
