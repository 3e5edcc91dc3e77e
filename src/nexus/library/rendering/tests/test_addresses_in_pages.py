"""Addresses in a page are marked in one shape, and hidden from guests."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nexus.library.discretion import hide_emails
from nexus.library.discretion.tests.forms import Form, forms_of_text, named_by, written_somehow
from nexus.library.rendering.page import Rendered
from nexus.library.rendering.tests.support import laid_out, render, tree

MARKED = '<a class="email" href="mailto:me@example.org">me@example.org</a>'
HIDDEN = '<span class="email-hidden">e-mail hidden</span>'


@pytest.mark.parametrize(
    "source",
    [
        "me@example.org",
        "<me@example.org>",
        "[me@example.org](mailto:me@example.org)",
        "<span>me@example.org</span>",
        "me<!-- no -->@example.org",
    ],
)
def test_an_address_has_one_shape(source: str) -> None:
    assert MARKED in laid_out(source)


@pytest.mark.parametrize(
    "source",
    [
        "`me@example.org`",
        "```\nme@example.org\n```",
        '```py\n"""me@example.org"""\n```',
        "```mermaid\nA[me@example.org]\n```",
        "<pre>a <b>b</b> me@example.org</pre>",
        "$x$ and $me@example.org$",
        "| a |\n|-|\n| me@example.org |",
    ],
)
def test_it_has_that_shape_everywhere(source: str) -> None:
    html = render(source).html
    assert MARKED in html
    assert "example.org" not in hide_emails(html)
    assert HIDDEN in hide_emails(html)


@pytest.mark.parametrize(
    "source",
    [
        "[write](mailto:me@example.org?subject=Hello)",
        "[me@example.org](https://x.example)",
        "[x](https://x.example/?to=me@example.org)",
        "[x](https://x.example/?to=me%40example.org)",
        "[![mail](mail.svg)](mailto:me@example.org)",
        "[`me@example.org`](https://x.example)",
    ],
)
def test_links_that_tell_an_address_are_hidden_whole(source: str) -> None:
    assert hide_emails(render(source).html).strip() == f'<p dir="auto">{HIDDEN}</p>'


@pytest.mark.parametrize(
    "source",
    [
        '[x](y.md "me@example.org")',
        "![me@example.org](x.png)",
        '<span title="me@example.org">x</span>',
        "[![me@example.org](x.png)](y.md)",
        '<a id="me@example.org"></a>x',
        "<a href=x>a ![me@example.org](javascript:y)</a>",
    ],
)
def test_addresses_in_attributes_are_hidden_from_everybody(source: str) -> None:
    assert "me@example.org" not in render(source).html


def test_machines_and_pictures_are_not_linked() -> None:
    assert laid_out("clone git@github.com:a/b.git, see logo@2x.png") == (
        '<p dir="auto">clone git@github.com:a/b.git, see logo@2x.png</p>'
    )


def test_a_link_to_share_a_page_is_a_link() -> None:
    assert laid_out("[share](mailto:?subject=Read)") == (
        '<p dir="auto"><a href="mailto:?subject=Read">share</a></p>'
    )


FORMS = forms_of_text()
PLACES = (
    "Write to {}.",
    "# Write to {}",
    "- {}\n- b",
    "> {}",
    "| a |\n|---|\n| {} |",
    "x[^1]\n\n[^1]: {}",
    "[{}](https://x.example)",
    "[x](https://x.example/?a={})",
    "[x](mailto:{})",
    "![{}](x.png)",
    "![x]({})",
    "`{}`",
    "```\n{}\n```",
    "<div>{}</div>",
    "<i title='{}'>x</i>",
    "<pre>{} <b>x</b></pre>",
    "<a href='y'>{}</a>",
    "<summary>{}</summary>",
)


@given(written_somehow(), st.sampled_from(PLACES))
@settings(max_examples=400)
def test_whatever_the_form_and_the_place_a_guest_sees_no_address(form: Form, place: str) -> None:
    assert _told_by(render(place.format(form.written)), form) == []


@pytest.mark.parametrize("place", PLACES)
def test_no_form_is_seen_in_any_place(place: str) -> None:
    told = {form.name: _told_by(render(place.format(form.written)), form) for form in FORMS}
    assert {name: where for name, where in told.items() if where} == {}


def _told_by(page: Rendered, form: Form) -> list[str]:
    """Which parts of a page tell a guest the address."""
    shown = {
        "html": hide_emails(page.html),
        "text": page.text,
        "title": page.title,
        "summary": page.summary,
        "headings": repr(page.headings),
    }
    return [part for part, said in shown.items() if named_by(said, [form])]


@pytest.mark.parametrize(
    ("source", "html"),
    [
        (
            "me**@example.org** now",
            '<a class="email" href="mailto:me@example.org">me**@example.org</a>** now',
        ),
        (
            "me*@example.org* now",
            '<a class="email" href="mailto:me@example.org">me*@example.org</a>* now',
        ),
        (
            "<i>me</i>@example.org",
            '<i><a class="email" href="mailto:me@example.org">me</a></i>'
            '<a class="email more" href="mailto:me@example.org">@example.org</a>',
        ),
        (
            "me@[example.org](https://example.org)",
            '<a class="email" href="mailto:me@example.org">me@</a>'
            '<a class="email more" href="https://example.org"'
            ' rel="nofollow noopener noreferrer ugc">example.org</a>',
        ),
        (
            "m.üx@example.org",
            '<a class="email" href="mailto:m.%C3%BCx@example.org">m.ü</a>'
            '<a class="email more" href="mailto:m.%C3%BCx@example.org">x@example.org</a>',
        ),
    ],
)
def test_an_address_in_pieces_keeps_its_markup_and_is_one_to_guests(source: str, html: str) -> None:
    assert laid_out(source) == f'<p dir="auto">{html}</p>'
    assert hide_emails(laid_out(source)).count("e-mail hidden") == 1


@pytest.mark.parametrize(
    "text",
    [
        "postgres://me:secret@host.example/db",
        "deploy@host.example:/srv/app",
        "@me@social.example",
        "lodash@4.17.21-rc.next",
        "icon@dark.svg",
    ],
)
def test_what_only_looks_like_an_address_is_no_link(text: str) -> None:
    assert laid_out(f"See {text} here") == f'<p dir="auto">See {text} here</p>'


def test_what_tells_it_apart_must_stand_in_the_same_piece() -> None:
    assert "example" not in hide_emails(laid_out("@<b>me@social.example</b>"))


def test_lines_cells_and_blocks_are_not_read_together() -> None:
    for source in (
        "me<br>@example.org",
        "<div>me<p>@example.org</p></div>",
        "- me\n- @example.org",
    ):
        assert "email" not in laid_out(source)


def test_an_anchor_holds_no_address_and_links_to_it_still_arrive() -> None:
    page = render(
        "# Contact me@example.org\n\n# Contact you@example.org\n\n"
        "[a](#contact-meexampleorg) [b](guide.md#contact-youexampleorg) [c](#nowhere)\n\n"
        "# me@example.org\n\n[d](#meexampleorg)\n"
    )
    assert [heading.anchor for heading in page.headings] == ["contact", "contact-1"]
    hrefs = [node.attributes["href"] for node in tree(page.html).css("p a")]
    assert hrefs == [
        "#user-content-contact",
        "/c/commons/nexus/docs/guide.md#user-content-contact-1",
        "#user-content-nowhere",
        "#",
    ]
    assert "me@example.org</a></h1>" in page.html, "a heading that is an address alone stays"


def test_a_formula_that_spells_an_address_is_hidden_whole() -> None:
    html = laid_out("$\\text{me}@\\text{example.org}$")
    assert "mailto:me@example.org" in html
    assert hide_emails(html) == f'<p dir="auto">{HIDDEN}</p>'
    linked = laid_out("[$\\text{me}@\\text{example.org}$](https://x.example)")
    assert hide_emails(linked) == f'<p dir="auto">{HIDDEN}</p>'
