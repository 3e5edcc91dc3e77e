"""How the pages find what the front-end build made."""

import json
import os
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from nexus.web.templatetags import built

#: What a cold entry page may weigh, in bytes of brotli, before its own words.
MOST_BYTES = 14_000


def write_manifest(folder: Path, *, css: str) -> None:
    text = json.dumps({"files": {"core.css": css}, "icons": ["search"]})
    (folder / "manifest.json").write_text(text)


def test_a_new_build_is_seen_without_a_restart(tmp_path: Path) -> None:
    write_manifest(tmp_path, css="core-1.css")
    assert built.manifest(tmp_path).files["core.css"] == "core-1.css"
    write_manifest(tmp_path, css="core-2.css")
    os.utime(tmp_path / "manifest.json", ns=(1, 1))
    assert built.manifest(tmp_path).files["core.css"] == "core-2.css"


def test_a_missing_build_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(ImproperlyConfigured, match=r"python scripts/build_frontend\.py"):
        built.manifest(tmp_path)


def test_a_file_that_was_never_built_is_named() -> None:
    with pytest.raises(ImproperlyConfigured, match=r"no file 'nothing\.css'"):
        built.address("nothing.css")


def test_every_built_file_lies_there_compressed_too() -> None:
    for name in built.manifest().files.values():
        assert (built.FOLDER / f"{name}.br").stat().st_size > 0
        assert (built.FOLDER / f"{name}.gz").stat().st_size > 0


def test_what_every_page_loads_leaves_room_for_its_words() -> None:
    files = built.manifest().files
    names = [files[name] for name in ("core.css", "core.js", "theme.js", "icons.svg")]
    assert sum((built.FOLDER / f"{name}.br").stat().st_size for name in names) <= MOST_BYTES


def test_old_phones_read_every_colour() -> None:
    css = (built.FOLDER / built.manifest().files["core.css"]).read_text()
    assert "oklch(" not in css
    assert "light-dark(" not in css
