"""Which file is which manifest, and reading those of a repository within bounds.

To add a format: write its module, add a line to ``_READERS``.
"""

import posixpath
import re
from collections.abc import Callable, Iterator, Sequence

from nexus.library.facts.manifests.base import ManifestReader, ManifestReading
from nexus.library.facts.manifests.compose import read_compose
from nexus.library.facts.manifests.composer import read_composer
from nexus.library.facts.manifests.dockerfile import read_dockerfile
from nexus.library.facts.manifests.gemfile import read_gemfile
from nexus.library.facts.manifests.go_mod import read_go_mod
from nexus.library.facts.manifests.java import read_gradle, read_pom
from nexus.library.facts.manifests.package_json import read_package_json
from nexus.library.facts.manifests.pipfile import read_pipfile
from nexus.library.facts.manifests.pyproject import read_pyproject
from nexus.library.facts.manifests.requirements import read_requirements
from nexus.library.facts.manifests.workflows import read_workflow

#: So many manifests of one repository are read, those nearest to the root first.
MAX_MANIFESTS = 40
#: A longer one is not read, in characters.
MAX_MANIFEST = 200_000

ReadText = Callable[[str], str | None]

_READERS: tuple[tuple[re.Pattern[str], ManifestReader], ...] = tuple(
    (re.compile(rf"(?:.*/)?(?:{name})", re.IGNORECASE), reader)
    for name, reader in (
        (
            r"(?:[\w.-]{0,60}[._-])?requirements(?:[._-][\w.-]{0,60})?\.(?:txt|in)",
            read_requirements,
        ),
        (r"requirements/[\w.-]{1,100}\.(?:txt|in)", read_requirements),
        (r"pyproject\.toml", read_pyproject),
        (r"pipfile", read_pipfile),
        (r"package\.json", read_package_json),
        (r"(?:docker-)?compose(?:\.[\w-]{1,60})?\.ya?ml", read_compose),
        (r"(?:[\w-]{1,60}\.)?(?:dockerfile|containerfile)(?:\.[\w.-]{1,60})?", read_dockerfile),
        (r"\.github/workflows/[^/]{1,200}\.ya?ml", read_workflow),
        (r"go\.mod", read_go_mod),
        (r"gemfile", read_gemfile),
        (r"composer\.json", read_composer),
        (r"pom\.xml", read_pom),
        (r"build\.gradle(?:\.kts)?", read_gradle),
    )
)


def reader_of(path: str) -> ManifestReader | None:
    """The reader for the manifest at ``path``; None for a file that is none."""
    return next((reader for pattern, reader in _READERS if pattern.fullmatch(path)), None)


def read_manifests(
    tree: Sequence[str], read: ReadText
) -> Iterator[tuple[str, str, ManifestReading]]:
    """The manifests among the paths ``tree``: (path, text, what it says), the shallowest first.

    ``read`` gives the text of a path, or None. At most ``MAX_MANIFESTS`` files are asked for.
    """
    paths = sorted((path for path in tree if reader_of(path)), key=depth_first)
    known = set(tree)
    waiting = dict.fromkeys(paths)
    for _ in range(MAX_MANIFESTS):
        if not waiting:
            return
        path = next(iter(waiting))
        del waiting[path]
        known.discard(path)
        text = read(path)
        if text is None or len(text) > MAX_MANIFEST:
            continue
        reading = (reader_of(path) or read_requirements)(text)
        yield path, text, reading
        included = [_beside(path, name) for name in reading.includes]
        waiting.update(dict.fromkeys(name for name in included if name in known))


def depth_first(path: str) -> tuple[int, str]:
    """The order in which files tell of a project: those near the root before those below."""
    return path.count("/"), path


def _beside(path: str, name: str) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), name))
