"""Under which licence a project stands."""

import re
from collections.abc import Iterator, Sequence

from nexus.library.extraction.outline import BlockKind
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
#: "This project is licensed under the MIT License", wherever it stands.
_SAID = re.compile(
    r"\b(?:this|the|my|our) (?:project|repo(?:sitory)?|software|code|app(?:lication)?|work) is "
    r"(?:open[- ]source and )?(?:licensed|released|distributed|available) under"
    r" (?P<name>[^.\n]{2,80})"
    r"|\bce (?:projet|dépôt|logiciel|code) est (?:[^\W\d_]{4,12} )?sous (?:la )?licence"
    r" (?P<nom>[^.\n]{2,80})",
    re.IGNORECASE,
)
_BADGE = re.compile(r"shields\.io/badge/licen[cs]e-(?P<name>[\w.%+-]{2,60})", re.IGNORECASE)
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
    """What READMEs say: under the heading "Licence", in a sentence of their own, on a badge."""
    for read in (_under_headings, _in_sentences, _on_badges):
        for page in pages:
            for text, line in read(page):
                if spdx := _named_in(text):
                    yield Fact(FactName.LICENCE, spdx, page.path, line, is_guess=True)


def _under_headings(page: Page) -> Iterator[tuple[str, int]]:
    for passage in page.passages:
        if not _HEADINGS.isdisjoint(words_of(" ".join(passage.headings[-1:]))):
            yield passage.text, passage.line


def _in_sentences(page: Page) -> Iterator[tuple[str, int]]:
    for passage in page.passages:
        if match := _SAID.search(passage.text):
            yield match["name"] or match["nom"], passage.line


def _on_badges(page: Page) -> Iterator[tuple[str, int]]:
    for block in page.outline.blocks:
        is_shown = block.kind is not BlockKind.FENCE and "shields.io" in block.text
        if is_shown and (match := _BADGE.search(block.text)):
            yield match["name"], block.line + block.text.count("\n", 0, match.start())


def _named_in(text: str) -> str:
    return next((spdx for pattern, spdx in _NAMED if pattern.search(text)), "")
