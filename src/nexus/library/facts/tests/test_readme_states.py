"""Promises of telling how far a README is, and whom it asks for."""

import pytest

from nexus.library.facts.looking_for import asked_for, looking_for_facts
from nexus.library.facts.readme_states import readme_state_fact
from nexus.library.facts.tests.made import page

_SENTENCE = "Here are seven words of plain prose. "


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("", "empty"),
        ("  \n\n---\n", "empty"),
        ("# alx-project-nexus\n", "stub"),
        ("# Hexa\n\nTBD, come back later.\n", "stub"),
        ("# Hexa\n\n```\n" + "code and more code\n" * 100 + "```\n", "stub"),
        (f"# Hexa\n\n{_SENTENCE * 5}", "short"),
        (f"# Hexa\n\n{_SENTENCE * 30}", "good"),
        ("# Hexa\n\n| a | b |\n|---|---|\n" + "| two words | and two |\n" * 60, "good"),
        ("# 地図\n\n" + "これは地図のアプリケーションです。" * 60, "good"),
        (
            "This is a [Next.js](n.md) project bootstrapped with\n[`create-next-app`](x).",
            "template",
        ),
        (
            "# React\n\nThis template provides a minimal setup to get React working in Vite.",
            "template",
        ),
        (f"# [Project Name]\n\n[Your Name], [Current Date]\n\n{_SENTENCE * 80}", "template"),
        (
            f"This project was bootstrapped with [Create React App](x).\n\n{_SENTENCE * 90}",
            "good",
        ),
        (
            "This is a [Next.js](n.md) project bootstrapped with [`create-next-app`](x).\n\n"
            f"# Hexa\n\nHexa is a shop for hexagons.\n\n{_SENTENCE * 5}",
            "short",
        ),
        (f"# Hexa\n\n[Your guide](guide.md)\n\n{_SENTENCE * 30}", "good"),
    ],
)
def test_the_state_of_a_readme_is_told(text, state):
    assert readme_state_fact(page(text)).value == state


def test_who_was_begun_with_a_tool_and_says_what_was_built_wrote_a_readme():
    said = "This project was bootstrapped with [Create React App](https://example.com)."
    text = f"# Challenge 7: Corners\n\nThe task is to build a shop for hexagons. {said}\n"
    assert readme_state_fact(page(text)).value != "template"
    assert readme_state_fact(page(f"# Challenge 7: Corners\n\n{said}\n")).value == "template"


def test_a_missing_readme_is_told():
    assert readme_state_fact(None).value == "missing"


@pytest.mark.parametrize(
    ("sentence", "whom"),
    [
        ("We are looking for a frontend developer to use this API.", ["frontend"]),
        ("Looking for backend and front-end partners", ["frontend", "backend"]),
        ("Currently seeking a UI/UX designer.", ["design"]),
        ("I'm looking for feedback from reviewers.", ["review"]),
        ("The project needs a Flutter developer.", ["mobile"]),
        ("We need a mentor for this.", ["mentor"]),
        ("I look forward to collaborating with ProDev Backend learners.", ["backend"]),
        ("Open to collaboration with anyone.", ["anyone"]),
        ("Frontend developers are very welcome.", ["frontend"]),
        ("Collaborators wanted!", ["anyone"]),
        ("Nous cherchons un développeur frontend.", ["frontend"]),
        ("Je suis à la recherche d'un partenaire backend.", ["backend"]),
        ("Looking for a quiet place.", []),
        ("Users looking for frontend jobs find them here.", []),
        ("I am looking for backend opportunities.", []),
        ("You are looking for a backend server.", ["backend"]),
        ("The app is looking for files of the frontend.", []),
        ("We need a backend server that runs.", []),
        ("You need a frontend developer account.", []),
        ("Recruiters looking for people post here.", []),
        ("Pull requests are welcome.", []),
        ("Clear words on the frontend.", []),
        ("", []),
    ],
)
def test_who_is_asked_for_is_told(sentence, whom):
    assert asked_for(sentence) == whom


def test_everyone_who_is_asked_for_is_told_once_with_the_line():
    ask = "# A\n\nWe are looking for a frontend partner."
    text = f"{ask}\n\n- Looking for frontend devs\n- Mentors wanted\n"
    found = [(fact.value, fact.line) for fact in looking_for_facts(page(text))]
    assert found == [("frontend", 3), ("mentor", 6)]


def test_code_asks_for_nobody():
    assert list(looking_for_facts(page("```\nLooking for frontend developers\n```\n"))) == []
