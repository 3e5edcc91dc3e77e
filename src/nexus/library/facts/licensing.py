"""Under which licence a project stands."""

import re
from collections.abc import Iterator, Sequence

from nexus.library.facts.fact import Fact, FactName
from nexus.library.facts.manifests.base import ManifestReading
from nexus.library.facts.manifests.registry import MAX_MANIFEST, ReadText, depth_first
from nexus.library.facts.page import Page
from nexus.library.facts.wordlists import words_of
from nexus.library.licences import LICENCE_FILE, licence_of

#: So many licence files are read.
MAX_LICENCE_FILES = 5
_IDENTIFIER = re.compile(r"[A-Za-z0-9][A-Za-z0-9.+-]{1,40}")
_HEADINGS = frozenset({"licence", "license", "licences", "licenses", "licensing"})
#: How people name licences in prose, the more particular first.
_NAMED: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), spdx)
    for pattern, spdx in (
        (r"\bAGPL|\bAffero\b", "AGPL-3.0"),
        (r"\bLGPL", "LGPL-3.0"),
        (r"\bGPL(?:[- ]?v?2|-2)\b|General Public License,? v(?:ersion )?2", "GPL-2.0"),
        (r"\bGPL|General Public License", "GPL-3.0"),
        (r"\bApache\b", "Apache-2.0"),
        (r"\bMPL\b|\bMozilla Public", "MPL-2.0"),
        (r"\bBSD[- ]2", "BSD-2-Clause"),
        (r"\bBSD\b", "BSD-3-Clause"),
        (r"\bUnlicense\b", "Unlicense"),
        (r"\bCC[- ]BY[- ]SA\b", "CC-BY-SA-4.0"),
        (r"\bCC[- ]BY\b", "CC-BY-4.0"),
        (r"\bCC0\b", "CC0-1.0"),
        (r"\bISC\b", "ISC"),
        (r"\bMIT\b", "MIT"),
    )
)


def licence_fact(
    *,
    files: Sequence[str],
    read: ReadText,
    manifests: Sequence[tuple[str, str, ManifestReading]],
    pages: Sequence[Page],
) -> Fact | None:
    """The licence: of the file nearest to the root, else of a manifest, else of the README."""
    for found in (_by_files(files, read), _by_manifests(manifests), _by_pages(pages)):
        for fact in found:
            return fact
    return None


def _by_files(files: Sequence[str], read: ReadText) -> Iterator[Fact]:
    paths = [path for path in files if LICENCE_FILE.fullmatch(path.rpartition("/")[2])]
    for path in sorted(paths, key=depth_first)[:MAX_LICENCE_FILES]:
        if spdx := licence_of((read(path) or "")[:MAX_MANIFEST]):
            yield Fact(FactName.LICENCE, spdx, path)


def _by_manifests(manifests: Sequence[tuple[str, str, ManifestReading]]) -> Iterator[Fact]:
    for path, _, reading in manifests:
        if _IDENTIFIER.fullmatch(reading.licence):
            yield Fact(FactName.LICENCE, reading.licence, path)


def _by_pages(pages: Sequence[Page]) -> Iterator[Fact]:
    """What stands under the heading "Licence"."""
    for page in pages:
        for passage in page.passages:
            if _HEADINGS.isdisjoint(words_of(" ".join(passage.headings[-1:]))):
                continue
            for pattern, spdx in _NAMED:
                if pattern.search(passage.text):
                    yield Fact(FactName.LICENCE, spdx, page.path, passage.line, is_guess=True)
