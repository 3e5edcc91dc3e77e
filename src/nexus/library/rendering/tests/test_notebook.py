"""Notebooks are read like documents: text, code, outputs; nothing in them runs."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nexus.library.rendering import notebook as notebooks
from nexus.library.rendering.notebook import render_notebook
from nexus.library.rendering.notebook_cells import LEFT_OUT, MAX_OUTPUT
from nexus.library.rendering.page import Heading, Rendered
from nexus.library.rendering.tests.support import PLACE, assert_safe, codes, tree

PIXEL = "iVBORw0KGgo="
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4)
    | st.dictionaries(
        st.sampled_from(
            ["cells", "cell_type", "source", "outputs", "output_type", "data", "text", "text/html",
             "image/png", "metadata", "worksheets", "attachments", "traceback", "level"]
        ),
        inner | st.sampled_from(["code", "markdown", "heading", "stream", "error", "<script>"]),
        max_size=5,
    ),
    max_leaves=25,
)  # fmt: skip


def render(*cells: dict[str, Any], **rest: Any) -> Rendered:
    """A notebook of these cells."""
    return render_notebook(json.dumps({"nbformat": 4, "cells": cells, **rest}), PLACE)


def output(**data: Any) -> Rendered:
    """A notebook whose only cell put out ``data``."""
    return render({"cell_type": "code", "source": "", "outputs": [data]})


def test_text_code_and_output() -> None:
    page = render(
        {"cell_type": "markdown", "source": ["# Title\n", "A [link](../x.py) to read."]},
        {
            "cell_type": "code",
            "source": "print(1)",
            "outputs": [{"output_type": "stream", "text": ["1\n", "\x1b[31mred\x1b[0m\n"]}],
        },
        {"cell_type": "raw", "source": "as it is"},
        metadata={"language_info": {"name": "python"}},
    )
    assert page.headings == (Heading(1, "Title", "title"),)
    assert (page.title, page.summary) == ("Title", "A link to read.")
    assert '<a href="/c/commons/nexus/x.py">link</a>' in page.html
    assert '<figure class="code" data-language="python">' in page.html
    assert '<div class="output">' in page.html
    assert "<code>1\nred\n</code>" in page.html
    assert "as it is" in page.text


@pytest.mark.parametrize(
    ("data", "html"),
    [
        ({"text/plain": ["42"]}, "<code>42\n</code>"),
        (
            {"image/png": f"{PIXEL}\n", "text/plain": "x"},
            f'<img src="data:image/png;base64,{PIXEL}"',
        ),
        ({"image/jpeg": [PIXEL]}, '<img src="data:image/jpeg;base64,'),
        ({"text/html": "<table><tr><td>1</td></tr></table>"}, '<td dir="auto">1</td>'),
        ({"text/html": "<script>x</script>", "text/plain": "y"}, "<code>y\n</code>"),
        ({"text/html": "<b>x" * 500, "text/plain": "y"}, "<code>y\n</code>"),
        ({"text/markdown": "*hi*"}, "<em>hi</em>"),
        ({"text/latex": "$$a^2$$"}, '<math display="block" alttext="a^2">'),
    ],
)
def test_the_best_form_of_an_output_is_shown(data: dict[str, Any], html: str) -> None:
    assert html in output(output_type="display_data", data=data).html


def test_an_output_that_cannot_be_shown_is_told() -> None:
    page = output(output_type="display_data", data={"image/svg+xml": "<svg onload=x/>"})
    assert "An output that cannot be shown here was left out." in page.html
    assert LEFT_OUT.startswith("<p>")
    assert codes(page) == ["output-left-out"]


def test_errors_show_their_trace() -> None:
    page = output(output_type="error", ename="E", traceback=["\x1b[0;31mE\x1b[0m: no", 3])
    assert "<code>E: no\n</code>" in page.html
    assert "gone" in output(output_type="error", evalue="gone").html


def test_long_outputs_are_cut() -> None:
    page = output(output_type="stream", text="x" * (MAX_OUTPUT + 7))
    assert "… 7 more characters" in page.html


def test_pictures_that_a_cell_carries_are_shown() -> None:
    cell = {
        "cell_type": "markdown",
        "source": "![plot](attachment:a.png)",
        "attachments": {"a.png": {"image/png": PIXEL}},
    }
    assert f'<img src="data:image/png;base64,{PIXEL}" alt="plot"' in render(cell).html


def test_the_third_format_is_read_too() -> None:
    sheet = {
        "cells": [
            {"cell_type": "heading", "level": 2, "source": "Head"},
            {
                "cell_type": "code",
                "input": "x = 1",
                "outputs": [
                    {"output_type": "pyout", "text": "5"},
                    {"output_type": "x", "png": PIXEL},
                ],
            },
        ]
    }
    page = render_notebook(json.dumps({"worksheets": [sheet]}), PLACE)
    assert page.headings == (Heading(2, "Head", "head"),)
    assert "<code>5\n</code>" in page.html
    assert "data:image/png" in page.html


def test_the_language_is_the_kernel_s() -> None:
    cell = {"cell_type": "code", "source": "x", "outputs": []}
    assert (
        'data-language="julia"' in render(cell, metadata={"kernelspec": {"language": "julia"}}).html
    )
    assert 'data-language="python"' in render(cell, metadata={"language_info": "?"}).html


def test_addresses_are_marked_in_every_part() -> None:
    page = render(
        {"cell_type": "markdown", "source": "me@example.org"},
        {
            "cell_type": "code",
            "source": "# me@example.org",
            "outputs": [{"output_type": "stream", "text": "me@example.org"}],
        },
    )
    assert len(tree(page.html).css("a.email")) == 3


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("{", "Not JSON"),
        ("[]", "no cells"),
        ('{"cells": 3}', "no cells"),
        ("[" * 100_000, "Not JSON"),
        ("", "Not JSON"),
    ],
)
def test_what_is_no_notebook_is_shown_plainly(source: str, words: str) -> None:
    page = render_notebook(source, PLACE)
    assert codes(page) == ["document-invalid"]
    assert words in page.problems[0].message
    assert page.html.startswith('<figure class="code">')


def test_cells_that_would_cost_too_much_are_shown_plainly() -> None:
    for source in (">" * 500, "<div>" * 500, "<b>x" * 500):
        assert '<figure class="code">' in render({"cell_type": "markdown", "source": source}).html


def test_long_notebooks_are_cut_with_a_word(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notebooks, "MAX_CELLS", 1)
    page = render({"cell_type": "raw", "source": "one"}, {"cell_type": "raw", "source": "two"})
    assert "two" not in page.html
    assert codes(page) == ["output-left-out"]
    monkeypatch.setattr(notebooks, "MAX_SOURCE", 10)
    assert codes(render()) == ["document-too-large"]


@given(_JSON)
def test_any_json_gives_a_safe_page(value: object) -> None:
    assert_safe(render_notebook(json.dumps(value), PLACE).html)
    assert_safe(render_notebook(json.dumps({"cells": value, "metadata": value}), PLACE).html)
