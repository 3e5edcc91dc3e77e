"""Titles, links and code of reStructuredText are read on their lines."""

from hypothesis import given
from hypothesis import strategies as st

from nexus.library.extraction.outline import BlockKind, outline
from nexus.library.extraction.restructured_text import as_markdown

README = """\
====
Shop
====

A shop that sells quince jelly, see `its pages <https://shop.example/docs>`_.

Setup
~~~~~

Run ``pip install .`` first.

Details
-------

More at the guide_.

.. _guide: https://guide.example/

Again
~~~~~
"""


def test_what_stands_in_a_readme() -> None:
    read = as_markdown(README)
    headings = [(b.level, b.text) for b in outline(read).blocks if b.kind is BlockKind.HEADING]
    assert headings == [(1, "Shop"), (2, "Setup"), (3, "Details"), (2, "Again")]
    assert "[its pages](https://shop.example/docs)" in read
    assert "`pip install .`" in read
    assert "[guide]: https://guide.example/" in read
    assert not [b for b in outline(read).blocks if b.kind is BlockKind.FENCE]


def test_a_line_between_texts_is_no_title() -> None:
    assert as_markdown("One\n\n----\n\nTwo") == "One\n\n\n\nTwo"
    assert as_markdown("A long sentence.\n---") == "A long sentence.\n"


marks = st.sampled_from(
    ["====", "~~~~~~~~", "`a <b>`_", "``c``", ".. _d: e", "\n", "Words", "`", "<"]
)


@given(st.lists(st.one_of(marks, st.text(max_size=12)), max_size=40).map("".join))
def test_lines_stay_where_they_are(text: str) -> None:
    assert as_markdown(text).count("\n") == text.count("\n")
