"""Pictures have one shape, a size, and wait until they are asked for."""

import pytest

from nexus.library.rendering.markdown import render_markdown
from nexus.library.rendering.pictures import is_safe_data_url, withhold_images
from nexus.library.rendering.tests.support import FETCH, PLACE, codes, laid_out, render, tree

RAW = f"{PLACE.base}/-/raw"
PIXEL = "data:image/png;base64,iVBORw0KGgo="
SIZES = {"docs/logo.png": (400, 200), "img/a b.png": (30, 40), "docs/odd.png": (0, 10)}


def sized(source: str) -> dict[str, str | None]:
    """The attributes of the only picture of a text, where sizes are known."""
    page = render_markdown(source, PLACE, images=SIZES.get)
    (picture,) = tree(page.html).css("img")
    return picture.attributes


def test_the_one_shape() -> None:
    assert render('![The logo](logo.png "Big")').html.strip() == (
        f'<p dir="auto"><img src="{RAW}/docs/logo.png" alt="The logo" title="Big"{FETCH}></p>'
    )


@pytest.mark.parametrize(
    ("source", "src", "classes"),
    [
        ("![](../img/a%20b.png)", f"{RAW}/img/a%20b.png", None),
        ("![](/x.svg?raw=1#gh-dark-mode-only)", f"{RAW}/x.svg?raw=1#gh-dark-mode-only", None),
        ("![](https://x.example/a.png)", "https://x.example/a.png", "external"),
        ("![](//x.example/a.png)", "https://x.example/a.png", "external"),
        ("[![a](b.png)](c)", f"{RAW}/docs/b.png", "linked"),
        ("[![a](https://x.example/b.svg)](c)", "https://x.example/b.svg", "external linked"),
        (f"![]({PIXEL})", PIXEL, None),
        ("<img src='a.png' class='hero' style='x'>", f"{RAW}/docs/a.png", None),
    ],
)  # fmt: skip
def test_where_a_picture_lies(source: str, src: str, classes: str | None) -> None:
    (picture,) = tree(render(source).html).css("img")
    assert (picture.attributes["src"], picture.attributes.get("class")) == (src, classes)


@pytest.mark.parametrize(
    ("source", "size"),
    [
        ("![](logo.png)", ("400", "200")),
        ('<img src="logo.png" width="100">', ("100", "50")),
        ('<img src="logo.png" height="50px">', ("100", "50")),
        ('<img src="logo.png" width="50%">', ("50%", None)),
        ('<img src="logo.png" width="7" height="8">', ("7", "8")),
        ('<img src="logo.png" width="javascript">', ("400", "200")),
        ("![](unknown.png)", (None, None)),
        ("![](odd.png)", (None, None)),
        ("![](https://x.example/logo.png)", (None, None)),
        ("![](../img/a%20b.png?v=1)", ("30", "40")),
    ],
)
def test_a_picture_keeps_its_place(source: str, size: tuple[str | None, str | None]) -> None:
    attributes = sized(source)
    assert (attributes.get("width"), attributes.get("height")) == size


def test_alignment_is_kept_when_it_is_one() -> None:
    assert sized('<img src="logo.png" align="right">')["align"] == "right"
    assert "align" not in sized('<img src="logo.png" align="x">')


@pytest.mark.parametrize(
    ("source", "left", "code"),
    [
        ("![gone](../../../x.png)", "gone", "link-outside"),
        ("![bad](javascript:x)", "bad", ""),
        ("![svg](data:image/svg+xml;base64,PHN2Zz4=)", "svg", "picture-unsafe"),
        ("![big](data:image/png;base64," + "A" * 200_000 + ")", "big", "picture-unsafe"),
        ("![mail](mailto:x)", "mail", "picture-unsafe"),
        ("![none]()", "none", ""),
    ],
)
def test_a_picture_that_cannot_be_shown_leaves_its_words(source: str, left: str, code: str) -> None:
    page = render(source)
    assert page.html.strip() == f'<p dir="auto">{left}</p>'
    assert codes(page) == ([code] if code else [])


def test_pictures_for_dark_and_light_are_kept() -> None:
    html = laid_out(
        '<picture><source media="(prefers-color-scheme: dark)" srcset="b.png 2x, d.png,x.png 1x">'
        '<img src="light.png" alt="Logo"></picture>'
    )
    assert html == (
        f'<p dir="auto"><picture><source srcset="{RAW}/docs/b.png 2x, {RAW}/docs/d.png%2Cx.png 1x"'
        ' media="(prefers-color-scheme: dark)">'
        f'<img src="{RAW}/docs/light.png" alt="Logo"></picture></p>'
    )


@pytest.mark.parametrize(
    "source",
    [
        "<source srcset='a.png'>",
        "<picture><source srcset='javascript:x'></picture>",
        "<picture><source></picture>",
    ],
)
def test_sources_that_serve_nothing_are_dropped(source: str) -> None:
    assert "<source" not in laid_out(source)


def test_odd_media_are_dropped() -> None:
    html = laid_out('<picture><source media="x;y{}" srcset="a.png"><img src="a.png"></picture>')
    assert "media" not in html


def test_withheld_pictures_become_links_to_them() -> None:
    html = withhold_images(render("![A & B](a.png) ![](https://x.example/b.png)").html)
    assert html.strip() == (
        f'<p dir="auto"><a class="picture" href="{RAW}/docs/a.png" data-src="{RAW}/docs/a.png">'
        'Picture: A &amp; B</a> <a class="picture" href="https://x.example/b.png"'
        ' data-src="https://x.example/b.png">Picture</a></p>'
    )


def test_withheld_pictures_in_links_and_in_the_page_become_words() -> None:
    html = withhold_images(render(f"[![CI](ci.svg)](x) ![dot]({PIXEL})").html)
    assert f'<span class="picture" data-src="{RAW}/docs/ci.svg">Picture: CI</span></a>' in html
    assert '<span class="picture">Picture: dot</span>' in html
    assert "base64" not in html


def test_withholding_leaves_other_pages_alone() -> None:
    html = render("# No pictures\n\n`<img src=x>`").html
    assert withhold_images(html) == html


def test_an_address_in_a_picture_s_own_address_is_marked() -> None:
    html = laid_out("![x](https://img.example/me@example.org.svg)")
    assert html.startswith('<p dir="auto"><a class="email" href="https://img.example/me@')


def test_only_raster_pictures_are_written_as_data() -> None:
    assert is_safe_data_url(PIXEL, 100)
    assert not is_safe_data_url(PIXEL, 10)
    assert not is_safe_data_url("data:text/html;base64,AAAA", 100)
    assert not is_safe_data_url('data:image/png;base64,"onerror=', 100)
