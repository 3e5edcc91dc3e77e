"""What a link can lead to."""

import pytest

from nexus.library.checking.tree import Tree

TREE = Tree(
    ["README.md", "docs/Setup.md", "docs/deep/notes.md", "src/app.py"],
    opaque=["vendor/lib", "away"],
)


@pytest.mark.parametrize(
    "path",
    [
        "README.md",
        "docs",
        "docs/deep",
        "docs/deep/notes.md",
        "",
        "vendor",
        "vendor/lib",
        "away/x/y",
    ],
)
def test_files_and_folders_are_there(path: str) -> None:
    assert TREE.has(path)


@pytest.mark.parametrize("path", ["readme.md", "docs/setup.md", "doc", "docs/deep/", "nothing"])
def test_what_is_not_there_is_not(path: str) -> None:
    assert not TREE.has(path)


@pytest.mark.parametrize(
    ("path", "near"),
    [
        ("docs/setup.md", "docs/Setup.md"),
        ("DOCS", "docs"),
        ("notes.md", "docs/deep/notes.md"),
        ("lib/App.py", "src/app.py"),
        ("nothing.md", ""),
    ],
)
def test_what_was_meant_is_guessed_by_capitals_and_by_name(path: str, near: str) -> None:
    assert TREE.near(path) == near


def test_a_name_that_two_files_have_is_no_hint() -> None:
    assert Tree(["a/x.md", "b/x.md"]).near("x.md") == ""


@pytest.mark.parametrize("config", ["mkdocs.yml", "site/docusaurus.config.js", "docs/conf.py"])
def test_links_to_pages_that_a_program_makes_are_right(config: str) -> None:
    files = ["docs/setup.md", "docs/guide/index.md"]
    for path in ("docs/setup.html", "docs/setup", "docs/guide", "docs/guide/index.html"):
        assert Tree([*files, config]).has(path)
    assert not Tree(files).has("docs/setup.html")
    assert not Tree([*files, config]).has("docs/other.html")
