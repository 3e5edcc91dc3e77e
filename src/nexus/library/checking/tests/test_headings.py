"""Headings without a blank are told; what else begins with the sign is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nexus.library.checking.headings import MAX_TOLD, heading_problems
from nexus.library.extraction.outline import outline
from nexus.library.extraction.tests.effort import is_proportional
from nexus.library.kinds.base import Source
from nexus.library.problems import Problem
from nexus.library.rendering.page import Place


def problems(text: str, *, first_line: int = 1) -> list[Problem]:
    source = Source(Place("/c/x/y", "a.md"), text, text, body_line=first_line)
    return list(heading_problems(outline(text, first_line=first_line), source))


def told(text: str, *, first_line: int = 1) -> list[tuple[int, str]]:
    """(line, what it says) of what is found."""
    found = problems(text, first_line=first_line)
    assert {one.code for one in found} <= {"heading-unspaced"}
    return [(one.line, one.message.split("“")[1].split("”")[0]) for one in found]


@pytest.mark.parametrize(
    "line",
    [
        "##Installation",
        "##installation",
        "###LINUX",
        "  ##Usage - Dynamic controller instantiation",
        "##Installation:",
        "##What do I need?",
        "##Usage##",
        "##**Features**",
        "##🚀 Features",
        "##Résumé",
        "##標題",
        "#Project Nexus",
        "#🚀 Project Nexus",
    ],
)
@pytest.mark.parametrize(
    ("around", "at"),
    [
        ("{}\n\nWords.\n", 1),
        ("{}\nWords at once.\n", 1),
        ("Words.\n\n{}\n- one\n", 3),
        ("Words.\r\n\r\n{}\r\n\r\nMore.\r\n", 3),
        ("# Real\n{}\n\n```sh\nls\n```\n", 2),
        ("```sh\nls\n```\n{}\n\nWords.\n", 4),
        ("<pre>\n\nx\n</pre>\n\n{}\n\nWords.\n", 6),
    ],
)
def test_a_heading_without_a_blank_is_told_with_its_line(line: str, around: str, at: int) -> None:
    assert told(around.format(line)) == [(at, line.strip())]
    assert told(around.format(line), first_line=5) == [(at + 4, line.strip())]
    assert told(around.format(line.replace("#", "", 1))) == [] or line.count("#") > 1


@pytest.mark.parametrize(
    "line",
    [
        "# Title",
        "##",
        "###### ",
        "#######Seven",
        "    ##Code",
        "\t##Code",
        "\\##Meant so",
        "#123",
        "#123 is mended",
        "##42",
        "#hashtag",
        "#Python",
        "#BuildInPublic",
        "#100DaysOfCode",
        "#Python #Django #ALX",
        "#ALXSE #DoHardThings",
        "#fff",
        "#FACADE",
        "#0b6e4f",
        "##Fade",
        "#include <stdio.h>",
        "#define MAX 10",
        "#region Fields",
        "#!/bin/sh",
        "#!/usr/bin/env python",
        "#-----",
        "##=====",
        "##]",
        "#{interpolated} Words",
        "#install the packages",
        "#Installed all the packages.",
        "#Shoutout to my mentor!",
        "#Words, and after them as many more as nobody puts into a heading of theirs ever",
        "#[derive(Debug)]",
        "#:~:text=Words",
        "#_notes",
    ],
)
@pytest.mark.parametrize(
    "around",
    [
        "Words.\n\n{}\n\nMore words.\n",
        "# Title\n\n{}\nand words\n",
        "Words.\n{}\n\nMore words.\n",
        "- {}\n- two\n\nWords.\n",
        "> {}\n\nWords.\n",
    ],
)
def test_what_is_no_heading_is_not_told(line: str, around: str) -> None:
    assert told(around.format(line)) == []


@pytest.mark.parametrize(
    "around",
    [
        "```\n{}\n```\n\nWords.\n",
        "~~~sh\n{}\n~~~\n\nWords.\n",
        "Words.\n\n    ls\n\n    {}\n\nWords.\n",
        "Words.\n{}\nMore.\n",
        "- one\n{}\n\nWords.\n",
        "| a |\n|---|\n| {} |\n\nWords.\n",
        "<!--\n\n{}\n\n-->\n\nWords.\n",
        "<pre>\nx\n\n{}\n\nls\n</pre>\n\nWords.\n",
        "npm i\n{}\nnpm start\n",
        "Words.\n\n{}\n",
    ],
)
def test_code_and_what_stands_over_nothing_is_not_told(around: str) -> None:
    assert told(around.format("##Install")) == []


def test_one_word_behind_one_sign_may_be_a_hashtag() -> None:
    """It is taken for a heading only where the text has others like it, or begins with it."""
    assert told("# T\n\n#Overview\n\nWords.\n") == []
    assert told("# T\n\n#Overview\n\nWords.\n\n##How to run\n\nls\n") == [
        (3, "#Overview"),
        (7, "##How to run"),
    ]
    assert told("# T\n\n##How to run\n\nls\n\n#BuildInPublic\n\n#Python\n") == [(3, "##How to run")]
    assert told("#Overview\n\nWords.\n") == [(1, "#Overview")]
    assert told("#Overview\n\n# T\n\nWords.\n") == []
    assert told("#node.js email listener\nThis will allow.\n") == [(1, "#node.js email listener")]
    assert told("#include the library\n\nThis will allow.\n") == []


def test_several_below_each_other_are_told_but_no_list_of_hashtags() -> None:
    assert told("##Installation\n###LINUX\nExtract it.\n") == [
        (1, "##Installation"),
        (2, "###LINUX"),
    ]
    assert told("Contents\n\n#Overview\n#Features of it\n#Setup\n\nWords.\n") == []


def test_an_owner_is_not_told_of_them_all() -> None:
    assert len(told("##Part\n\nWords.\n\n" * 100)) == MAX_TOLD
    (one,) = problems(f"##{'Words' * 100}\n\nWords.\n")
    assert len(one.message) < 200


@given(st.text(alphabet="#aA1 \n\t-<>pre*`é!", max_size=200))
def test_whatever_stands_there_each_is_told_where_it_stands(text: str) -> None:
    lines = text.split("\n")
    for line, says in told(text):
        assert lines[line - 1].strip().startswith(says[:20])
        assert says.lstrip("#")[:1] not in {"", " "}


@pytest.mark.parametrize("piece", ["##Part\n\n", "#Tag\n", "##a", "<pre>#A b\n\n", "# T\n##P\n"])
def test_it_takes_work_in_proportion_to_the_text(piece: str) -> None:
    assert is_proportional(told, lambda size: piece * size, size=1_000)
