"""Text is read in runs: what stands side by side, whatever its markup."""

from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser, LexborNode

from nexus.library.discretion import may_hold_sign
from nexus.library.rendering.runs import Piece, runs_of, runs_with_signs

_TEXT = st.sampled_from(["a", "me@x.org", "&amp;", "#64;", "@", " ", "%4", "0", "&lt;b"])
_INLINE = ("b", "a href=x", "code")
_BLOCKS = ("p", "div", "ul", "li", "blockquote", "td")


def _wrapped(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    tags = st.sampled_from(_INLINE + _BLOCKS)
    one = st.builds(lambda tag, text: f"<{tag}>{text}</{tag.split()[0]}>", tags, inner)
    return st.lists(one | _TEXT, max_size=4).map("".join)


def body_of(html: str) -> LexborNode:
    body = LexborHTMLParser(f"<!doctype html><body>{html}").body
    assert body is not None
    return body


def said(run: list[Piece]) -> tuple[list[str], list[bool]]:
    return [piece.text for piece in run], [piece.link is not None for piece in run]


def test_markup_inside_a_line_parts_no_run_but_blocks_do() -> None:
    runs = runs_of(body_of("<p>ada@<b>example</b>.org</p><p>x</p>"))
    assert [said(run)[0] for run in runs] == [["ada@", "example", ".org"], ["x"]]


@given(st.recursive(_TEXT, _wrapped, max_leaves=30))
def test_the_runs_with_signs_are_those_of_all_that_hold_one(html: str) -> None:
    every = [said(run) for run in runs_of(body_of(html))]
    with_signs = [said(run) for run in runs_with_signs(body_of(html))]
    assert with_signs == [run for run in every if may_hold_sign("".join(run[0]))]


def test_a_sign_is_found_however_deep_it_lies() -> None:
    html = "<blockquote>" * 30 + "me@example.org" + "</blockquote>" * 30
    assert [said(run)[0] for run in runs_with_signs(body_of(html))] == [["me@example.org"]]
