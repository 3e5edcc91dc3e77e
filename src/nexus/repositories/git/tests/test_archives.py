"""Archives become commits; hostile ones take nothing over, use nothing up, and reach nowhere."""

import gzip
import io
import os
import stat
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nexus.kernel.errors import NexusError
from nexus.repositories.git.archives import open_archive
from nexus.repositories.git.fetching import Fetched, LeftOut, Progress, fetch
from nexus.repositories.git.items import OTHERS, Item, ItemError, Report, whole
from nexus.repositories.git.limits import Limits
from nexus.repositories.git.outcomes import LEFT_OUT_REASONS
from nexus.repositories.git.progress import Work
from nexus.repositories.git.tests.builders import folder_of, git, refs_of
from nexus.repositories.git.tests.test_snapshots import contents
from nexus.repositories.git.troubles import WORDS, ImportRefused
from nexus.repositories.git.zips import zip_items

Files = dict[str, bytes]


def write_zip(path: Path, files: Files) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def write_tar(path: Path, files: Files) -> Path:
    with tarfile.open(path, "w:gz" if path.suffix == ".gz" else "w") as archive:
        for name, content in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return path


Writer = Callable[[Path, Files], Path]
KINDS = [(write_zip, "a.zip"), (write_tar, "a.tar.gz"), (write_tar, "a.tar")]
each_kind = pytest.mark.parametrize(("write", "name"), KINDS)


def left_out(fetched: Fetched) -> set[tuple[str, str]]:
    assert all(left.reason in LEFT_OUT_REASONS for left in fetched.left_out)
    return {(left.path, left.reason) for left in fetched.left_out}


def refused(store: Path, path: Path, limits: Limits | None = None) -> str:
    with pytest.raises(NexusError) as refusal:
        fetch(store, folder_of(path), limits=limits or Limits())
    assert refusal.value.remedy
    assert refs_of(store) == {}
    return refusal.value.code


@each_kind
def test_an_archive_becomes_a_commit(tmp_path: Path, store: Path, write: Writer, name: str) -> None:
    path = write(tmp_path / name, {"a.md": b"1", "docs/ü 笔记.md": b"2", "docs/empty": b""})
    told: list[Progress] = []

    fetched = fetch(store, folder_of(path), on_progress=told.append)

    assert contents(store, fetched.head) == {
        "a.md": b"1",
        "docs/ü 笔记.md": b"2",
        "docs/empty": b"",
    }
    assert fetched.left_out == ()
    assert told[-1].total == 3
    again = fetch(store, folder_of(path))
    assert (again.head, again.changed) == (fetched.head, False)


@each_kind
def test_the_one_folder_around_everything_is_left_away(
    tmp_path: Path, store: Path, write: Writer, name: str
) -> None:
    path = write(tmp_path / name, {"notes-main/a": b"1", "./notes-main//b/c": b"2"})

    assert contents(store, fetch(store, folder_of(path)).head) == {"a": b"1", "b/c": b"2"}


@each_kind
def test_paths_that_lead_elsewhere_are_left_out(
    tmp_path: Path, store: Path, write: Writer, name: str
) -> None:
    hostile = ["../up", "/etc/passwd", "a/../../up", "C:/x", "\\\\host\\x", "d/" * 120 + "x"]
    files = dict.fromkeys(hostile, b"evil") | {".git/config": b"evil", "x/.GIT/y": b"evil"}
    path = write(tmp_path / name, {**files, "good": b"good", "__MACOSX/._good": b"x"})

    fetched = fetch(store, folder_of(path))

    assert contents(store, fetched.head) == {"good": b"good"}
    reasons = dict(left_out(fetched))
    assert reasons["../up".replace("..", "\\x2e\\x2e")] == "unsafe-path"
    assert sorted(reasons.values()) == ["git-folder", "git-folder", "macos", *["unsafe-path"] * 6]
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted([name, "stores"])


@each_kind
def test_names_that_clash_are_left_out(
    tmp_path: Path, store: Path, write: Writer, name: str
) -> None:
    path = write(tmp_path / name, {"a": b"1", "./a": b"2", "a/b": b"3", "c/d": b"4", "c": b"5"})

    fetched = fetch(store, folder_of(path))

    assert contents(store, fetched.head) == {"a": b"1", "c/d": b"4"}
    assert left_out(fetched) == {("a", "duplicate"), ("a/b", "duplicate"), ("c", "duplicate")}


@each_kind
def test_too_much_is_refused_as_a_whole(
    tmp_path: Path, store: Path, write: Writer, name: str
) -> None:
    path = write(tmp_path / name, {f"f{n}": os.urandom(1000) for n in range(20)})

    assert refused(store, path, Limits(max_files=10)) == "import-too-large"
    assert refused(store, path, Limits(max_bytes=10_000)) == "archive-bomb"
    assert refused(store, path, Limits(max_archive_bytes=100)) == "import-too-large"


@each_kind
def test_a_large_file_is_left_out(tmp_path: Path, store: Path, write: Writer, name: str) -> None:
    path = write(tmp_path / name, {"large": bytes(3_000_000), "a": b"1"})

    fetched = fetch(store, folder_of(path), limits=Limits(max_file_bytes=2_000_000))

    assert left_out(fetched) == {("large", "too-large")}
    assert contents(store, fetched.head) == {"a": b"1"}


def test_a_zip_bomb_is_refused(tmp_path: Path, store: Path) -> None:
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for n in range(10):
            with archive.open(f"zeros{n}", "w") as member:
                for _ in range(30):
                    member.write(bytes(2**20))
    assert path.stat().st_size < 400_000

    assert refused(store, path) == "archive-bomb"


def test_a_zip_that_lies_about_sizes_is_read_no_further(tmp_path: Path, store: Path) -> None:
    path = write_zip(tmp_path / "a.zip", {"liar": bytes(1_000_000), "b": b"1"})
    true, lie = (1_000_000).to_bytes(4, "little"), (10).to_bytes(4, "little")
    path.write_bytes(path.read_bytes().replace(true, lie))

    fetched = fetch(store, folder_of(path))

    assert left_out(fetched) == {("liar", "damaged")}
    assert contents(store, fetched.head) == {"b": b"1"}


def test_a_zip_of_a_million_names_is_refused_before_it_is_read(tmp_path: Path, store: Path) -> None:
    entry = b"PK\x01\x02" + bytes(42)
    end = b"PK\x05\x06" + bytes(18)
    (tmp_path / "a.zip").write_bytes(b"PK" + entry * 300_000 + end)

    assert refused(store, tmp_path / "a.zip") == "import-too-large"


def test_a_gzip_bomb_is_refused(tmp_path: Path, store: Path) -> None:
    path = tmp_path / "a.tar.gz"
    with gzip.open(path, "wb") as file:
        for _ in range(80):
            file.write(bytes(2**20))

    assert refused(store, path, Limits(max_bytes=1_000_000)) == "archive-bomb"


def test_a_tar_header_that_claims_gigabytes_is_refused(tmp_path: Path, store: Path) -> None:
    info = tarfile.TarInfo("x")
    info.type = tarfile.XHDTYPE
    info.size = 2**33
    path = tmp_path / "a.tar"
    path.write_bytes(info.tobuf(tarfile.GNU_FORMAT) + bytes(10_000))

    assert refused(store, path) == "archive-damaged"


def test_modes_and_links_of_a_zip(tmp_path: Path, store: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        modes = {"run": 0o100755, "link": stat.S_IFLNK | 0o777, "pipe": stat.S_IFIFO | 0o644}
        for name, mode in modes.items():
            info = zipfile.ZipInfo(name)
            info.external_attr = mode << 16
            archive.writestr(info, b"../../etc/passwd")
        archive.writestr("folder/", b"")

    fetched = fetch(store, folder_of(path))

    assert left_out(fetched) == {("pipe", "special")}
    listed = git(f"--git-dir={store}", "ls-tree", "-r", "HEAD")
    assert [line.split()[0] for line in listed.splitlines()] == ["120000", "100755"]
    assert contents(store, fetched.head)["link"] == b"../../etc/passwd"


def test_a_zip_from_windows(tmp_path: Path, store: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name in ("docs\\a.md", "docs\\deep\\b.md", "c.md"):
            info = zipfile.ZipInfo(name)
            info.create_system = 0
            info.external_attr = 0x20
            archive.writestr(info, b"x")

    fetched = fetch(store, folder_of(path))

    assert set(contents(store, fetched.head)) == {"docs/a.md", "docs/deep/b.md", "c.md"}


def test_names_in_other_encodings(tmp_path: Path, store: Path) -> None:
    """Without the mark for UTF-8, as many programs write them."""
    path = write_zip(tmp_path / "a.zip", {"XXX1": b"1", "XXXX2": b"2"})
    data = path.read_bytes().replace(b"XXX1", b"caf\x82")
    path.write_bytes(data.replace(b"XXXX2", "né€".encode()[:5]))

    found = contents(store, fetch(store, folder_of(path)).head)

    assert set(found.values()) == {b"1", b"2"}
    assert "café" in found


def test_what_cannot_be_read_of_a_zip_is_left_out(tmp_path: Path, store: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name in ("encrypted", "odd", "damaged", "good"):
            archive.writestr(name, name.encode() * 10)
    data = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        infos = {info.filename: info for info in archive.infolist()}
    for name, (offset, value) in {"encrypted": (8, 1), "odd": (10, 97)}.items():
        place = data.index(name.encode(), archive.start_dir) - 46
        data[place + offset] = value
    data[infos["damaged"].header_offset + 40] ^= 1
    path.write_bytes(data)

    fetched = fetch(store, folder_of(path))

    assert left_out(fetched) == {
        ("encrypted", "encrypted"),
        ("odd", "unsupported"),
        ("damaged", "damaged"),
    }
    assert contents(store, fetched.head) == {"good": b"good" * 10}


def test_links_and_special_files_of_a_tar(tmp_path: Path, store: Path) -> None:
    path = tmp_path / "a.tar"
    with tarfile.open(path, "w") as archive:

        def add(name: str, kind: bytes, target: str = "", data: bytes = b"", mode: int = 0) -> None:
            info = tarfile.TarInfo(name)
            info.type, info.linkname, info.size, info.mode = kind, target, len(data), mode
            archive.addfile(info, io.BytesIO(data))

        add("run", tarfile.REGTYPE, data=b"#!", mode=0o755)
        add("soft", tarfile.SYMTYPE, "../../etc/passwd")
        add("hard", tarfile.LNKTYPE, "run")
        add("harder", tarfile.LNKTYPE, "hard")
        add("outside", tarfile.LNKTYPE, "/etc/passwd")
        add("later", tarfile.LNKTYPE, "not-yet")
        for name, kind in (("c", tarfile.CHRTYPE), ("b", tarfile.BLKTYPE), ("p", tarfile.FIFOTYPE)):
            add(name, kind)
        add("folder", tarfile.DIRTYPE)

    fetched = fetch(store, folder_of(path))

    assert contents(store, fetched.head) == {
        "run": b"#!",
        "soft": b"../../etc/passwd",
        "hard": b"#!",
        "harder": b"#!",
    }
    assert left_out(fetched) == {
        ("outside", "link-outside"),
        ("later", "link-outside"),
        ("c", "special"),
        ("b", "special"),
        ("p", "special"),
    }


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.zip", b""),
        ("a.zip", b"PK"),
        ("a.zip", b"PK\x03\x04 nothing of the kind"),
        ("a.tar", b"nothing of the kind" * 100),
        ("a.tar.gz", b"\x1f\x8b nothing of the kind"),
        ("a.tar.gz", gzip.compress(b"x" * 5000)[:-10]),
        ("a.tar.gz", gzip.compress(b"nothing of the kind" * 100)),
    ],
    ids=["empty", "magic", "zip", "tar", "gzip", "cut-off", "inside"],
)
def test_what_is_no_archive_is_refused(
    tmp_path: Path, store: Path, name: str, content: bytes
) -> None:
    (tmp_path / name).write_bytes(content)

    assert refused(store, tmp_path / name) in ("archive-damaged", "import-unreadable")


def test_an_archive_that_vanished_is_refused(tmp_path: Path, store: Path) -> None:
    path = write_zip(tmp_path / "a.zip", {"a": b"1"})
    origin = folder_of(path)
    path.unlink()

    with pytest.raises(ImportRefused) as refusal:
        fetch(store, origin)
    assert refusal.value.code == "import-unreadable"


def test_a_tar_that_is_cut_off_after_its_listing(tmp_path: Path, store: Path) -> None:
    path = write_tar(tmp_path / "a.tar", {"a": b"1" * 5000})
    with open_archive(path, Work(), Report()) as archive:
        os.truncate(path, 1024)
        with pytest.raises(ItemError) as error, whole(archive.items[0], Limits()):
            pass
    assert error.value.reason == "damaged"


def test_a_file_that_cannot_be_looked_through_is_refused(tmp_path: Path) -> None:
    (tmp_path / "empty").touch()
    with (
        (tmp_path / "empty").open("rb") as file,
        pytest.raises(ImportRefused) as refusal,
        zip_items(file, Work(), Report()),
    ):
        pass
    assert refusal.value.code == "import-unreadable"


def test_only_so_many_are_named(tmp_path: Path, store: Path) -> None:
    path = write_zip(tmp_path / "a.zip", {f"../{n}": b"" for n in range(1500)} | {"a": b"1"})

    named = fetch(store, folder_of(path)).left_out

    assert len(named) == 1001
    assert sum(left.files for left in named) == 1500
    assert LeftOut(OTHERS, "unsafe-path", 500) in named


def test_what_surrounds_the_files_is_named_once_and_hides_nothing_else(
    tmp_path: Path, store: Path
) -> None:
    inside = {f"notes/.git/objects/{n}": b"" for n in range(1500)}
    around = {f"__MACOSX/notes/._{n}": b"" for n in range(1500)}
    files = {"notes/README.md": b"# Notes", "notes/.env": b"TOKEN=1"}
    path = write_zip(tmp_path / "a.zip", inside | around | files)

    fetched = fetch(store, folder_of(path), leave_out=lambda p: "secret" if p == ".env" else None)

    assert fetched.left_out == (
        LeftOut(".env", "secret"),
        LeftOut("__MACOSX", "macos", 1500),
        LeftOut("notes/.git", "git-folder", 1500),
    )


SEEDS = {
    "zip": {"a": b"1" * 100, "d/b": b"2"},
    "tar": {"a": b"1" * 100, "x" * 150: b"2"},
}


@given(data=st.data(), kind=st.sampled_from(["zip", "tar"]))
@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_damage_anywhere_is_answered_in_words(
    tmp_path: Path, data: st.DataObject, kind: str
) -> None:
    write = write_zip if kind == "zip" else write_tar
    path = write(tmp_path / f"seed.{kind}", SEEDS[kind])
    raw = bytearray(path.read_bytes())
    for _ in range(data.draw(st.integers(1, 6))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    path.write_bytes(raw[: data.draw(st.integers(1, len(raw)))])
    report = Report()

    try:
        with open_archive(path, Work(), report) as archive:
            for item in archive.items:
                _read(item)
    except NexusError as error:
        assert error.code in WORDS  # noqa: PT017


def _read(item: object) -> None:
    assert isinstance(item, Item)
    assert ".." not in os.fsdecode(item.path).split("/")
    try:
        with whole(item, Limits(max_file_bytes=10_000)) as (size, file):
            assert len(file.read()) == size
    except ItemError as error:
        assert error.reason in LEFT_OUT_REASONS  # noqa: PT017


def test_left_out_compares_by_path() -> None:
    assert min(LeftOut("b", "special"), LeftOut("a", "special")).path == "a"
