"""Archives that people uploaded, each under its own name in a folder that nobody can guess."""

import secrets
import shutil
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings


def keep_upload(name: str, chunks: Iterable[bytes]) -> Path:
    """Write an archive to the hub's home; of ``name`` the last part counts. Returns its path."""
    folder = _uploads() / secrets.token_hex(8)
    folder.mkdir(parents=True)
    path = folder / Path(name).name
    with path.open("wb") as file:
        file.writelines(chunks)
    return path


def forget_upload(location: str) -> None:
    """Remove the archive at ``location``; what was not uploaded stays."""
    folder = Path(location).parent
    if folder.parent == _uploads():
        shutil.rmtree(folder, ignore_errors=True)


def _uploads() -> Path:
    return Path(settings.NEXUS_HOME) / "uploads"
