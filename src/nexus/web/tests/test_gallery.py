"""Every page in every state: axe finds nothing, and nothing is wider than a small phone."""

from typing import TYPE_CHECKING

import pytest

from nexus.web.tests.gallery.pages import STATES
from tests.browser.accessibility import assert_accessible

if TYPE_CHECKING:
    from playwright.sync_api import Page, ViewportSize

pytestmark = pytest.mark.browser

#: WCAG 2.2, 1.4.10: a page reads at 320 pixels without scrolling sideways.
SMALLEST: "ViewportSize" = {"width": 320, "height": 640}


@pytest.mark.parametrize("state", STATES)
def test_anybody_can_use_the_page(window: "Page", state: str) -> None:
    window.emulate_media(color_scheme="light", reduced_motion="reduce")
    window.goto(f"/{state}", wait_until="load")
    assert_accessible(window)
    window.set_viewport_size(SMALLEST)
    window.emulate_media(color_scheme="dark")
    window.evaluate("Promise.allSettled(document.getAnimations().map((one) => one.finished))")
    assert_accessible(window)
    assert window.evaluate("document.documentElement.scrollWidth") <= SMALLEST["width"]
