"""A folder is looked at as the hub would look at its commit."""

import os
from pathlib import Path

import pytest

from nexus.library.checking.folder import look_into
from nexus.library.checking.repository import Checked, check_files
from nexus.library.checking.telling import told
from nexus.library.problems import Problem
from nexus.repositories.git.tests.builders import git, write_folder

TOKEN = "ghp_" + "q7Zk2" + "vX9mB4" + "tR8wL1" + "nY6cJ3" + "hD5fG0" + "pSaEuTAb"
FILES = {
    "README.md": "# Shop\n\nBy [Your Name].\n\n[guide](docs/guide.md#begin) ![x](x.png)\n",
    "docs/guide.md": "# Guide\n\n## Start\n\n[up](../README.md#shop) [gone](gone.md)\n",
    "src/settings.py": f"TOKEN = '{TOKEN}'\n",
    "ignored.md": "[gone](gone.md)\n",
    ".gitignore": "ignored.md\n.env.local\n",
    ".env.local": "A=1\n",
    ".env": "A=1\n",
}


def check(root: Path) -> Checked:
    found = look_into(root)
    return check_files(found.files, found.read, origin=found.origin, is_committed=found.is_git)


def codes(root: Path) -> set[tuple[str, int, str]]:
    return {(problem.path, problem.line, problem.code) for problem in check(root).problems}


WRONG = {
    ("", 0, "licence-missing"),
    ("README.md", 0, "readme-stub"),
    ("README.md", 3, "placeholder"),
    ("README.md", 5, "anchor-missing-there"),
    ("README.md", 5, "picture-missing"),
    ("docs/guide.md", 5, "link-missing"),
    ("src/settings.py", 1, "secret-in-text"),
}


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A working tree with something of everything wrong."""
    root = write_folder(tmp_path / "shop", FILES)
    git("init", "-q", "--initial-branch=main", root)
    return root


def test_a_working_tree_is_read_without_what_git_ignores(tree: Path) -> None:
    assert codes(tree) == WRONG | {(".env", 0, "secret-file")}


def test_in_a_plain_folder_secrets_may_lie_and_nothing_is_ignored(tmp_path: Path) -> None:
    root = write_folder(tmp_path / "shop", FILES)
    assert codes(root) == WRONG | {("ignored.md", 1, "link-missing")}


def test_a_folder_inside_a_repository_is_read_by_itself(tree: Path) -> None:
    assert ("guide.md", 5, "link-missing") in codes(tree / "docs")


def test_what_was_deleted_but_not_committed_is_gone(tree: Path) -> None:
    git("-C", tree, "add", ".")
    (tree / "docs" / "guide.md").unlink()
    assert ("README.md", 5, "link-missing") in codes(tree)


def test_links_are_not_followed_and_pipes_not_waited_for(tree: Path) -> None:
    (tree / "out.md").symlink_to("/etc/passwd")
    os.mkfifo(tree / "pipe.md")
    found = look_into(tree)
    assert found.read("out.md", 100) is None
    assert found.read("pipe.md", 100) is None
    assert found.read("README.md", 3) is None
    assert found.read("nothing", 100) is None
    assert "pipe.md" not in {file.path for file in found.files}
    assert codes(tree) == WRONG | {(".env", 0, "secret-file")}


def test_other_repositories_inside_are_left_alone(tree: Path) -> None:
    git("init", "-q", tree / "lib")
    write_folder(tree / "lib", {"a.md": "[x](y.md)\n"})
    assert ("lib/a.md", 1, "link-missing") not in codes(tree)


def test_the_origin_tells_own_addresses_from_others(tree: Path) -> None:
    git("-C", tree, "remote", "add", "origin", "https://ada:pass@github.com/ada/shop.git")
    write_folder(
        tree,
        {
            "README.md": "# Shop\n\n```\ngit clone https://github.com/bob/shop.git\n```\n\n"
            "[own](https://github.com/ada/shop/blob/main/gone.md)\n"
        },
    )
    found = look_into(tree)
    assert found.origin == "https://github.com/ada/shop.git"
    assert {("README.md", 4, "address-foreign"), ("README.md", 7, "link-missing")} <= codes(tree)


def test_names_that_are_no_text_harm_nothing(tree: Path) -> None:
    (Path(os.fsdecode(os.fsencode(tree) + b"/\xff.md"))).write_text("# A\n")
    assert codes(tree) >= WRONG


def test_no_secret_is_among_what_is_told(tree: Path) -> None:
    assert TOKEN not in repr([told(problem) for problem in check(tree).problems])


def test_a_program_reads_where_why_and_what_to_do() -> None:
    assert told(Problem("a.md", 3, "link-missing", "The link to b.md.")) == {
        "file": "a.md",
        "line": 3,
        "code": "link-missing",
        "severity": "error",
        "title": "A link leads to a file that is not in the repository.",
        "message": "The link to b.md.",
        "why": "Readers follow a link once. When it fails, they doubt the rest.",
        "remedy": "Correct the path, mind capitals, or commit the file that is missing.",
    }


def test_real_repositories_are_read(examples: Path) -> None:
    checked = check(examples / "LewisMagangi+alx-project-nexus")
    found = {problem.code for problem in checked.problems}
    assert {"encoding-utf16", "link-missing", "picture-missing"} <= found
    assert checked.files > 3
