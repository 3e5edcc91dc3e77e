"""Every page of a real hub, as people meet it: wide and narrow, light and dark, by keyboard,
with an assistive technology's eye, and without JavaScript.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.browser.accessibility import assert_accessible
from tests.browser.fixtures import (
    NARROW,
    WIDE,
    open_page,
    stop_clock,
)

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from tests.browser.hubs import Hub

BASE = "/c/commons/nexus"
PAGES = {
    "home": "/",
    "cohort": "/c/commons/",
    "people": "/c/commons/-/people",
    "repositories": "/c/commons/-/repositories",
    "project": f"{BASE}/",
    "document": f"{BASE}/documentation/README.md",
    "contract": f"{BASE}/collaboration/openapi.yaml",
    "diagram": f"{BASE}/projects/nexus.md",
    "files": f"{BASE}/-/files/",
    "folder": f"{BASE}/-/files/documentation",
    "source": f"{BASE}/-/source/documentation/README.md",
    "history": f"{BASE}/-/history/documentation/README.md",
    "status": f"{BASE}/-/status",
    "search": "/search?q=commit",
    "nothing found": "/search?q=zzzzqqqq",
    "person": "/p/owner",
    "sign in": "/accounts/sign-in",
    "not found": "/c/commons/nexus/no-such-page.md",
}


@pytest.fixture(scope="module")
def ready(hub: Hub) -> Hub:
    """The hub, with its documentation published to the last page."""
    hub.wait_for(PAGES["contract"])
    hub.wait_for(PAGES["document"])
    hub.wait_for(PAGES["folder"])
    return hub


@pytest.mark.parametrize("name", sorted(set(PAGES) - {"not found"}))  # its 404 is a complaint
def test_anybody_can_use_any_page_on_any_screen(browser: Browser, ready: Hub, name: str):
    for size, scheme in ((WIDE, "light"), (NARROW, "dark")):
        with open_page(browser, ready, **size, color_scheme=scheme) as page:
            page.goto(PAGES[name])
            assert_accessible(page)
            assert_fits_a_phone(page)


def assert_fits_a_phone(page: Page) -> None:
    """Fail, after a while, when ``page`` stays wider than a phone."""
    page.set_viewport_size({"width": 360, "height": 700})
    # the window is resized in its own time
    page.wait_for_function("() => document.scrollingElement.scrollWidth <= 360")


def test_what_is_not_there_fits_a_phone(browser: Browser, ready: Hub):
    with browser.new_context(base_url=ready.address) as context:
        page = context.new_page()
        page.goto(PAGES["not found"])
        assert_fits_a_phone(page)


def test_the_whole_way_by_keyboard(ready: Hub, page: Page):
    page.goto(PAGES["project"])
    page.keyboard.press("/")
    page.keyboard.insert_text("settings")  # at once: it is asked for once
    page.wait_for_selector("[role=option]")
    page.keyboard.press("ArrowDown")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent").strip() == "Skip to the content"


def test_everything_reads_and_searches_without_javascript(ready: Hub, plain_page: Page):
    plain_page.goto("/")
    plain_page.get_by_role("searchbox").first.fill("commit")
    plain_page.keyboard.press("Enter")
    plain_page.wait_for_url(re.compile("/search"))
    first = plain_page.locator(".entries a").first
    title = first.inner_text()
    first.click()
    assert title.split()[0] in plain_page.locator("main").inner_text()
    plain_page.goto(f"{BASE}/-/status")
    assert "Up to date" in plain_page.locator("main").inner_text()


def test_contents_lead_to_their_headings(ready: Hub, plain_page: Page):
    plain_page.goto(PAGES["document"])
    links = plain_page.locator("nav.toc a")
    for at in range(links.count()):
        target = links.nth(at).get_attribute("href") or ""
        assert plain_page.locator(f'[id="{target.removeprefix("#")}"]').count() == 1, target


def test_the_owner_adds_a_repository_and_watches_it(ready: Hub, owner_page: Page, tmp_path):
    import shutil

    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "README.md").write_text("# Notes on quinces\n\nJelly and marmalade.\n")
    archive = shutil.make_archive(str(tmp_path / "quinces"), "zip", tmp_path / "notes")
    owner_page.goto("/add")
    owner_page.locator("input[type=file]").set_input_files(archive)
    owner_page.get_by_label("Name").fill("Orchard")
    owner_page.get_by_role("button", name="Add the repository").click()
    owner_page.wait_for_url(re.compile(r"/c/commons/orchard/-/status"))
    ready.wait_for("/c/commons/orchard/README.md")
    owner_page.wait_for_selector("text=Up to date")
    owner_page.goto("/c/commons/orchard/")
    assert "Notes on quinces" in owner_page.locator("h1").inner_text()


def test_the_owner_asks_for_news(ready: Hub, owner_page: Page):
    owner_page.goto(f"{BASE}/-/status")
    owner_page.get_by_role("button", name="Sync now").click()
    owner_page.wait_for_selector("text=Up to date")


def test_code_is_copied(ready: Hub, browser: Browser):
    with open_page(
        browser, ready, **WIDE, permissions=["clipboard-read", "clipboard-write"]
    ) as page:
        stop_clock(page)
        page.goto(PAGES["project"])
        page.locator("figure.code button, .copyable button").first.click()
        page.get_by_role("button", name="Copied").wait_for()
        assert page.evaluate("navigator.clipboard.readText()").strip()


def test_the_theme_that_was_chosen_stays(ready: Hub, page: Page):
    page.goto("/")
    page.get_by_role("button", name="Dark").click()
    background = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.goto(PAGES["project"])
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == background
