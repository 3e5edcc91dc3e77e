"""What changed between two trees is told without Git's program when only contents did."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nexus.repositories.git import modifications
from nexus.repositories.git.changes import Change, Status
from nexus.repositories.git.reading import Reader
from nexus.repositories.git.tests.builders import Link, Repository, Submodule

FILES = {"a.md": "A", "docs/b.md": "B", "docs/deep/c.md": "C", "d.py": "D"}
CONTENTS = st.dictionaries(st.sampled_from(sorted(FILES)), st.sampled_from(["A", "B", "X", "Y"]))


@pytest.fixture
def written(store: Path) -> Repository:
    """The store, to be written to directly."""
    return Repository(store)


def told(store: Path, old: str, new: str) -> list[Change] | None:
    with Reader(store) as reader:
        return reader.modifications(old, new)


@given(contents=CONTENTS)
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_changed_contents_are_told_as_git_tells_them(
    store: Path, written: Repository, contents: dict[str, str]
) -> None:
    old = written.commit(FILES)
    new = written.commit({**FILES, **contents})
    with Reader(store) as reader:
        by_git = sorted(reader.changes(old, new), key=lambda change: change.path)
        assert reader.modifications(old, new) == by_git


@pytest.mark.parametrize(
    "change",
    [
        {"new.md": "N"},
        {"a.md": None},
        {"docs/b.md": None, "docs/z.md": "B"},
        {"d.py": Link("a.md")},
        {"docs/deep/c.md": None, "docs/deep": "a file now"},
    ],
)
def test_anything_else_is_left_to_git(
    store: Path, written: Repository, change: dict[str, str | None]
) -> None:
    old = written.commit(FILES)
    assert told(store, old, written.commit(change)) is None


def test_a_submodule_that_moves_is_passed_over(store: Path, written: Repository) -> None:
    old = written.commit({**FILES, "sub": Submodule("1" * 40)})
    new = written.commit({"sub": Submodule("2" * 40), "a.md": "Other"})
    found = told(store, old, new)
    assert found is not None
    assert [(change.path, change.status) for change in found] == [("a.md", Status.MODIFIED)]


def test_a_folder_that_is_missing_is_left_to_git(store: Path, written: Repository) -> None:
    old = written.commit(FILES)
    new = written.commit({"docs/b.md": "Other"})
    written.remove_object(written.git("rev-parse", f"{new}:docs").strip())
    assert told(store, old, new) is None


def test_too_much_to_compare_is_left_to_git(
    store: Path, written: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(modifications, "_MAX_COMPARED", 2)
    old = written.commit(FILES)
    assert told(store, old, written.commit({"docs/b.md": "Other"})) is None


def test_names_are_the_files_without_their_sizes(store: Path, written: Repository) -> None:
    sha = written.commit({**FILES, "l": Link("a.md"), "sub": Submodule("1" * 40)})
    with Reader(store) as reader:
        names, files = list(reader.names(sha)), list(reader.files(sha))
    assert [(file.path, file.oid, file.kind, file.mode) for file in names] == [
        (file.path, file.oid, file.kind, file.mode) for file in files
    ]
    assert {file.size for file in names} == {None}
