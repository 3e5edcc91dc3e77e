"""Takes pictures of every page in every state, to look at the design.

    python scripts/gallery.py [--only NAME …] [--into FOLDER]

Wide and narrow, light and dark, under the policy that the site itself has.
"""

import argparse
import os
from pathlib import Path

import django
from playwright.sync_api import Browser, Page, sync_playwright

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nexus.config.settings")
django.setup()

from django.test.utils import override_settings  # noqa: E402

from nexus.web.tests.gallery.pages import STATES  # noqa: E402
from nexus.web.tests.gallery.server import Gallery  # noqa: E402

VIEWS = {
    "wide": {"width": 1280, "height": 900},
    "narrow": {"width": 390, "height": 844},
}


def photograph(browser: Browser, address: str, names: list[str], into: Path) -> None:
    """Take the pictures of ``names``, in each size and each theme."""
    for size, viewport in VIEWS.items():
        for theme in ("light", "dark"):
            context = browser.new_context(
                viewport=viewport,  # type: ignore[arg-type]
                color_scheme=theme,
                has_touch=size == "narrow",
            )
            page = context.new_page()
            page.on("console", lambda said: print(f"  {said.text}"))
            for name in names:
                page.goto(f"{address}/{name}", wait_until="networkidle")
                scroll_through(page)
                page.screenshot(path=into / f"{name}.{size}.{theme}.png", full_page=True)
            context.close()


def scroll_through(page: Page) -> None:
    """Look at all of the page, so that what waits to be near is drawn; then go back up."""
    page.evaluate(
        """async () => {
            for (let at = 0; at < document.body.scrollHeight; at += 600) {
                scrollTo(0, at);
                await new Promise((go) => setTimeout(go, 50));
            }
            scrollTo(0, 0);
        }"""
    )
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(300)


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(description="Take pictures of the pages.")
    parser.add_argument("--only", nargs="*", default=list(STATES))
    parser.add_argument("--into", type=Path, default=Path(".artefacts/gallery"))
    parser.add_argument("--chromium", default="/usr/bin/chromium")
    options = parser.parse_args()
    options.into.mkdir(parents=True, exist_ok=True)
    with (
        override_settings(ROOT_URLCONF="nexus.web.tests.gallery.urls"),
        Gallery() as gallery,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(
            executable_path=options.chromium, args=["--no-sandbox"]
        )
        photograph(browser, gallery.address, options.only, options.into)
        browser.close()


if __name__ == "__main__":
    main()
