"""Promises of reading a README that lies in a block of code."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nexus.library.extraction.outline import BlockKind, outline
from nexus.library.extraction.wrapping import unwrapped

_TEXT = "# Hexa\n\nA shop.\n\n```sh\nmake\n```\n\n## Goals\n"


@pytest.mark.parametrize("marks", ["```", "````", "~~~"])
@pytest.mark.parametrize("name", ["markdown", "md", "Markdown "])
def test_what_is_wrapped_reads_as_if_it_were_not(marks: str, name: str) -> None:
    plain = [(block.kind, block.text) for block in outline(_TEXT).blocks]
    for text in (f"{marks}{name}\n{_TEXT}{marks}\n", f"\n{marks}{name}\n{_TEXT}"):
        assert [(block.kind, block.text) for block in outline(unwrapped(text)).blocks] == plain


def test_a_block_that_another_one_closed_too_early_is_none() -> None:
    text = f"````md\n{_TEXT}".replace("make\n```", "make\n````")
    headings = [b.text for b in outline(unwrapped(text)).blocks if b.kind is BlockKind.HEADING]
    assert headings == ["Hexa", "Goals"]


def test_lines_stay_where_they_are() -> None:
    blocks = outline(unwrapped(f"```markdown\n{_TEXT}```\n")).blocks
    assert [block.line for block in blocks if block.kind is BlockKind.HEADING] == [2, 10]


@pytest.mark.parametrize(
    "text",
    [
        _TEXT,
        f"# Notes\n\n```markdown\n{_TEXT}```\n",
        f"```python\n{_TEXT}```\n",
        f"```\n{_TEXT}```\n",
        "````markdown\n# A title\n```sh\nmake\n```\n````\n\nThat is how a page begins.\n",
        "```markdown\n# A title\n```\n\nThat is how a page begins.\n",
        "```markdown\n**bold**\n```\n\nThat is how words are made bold.\n",
        "",
    ],
)
def test_an_example_is_left_alone(text: str) -> None:
    assert unwrapped(text) == text


@given(st.text(alphabet="`~# \nmd", max_size=60))
def test_any_text_can_be_read(text: str) -> None:
    assert len(unwrapped(text)) <= len(text)
