"""A store is read as far as it goes, whatever is in it."""

import tracemalloc
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from nexus.repositories.git.limits import Limits
from nexus.repositories.git.paths import path_text
from nexus.repositories.git.reading import Kind, Reader, Status, TreeFile
from nexus.repositories.git.tests.builders import Link, Repository, Submodule
from nexus.repositories.git.troubles import StoreMissing


@pytest.fixture
def written(store: Path) -> Repository:
    """The store, to be written to directly."""
    return Repository(store)


def paths(files: list[TreeFile]) -> list[str]:
    return [file.path for file in files]


def test_an_empty_store_has_no_head(store: Path) -> None:
    with Reader(store) as reader:
        assert reader.head() is None
        assert reader.branches() == {}


def test_there_has_to_be_a_store(tmp_path: Path, store: Path) -> None:
    with pytest.raises(StoreMissing):
        Reader(tmp_path)
    (store / "config").write_text("[core")
    with pytest.raises(StoreMissing) as trouble:
        Reader(store)
    assert trouble.value.code == "store-damaged"


def test_the_files_of_a_commit(written: Repository) -> None:
    written.git("tag", "-f", "v1", written.commit({}, branch="other"))
    sha = written.commit(
        {
            "README.md": "# Hello",
            "docs/a b & [c].md": "x",
            "docs/ملاحظات/笔记.md": "x",
            "link": Link("../../etc/passwd"),
            "vendored": Submodule(),
        }
    )
    with Reader(written.path) as reader:
        files = {file.path: file for file in reader.files(sha)}

        assert reader.head() == sha
        assert set(reader.branches()) == {"main", "other"}
        assert reader.branches()["main"] == sha
        assert set(files) == {
            "README.md",
            "docs/a b & [c].md",
            "docs/ملاحظات/笔记.md",
            "link",
            "vendored",
        }
        assert (files["README.md"].kind, files["README.md"].size) == (Kind.FILE, 7)
        assert files["link"].kind is Kind.SYMLINK
        assert (files["vendored"].kind, files["vendored"].size) == (Kind.SUBMODULE, None)
        assert not any(file.missing for file in files.values())
        assert reader.read(files["README.md"].oid, limit=100) == b"# Hello"
        assert reader.read(files["link"].oid, limit=100) == b"../../etc/passwd"


def test_folders_are_listed_and_paths_looked_up(written: Repository) -> None:
    sha = written.commit({"z.md": "z", "docs/a.md": "a", "docs/deep/b.md": "b", "l": Link("docs")})
    with Reader(written.path) as reader:
        assert [(f.name, f.kind) for f in reader.list_folder(sha)] == [
            ("docs", Kind.FOLDER),
            ("l", Kind.SYMLINK),
            ("z.md", Kind.FILE),
        ]
        assert paths(reader.list_folder(sha, "docs")) == ["docs/deep", "docs/a.md"]
        for nothing in ("nope", "z.md", "docs/../docs", "l", "/docs", "docs/"):
            assert reader.list_folder(sha, nothing) == []

        found = reader.entry_at(sha, "docs/deep/b.md")
        assert found is not None
        assert reader.read(found.oid, limit=10) == b"b"
        folder = reader.entry_at(sha, "docs/deep")
        assert folder is not None
        assert folder.kind is Kind.FOLDER
        for nothing in ("", "nope", "docs/nope", "l/a.md", "z.md/x", "../z.md", "docs//a.md"):
            assert reader.entry_at(sha, nothing) is None


def test_odd_names_cannot_hurt_and_can_be_looked_up(written: Repository) -> None:
    blob = written.write_blob(b"here")
    names = [b"..", b".git", b"C:\\x", b"a\nb", b"caf\xe9", b"x/y", b"\\x2e"]
    below = written.write_tree([("100644", name, blob) for name in sorted(names)])
    sha = written.commit_tree(written.write_tree([("40000", b"..", below)]))
    with Reader(written.path) as reader:
        files = list(reader.files(sha))

        assert len(files) == len(names)
        for file in files:
            assert not {"", ".", ".."} & set(file.path.split("/"))
            assert file.path.isprintable()
            assert file.path.count("/") == 1
        for name in set(names) - {b"x/y"}:
            assert reader.entry_at(sha, "\\x2e\\x2e/" + path_text(name)) in files


def test_a_folder_with_two_files_of_one_name_is_read(written: Repository) -> None:
    one, two = written.write_blob(b"1"), written.write_blob(b"2")
    sha = written.commit_tree(written.write_tree([("100644", b"a", one), ("100644", b"a", two)]))
    with Reader(written.path) as reader:
        assert paths(list(reader.files(sha))) == ["a", "a"]
        assert reader.entry_at(sha, "a") is not None


def test_a_folder_that_git_itself_cannot_read_is_reported(written: Repository) -> None:
    blob = written.write_blob(b"1")
    broken = written.write_tree([("100644", b"", blob)])
    good = written.write_blob(b"good")
    sha = written.commit_tree(
        written.write_tree([("40000", b"broken", broken), ("100644", b"good", good)])
    )
    with Reader(written.path) as reader:
        folder, file = reader.files(sha)
        assert (folder.path, folder.kind, folder.missing) == ("broken", Kind.FOLDER, True)
        assert (file.path, file.missing) == ("good", False)


def test_missing_objects_are_reported_not_raised(written: Repository) -> None:
    old = written.commit({"kept.md": "kept", "lost.md": "lost" * 50, "folder/x.md": "x"})
    sha = written.commit({"more.md": "more"})
    with Reader(written.path) as reader:
        oids = {file.path: file.oid for file in reader.files(sha)}
        folder = reader.entry_at(sha, "folder")
    assert folder is not None
    written.remove_object(oids["lost.md"])
    written.remove_object(folder.oid)

    with Reader(written.path) as reader:
        files = {file.path: file for file in reader.files(sha)}

        assert files["lost.md"].missing
        assert files["lost.md"].size is None
        assert reader.read(oids["lost.md"], limit=1000) is None
        assert reader.size(oids["lost.md"]) is None
        assert (files["folder"].kind, files["folder"].missing) == (Kind.FOLDER, True)
        assert reader.read(oids["kept.md"], limit=1000) == b"kept"
        assert reader.list_folder(sha, "folder") == []
        assert [(c.status, c.path) for c in reader.changes(old, sha)] == [(Status.ADDED, "more.md")]


def test_a_commit_without_its_tree_cannot_be_listed(written: Repository) -> None:
    sha = written.commit({"a": "1"})
    written.remove_object(written.git("rev-parse", f"{sha}^{{tree}}"))
    with Reader(written.path) as reader:
        assert reader.commit(sha).subject == "Work"
        with pytest.raises(StoreMissing):
            list(reader.files(sha))


@pytest.mark.parametrize("sha", ["", "HEAD", "--all", "1" * 40, "zz", "\0", "1" * 41])
def test_what_is_no_commit_is_not_found(written: Repository, sha: str) -> None:
    head = written.commit({"a": "1"})
    with Reader(written.path) as reader:
        with pytest.raises(StoreMissing):
            reader.commit(sha)
        with pytest.raises(StoreMissing):
            reader.list_folder(sha)
        with pytest.raises(StoreMissing):
            reader.changes(sha, head)
        assert not reader.is_ancestor(sha, head)


def test_a_large_file_is_never_loaded(written: Repository, tmp_path: Path) -> None:
    large = tmp_path / "large"
    with large.open("wb") as file:
        file.truncate(200 * 2**20)
    oid = written.git("hash-object", "-w", "--no-filters", large)
    sha = written.commit_tree(written.write_tree([("100644", b"large", oid)]))
    tracemalloc.start()
    with Reader(written.path) as reader:
        (file_of_commit,) = reader.files(sha)
        assert file_of_commit.size == 200 * 2**20
        assert reader.read(oid, limit=2**20) is None
        assert [change.path for change in reader.changes(None, sha)] == ["large"]
        assert [version.path for version in reader.history(sha, limit_commits=9)] == ["large"]
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 20 * 2**20


def test_only_files_are_read(written: Repository) -> None:
    sha = written.commit({"a": "1"})
    with Reader(written.path) as reader:
        assert reader.read(sha, limit=1000) is None
        assert reader.read("nonsense", limit=1000) is None


def test_a_tree_that_describes_more_than_anybody_has_time_for_ends(written: Repository) -> None:
    tree = written.write_tree([("100644", b"f", written.write_blob(b"boom"))])
    for _ in range(6):
        tree = written.write_tree([("40000", b"d%d" % n, tree) for n in range(10)])
    sha = written.commit_tree(tree)
    with Reader(written.path, limits=Limits(max_files=1000)) as reader:
        files = list(reader.files(sha))
    assert 400 < len(files) <= 1000


def test_folders_may_only_be_so_deep(written: Repository) -> None:
    tree = written.write_tree([("100644", b"f", written.write_blob(b"x"))])
    for _ in range(300):
        tree = written.write_tree([("40000", b"d", tree)])
    sha = written.commit_tree(tree)
    with Reader(written.path) as reader:
        (folder,) = reader.files(sha)
    assert (folder.kind, folder.missing) == (Kind.FOLDER, True)
    assert folder.path.count("/") == 100


def test_what_a_commit_says(written: Repository) -> None:
    first = written.commit({"a": "1"}, author="Ann Example <ann@example.com>")
    sha = written.commit({"a": "2"}, "Say why\nin two lines\n\nBody.\r\n\r\nMore.\n", when=10**9)
    with Reader(written.path) as reader:
        commit = reader.commit(sha)

    assert commit.parents == (first,)
    assert (commit.author_name, commit.author_email) == ("Ann", "ann@example.com")
    assert (commit.subject, commit.body) == ("Say why in two lines", "Body.\n\nMore.")
    assert commit.committed_at == datetime(2001, 9, 9, 1, 46, 40, tzinfo=UTC)
    assert commit.committed_at.utcoffset() == timedelta(hours=2)


TREE = "4b825dc642cb6eb9a060e54bf8d69288fbee4904"


@pytest.mark.parametrize(
    ("lines", "name", "email", "seconds", "subject"),
    [
        ("author A B <a@b> 7 +0000\n\nHi", "A B", "a@b", 7, "Hi"),
        ("author A <a@b> 99999999999999999999 +9999\n\nHi", "A", "a@b", 0, "Hi"),
        ("author A <a@b>\n\nHi", "A", "a@b", 0, "Hi"),
        ("author A a@b\n\nHi", "A a@b", "", 0, "Hi"),
        ("author <> 5 -0130\n\n", "", "", 5, ""),
        ("\nHi", "", "", 0, "Hi"),
        ("author \udce9 <x> 1 +0000\nencoding latin-1\n\n\udcfc", "é", "x", 1, "ü"),
        ("author \udce9 <x> 1 +0000\nencoding nonsense\n\n\udcfc", "�", "x", 1, "�"),
        ("author \udce9 <x> 1 +0000\nencoding hex\n\n\udcfc", "�", "x", 1, "�"),
        ("author A <x> 1 +0000\nencoding \udcff\n\nHi", "A", "x", 1, "Hi"),
        ("author A <x> 1 +0000\nencoding idna\n\n\udcfc", "A", "x", 1, "�"),
        ("odd\nauthor A <x> 1 +0000\n\nHi", "A", "x", 1, "Hi"),
    ],
)
def test_malformed_commits_are_read(
    written: Repository, lines: str, name: str, email: str, seconds: int, subject: str
) -> None:
    raw = f"tree {TREE}\n{lines}".encode("utf-8", "surrogateescape")
    sha = written.git("hash-object", "-t", "commit", "-w", "--literally", "--stdin", given=raw)
    with Reader(written.path) as reader:
        commit = reader.commit(sha)
    assert (commit.author_name, commit.author_email) == (name, email)
    assert commit.authored_at.timestamp() == seconds
    assert commit.subject == subject


def test_an_odd_time_zone_is_taken_as_it_is(written: Repository) -> None:
    raw = f"tree {TREE}\nauthor A <a> 5 -0130\ncommitter A <a> 5 +0545\n\n".encode()
    sha = written.git("hash-object", "-t", "commit", "-w", "--stdin", "--literally", given=raw)
    with Reader(written.path) as reader:
        commit = reader.commit(sha)
    assert commit.authored_at.tzinfo == timezone(-timedelta(hours=1, minutes=30))
    assert commit.committed_at.tzinfo == timezone(timedelta(hours=5, minutes=45))


def test_a_long_subject_or_name_ends_before_a_word(written: Repository) -> None:
    """Else the first half of a token would be shown: it is known as a whole only."""
    token = "ghp_" + "q7Zk2vX9mB4tR8wL1nY6cJ3hD5fG0pSaEuTA"
    name = f"{'Ann ' * 45}{token} <ann@example.com>"
    sha = written.commit({"a": "1"}, f"{'word ' * 98}{token}", author=name)
    solid = written.commit({"a": "2"}, "x" * 1_000)
    with Reader(written.path) as reader:
        commit = reader.commit(sha)
        assert commit.subject == ("word " * 98).strip()
        assert commit.author_name == ("Ann " * 45).strip()
        assert reader.commit(solid).subject == "x" * 500


def test_of_a_commit_of_megabytes_the_beginning_is_read(
    written: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    sha = written.commit({"a": "1"}, "Long\n\n" + "x" * 5_000_000)
    with Reader(written.path) as reader:
        assert reader.commit(sha).subject == "Long"
        assert reader.said(sha, limit=1_000_000) is None
        assert len(reader.said(sha, limit=6_000_000) or b"") > 5_000_000
        monkeypatch.setattr("nexus.repositories.git.reading._MAX_COMMIT_BYTES", 1_000_000)
        with pytest.raises(StoreMissing):
            reader.commit(sha)


def test_a_folder_whose_listing_is_enormous_is_not_read(
    written: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("nexus.repositories.git.trees._MAX_TREE_BYTES", 100)
    sha = written.commit({"few/a": "1", **{f"many/{n}": "1" for n in range(20)}})
    with Reader(written.path) as reader:
        assert [(file.path, file.missing) for file in reader.files(sha)] == [
            ("few/a", False),
            ("many", True),
        ]
