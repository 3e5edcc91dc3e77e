"""What a link can lead to."""

import pytest

from nexus.library.checking.tree import AskedTree, Tree

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


def test_a_tree_that_is_asked_answers_as_one_that_is_listed() -> None:
    listed = Tree(["README.md", "docs/a.md", "docs/Setup.md", "mkdocs.yml"], opaque=["sub"])
    there = {*listed.files, "docs"}
    asked = AskedTree(there.__contains__, lambda: listed)
    for path in ("", "docs", "docs/a.md", "docs/a", "docs/setup.md", "sub/x", "no.md"):
        assert asked.has(path) == listed.has(path)
        assert asked.near(path) == listed.near(path)
    assert asked.files == listed.files


def test_a_tree_is_listed_only_for_what_is_not_there() -> None:
    listings: list[Tree] = []

    def listed() -> Tree:
        listings.append(Tree(["a.md"]))
        return listings[-1]

    tree = AskedTree({"a.md"}.__contains__, listed)
    assert tree.has("a.md")
    assert tree.has("")
    assert listings == []
    assert not tree.has("b.md")
    assert not tree.has("c.md")
    assert len(listings) == 1
