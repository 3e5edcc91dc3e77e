"""Input known to make parsers slow costs no more than a bounded time, or is shown plainly."""

import time

import pytest

from nexus.library.rendering.guards import MAX_SOURCE
from nexus.library.rendering.highlighting import highlight, highlight_lines
from nexus.library.rendering.markdown import render_markdown
from nexus.library.rendering.restructured import MAX_SOURCE as MAX_RESTRUCTURED
from nexus.library.rendering.restructured import render_restructured
from nexus.library.rendering.tests.support import PLACE, codes, render

pytestmark = pytest.mark.usefixtures("no_cover")

N = 100_000
#: Seconds of the processor; each case takes a small part of this on an idle machine.
LIMIT = 60.0

SLOW = {
    "a line of quotes": ">" * N,
    "many lines of quotes": (">" * 50 + "a\n") * (N // 51),
    "nested lists": "".join("  " * level + "- a\n" for level in range(300)),
    "a line of list markers": "- a " * (N // 4),
    "open emphasis": "*a " * (N // 3),
    "mixed emphasis": "*a **a _b " * (N // 10),
    "closed emphasis": "*_" * (N // 4) + "a" + "_*" * (N // 4),
    "brackets": "[" * N,
    "link openings": "[a](" * (N // 4),
    "link openings with angles": "[a](<b" * (N // 6),
    "picture openings": "![a](" * (N // 5),
    "nested links": "[" * (N // 4) + "a" + "](b)" * (N // 4),
    "backticks of every length": "".join("e" + "`" * length for length in range(440)),
    "open code": "`a" * (N // 2),
    "a wide table": "|a" * (N // 4) + "|\n" + "|-" * (N // 4) + "|\n",
    "a long table": "|a|b|\n|-|-|\n" + "|a|\n" * (N // 4),
    "a table that fills itself": "|a" * 250 + "|\n" + "|-" * 250 + "|\n" + "|\n" * (N // 2),
    "a long word": "a" * N,
    "addresses in a line": "a@b.co " * (N // 7),
    "addresses in code": "`a@b.co` " * (N // 9),
    "addresses in pieces": "<b>a</b>@<i>b.co</i> " * (N // 21),
    "addresses in nested pieces": "a@" + "<b>a" * (N // 8) + ".b" * (N // 8),
    "escaped addresses": "a%40b.co " * (N // 9),
    "escaped signs": "%40" * (N // 3),
    "addresses end to end": "a@a.a@a." * (N // 8) + "\n",
    "nearly an address": "a." * (N // 2) + "@",
    "less-than signs": "<" * N,
    "open tags": "<a " * (N // 3),
    "open comments": "<!--" * (N // 4),
    "open instructions": "<?" * (N // 2),
    "open elements": "<div>" * (N // 5),
    "elements that hide their end": '<div title="</div>">' * (N // 20),
    "open preformatted": "<pre>" * (N // 5),
    "open lists": "<ul><li>" * (N // 8),
    "formatting that differs": "".join(f"<b id={n}>" for n in range(N // 20)) + "<p>a" * 5_000,
    "formatting that multiplies": "<p>" + "<b><i><s><u><em>" * 3 + "<p>a" * (N // 4),
    "formatting that goes deeper": "*<b></" * (N // 6),
    "formatting around short codes": "<b>:tada: " * (N // 10),
    "formatting around pictures": "<b>![a](b) " * (N // 11),
    "formatting around headings": "<b><h1>a</h1>" * (N // 13),
    "definitions": "".join(f"[a{number}]: b\n" for number in range(N // 10)),
    "a long definition": "[a]: " + "b" * (N // 2) + "\n" + "[a]" * (N // 6),
    "notes that refer to themselves": "[^a]: " + "[^a]" * (N // 4) + "\n\n[^a]",
    "open formulas": "$`a" * (N // 3),
    "many formulas": "".join(f"$a_{{{number}}}$ " for number in range(N // 9)),
    "a deep formula": "$" + "{" * 2_000 + "}" * 2_000 + "$",
    "many headings": "# a\n\n" * (N // 5),
    "many fences": "```py\nx=1\n```\n" * (N // 14),
    "fences within fences": "```\n~~~\n" * (N // 8),
    "a long set of sources": "<picture><source srcset='" + "a, " * (N // 3) + "'><img></picture>",
    "links that are nowhere in the text": "[a](%C3%BC) " * (N // 12),
    "short codes": ":tada:" * (N // 6),
    "colons": ":" * N,
}  # fmt: skip


@pytest.mark.parametrize("name", SLOW)
def test_a_hundred_kilobytes_take_bounded_time(name: str) -> None:
    started = time.process_time()
    render(SLOW[name])
    assert time.process_time() - started < LIMIT


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("a line of quotes", "document-too-deep"),
        ("a wide table", "document-too-complex"),
        ("addresses in a line", "document-too-complex"),
        ("open elements", "document-too-deep"),
        ("formatting that differs", "document-too-complex"),
        ("formatting that goes deeper", "document-too-deep"),
        ("notes that refer to themselves", "document-too-complex"),
        ("open formulas", "document-too-complex"),
    ],
)
def test_what_would_cost_too_much_is_shown_plainly(name: str, code: str) -> None:
    page = render(SLOW[name])
    assert codes(page) == [code]
    assert page.html.startswith('<figure class="code">')


def test_a_document_too_large_is_shown_plainly() -> None:
    page = render("# Title\n\n" + "word " * (MAX_SOURCE // 5))
    assert codes(page) == ["document-too-large"]
    assert "# Title" in page.html


def test_an_ordinary_large_document_is_laid_out() -> None:
    source = "".join(
        f"## Part {n}\n\nSome *words* and [a link](x{n}.md).\n\n" for n in range(5_000)
    )
    page = render_markdown(source, PLACE)
    assert page.problems == ()
    assert len(page.headings) == 5_000


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("c", "a" + " " * N),
        ("c", "a b " * 400 + "\n"),
        ("cpp", ("_" + "$ " * 500 + "\n") * 10),
        ("java", ("_ " * 900 + "\n") * 10),
        ("csharp", "a\n" * (N // 4)),
        ("ini", "/" + " " * 150 + "\n" + "/ " * 900),
        ("make", ("a_" * 900 + "\n") * 10),
        ("yaml", "|\n" * (N // 4)),
    ],
)
def test_code_that_hurts_lexers_takes_bounded_time(language: str, text: str) -> None:
    started = time.process_time()
    assert "".join(highlight_lines(text, language))
    assert time.process_time() - started < LIMIT


def test_no_character_of_hurtful_code_is_lost() -> None:
    text = "int main() { return 0; }\n" * 200 + "x " * 3_000
    assert text == _plain(highlight(text, "c"))


def test_restructured_text_is_bounded_too() -> None:
    bomb = ".. |a| replace:: x\n" + "".join(
        f".. |{chr(98 + n)}| replace:: |{chr(97 + n)}| |{chr(97 + n)}|\n" for n in range(20)
    )
    started = time.process_time()
    render_restructured(f"{bomb}\n|u|\n", PLACE)
    deep = render_restructured("".join(" " * level + "a\n\n" for level in range(400)), PLACE)
    large = render_restructured("a" * (MAX_RESTRUCTURED + 1), PLACE)
    assert time.process_time() - started < LIMIT
    assert codes(deep) == ["document-too-deep"]
    assert codes(large) == ["document-too-large"]


@pytest.mark.parametrize(
    "line", ["```py", "`a", "|a", "*a", "**a", "``a", "_`a", "a `b", ".. a::\n"]
)
def test_mistakes_without_end_in_restructured_text_are_shown_plainly(line: str) -> None:
    started = time.process_time()
    page = render_restructured(f"{line}\n" * 25_000, PLACE)
    assert time.process_time() - started < LIMIT
    assert codes(page) == ["document-too-complex"]


def test_a_long_restructured_text_with_mistakes_is_laid_out() -> None:
    page = render_restructured("A ``literal without end\nand an *open word.\n\n" * 1_000, PLACE)
    assert page.html.count("<p ") == 1_000


def _plain(html: str) -> str:
    import html as escaping
    import re

    return escaping.unescape(re.sub(r"<[^>]*>", "", html))
