"""The machine's own Chromium, driven by Playwright."""

import shutil
from pathlib import Path

ADVICE = (
    "Chromium is not on this machine: install it with `sudo apt-get install chromium` "
    "(on Ubuntu: Google Chrome's own package)."
)
NAMES = ("chromium", "google-chrome", "google-chrome-stable", "chromium-browser")
#: No sandbox, because tests may run as root; and not a word to anybody outside.
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def program() -> Path | None:
    """The first browser on PATH that Playwright can drive."""
    found = (shutil.which(name) for name in NAMES)
    return next((Path(path) for path in found if path), None)
