"""What the front-end build made, by its manifest: which name a file has this time."""

import json
import time
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

#: How often it is asked whether there is a newer build; a page names some fifty of its files.
LOOK_EVERY_SECONDS = 1
FOLDER = Path(__file__).resolve().parent.parent / "static" / "built"


@dataclass(frozen=True, slots=True)
class Built:
    """The files of one build: ``core.css`` → ``core-1A2B3C4D.css``, and the icons there are."""

    files: dict[str, str]
    icons: frozenset[str]


@lru_cache(maxsize=1)
def _read(path: Path, _changed_at_ns: int) -> Built:
    manifest = json.loads(path.read_text(encoding="utf-8"))
    return Built(files=manifest["files"], icons=frozenset(manifest["icons"]))


def manifest(folder: Path = FOLDER) -> Built:
    """The newest build; read again only when it has changed.

    Raises:
        ImproperlyConfigured: nothing was built yet.
    """
    path = folder / "manifest.json"
    try:
        return _read(path, path.stat().st_mtime_ns)
    except FileNotFoundError as missing:
        raise ImproperlyConfigured(
            "The front end is not built. Run: python scripts/build_frontend.py"
        ) from missing


def look() -> int:
    """The number of the last look at the build: what was made of it stands until the next."""
    return int(time.monotonic()) // LOOK_EVERY_SECONDS


def current() -> Built:
    """The newest build, as it was at most a second ago; raises what :func:`manifest` does."""
    return _as_of(look(), FOLDER)


@lru_cache(maxsize=1)
def _as_of(_second: int, folder: Path) -> Built:
    return manifest(folder)


def address(name: str) -> str:
    """The address of a built file, by the name it has in the source.

    Raises:
        ImproperlyConfigured: the build has no such file.
    """
    try:
        return f"{settings.STATIC_URL}built/{current().files[name]}"
    except KeyError as missing:
        raise ImproperlyConfigured(f"The front end has no file {name!r}.") from missing
