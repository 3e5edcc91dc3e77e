"""How files came to be: versions, renames, merges, people."""

import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nexus.repositories.git.changes import Change, Pieces, compare_listings
from nexus.repositories.git.reading import Reader, Status
from nexus.repositories.git.tests.builders import Link, Repository, Submodule

LONG = "".join(f"line {n}\n" for n in range(50))


@pytest.fixture
def written(store: Path) -> Repository:
    """The store, to be written to directly."""
    return Repository(store)


def told(changes: list[Change]) -> set[tuple[str, str, str | None]]:
    return {(str(change.status), change.path, change.old_path) for change in changes}


def versions(store: Path, sha: str, **how: object) -> list[tuple[str, str, str, str | None]]:
    with Reader(store) as reader:
        found = reader.history(sha, limit_commits=100, **how)  # type: ignore[arg-type]
        return [(v.commit.subject, str(v.status), v.path, v.old_path) for v in found]


def test_changes_between_two_commits(written: Repository) -> None:
    old = written.commit({"a": "1", "gone": "x", "moved": LONG, "kept": "k", "dir/f": "y" * 99})
    new = written.commit(
        {
            "a": "2",
            "gone": None,
            "moved": None,
            "docs/moved.md": LONG + "and more\n",
            "dir/f": None,
            "dir 2/f": "y" * 99,
            "new": "n",
        }
    )
    with Reader(written.path) as reader:
        changes = reader.changes(old, new)

        assert told(changes) == {
            ("modified", "a", None),
            ("deleted", "gone", None),
            ("renamed", "docs/moved.md", "moved"),
            ("renamed", "dir 2/f", "dir/f"),
            ("added", "new", None),
        }
        by_path = {change.path: change for change in changes}
        assert reader.read(by_path["a"].oid or "", limit=9) == b"2"
        assert reader.read(by_path["a"].old_oid or "", limit=9) == b"1"
        assert by_path["gone"].oid is None
        assert told(reader.changes(None, old)) == {
            ("added", path, None) for path in ("a", "gone", "moved", "kept", "dir/f")
        }
        assert reader.changes(new, new) == []


def test_submodules_are_no_files(written: Repository) -> None:
    old = written.commit({"a": "1", "b": Submodule(), "c": Submodule(), "d": "1"})
    new = written.commit({"a": Submodule(), "b": "now a file", "c": Submodule("2" * 40), "d": None})
    with Reader(written.path) as reader:
        assert told(reader.changes(old, new)) == {
            ("deleted", "a", None),
            ("added", "b", None),
            ("deleted", "d", None),
        }


def test_a_link_in_place_of_a_file_is_a_change(written: Repository) -> None:
    old = written.commit({"a": "1"})
    new = written.commit({"a": Link("b")})
    with Reader(written.path) as reader:
        assert told(reader.changes(old, new)) == {("modified", "a", None)}


def test_odd_paths_are_told_as_they_are_listed(written: Repository) -> None:
    names = ["a\nb", ":100644 x", "caf\udce9", "q\"u'o", "tab\there", "\\x41", "f" * 40]
    sha = written.commit({name: name.encode("utf-8", "replace") for name in names})
    with Reader(written.path) as reader:
        listed = {file.path for file in reader.files(sha)}
        assert {change.path for change in reader.changes(None, sha)} == listed
        assert {version.path for version in reader.history(sha, limit_commits=5)} == listed
        empty = written.commit({"x": "1"}, parents=[], branch="other")
        assert {c.path for c in reader.changes(empty, sha)} - {"x"} == listed


def test_the_history_of_every_file(written: Repository) -> None:
    written.commit({"a": "1", "b": LONG}, "One")
    written.commit({"a": "2"}, "Two")
    written.commit({}, "Nothing at all")
    sha = written.commit({"b": None, "c": LONG}, "Three")

    assert versions(written.path, sha) == [
        ("Three", "renamed", "c", "b"),
        ("Two", "modified", "a", None),
        ("One", "added", "a", None),
        ("One", "added", "b", None),
    ]


def test_history_since_a_commit_and_up_to_a_number(written: Repository) -> None:
    first, second, third = (written.commit({"a": str(n)}, str(n)) for n in range(3))

    assert [v[0] for v in versions(written.path, third, since=first)] == ["2", "1"]
    assert versions(written.path, third, since=third) == []
    with Reader(written.path) as reader:
        (only,) = reader.history(third, limit_commits=1)
        assert only.commit.sha == third
        assert only.commit.parents == (second,)


def test_a_merge_is_one_change(written: Repository) -> None:
    base = written.commit({"a": "1"}, "Base")
    written.commit({"b": "1"}, "Topic 1", branch="topic", parents=[base])
    topic = written.commit({"b": "2"}, "Topic 2", branch="topic")
    written.commit({"c": "1"}, "Meanwhile")
    merge = written.merge("Merge topic", topic, {"b": "2"})

    assert versions(written.path, merge) == [
        ("Merge topic", "added", "b", None),
        ("Meanwhile", "added", "c", None),
        ("Base", "added", "a", None),
    ]


def test_a_history_that_is_damaged_ends_where_the_damage_begins(written: Repository) -> None:
    written.commit({"a": "1", "folder/x": "1"}, "One")
    second = written.commit({"a": "2", "folder/x": None}, "Two")
    third = written.commit({"a": "3"}, "Three")
    written.remove_object(written.git("rev-parse", f"{second}~1:folder"))

    assert [v[0] for v in versions(written.path, third)] == ["Three"]
    with Reader(written.path) as reader:
        assert reader.contributors(third, limit=5)[0].commits == 3
    written.remove_object(second)
    assert [v[0] for v in versions(written.path, third)] == []
    with Reader(written.path) as reader:
        assert reader.contributors(third, limit=5) == []
        assert not reader.is_ancestor(second, third)


def test_renames_without_the_old_file_are_told_as_two_changes(written: Repository) -> None:
    first = written.commit({"old": LONG, "a": "1"}, "One")
    second = written.commit({"old": None, "new": LONG + "more\n", "a": None, "b": "1"}, "Two")
    written.remove_object(written.git("rev-parse", f"{first}:old"))

    assert versions(written.path, second)[:3] == [
        ("Two", "renamed", "b", "a"),
        ("Two", "added", "new", None),
        ("Two", "deleted", "old", None),
    ]
    with Reader(written.path) as reader:
        assert told(reader.changes(first, second)) == {
            ("renamed", "b", "a"),
            ("added", "new", None),
            ("deleted", "old", None),
        }


def test_a_tree_that_never_ends_does_not_hold_up_history(written: Repository) -> None:
    tree = written.write_tree([("100644", b"f", written.write_blob(b"boom"))])
    for _ in range(4):
        tree = written.write_tree([("40000", b"d%d" % n, tree) for n in range(10)])
    sha = written.commit_tree(tree)
    with Reader(written.path) as reader:
        assert len(list(reader.history(sha, limit_commits=5))) == 10_000


def test_a_commit_that_changes_more_than_anybody_reads(
    written: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("nexus.repositories.git.histories._MAX_CHANGES", 2)
    sha = written.commit(dict.fromkeys("abcd", "1"))

    assert len(versions(written.path, sha)) == 2


def test_who_wrote_it(written: Repository) -> None:
    written.commit({"a": "1"}, author="Ann <ann@example.com>", when=1000)
    written.commit({"a": "2"}, author="ann <ANN@example.com>", when=3000)
    written.commit({"a": "3"}, author="Bob <bob@example.com>", when=2000)
    sha = written.commit({"a": "4"}, author="Ann at work <ann@work.example>", when=4000)
    with Reader(written.path) as reader:
        people = reader.contributors(sha, limit=10)
        assert [(p.email.lower(), p.commits) for p in people] == [
            ("ann@example.com", 2),
            ("ann@work.example", 1),
            ("bob@example.com", 1),
        ]
        assert (people[0].first.timestamp(), people[0].last.timestamp()) == (1000, 3000)
        assert len(reader.contributors(sha, limit=1)) == 1

        mailmap = "Ann Example <ann@example.com> <ann@work.example>\n"
        mapped = written.commit({".mailmap": mailmap}, author="Bob <bob@example.com>")
        people = reader.contributors(mapped, limit=10)
        assert [(p.name, p.email.lower(), p.commits) for p in people] == [
            ("Ann Example", "ann@example.com", 3),
            ("Bob", "bob@example.com", 2),
        ]


def test_the_mailmap_of_the_commit_counts_not_that_of_the_head(written: Repository) -> None:
    old = written.commit({"a": "1"}, author="Ann <ann@example.com>")
    written.commit({".mailmap": "Changed <c@example.com> <ann@example.com>\n"})
    with Reader(written.path) as reader:
        assert [p.name for p in reader.contributors(old, limit=5)] == ["Ann"]


def test_what_changed_last_in_a_folder(written: Repository) -> None:
    one = written.commit({"docs/a": "1", "docs/deep/b": "1", "other": "1", "docs/[x]*": "1"})
    two = written.commit({"docs/deep/b": "2", "docs/gone": "1"})
    last = written.commit({"docs/gone": None})
    three = written.commit({"other": "2"})
    with Reader(written.path) as reader:
        assert {p: c.sha for p, c in reader.last_changes(three, "docs").items()} == {
            "docs/a": one,
            "docs/deep": two,
            "docs/[x]*": one,
        }
        assert {p: c.sha for p, c in reader.last_changes(three).items()} == {
            "docs": last,
            "other": three,
        }
        assert set(reader.last_changes(three, limit_commits=1)) == {"other"}
        assert reader.last_changes(three, "nowhere") == {}


def test_ancestors(written: Repository) -> None:
    first = written.commit({"a": "1"})
    second = written.commit({"a": "2"})
    other = written.commit({"a": "3"}, branch="other", parents=[])
    with Reader(written.path) as reader:
        assert reader.is_ancestor(first, second)
        assert reader.is_ancestor(first, first)
        assert not reader.is_ancestor(second, first)
        assert not reader.is_ancestor(other, second)
        assert not reader.is_ancestor("1" * 40, second)


paths = st.sampled_from(["a", "b", "c", "d"])
listings = st.dictionaries(paths, st.sampled_from(["1", "2", "3"]))


@given(old=listings, new=listings)
def test_changes_carry_one_listing_over_to_the_other(
    old: dict[str, str], new: dict[str, str]
) -> None:
    result = dict(old)
    changes = compare_listings(old, new)
    for change in changes:
        result.pop(change.old_path or change.path, None)
    for change in changes:
        if change.oid is not None:
            result[change.path] = change.oid
    assert result == new
    for change in changes:
        assert change.status is not Status.RENAMED or change.oid == old[change.old_path or ""]


@given(st.lists(st.binary(max_size=5).map(lambda b: b.replace(b"\0", b"")), max_size=9), st.data())
@settings(max_examples=60)
def test_pieces_come_whole_however_they_are_cut(pieces: list[bytes], data: st.DataObject) -> None:
    raw = b"".join(piece + b"\0" for piece in pieces)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(raw)), max_size=5)))
    chunks = [raw[a:b] for a, b in zip([0, *cuts], [*cuts, len(raw)], strict=True)]

    assert list(Pieces(chunks)) == pieces


def test_a_repository_of_real_size_has_its_history_told(written: Repository) -> None:
    for n in range(40):
        written.commit({f"f{n % 7}": os.urandom(50), f"g{n}": str(n)})
    sha = written.commit({"last": "1"})
    assert len(versions(written.path, sha)) == 81
