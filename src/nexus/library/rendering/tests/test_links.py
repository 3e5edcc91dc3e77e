"""Links lead where they lead on GitHub, in the hub."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nexus.library.rendering.links import Kind, link_destination, picture_destination
from nexus.library.rendering.page import Link, Place
from nexus.library.rendering.tests.support import PLACE, codes, laid_out, render, tree

BASE = PLACE.base


@pytest.mark.parametrize(
    ("target", "href"),
    [
        ("setup.md", f"{BASE}/docs/setup.md"),
        ("./setup.md", f"{BASE}/docs/setup.md"),
        ("../src/app.py", f"{BASE}/src/app.py"),
        ("/LICENSE", f"{BASE}/LICENSE"),
        ("img/", f"{BASE}/docs/img"),
        ("..", f"{BASE}/"),
        ("setup.md#install", f"{BASE}/docs/setup.md#user-content-install"),
        ("a.md?plain=1#In%20it", f"{BASE}/docs/a.md?plain=1#user-content-In%20it"),
        ("../src/app.py#L3-L5", f"{BASE}/src/app.py#L3-L5"),
        ("?tab=1", f"{BASE}/docs/guide.md?tab=1"),
        ("a%20b%26%5Bc%5D.md", f"{BASE}/docs/a%20b%26%5Bc%5D.md"),
        ("a b.md", f"{BASE}/docs/a%20b.md"),
        ("%E6%96%87.md", f"{BASE}/docs/%E6%96%87.md"),
        ("دليل/ملف.md", f"{BASE}/docs/%D8%AF%D9%84%D9%8A%D9%84/%D9%85%D9%84%D9%81.md"),
        ("%ff.md", f"{BASE}/docs/%25ff.md"),
        ("\\\\evil.example", f"{BASE}/docs/%5C%5Cevil.example"),
        ("logo@2x.png", f"{BASE}/docs/logo%402x.png"),
        ("https://a.example/b?c=d&e#f", "https://a.example/b?c=d&e#f"),
        ("HTTPS://a.example/ü", "HTTPS://a.example/ü"),
        ("//a.example/b", "https://a.example/b"),
        ("https://a.example/\"x\"<y>", "https://a.example/%22x%22%3Cy%3E"),
        ("mailto:me@example.org", "mailto:me@example.org"),
        ("#setup", "#user-content-setup"),
        ("#user-content-setup", "#user-content-setup"),
        ("#L12", "#L12"),
        ("#", "#"),
        ("  setup.md\n", f"{BASE}/docs/setup.md"),
    ],
)  # fmt: skip
def test_where_a_link_leads(target: str, href: str) -> None:
    assert link_destination(target, PLACE).href == href


@pytest.mark.parametrize(
    ("target", "kind"),
    [
        ("", Kind.NOTHING),
        (" \t", Kind.NOTHING),
        ("../../x", Kind.OUTSIDE),
        ("%2e%2e/%2e%2e/x", Kind.OUTSIDE),
        ("/../x", Kind.OUTSIDE),
        ("javascript:alert(1)", Kind.UNSAFE),
        ("JaVa\tScRiPt:alert(1)", Kind.UNSAFE),
        ("\x01javascript:x", Kind.UNSAFE),
        ("data:text/html,x", Kind.UNSAFE),
        ("vbscript:x", Kind.UNSAFE),
        ("file:///etc/passwd", Kind.UNSAFE),
        ("C:\\x", Kind.UNSAFE),
    ],
)
def test_where_a_link_leads_nowhere(target: str, kind: Kind) -> None:
    found = link_destination(target, PLACE)
    assert (found.kind, found.href) == (kind, "")


@given(st.text())
def test_any_target_stays_in_the_repository_or_goes_out_openly(target: str) -> None:
    for find in (link_destination, picture_destination):
        found = find(target, PLACE)
        if found.kind is Kind.REPOSITORY:
            assert found.href.startswith(f"{BASE}/")
            assert "/../" not in found.href
        assert not set(found.href) & set(' "<>\\\n\t')


@given(st.text(st.characters(codec="utf-8", exclude_characters="/\0"), min_size=1))
def test_every_file_name_can_be_linked_to(name: str) -> None:
    place = Place("/c/x/y", "docs/a.md")
    if name in {".", ".."}:
        return
    percent_encoded = "".join(f"%{byte:02x}" for byte in name.encode())
    assert link_destination(percent_encoded, place).path == f"docs/{name}"


def test_a_link_out_says_so_to_browsers() -> None:
    assert laid_out("[x](https://a.example)") == (
        '<p dir="auto"><a href="https://a.example" rel="nofollow noopener noreferrer ugc">x</a></p>'
    )


def test_a_link_that_leads_nowhere_leaves_its_words() -> None:
    page = render("[gone](../../../x) and [bad](javascript:x) and [empty]()")
    assert page.html.strip() == '<p dir="auto">gone and bad and empty</p>'
    assert codes(page) == ["link-outside", "link-unsafe"]


def test_a_data_address_is_no_link() -> None:
    page = render("[x](data:text/html,hello)")
    assert page.html.strip() == '<p dir="auto">x</p>'
    assert codes(page) == ["link-unsafe"]


def test_links_are_listed_as_they_were_written() -> None:
    page = render(
        "[a](x%20y.md#z)\n\nsee https://b.example\n\n[![CI](ci.svg)](ci.md) me@example.org text[^1]"
        "\n\n[^1]: n"
    )
    assert page.links == (
        Link("x%20y.md#z", "a", 1),
        Link("https://b.example", "https://b.example", 3),
        Link("ci.md", "CI", 5),
        Link("mailto:me@example.org", "me@example.org", 5),
    )


def test_links_in_the_page_find_their_part() -> None:
    page = render("## Setup it\n\n[a](#setup-it) [b](#Setup-It) [c](#nowhere) [d](#top)")
    hrefs = [node.attributes["href"] for node in tree(page.html).css("p a")]
    assert hrefs == ["#user-content-setup-it"] * 2 + ["#user-content-nowhere", "#"]
    (problem,) = page.problems
    assert (problem.code, problem.line) == ("anchor-missing", 3)


def test_names_and_ids_are_anchors() -> None:
    html = laid_out('<a name="here"></a> <span id="there">x</span> [a](#here) [b](#there)')
    assert '<a id="user-content-here"></a>' in html
    assert '<span id="user-content-there">' in html
    assert codes(render('<a name="here"></a> [a](#here)')) == []


def test_an_id_belongs_to_one_element_and_to_the_heading_first() -> None:
    body = tree(laid_out('<a name="install"></a>\n\n## Install\n\n<p id="install">x</p>'))
    (owner,) = body.css("[id=user-content-install]")
    assert owner.tag == "h2"


def test_a_link_that_shows_only_a_picture_without_words_gets_a_name() -> None:
    assert 'aria-label="Link to docs/b.md"' in laid_out("[![](a.png)](b.md)")
    assert "aria-label" not in laid_out("[![words](a.png)](b.md)")


def test_a_link_without_words_is_left_out() -> None:
    assert laid_out("a [](b.md) c") == '<p dir="auto">a  c</p>'


def test_a_link_inside_a_link_is_left_out() -> None:
    html = laid_out("<a href=x><table><tr><td><a href=y>in</a></td></tr></table></a>")
    assert tree(html).css("a a") == []
    assert "in" in html
