"""Every page in every state: axe finds nothing, nothing is wider than a small phone, and a cold
page is light."""

import re
from typing import TYPE_CHECKING

import brotli
import pytest
from django.test.utils import override_settings

from nexus.web.templatetags.built import FOLDER
from nexus.web.tests.gallery.pages import STATES
from nexus.web.tests.gallery.server import render
from tests.browser.accessibility import assert_accessible

if TYPE_CHECKING:
    from playwright.sync_api import Page, ViewportSize

#: WCAG 2.2, 1.4.10: a page reads at 320 pixels without scrolling sideways.
SMALLEST: "ViewportSize" = {"width": 320, "height": 640}
#: One of each shape; axe looks at these by night and on a phone as well.
SHAPES = frozenset(
    {
        "home",
        "cohort",
        "topics",
        "challenges",
        "entry-document",
        "entry-contract",
        "search-results",
        "diff",
        "history",
        "facts",
        "write-entry-faults",
        "sign-up-faults",
        "account",
    }
)
#: Of a cold entry page, compressed, before its islands: LOOK.md.
MOST_BYTES = 30 * 1024


@pytest.mark.browser
@pytest.mark.parametrize("state", STATES)
def test_anybody_can_use_the_page(one_window: "Page", state: str) -> None:
    one_window.emulate_media(color_scheme="light", reduced_motion="reduce")
    one_window.goto(f"/{state}", wait_until="load")
    assert_accessible(one_window)
    one_window.set_viewport_size(SMALLEST)
    width = "document.documentElement.scrollWidth"
    # the window is resized in its own time
    one_window.wait_for_function(f"() => {width} <= {SMALLEST['width']}")
    if state in SHAPES:
        one_window.emulate_media(color_scheme="dark")
        one_window.evaluate(
            "Promise.allSettled(document.getAnimations().map((one) => one.finished))"
        )
        assert_accessible(one_window)


@pytest.mark.parametrize("state", STATES)
@override_settings(ROOT_URLCONF="nexus.web.tests.gallery.urls")
def test_a_page_holds_neither_script_nor_style_of_its_own(state: str) -> None:
    html = render(state)
    inline = r"<style|<script(?![^>]*\b(?:src=|type=\"application/json\"))|\sstyle=|\son[a-z]+="
    assert not re.search(inline, html)


@pytest.mark.parametrize("state", STATES)
@override_settings(ROOT_URLCONF="nexus.web.tests.gallery.urls")
def test_what_explains_a_control_is_said_with_it(state: str) -> None:
    html = render(state)
    described = {
        one for ids in re.findall(r'aria-describedby="([^"]*)"', html) for one in ids.split()
    }
    assert described <= set(re.findall(r'\sid="([^"]*)"', html))
    assert set(re.findall(r'<p class="hint"(?: id="([^"]*)")?', html)) <= described


@override_settings(ROOT_URLCONF="nexus.web.tests.gallery.urls")
def test_a_cold_entry_page_is_light() -> None:
    html = render("entry-document")
    built = set(re.findall(r"/static/built/([^\"#]+)", html))
    modules = {name for file in built if file.endswith(".js") for name in imported(file)}
    files = sum((FOLDER / f"{name}.br").stat().st_size for name in built | modules)
    assert files + len(brotli.compress(html.encode())) <= MOST_BYTES


def imported(file: str) -> set[str]:
    """The modules that a built module needs before it can run; not those it may load later."""
    found = re.findall(r'(?:from|import)"\./([^"]+)"', (FOLDER / file).read_text())
    return set(found).union(*(imported(name) for name in found))


@pytest.mark.browser
def test_no_two_names_of_the_topic_map_touch_in_the_fonts_of_this_machine(window: "Page") -> None:
    overlaps = """() => {
        const boxes = [...document.querySelectorAll(".topic-map")]
            .filter((map) => map.getClientRects().length)
            .map((map) => [...map.querySelectorAll(".spot-name")].map((name) => name.getBBox()));
        const touch = (a, b) => a.x < b.x + b.width && b.x < a.x + a.width
            && a.y < b.y + b.height && b.y < a.y + a.height;
        const drawn = boxes.flat();
        return [boxes.length, drawn.length,
            drawn.some((one, at) => drawn.slice(at + 1).some((other) => touch(one, other)))];
    }"""
    window.goto("/topics", wait_until="load")
    assert window.evaluate(overlaps) == [1, 44, False]
    window.set_viewport_size({"width": 360, "height": 740})
    window.wait_for_function(f"() => ({overlaps})()[1] === 22")
    assert window.evaluate(overlaps) == [1, 22, False]


@pytest.mark.browser
def test_no_number_stands_alone_below_the_others(one_window: "Page") -> None:
    rows = """() => [...document.querySelectorAll(".hero .sums > li")].reduce((rows, one) => {
        const top = one.getBoundingClientRect().top;
        return {...rows, [top]: (rows[top] ?? 0) + 1};
    }, {})"""
    one_window.goto("/home", wait_until="load")
    assert list(one_window.evaluate(rows).values()) == [3, 3]
    one_window.set_viewport_size(SMALLEST)
    one_window.wait_for_function(f"() => Object.values(({rows})()).join() === '2,2,2'")


@pytest.mark.browser
def test_the_topic_map_is_walked_through_with_the_keyboard(window: "Page") -> None:
    window.goto("/topics", wait_until="load")
    window.locator(".topic-map-wide .spot").first.focus()
    window.keyboard.press("Tab")
    focused = "document.activeElement.closest('.topic-map-wide') !== null"
    assert window.evaluate(focused)
    assert "/c/prodev/topics/" in window.evaluate("document.activeElement.href.baseVal")
