"""A window on the gallery, for tests that look at its pages."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from tests.browser.fixtures import PATIENCE_MILLISECONDS

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, ViewportSize

WIDE: "ViewportSize" = {"width": 1280, "height": 900}


@contextmanager
def window_on(browser: "Browser", address: str, **options: Any) -> Iterator["Page"]:
    """A page that may ask for what lies at ``address``. Fails when it complains of anything."""
    with overheard(browser, address, **options) as (page, complaints):
        yield page
    assert not complaints, complaints


@contextmanager
def overheard(
    browser: "Browser", address: str, **options: Any
) -> Iterator[tuple["Page", list[str]]]:
    """A page that may ask for what lies at ``address``, and all that it complains of."""
    context = browser.new_context(**({"base_url": address, "viewport": WIDE} | options))
    context.set_default_timeout(PATIENCE_MILLISECONDS)
    complaints: list[str] = []
    page = context.new_page()
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    try:
        yield page, complaints
    finally:
        context.close()
