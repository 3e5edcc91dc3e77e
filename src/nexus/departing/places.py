"""Where archives lie: in the home folder, for days only, under names that nobody can guess."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from django.conf import settings


def exports_folder() -> Path:
    """The folder of all archives; it may be deleted at any time."""
    folder = Path(settings.NEXUS_HOME) / "exports"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def archive_of(key: str) -> Path:
    """The file of the export with this key."""
    return exports_folder() / f"{key}.zip"


def remove_archive(key: str) -> None:
    """Remove the file of an export, if it is there."""
    with suppress(FileNotFoundError):
        archive_of(key).unlink()


def archives() -> list[tuple[str, Path]]:
    """Every file that is there, finished or not, with the key of its export."""
    return [(path.name.partition(".")[0], path) for path in exports_folder().iterdir()]
