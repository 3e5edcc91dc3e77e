"""Promises of splitting front matter from a text."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nexus.library.extraction.front_matter import MAX_BYTES, split_front_matter

_KEYS = st.from_regex(r"[a-z]{1,8}", fullmatch=True)
_FACTS = st.dictionaries(
    _KEYS, st.booleans() | st.integers() | st.text(st.characters(codec="ascii"))
)


@given(facts=_FACTS, body=st.text(st.characters(codec="utf-8", exclude_characters="\r")))
def test_what_was_written_is_read_and_the_body_is_left_whole(
    facts: dict[str, object], body: str
) -> None:
    matter = split_front_matter(f"---\n{json.dumps(facts)}\n---\n{body}")
    assert matter.data == facts
    assert matter.body == body
    assert matter.body_line == 4
    assert matter.problems == ()


@given(st.text())
def test_any_text_is_split_without_losing_its_last_line(text: str) -> None:
    matter = split_front_matter(text)
    assert text.endswith(matter.body.split("\n")[-1])


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# Only a heading\n",
        "---\nnever closed: true\n",
        "---\nSome prose\n---\nmore prose",
        "---\n- a list\n---\nafter it",
        "----\na: b\n---\n",
        " ---\na: b\n---\n",
        "---\n*emphasis* and **more\n---\n",
    ],
)
def test_a_text_without_front_matter_is_left_whole(text: str) -> None:
    matter = split_front_matter(text)
    assert (matter.data, matter.body, matter.body_line) == ({}, text, 1)
    assert matter.problems == ()


def test_an_empty_block_is_removed() -> None:
    assert split_front_matter("---\n---\nbody").body == "body"


def test_three_dots_close_the_block() -> None:
    matter = split_front_matter("---\ntitle: A\n...\nbody")
    assert (matter.data, matter.body) == ({"title": "A"}, "body")


def test_dates_and_keys_become_text() -> None:
    matter = split_front_matter("---\ndate: 2024-01-05\n2024: {1: [{2: x}]}\n---\n")
    assert matter.data == {"date": "2024-01-05", "2024": {"1": [{"2": "x"}]}}


@pytest.mark.parametrize(
    ("block", "line"),
    [("a: [\n", 3), ("ok: 1\na: b: c\n", 3), ("x: &x [*x]\n", 2), ("t: !ruby/object x\n", 2)],
)
def test_a_block_that_cannot_be_read_stays_readable(block: str, line: int) -> None:
    matter = split_front_matter(f"---\n{block}---\n# Title\n", path="a.md")
    assert matter.data == {}
    assert matter.body == f"~~~yaml\n{block}~~~\n# Title\n"
    assert matter.body_line == 1
    (problem,) = matter.problems
    assert (problem.path, problem.line, problem.code) == ("a.md", line, "front-matter-invalid")


def test_the_code_block_cannot_be_closed_from_inside() -> None:
    matter = split_front_matter("---\na: [\n~~~~\n---\nx")
    assert matter.body == "~~~~~yaml\na: [\n~~~~\n~~~~~\nx"


@pytest.mark.parametrize(
    "block",
    [
        "a: b\n" * (MAX_BYTES // 5 + 1),
        "a: [" + "x, " * 2_000 + "]\n",
        "a0: &a0 [x]\n" + "".join(f"a{n}: &a{n} [{f'*a{n - 1},' * 9}]\n" for n in range(1, 9)),
    ],
)
def test_a_block_that_is_too_large_is_not_used(block: str) -> None:
    matter = split_front_matter(f"---\n{block}---\nbody")
    assert matter.data == {}
    assert matter.body.endswith("~~~\nbody")
    assert [problem.code for problem in matter.problems] == ["front-matter-too-large"]


def test_lines_still_count_when_the_block_is_kept() -> None:
    text = "---\na: [\n---\nfourth line"
    assert split_front_matter(text).body.split("\n")[3] == "fourth line"


def test_a_name_that_is_said_again_is_told_with_its_line() -> None:
    text = (
        '---\ntitle: One\ntags: [a]\n"title": Two\nnested:\n  title: x\ntitle: Three\n---\nText\n'
    )
    matter = split_front_matter(text, path="a.md")
    assert matter.data["title"] == "Three"
    assert [(p.path, p.line, p.code) for p in matter.problems] == [
        ("a.md", 4, "front-matter-repeated"),
        ("a.md", 7, "front-matter-repeated"),
    ]
    assert "“title”" in matter.problems[0].message


def test_what_only_looks_like_a_name_said_again_is_left_alone() -> None:
    text = "---\na: |\n  b: 1\n  b: 2\nb: 3\nlist:\n- b: 1\n- b: 2\n---\n"
    assert split_front_matter(text).problems == ()
