"""What a list shows of a part of a challenge."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nexus.library.kinds.challenge import MAX_SHORT, in_short

CODE = "```python\na = 1\n```"
DID = "We did: an index, a cache for a day; less"


@pytest.mark.parametrize(
    ("markdown", "short"),
    [
        ("We added **an index**.", "We added an index."),
        (f"We added one:\n\n{CODE}\n\nIt helped.", "We added one: It helped."),
        ("We added one:\n\n~~~\na\n```\nb\n~~~\n\nIt helped.", "We added one: It helped."),
        ("It stands open:\n\n```\na = 1", "It stands open:"),
        ("", ""),
        ("- An index.\n- A cache.", "An index. A cache."),
        ("We did\n\n* an **index**,\n* a cache\n  for a day\n* less", DID),
        ("1. [x] An index\n2) A cache\n   - of a day", "An index; A cache; of a day"),
        ("Two times 3 - 1 is 4.\n2.5 s is less.", "Two times 3 - 1 is 4. 2.5 s is less."),
    ],
)
def test_it_is_plain_and_in_one_line_without_its_code(markdown, short):
    assert in_short(markdown) == short


def test_code_is_shown_when_there_is_nothing_else():
    assert "a = 1" in in_short(CODE)


@given(st.text(alphabet="ab `~*_\n[]()", max_size=3 * MAX_SHORT))
def test_whatever_is_written_it_stays_short_and_in_one_line(markdown):
    short = in_short(markdown)
    assert len(short) <= MAX_SHORT + 1
    assert "\n" not in short
