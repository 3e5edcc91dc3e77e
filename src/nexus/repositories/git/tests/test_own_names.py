"""What some system takes for Git's own is known, and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nexus.repositories.git.own_names import is_gits_own


@pytest.mark.parametrize(
    "name",
    [
        ".git",
        ".GIT",
        ".Git ",
        ".git.",
        ".git . .",
        "git~1",
        "GIT~2",
        ".git::$INDEX_ALLOCATION",
        ".g\u200cit",
        "\ufeff.git",
        ".\uff47it",
        ".gitmodules",
        "a\\..\\.git",
    ],
)
def test_names_that_are_taken_for_gits_own(name):
    assert is_gits_own(name.encode())


@pytest.mark.parametrize("name", [".github", ".gitignore", "git", "git.md", "a.git", ".gitkeep"])
def test_names_that_are_peoples(name):
    assert not is_gits_own(name.encode())


@given(st.text("abcdefgh.-_ ", min_size=1))
def test_no_name_without_its_letters_is_taken_for_it(name):
    assert not is_gits_own(name.encode())


@given(st.binary())
def test_any_bytes_can_be_asked_about(name):
    assert is_gits_own(name) in (True, False)
