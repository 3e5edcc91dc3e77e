"""What a wheel holds besides the package: the built front end, and ``hub/`` as one archive.

hatchling, which makes the wheel (``uv build``), calls this by ``pyproject.toml``.
"""

import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hatchling.builders.config import BuilderConfig
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

BUILT = Path("src/nexus/web/static/built/manifest.json")
BUILDER = Path("scripts/build_frontend.py")
#: Where ``nexus.config.startup`` looks for it.
PACKAGED = "nexus/_hub/hub.zip"
#: Of every file in the archive: the same content makes the same wheel.
_MADE = (1980, 1, 1, 0, 0, 0)
_MODE = 0o100644 << 16


class FrontEndMissing(Exception):
    """A wheel was asked for where the front end is not built and cannot be."""


class WheelHook(BuildHookInterface[BuilderConfig]):
    """Adds to a wheel what lies outside the package."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build the front end and pack the hub; an editable installation has both where they lie.

        A clone has no built front end, and it is clones that pip and pre-commit install from.

        Raises:
            FrontEndMissing: there is none to put into the wheel, and it cannot be built.
        """
        if version == "editable":
            return
        root = Path(self.root)
        if not (root / BUILT).exists():
            build_front_end(root)
        self._folder = Path(tempfile.mkdtemp())
        archive = pack(root / "hub", self._folder / "hub.zip")
        build_data["force_include"][str(archive)] = PACKAGED

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Remove what was packed."""
        if version != "editable":
            shutil.rmtree(self._folder)


def build_front_end(root: Path) -> None:
    """Build what is not in Git; raises ``FrontEndMissing`` if that fails."""
    command = [sys.executable, str(root / BUILDER)]
    done = subprocess.run(command, check=False, stdout=sys.stderr)
    if done.returncode or not (root / BUILT).exists():
        raise FrontEndMissing(f"The front end could not be built: python {BUILDER} says why.")


def pack(folder: Path, target: Path) -> Path:
    """Write the files of ``folder`` to the zip file ``target``, and return that.

    An archive, because installers compile every .py file that they lay down, and the hub
    would take what they made of its snippets for a part of it.
    """
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in _files(folder):
            info = zipfile.ZipInfo(path.relative_to(folder).as_posix(), _MADE)
            info.external_attr = _MODE
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, path.read_bytes())
    return target


def _files(folder: Path) -> Iterator[Path]:
    """Every file that somebody wrote, in a fixed order."""
    for path in sorted(folder.rglob("*")):
        names = path.relative_to(folder).parts
        if path.is_file() and not any(n.startswith(".") or n == "__pycache__" for n in names):
            yield path
