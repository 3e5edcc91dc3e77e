"""Formulas are MathML that can do nothing but be seen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from nexus.library.rendering.maths import MAX_TEX, NotMathematics, mathml
from nexus.library.rendering.tests.support import assert_safe, codes, laid_out, render

TEX = (
    *"{}^_x1&\"'$%",
    *(r"\frac", r"\sqrt", r"\text", r"\href", r"\style", r"\class", r"\color{red}", r"\\"),
    *(r"\left(", r"\right)", r"\sum", r"\begin{matrix}", r"\end{matrix}", r"\verb|<i>|"),
    *("<b>", "</math><script>", "&#60;img src=x onerror=y&#62;"),
)


@pytest.mark.parametrize(
    ("source", "display"),
    [
        ("so $a^2$ is", "inline"),
        ("so $`a^2`$ is", "inline"),
        ("$$a^2$$", "block"),
        ("$$\na^2\n$$", "block"),
        ("```math\na^2\n```", "block"),
    ],
)
def test_the_five_ways_to_write_a_formula(source: str, display: str) -> None:
    page = render(source)
    assert (
        f'<math display="{display}" alttext="a^2"><semantics>'
        "<mrow><msup><mi>a</mi><mn>2</mn></msup></mrow>"
        '<annotation encoding="application/x-tex">a^2</annotation></semantics></math>'
    ) in page.html
    assert page.features == {"math"}
    assert "a^2" in page.text


@pytest.mark.parametrize(
    "source", ["$5 and $10", "`$x$`", "$HOME/$PATH", "a$b$c", r"\$x\$", "$ x $"]
)
def test_dollars_that_are_no_formula(source: str) -> None:
    page = render(source)
    assert "<math" not in page.html
    assert page.features == frozenset()
    assert page.html.count("$") == source.replace("\\", "").count("$")


@pytest.mark.parametrize(
    "tex",
    [r"\frac{a", r"\frac{a}", r"\left( a", r"\begin{matrix} a", "a^2^3", r"\def\a{\a\a} \a",
     r"\newcommand{\x}{y} \x", "{" * 400 + "}" * 400, "x" * (MAX_TEX + 1)],
)  # fmt: skip
def test_tex_that_cannot_be_shown_is_refused(tex: str) -> None:
    with pytest.raises(NotMathematics):
        mathml(tex, display=False)


def test_a_bad_formula_is_shown_as_written_and_told() -> None:
    page = render("fine\n\nso $\\frac{a<b$ is")
    assert '<code class="math">\\frac{a&lt;b</code>' in page.html
    (problem,) = page.problems
    assert (problem.line, problem.code) == (3, "maths-invalid")


@given(st.lists(st.sampled_from(TEX), max_size=12).map("".join))
def test_no_formula_gets_past_the_list(tex: str) -> None:
    try:
        html = mathml(tex, display=False)
    except NotMathematics:
        return
    assert_safe(html)
    for node in LexborHTMLParser(f"<body>{html}").css("body *"):
        assert (node.tag or "").startswith("m") or node.tag in {"semantics", "annotation"}
        assert not {"href", "style", "class", "id"} & set(node.attributes)


def test_words_in_formulas_stay_words() -> None:
    assert "<mtext>if x &lt; y</mtext>" in mathml(r"\text{if x < y}", display=False).replace(
        "\xa0", " "
    )


def test_thousands_of_formulas_are_left_as_they_were_written(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("nexus.library.rendering.maths.MAX_FORMULAS", 1)
    html = laid_out("$a$ $b$")
    assert html.count("<math") == 1
    assert '<code class="math">b</code>' in html


def test_a_formula_in_a_link_holds_no_link() -> None:
    page = render("[$me@example.org$](x.md)")
    assert page.html.count("<a ") == 1
    assert codes(page) == []
