"""The past of a file, followed through its renames."""

from datetime import UTC, datetime

from nexus.library.histories import follow
from nexus.repositories.git.reading import CommitInfo, FileVersion


def commit(number):
    """The ``number``-th commit."""
    return CommitInfo(
        sha=f"{number:040x}",
        parents=(),
        tree="0" * 40,
        author_name="Ada",
        author_email="ada@example.com",
        authored_at=datetime(2026, 1, number, tzinfo=UTC),
        committed_at=datetime(2026, 1, number, tzinfo=UTC),
        subject=f"commit {number}",
        body="",
    )


def change(number, status, path, old_path=None):
    """What commit ``number`` did to a file."""
    oid = None if status == "deleted" else f"{number:x}" * 40
    return FileVersion(
        commit=commit(number), path=path, old_path=old_path, oid=oid and oid[:40], status=status
    )


def past(changes):
    """{path: [(commit number, name then)]}, from changes in the order they happened."""
    followed = follow(reversed(changes))
    return {
        path: [(int(was.commit.sha, 16), was.path) for was in stages]
        for path, stages in followed.items()
    }


def test_a_file_has_a_past_for_each_change():
    assert past([change(1, "added", "a"), change(2, "modified", "a")]) == {
        "a": [(2, "a"), (1, "a")]
    }


def test_a_rename_keeps_the_past():
    changes = [
        change(1, "added", "a"),
        change(2, "renamed", "b", "a"),
        change(3, "renamed", "c", "b"),
    ]
    assert past(changes) == {"c": [(3, "c"), (2, "b"), (1, "a")]}


def test_a_name_used_again_belongs_to_the_younger_file():
    changes = [
        change(1, "added", "a"),
        change(2, "renamed", "b", "a"),
        change(3, "added", "a"),
        change(4, "modified", "a"),
    ]
    assert past(changes) == {"a": [(4, "a"), (3, "a")], "b": [(2, "b"), (1, "a")]}


def test_a_deleted_file_has_no_present():
    assert past([change(1, "added", "a"), change(2, "deleted", "a")]) == {}


def test_a_file_that_came_back_begins_anew():
    changes = [change(1, "added", "a"), change(2, "deleted", "a"), change(3, "added", "a")]
    assert past(changes) == {"a": [(3, "a")]}


def test_a_walk_that_ends_early_tells_what_it_saw():
    assert past([change(5, "modified", "a")]) == {"a": [(5, "a")]}
