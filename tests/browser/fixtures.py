"""Fixtures for tests that look at the hub as a person does."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.hubs import Hub, migrated, serving
from tests.services.chromium import ARGUMENTS
from tests.services.run import join

if TYPE_CHECKING:  # half a second, which most runs have no use for
    from playwright.sync_api import Browser, Page, StorageState

WIDE: dict[str, Any] = {"viewport": {"width": 1280, "height": 800}}
NARROW: dict[str, Any] = {
    "viewport": {"width": 390, "height": 844},
    "device_scale_factor": 2,
    "is_mobile": True,
    "has_touch": True,
}
#: For whatever a page has to do; a page that works takes a small part of it.
PATIENCE_MILLISECONDS = 120_000


@pytest.fixture(scope="session")
def hub() -> Iterator[Hub]:
    """A hub with nothing but the bundled documentation in it, shared by a worker's tests.

    A test that changes it lets the others be: it adds repositories and people of its own.
    """
    with serving(migrated(join().home())) as served:
        yield served


# Playwright's loop runs in the thread that uses it, and asyncio allows one in a thread: so the
# browser is there for one module of tests, not for those that come after.
@pytest.fixture(scope="module")
def browser(chromium_path: Path) -> Iterator[Browser]:
    """A Chromium without a window."""
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=PATIENCE_MILLISECONDS)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=chromium_path,
            headless=True,
            args=list(ARGUMENTS),
            timeout=PATIENCE_MILLISECONDS,
        )
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Browser, hub: Hub) -> Iterator[Page]:
    """A guest's page, wide. The test fails if the page reports an error."""
    with open_page(browser, hub, **WIDE) as opened:
        yield opened


@pytest.fixture
def narrow_page(browser: Browser, hub: Hub) -> Iterator[Page]:
    """A guest's page on a phone. The test fails if the page reports an error."""
    with open_page(browser, hub, **NARROW) as opened:
        yield opened


@pytest.fixture
def plain_page(browser: Browser, hub: Hub) -> Iterator[Page]:
    """A guest's page in a browser without JavaScript."""
    with open_page(browser, hub, **WIDE, java_script_enabled=False) as opened:
        yield opened


@pytest.fixture
def owner_page(browser: Browser, hub: Hub, _owners: dict[str, StorageState]) -> Iterator[Page]:
    """The page of the hub's owner, signed in, wide."""
    if hub.address not in _owners:
        _owners[hub.address] = _owner_of(browser, hub)
    with open_page(browser, hub, **WIDE, storage_state=_owners[hub.address]) as opened:
        yield opened


@pytest.fixture(scope="session")
def _owners() -> dict[str, StorageState]:
    """The cookies of signed-in owners by address: the hub's link works once."""
    return {}


@contextmanager
def open_page(browser: Browser, hub: Hub, **options: Any) -> Iterator[Page]:
    """A page of ``hub`` in a window of its own.

    Fails afterwards with what the page complained of: errors of scripts, refused styles, missing
    files. It can reach nothing but the hub.
    """
    context = browser.new_context(base_url=hub.address, **options)
    context.set_default_timeout(PATIENCE_MILLISECONDS)
    complaints: list[str] = []
    try:
        opened = context.new_page()
        opened.on("pageerror", lambda error: complaints.append(str(error)))
        opened.on(
            "console",
            lambda message: complaints.append(message.text) if message.type == "error" else None,
        )
        opened.on(
            "request",
            lambda request: (
                None
                if request.url.startswith((hub.address, "data:", "blob:", "about:"))
                else complaints.append(f"asked elsewhere: {request.url}")
            ),
        )
        yield opened
    finally:
        context.close()
    assert not complaints, f"The page complained: {complaints}"


def stop_clock(page: Page) -> None:
    """Let no timer of the page run out: what it shows for a moment stays until it was looked at.

    Before the page is opened.
    """
    page.clock.install(time="2026-11-20T14:00:00Z")
    page.clock.pause_at("2026-11-20T15:00:00Z")


def sign_in(page: Page, link: str) -> None:
    """Follow a sign-in link and press its button."""
    page.goto(link)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/")


def _owner_of(browser: Browser, hub: Hub) -> StorageState:
    with open_page(browser, hub) as page:
        sign_in(page, hub.owner_link)
        return page.context.storage_state()
