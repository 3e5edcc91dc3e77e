"""One archive of all that the hub knows of a person: a README, ``account.json``, repositories.

It is written as a stream, row by row and piece by piece, so it takes little memory however much
there is. The file appears under its name only when all of it is there.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date, datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile

from django.conf import settings
from django.utils import timezone

from nexus.departing.table import BELONGINGS
from nexus.kernel.errors import Conflict, Unavailable

if TYPE_CHECKING:
    from nexus.people.belonging import Row, Told
    from nexus.people.models import Person

#: The format of ``account.json``. Raised when a section changes its meaning or goes.
FORMAT, VERSION = "nexus-account", 1


def unheard(stage: str, done: int, total: int) -> None:
    """Nobody waits for a word."""


def write_archive(person: Person, path: Path, *, told: Told = unheard) -> None:
    """Write everything that the hub knows of ``person`` to a new .zip file at ``path``.

    ``told`` hears how far it is, and raises to give it up. Raises ``Conflict`` when there is
    something at ``path``, ``Unavailable`` when it cannot be written.
    """
    with _appearing(path) as part, ZipFile(part, "x", ZIP_DEFLATED) as archive:
        archive.writestr("README.md", readme(person))
        with archive.open("account.json", "w", force_zip64=True) as written:
            _write_account(person, written, told)
        for belonging in BELONGINGS:
            if belonging.files is not None:
                belonging.files(person, archive, told)


@contextmanager
def _appearing(path: Path) -> Iterator[Path]:
    """A file beside ``path`` that becomes it in the end, and goes if anything fails."""
    if path.exists() or path.is_symlink():
        raise Conflict(
            "export-exists", f"There is something at {path}.", remedy="Name a file that is not."
        )
    part = path.with_name(f"{path.name}.{secrets.token_hex(4)}.part")
    try:
        part.touch(mode=0o600, exist_ok=False)
        part.unlink()
        yield part
        part.chmod(0o600)
        part.rename(path)
    except OSError as error:
        raise Unavailable(
            "export-impossible",
            f"The archive could not be written: {error.strerror or error}.",
            remedy="There may be no room left, or no such folder.",
        ) from error
    finally:
        with suppress(OSError):
            part.unlink()


def _write_account(person: Person, written: IO[bytes], told: Told) -> None:
    """``account.json``: what it is, then every section as a list of objects."""
    sections = [one for one in BELONGINGS if one.rows is not None]
    head = {"format": FORMAT, "version": VERSION, "hub": settings.PUBLIC_URL}
    head["made_at"] = timezone.now().isoformat()
    written.write(json.dumps(head, indent=1).removesuffix("\n}").encode())
    for number, one in enumerate(sections):
        told(f"Writing {one.section}", number, len(sections))
        written.write(f',\n "{one.section}": ['.encode())
        assert one.rows is not None  # noqa: S101 - chosen so above
        for place, row in enumerate(one.rows(person)):
            told(f"Writing {one.section}", number, len(sections))
            written.write(b",\n  " if place else b"\n  ")
            written.write(_json(row))
        written.write(b"]")
    written.write(b"\n}\n")


def _json(row: Row) -> bytes:
    text = json.dumps(dict(row), ensure_ascii=False, default=_plain)
    return text.encode("utf-8", "backslashreplace")


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, date | datetime) else str(value)


def readme(person: Person) -> str:
    """What is in the archive, in words."""
    lines = [
        f"# Everything that {settings.PUBLIC_URL or 'this hub'} knows of {person.handle}",
        "",
        "`account.json` is one JSON object. It says which format and version it has, when it was",
        "made, and holds these lists:",
        "",
        *(f"- `{one.section}`" for one in BELONGINGS if one.rows is not None),
        "",
        "Passwords, keys, tokens and the digests of them are not in it: they would be of use to",
        "nobody but a thief.",
        "",
        "`repositories/` holds what lives in the hub alone. Each repository is there twice: as a",
        "bundle with all of its history, and with the files of its newest commit. A bundle is",
        "cloned like any repository:",
        "",
        "    git clone COHORT/REPOSITORY.bundle",
        "",
        "What the hub only mirrors is not in it; `account.json` says where it comes from.",
        "",
    ]
    return "\n".join(lines)
