"""The Markdown pages of the hub's own repository, laid out as the hub lays them out."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from nexus.library.extraction.front_matter import FrontMatter, split_front_matter
from nexus.library.rendering.markdown import render_markdown
from nexus.library.rendering.page import Place, Rendered
from scripts.hub_files import HUB

_FENCE = re.compile(r"^(`{3,}|~{3,}).*?^\1[ \t]*$", re.MULTILINE | re.DOTALL)
_INLINE_CODE = re.compile(r"(`+)[^`].*?\1")


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its path in the repository, its front matter and what it became."""

    path: str
    matter: FrontMatter
    rendered: Rendered

    @property
    def place(self) -> Place:
        """Where it stands."""
        return Place(base="/c/commons/nexus", path=self.path)

    @property
    def anchors(self) -> set[str]:
        """The anchors of its headings."""
        return {heading.anchor for heading in self.rendered.headings}

    @property
    def prose(self) -> str:
        """Its text as written, without code."""
        return _INLINE_CODE.sub("", _FENCE.sub("", self.matter.body))


@cache
def pages() -> dict[str, Page]:
    """Every page by its path."""
    return {page.path: page for page in map(_read, sorted(HUB.rglob("*.md")))}


def _read(file: Path) -> Page:
    path = str(file.relative_to(HUB))
    matter = split_front_matter(file.read_text(encoding="utf-8"), path=path)
    place = Place(base="/c/commons/nexus", path=path)
    return Page(path, matter, render_markdown(matter.body, place, first_line=matter.body_line))
