"""The gallery, open while a module's tests look at it."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from django.test.utils import override_settings

from nexus.library.tests.mirrors import add_mirror, engine, home, mirror
from nexus.web.tests.gallery.window import window_on

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from nexus.web.tests.gallery.server import Gallery

__all__ = ["add_mirror", "engine", "gallery", "home", "mirror", "window"]


@pytest.fixture(scope="module")
def gallery() -> Iterator["Gallery"]:
    """The gallery's server."""
    from nexus.web.tests.gallery.server import Gallery

    with override_settings(ROOT_URLCONF="nexus.web.tests.gallery.urls"), Gallery() as opened:
        yield opened


@pytest.fixture
def window(browser: "Browser", gallery: "Gallery") -> Iterator["Page"]:
    """A wide window on the gallery."""
    with window_on(browser, gallery.address) as page:
        yield page
