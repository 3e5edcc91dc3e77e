"""The gallery, open while a module's tests look at it."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from django.test.utils import override_settings

from nexus.library.tests.mirrors import add_mirror, engine, home, mirror
from nexus.web.tests.gallery.window import WIDE, overheard, window_on
from tests.browser.accessibility import bring_axe

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from nexus.web.tests.gallery.server import Gallery

__all__ = ["add_mirror", "engine", "gallery", "home", "mirror", "one_window", "window"]


@pytest.fixture(scope="module")
def gallery() -> Iterator["Gallery"]:
    """The gallery's server."""
    from nexus.web.tests.gallery.server import Gallery

    with override_settings(ROOT_URLCONF="nexus.web.tests.gallery.urls"), Gallery() as opened:
        yield opened


@pytest.fixture
def window(no_cover: None, browser: "Browser", gallery: "Gallery") -> Iterator["Page"]:
    """A wide window on the gallery."""
    with window_on(browser, gallery.address) as page:
        yield page


@pytest.fixture(scope="module")
def _kept_open(browser: "Browser", gallery: "Gallery") -> Iterator[tuple["Page", list[str]]]:
    with overheard(browser, gallery.address) as (page, complaints):
        bring_axe(page.context)
        yield page, complaints


@pytest.fixture
def one_window(no_cover: None, _kept_open: tuple["Page", list[str]]) -> Iterator["Page"]:
    """A wide window that stays open for the next test: for pages that are looked at, not used.

    To open one takes longer than to look. Fails when a page complains of anything.
    """
    page, complaints = _kept_open
    page.set_viewport_size(WIDE)
    yield page
    told = [*complaints]
    complaints.clear()
    assert not told, told
