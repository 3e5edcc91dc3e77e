"""What a repository lacks, by its files and by what is known of it."""

import pytest

from nexus.library.checking.whole import (
    MAX_TOLD,
    project_problems,
    secret_file_problems,
    secret_name_problems,
)
from nexus.library.facts.fact import Fact, FactName

GOOD = Fact(FactName.README_STATE, "good", "README.md")
MIT = Fact(FactName.LICENCE, "MIT", "pyproject.toml")


def told(*facts: Fact, files: tuple[str, ...] = ("README.md",)) -> list[tuple[str, int, str]]:
    return [(p.path, p.line, p.code) for p in project_problems(facts, files)]


def test_a_project_that_has_everything_is_told_nothing() -> None:
    assert told(GOOD, MIT) == []


@pytest.mark.parametrize(
    ("state", "code"),
    [
        ("missing", "readme-missing"),
        ("empty", "readme-stub"),
        ("stub", "readme-stub"),
        ("template", "readme-template"),
    ],
)
def test_a_readme_that_says_nothing_is_told(state: str, code: str) -> None:
    assert told(Fact(FactName.README_STATE, state, "README.md"), MIT) == [("README.md", 0, code)]


@pytest.mark.parametrize("name", ["LICENSE", "licence.md", "COPYING", "LICENSE-MIT", "UNLICENSE"])
def test_a_licence_in_any_words_is_one(name: str) -> None:
    assert told(GOOD) == [("", 0, "licence-missing")]
    assert told(GOOD, files=("README.md", name)) == []
    assert told(GOOD, files=(f"docs/{name}",)) == [("", 0, "licence-missing")]


def test_where_no_files_are_known_none_is_missed() -> None:
    assert told(GOOD, files=()) == []


def test_addresses_of_others_are_told_where_they_stand() -> None:
    stranger = "https://github.com/bob/shop"
    (found,) = project_problems(
        [GOOD, MIT, Fact(FactName.FOREIGN_ADDRESS, stranger, "README.md", 7)], ["README.md"]
    )
    assert (found.path, found.line, found.code) == ("README.md", 7, "address-foreign")
    assert stranger in found.message


def test_where_a_partners_program_runs_is_told_on_purpose() -> None:
    running = Fact(FactName.FOREIGN_ADDRESS, "https://hexa-front.vercel.app", "README.md", 7)
    copied = Fact(FactName.FOREIGN_ADDRESS, "https://github.com/bob/hexa.git", "README.md", 9)
    assert told(GOOD, MIT, running) == []
    assert [line for _, line, _ in told(GOOD, MIT, running, copied)] == [7, 9]


def test_secret_files_are_told_in_order_and_not_without_end() -> None:
    paths = [f"a/{number}.pem" for number in range(2 * MAX_TOLD)]
    found = list(secret_file_problems(paths))
    assert len(found) == MAX_TOLD
    assert [problem.path for problem in found] == sorted(paths)[:MAX_TOLD]
    assert "0.pem is in the commit" in found[0].message


def test_names_that_hold_a_secret_are_told_without_it() -> None:
    token = "ghp_" + "q7Zk2vX9mB4tR8wL1" + "nY6cJ3hD5fG0pSaEuTAb"
    found = list(secret_name_problems(["README.md", f"{token}/a.md", f"docs/{token}", "docs/b\nc"]))
    assert [problem.path for problem in found] == [f"docs/{token}", f"{token}/a.md"]
    assert {problem.code for problem in found} == {"secret-in-name"}
    assert token not in "".join(problem.message for problem in found)
    assert len(list(secret_name_problems(f"{n}/{token}" for n in range(200)))) == MAX_TOLD
