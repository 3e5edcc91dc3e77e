"""Promises of the outline: every way of writing a block, true lines, no surprise."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nexus.library.extraction.outline import (
    BOLD_LEVEL,
    MAX_BLOCKS,
    MAX_LINE,
    Block,
    BlockKind,
    cells,
    outline,
    plain_heading,
    tables,
)
from nexus.library.extraction.tests.effort import is_proportional

#: Pieces that mean something in Markdown, so that chance puts them side by side.
_PIECES = (
    "# ", "## ", "#", "- ", "  - ", "1. ", "• ", "> ", "```", "~~~", "| ", "|---|", "---", "===",
    "**", "__", "a", "word", "`code`", "<h2>", "</h2>", "<!--", "-->", "[x] ", "\\|", " ", "    ",
    "\t", "\n", "\n\n", "\r\n", "\r", "\f", "\u2028", "é", "🚀", "\0",
)  # fmt: skip
_MARKDOWN = st.lists(st.sampled_from(_PIECES) | st.text(max_size=3), max_size=80).map("".join)


def _blocks(text: str) -> tuple[Block, ...]:
    return outline(text).blocks


def _only(text: str) -> Block:
    (block,) = _blocks(text)
    return block


def _shapes(text: str) -> list[tuple[BlockKind, str]]:
    return [(block.kind, block.text) for block in _blocks(text)]


@pytest.mark.parametrize(
    ("text", "level", "words"),
    [
        ("# One", 1, "One"),
        ("###### Six ######", 6, "Six"),
        ("## C# ##", 2, "C#"),
        ("## ##", 2, ""),
        ("   ## Indented", 2, "Indented"),
        ("Title\n=====", 1, "Title"),
        ("A title\nin two lines\n---", 2, "A title in two lines"),
        ("<h1 align='center'>Hello <b>you</b></h1>", 1, "Hello you"),
        ("<h3>never closed", 3, "never closed"),
        ("**A bold line**", BOLD_LEVEL, "A bold line"),
        ("__Another:__", BOLD_LEVEL, "Another:"),
        ("**Use select_related**:", BOLD_LEVEL, "Use select_related"),
        ("## **Bold** and `code`", 2, "Bold and code"),
    ],
)
def test_a_heading_is_known_in_every_way_of_writing_it(text: str, level: int, words: str) -> None:
    block = _only(text)
    assert (block.kind, block.level, block.text) == (BlockKind.HEADING, level, words)
    assert (block.line, block.end_line) == (1, text.count("\n") + 1)


@pytest.mark.parametrize(
    "text", ["#hashtag", "####### seven", "**bold** and more", "**a** **b**", "-----", "***", "> #"]
)
def test_what_only_resembles_a_heading_is_none(text: str) -> None:
    assert all(block.kind is not BlockKind.HEADING for block in _blocks(text))


def test_a_bold_line_in_a_paragraph_is_part_of_it() -> None:
    assert _shapes("**Problem**\nTokens expired.") == [
        (BlockKind.PARAGRAPH, "**Problem**\nTokens expired.")
    ]


def test_items_know_their_depth_and_keep_what_is_written_below() -> None:
    text = (
        "- one\n  more of one\n    - deeper\n* back\n1. first\n   2) nested\n• bullet\n- [x] done"
    )
    assert [(block.level, block.text) for block in _blocks(text)] == [
        (0, "one\nmore of one"),
        (1, "deeper"),
        (0, "back"),
        (0, "first"),
        (1, "nested"),
        (0, "bullet"),
        (0, "done"),
    ]


def test_tabs_count_as_the_columns_that_they_fill() -> None:
    assert [block.level for block in _blocks("- a\n\t- b\n    - c\n \t - d")] == [0, 1, 1, 1]


def test_depth_starts_again_after_a_paragraph() -> None:
    assert [block.level for block in _blocks("- a\n  - b\n\npara\n\n  - c")] == [0, 1, 0, 0]


def test_a_table_has_its_rows_and_their_lines() -> None:
    text = "before\n\n| a | b |\n|:--|--:|\n| 1 | x\\|y |\n2 | `c|d`\n\nafter"
    table = _blocks(text)[1]
    assert table.kind is BlockKind.TABLE
    assert table.rows == (("a", "b"), ("1", "x|y"), ("2", "`c|d`"))
    assert table.row_lines == (3, 5, 6)
    assert (table.line, table.end_line) == (3, 6)


@pytest.mark.parametrize("next_line", ["## Next | one", "- item | bar", "> a | b", "```a|b"])
def test_another_block_ends_a_table(next_line: str) -> None:
    table, follower = _blocks(f"a | b\n--|--\n1 | 2\n{next_line}")[:2]
    assert table.row_lines == (1, 3)
    assert follower.line == 4


def test_a_line_with_a_bar_above_dashes_is_a_table_only_with_as_many_cells() -> None:
    block = _only("Left | right\n---")
    assert (block.kind, block.text) == (BlockKind.HEADING, "Left | right")


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("| a | b |", ("a", "b")),
        ("a|b", ("a", "b")),
        ("| a || c |", ("a", "", "c")),
        (r"| a \| b | c |", ("a | b", "c")),
        ("| `a | b` | c |", ("`a | b`", "c")),
        ("| `a | b | c |", ("`a", "b", "c")),
        ("| x `a` `b | c` |", ("x `a` `b | c`",)),
        ("", ()),
        ("|", ()),
    ],
)
def test_a_row_is_cut_at_its_bars(row: str, expected: tuple[str, ...]) -> None:
    assert cells(row) == expected


def test_a_fence_keeps_its_code_and_nothing_of_it_is_read() -> None:
    text = "```python title=x\n# no heading\n\n- no item\n```\n# Heading"
    fence, heading = _blocks(text)
    assert (fence.kind, fence.info) == (BlockKind.FENCE, "python title=x")
    assert fence.text == "# no heading\n\n- no item"
    assert (fence.line, fence.end_line) == (1, 5)
    assert (heading.kind, heading.line) == (BlockKind.HEADING, 6)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("~~~\n```\n~~~", "```"),
        ("````\n```\n````", "```"),
        ("```\nnever closed", "never closed"),
        ("- item\n  ```\n  code\n    deeper\n  ```", "code\n  deeper"),
        ("~~~ a `b`\ncode\n~~~", "code"),
    ],
)
def test_a_fence_ends_at_its_own_marks(text: str, code: str) -> None:
    assert _blocks(text)[-1].text == code


def test_three_backticks_of_code_inside_a_line_open_no_fence() -> None:
    assert _only("```code``` in a line").kind is BlockKind.PARAGRAPH


def test_quotes_and_paragraphs_are_joined() -> None:
    assert _shapes("> one\n> two\n\nthree\nfour\n***\nfive") == [
        (BlockKind.QUOTE, "one\ntwo"),
        (BlockKind.PARAGRAPH, "three\nfour"),
        (BlockKind.PARAGRAPH, "five"),
    ]


def test_what_is_commented_out_is_not_read() -> None:
    text = "before\n<!-- # Hidden\n- hidden\n-->\n<!-- one line -->\nafter\n<!-- to the end\n# x"
    assert _shapes(text) == [(BlockKind.PARAGRAPH, "before"), (BlockKind.PARAGRAPH, "after")]
    assert [block.line for block in _blocks(text)] == [1, 6]


def test_sections_know_the_headings_above_them() -> None:
    text = "intro\n# A\n## B\n**bold**\n\ntext\n## C\n"
    sections = list(outline(text).sections())
    assert [section.title for section in sections] == ["", "A", "B", "bold", "C"]
    assert [[block.text for block in section.path] for section in sections] == [
        [],
        ["A"],
        ["A", "B"],
        ["A", "B", "bold"],
        ["A", "C"],
    ]
    assert [block.text for block in sections[3].blocks] == ["text"]


def test_a_text_is_cut_at_its_headings_once() -> None:
    found = outline("# A\n\none\n\n# B\n\ntwo\n")
    assert found.sections() is found.sections()


def test_the_beginning_of_a_text_is_a_text() -> None:
    found = outline("# A\n\none\n\n# B\n\ntwo\n")
    assert found.up_to(4) is found
    assert found.up_to(3).blocks == found.blocks[:3]
    assert [section.title for section in found.up_to(3).sections()] == ["A", "B"]


def test_an_empty_text_has_neither_blocks_nor_sections() -> None:
    assert _blocks("") == ()
    assert list(outline(" \n\n").sections()) == []


def test_lines_count_from_where_the_text_begins_in_its_file() -> None:
    blocks = outline("a\n\n- b\n  c\n", first_line=10).blocks
    assert [(block.line, block.end_line) for block in blocks] == [(10, 10), (12, 13)]


def test_only_line_feeds_end_lines() -> None:
    assert [block.line for block in _blocks("a\fb\u2028c\x85d\n\r\n\re")] == [1, 4]


def test_what_is_too_long_is_cut() -> None:
    assert len(_only("x" * (MAX_LINE + 1)).text) == MAX_LINE
    assert len(_blocks("a\n\n" * (MAX_BLOCKS + 1))) == MAX_BLOCKS


def test_words_of_a_heading_lose_marks_and_tags() -> None:
    assert plain_heading(" **Hello** <b>you</b>  `x` __y__ ") == "Hello you x y"
    assert plain_heading("GET `/users/<int:id>`") == "GET /users/<int:id>"


@given(_MARKDOWN)
def test_any_text_has_an_outline_whose_blocks_stand_in_order(text: str) -> None:
    blocks = _blocks(text)
    count = text.replace("\r\n", "\n").replace("\r", "\n").count("\n") + 1
    ends = [0]
    for block in blocks:
        assert ends[-1] < block.line <= block.end_line <= count
        ends.append(block.end_line)


@given(_MARKDOWN)
def test_a_block_begins_with_words_of_its_line(text: str) -> None:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for block in _blocks(text):
        if block.kind in {BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.QUOTE}:
            written = block.text.split("\n")
            assert len(written) == block.end_line - block.line + 1
            for number, words in enumerate(written, start=block.line):
                assert words in lines[number - 1]
        for number, row in zip(block.row_lines, block.rows, strict=True):
            assert row == cells(lines[number - 1])


@given(_MARKDOWN)
def test_sections_hold_every_block_once_and_in_order(text: str) -> None:
    found = outline(text)
    held = [
        block
        for section in found.sections()
        for block in (*([section.heading] if section.heading else []), *section.blocks)
    ]
    assert held == list(found.blocks)


@pytest.mark.parametrize(
    ("before", "filler", "after"),
    [
        ("# a", " ", "b"),
        ("# ", "# ", "b"),
        ("a|b\n", " ", "x-"),
        ("a|b\n---", " ", "x"),
        ("a|b\n", "|-", "x"),
        ("**a**", " ", "x"),
        ("**", "a ", "**x"),
        ("~~~", "~", "`"),
        ("```", " ", "`"),
        ("", "- ", "x"),
        ("", "> ", "x"),
        ("", " ", "- x"),
        ("<h1", "<h1 ", "x"),
        ("| ", "`|", "x"),
    ],
)
def test_a_long_line_takes_work_in_proportion(before: str, filler: str, after: str) -> None:
    def lines(length: int) -> str:
        return f"{before}{filler * length}{after}\n\n" * 50

    assert is_proportional(outline, lines, size=MAX_LINE // 4 // len(filler) - 10)


@pytest.mark.parametrize(
    "part", ["a\n\n", "- a\n", "```\n", "|a|\n|-|\n", "# a\n", "<!--\n", "a\n===\n", "> a\n"]
)
def test_a_long_text_takes_work_in_proportion(part: str) -> None:
    assert is_proportional(outline, lambda count: part * count, size=1_000)


def test_deep_lists_take_work_in_proportion() -> None:
    def staircase(count: int) -> str:
        return "".join(f"{' ' * (2 * (step % 200))}- x\n" for step in range(count))

    assert is_proportional(outline, staircase, size=1_000)


def test_tables_pasted_with_tabs_are_tables() -> None:
    (block,) = _blocks("Words\nA\tB\n1\t2\n3\t\nx\ty\tz\nEnd\tof it")
    (table,) = tables(block)
    assert table.rows == (("A", "B"), ("1", "2"))
    assert (table.row_lines, table.line, table.end_line) == ((2, 3), 2, 3)
    (written,) = _blocks("a|b\n-|-")
    assert list(tables(written)) == [written]
    assert list(tables(_only("# A\tB"))) == []
