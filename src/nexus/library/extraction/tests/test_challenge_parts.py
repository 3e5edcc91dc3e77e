"""Promises of the parts that challenges are read with: labels, words, passages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nexus.library.extraction.challenges.labels import Piece, pieces
from nexus.library.extraction.challenges.model import (
    MAX_PASSAGE,
    MAX_TITLE,
    Passage,
    as_markdown,
    headline,
    says_something,
    split_title,
)
from nexus.library.extraction.challenges.scopes import Kind, places
from nexus.library.extraction.challenges.told import split_at_doing, tells_of_doing
from nexus.library.extraction.challenges.vocabulary import (
    Role,
    is_answer,
    is_plural,
    is_strong,
    role_of,
)
from nexus.library.extraction.outline import outline
from nexus.library.extraction.tests.effort import is_proportional


@pytest.mark.parametrize(
    ("label", "role"),
    [
        ("Challenge", Role.PROBLEM),
        ("The Problem", Role.PROBLEM),
        ("Challenge #12", Role.PROBLEM),
        ("Défi rencontré n° 2", Role.PROBLEM),
        ("DIFFICULTÉS RENCONTRÉES", Role.PROBLEM),
        ("Root cause", Role.CAUSE),
        ("Technical Solution Implemented", Role.ACTION),
        ("How I solved it", Role.ACTION),
        ("What I did", Role.ACTION),
        ("Solutions apportées", Role.ACTION),
        ("Solved with", Role.ACTION),
        ("To solve this riddle", Role.ACTION),
        ("Pour y remédier", None),
        ("Lessons Learned", Role.RESULT),
        ("Résultat / impact", Role.RESULT),
        ("What I learned", Role.RESULT),
        ("Challenge and solution", None),
        ("Problem solving", None),
        ("Description", None),
        ("the", None),
        ("", None),
        ("challenge " * 7, None),
    ],
)
def test_a_label_is_known_by_its_words(label: str, role: Role | None) -> None:
    assert role_of(label) is role


def test_some_words_say_more() -> None:
    assert is_plural("Solutions apportées")
    assert not is_plural("Solution")
    assert is_strong("Difficulté rencontrée")
    assert not is_strong("Problem")
    assert is_answer("Solution")
    assert is_answer("What we did")
    assert is_answer("Approche de résolution: solution")
    assert not is_answer("Technical implementation")
    assert not is_answer("Approche")


def _cut(text: str) -> list[tuple[Role | None, str]]:
    return [(piece.role, piece.text) for piece in pieces(text, line=1)]


@pytest.mark.parametrize(
    "text",
    [
        "Problem: a Solution: b",
        "**Problem**: a **Solution**: b",
        "**Problem:** a\n**Solution:** b",
        "__Problem__: a; __Solution__: b",
        "*Problem*: a. *Solution*: b",
        "Problem - a → Solution: b",
        "**Problem** a\n**Solution** b",
        "**Problem**\na\n**Solution**\nb",
        "Problem : a\nSolution : b",
        "1. Problem: a -> Solution: b",
        "🔴 **Problem** – a <br> ✅ **Solution:** b",
        "Problem => a | Solution: b",
        "(Problem: a) Solution: b",
    ],
)
def test_a_text_is_cut_at_its_labels(text: str) -> None:
    cut = _cut(text)
    assert [role for role, _ in cut] == [Role.PROBLEM, Role.ACTION]
    assert [words.rstrip(".)") for _, words in cut] == ["a", "b"]


@pytest.mark.parametrize(
    "text",
    [
        "we found a **solution** for it",
        "Solution-oriented: yes",
        "Fix https://a.org: broken",
        "solution://a",
        "**Other:** a",
        "Problems we had to solve: many of them",
        "",
    ],
)
def test_words_inside_a_sentence_are_no_label(text: str) -> None:
    assert pieces(text, line=1) == ()


def test_pieces_know_their_lines() -> None:
    text = "before\nProblem: a\nb\n\n**Solution:**\nc\nd"
    assert [(piece.line, piece.end_line) for piece in pieces(text, line=5)] == [
        (5, 5),
        (6, 7),
        (9, 11),
    ]


def test_half_a_pair_of_bold_marks_is_no_part_of_a_piece() -> None:
    assert _cut("**Problem: a** b") == [(Role.PROBLEM, "a b")]
    assert pieces("**Problem 1: a**\nb", line=1) == (
        Piece(Role.PROBLEM, "Problem 1", "b", 1, 2, title="a"),
    )


@pytest.mark.parametrize(
    "text",
    [
        "Added an index",
        "I then added an index",
        "We built it anew",
        "**Solved** by paging",
        "✅ Using a queue",
        "To overcome this, a queue was made",
        "The solution was a queue",
        "Since it was slow, I had to page it",
        "I decided to page it",
        "This was resolved by paging",
        "J'ai ajouté un index",
        "Ajout d’un index",
        "Résolu grâce à un index",
        "Nous avons créé une file",
        "Pour y remédier, une file",
    ],
)
def test_it_is_known_when_somebody_did_something(text: str) -> None:
    assert tells_of_doing(text)


@pytest.mark.parametrize(
    "text",
    [
        "The index was missing",
        "Limited time",
        "I faced slow pages",
        "I struggled with it",
        "We needed an index",
        "Turned out to be slow",
        "Took me three hours",
        "Ensuring fairness",
        "Use an index",
        "Une page lente",
        "",
        "…",
    ],
)
def test_it_is_known_when_something_happened_to_somebody(text: str) -> None:
    assert not tells_of_doing(text)


def test_a_text_is_divided_where_it_says_what_was_done() -> None:
    assert split_at_doing("It was slow. Very slow! I added an index. All is well.") == (
        "It was slow. Very slow!",
        "I added an index. All is well.",
    )
    assert split_at_doing("It was slow; reading the plan fixed it.") == (
        "It was slow",
        "reading the plan fixed it.",
    )
    assert split_at_doing("Added an index.") == ("", "Added an index.")
    assert split_at_doing("It was slow.") is None


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("Challenges Faced & Solutions Implemented", Kind.SOLVED),
        ("🚧 Key Challenges", Kind.CHALLENGES),
        ("Problems solved", Kind.SOLVED),
        ("Bugs encountered", Kind.CHALLENGES),
        ("Challenge and solution", Kind.SOLVED),
        ("Défis et solutions", Kind.SOLVED),
        ("Difficultés rencontrées", Kind.CHALLENGES),
        ("Lessons learned", Kind.LESSONS),
        ("Leçons apprises", Kind.LESSONS),
        ("Setup", Kind.OPEN),
        ("Problem", Kind.OPEN),
        ("Problem solving", Kind.OPEN),
        ("Problem and solution", Kind.OPEN),
        ("Issues fixed", Kind.OPEN),
        ("Troubleshooting challenges", Kind.EXCLUDED),
        ("Known issues and solutions", Kind.EXCLUDED),
        ("Coding challenges", Kind.EXCLUDED),
        ("Potential challenges and solutions", Kind.EXCLUDED),
        ("Limitations", Kind.EXCLUDED),
        ("Future challenges we solved", Kind.EXCLUDED),
        ("Next steps", Kind.EXCLUDED),
        ("Challenges with Next.js", Kind.CHALLENGES),
        ("Limitations, challenges and how they were overcome", Kind.SOLVED),
    ],
)
def test_a_heading_says_what_to_expect_below_it(heading: str, kind: Kind) -> None:
    (place,) = places(outline(f"## {heading}").sections())
    assert place.kind is kind


def test_the_name_of_a_text_is_no_plan() -> None:
    *_, place = places(outline("# Risk features for Todo\n## Challenges").sections())
    assert place.kind is Kind.CHALLENGES


def test_a_title_is_the_first_words() -> None:
    assert headline("1. **Slow** `feeds`: very. And more.") == "Slow feeds: very"
    assert headline("![picture](x.png)\n\nSlow feeds") == "Slow feeds"
    assert headline("- Slow\n- feeds") == "Slow"
    assert headline("Slow work (e.g. mails). Sent at once.") == "Slow work (e.g. mails)"
    assert headline("![picture](x.png)") == ""


def test_a_bold_beginning_is_a_title() -> None:
    assert split_title("✅ **Slow feeds**: a second") == ("Slow feeds", "a second")
    assert split_title("Slow **feeds**") == ("Slow **feeds**", "")


@pytest.mark.parametrize(
    "text", ["", "…", "TBD", "N/A", "[describe it]", "{problem}", "none.", "my solution", "aucune"]
)
def test_a_field_left_open_says_nothing(text: str) -> None:
    assert not says_something(text)


def test_words_and_code_say_something() -> None:
    assert says_something("Redis")
    assert says_something("`x = 1`", words=3)
    assert not says_something("`x = 1`", words=3, is_prose=True)
    assert not says_something("[solution.py](solution.py)", words=2, is_prose=True)
    assert says_something("[A link](https://a.org) leads on")


def test_blocks_are_written_as_markdown_again() -> None:
    text = "- a\n  b\n    - c\n\n> d\n> e\n\n```py\n```` x\n```\n\nf"
    blocks = outline(text).blocks
    assert [as_markdown(block) for block in blocks] == [
        "- a\n  b",
        "  - c",
        "> d\n> e",
        "`````py\n```` x\n`````",
        "f",
    ]


def test_a_passage_takes_no_more_than_it_holds() -> None:
    passage = Passage()
    passage.add("a" * MAX_PASSAGE)
    passage.add("b")
    assert passage.text == "a" * MAX_PASSAGE


@given(st.text())
def test_any_text_has_a_title_of_bounded_length(text: str) -> None:
    title = headline(text)
    assert len(title) <= MAX_TITLE
    assert title == title.strip()


_PIECES = (
    "Problem", "Solution", "**", "__", ":", " - ", " → ", "Challenge 1", "\n", ". ", "<br>", "word",
    "Défi", " ", "🔴", "_", "1. ", "(", "`",
)  # fmt: skip


@given(st.lists(st.sampled_from(_PIECES), max_size=40).map("".join))
def test_pieces_stand_in_order_and_hold_nothing_else(text: str) -> None:
    found = pieces(text, line=1)
    lines = text.split("\n")
    starts = [piece.line for piece in found]
    assert starts == sorted(starts)
    assert all(1 <= piece.line <= piece.end_line <= len(lines) for piece in found)
    assert sum(len(piece.text) for piece in found) <= len(text)


@pytest.mark.parametrize(
    "part",
    [
        "Problem: a\n",
        "Problem: a. ",
        "**Problem:** a ",
        "**",
        "a: ",
        ". a: ",
        "_",
        "Problem ",
        "→ ",
    ],
)
def test_labels_take_work_in_proportion(part: str) -> None:
    def read(text: str) -> object:
        return pieces(text, line=1)

    assert is_proportional(read, lambda count: "Problem: " + part * count, size=1_000)


@pytest.mark.parametrize("part", ["a. ", "I was. ", "! ", "since a, ", "a (b) ", "`a` – "])
def test_dividing_takes_work_in_proportion(part: str) -> None:
    assert is_proportional(split_at_doing, lambda count: part * count, size=1_000)
    assert is_proportional(headline, lambda count: part * count, size=1_000)
    assert is_proportional(says_something, lambda count: part * count, size=1_000)
