"""What a kind of entry is: how a file is recognised as one, and what is read out of it."""

import posixpath
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from nexus.library.discretion import hide_emails_in_text, without_emails
from nexus.library.extraction.outline import Outline
from nexus.library.extraction.secrets import hide_secrets
from nexus.library.problems import Problem
from nexus.library.rendering.page import Place, Rendered

if TYPE_CHECKING:
    from nexus.library.extraction.resources import FoundResource

#: The five folders of a nexus repository.
PROJECTS, SNIPPETS, DOCUMENTATION = "projects", "code-snippets", "documentation"
RESOURCES, COLLABORATION = "resources", "collaboration"

ImageSize = Callable[[str], tuple[int, int] | None]


@dataclass(frozen=True, slots=True)
class Source:
    """One file of a repository, read and decoded.

    ``front_matter`` is what the author says of it; ``body`` is the text after it, which
    begins at line ``body_line`` of the file.
    """

    place: Place
    text: str
    body: str
    body_line: int = 1
    front_matter: Mapping[str, Any] = field(default_factory=dict)
    image_size: ImageSize | None = None

    @property
    def path(self) -> str:
        """The file's path inside the repository."""
        return self.place.path

    @property
    def name(self) -> str:
        """The file's name without its folders."""
        return posixpath.basename(self.path)

    @property
    def suffix(self) -> str:
        """The ending of the file's name, small letters, with its dot."""
        return posixpath.splitext(self.name)[1].lower()

    @property
    def folders(self) -> tuple[str, ...]:
        """The folders above the file, outermost first."""
        return tuple(self.path.split("/")[:-1])

    @property
    def room(self) -> str:
        """The outermost folder; empty for a file at the root."""
        return self.folders[0] if self.folders else ""

    def said(self, key: str) -> str:
        """A short text from the front matter, or nothing."""
        value = self.front_matter.get(key)
        return " ".join(value.split()) if isinstance(value, str) else ""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a kind made of a file, or of a part of it.

    ``topics`` are slugs of the catalogue with how much the text is about each, in percent;
    ``resources`` are the links that it recommends. ``digest`` is of what it holds: the same
    digest elsewhere means the same thing; empty where that does not matter.
    """

    kind: str
    title: str
    summary: str
    rendered: Rendered
    code_language: str = ""
    language: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    topics: Mapping[str, int] = field(default_factory=dict)
    resources: tuple["FoundResource", ...] = ()
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """An entry found inside the text of a file.

    ``name`` is its own inside the file and goes into its address; ``line`` is where it begins.
    """

    name: str
    line: int
    reading: Reading


class Kind(Protocol):
    """A kind of entry. Each has a module of its own in this folder and a line in ``KINDS``."""

    @property
    def name(self) -> str:
        """The stable name: ``document``."""

    @property
    def plural(self) -> str:
        """The word for several, as people read it: ``documents``."""

    def claims(self, source: Source) -> bool:
        """Whether the file is one of this kind, by its content first and its folder second."""

    def read(self, source: Source) -> Reading | None:
        """Read the file; None when a closer look shows that it is not one after all."""

    def parts(self, source: Source, outline: Outline) -> Iterable[Part]:
        """What of this kind stands inside a piece of writing; nothing for most kinds."""


def title_of(source: Source, rendered: Rendered) -> str:
    """The title of a piece of writing: said, written as a heading, or the file's name."""
    return source.said("title") or rendered.title or title_from_name(source.path)


def title_from_name(path: str) -> str:
    """A readable title from a file's name: ``two-words.md`` gives ``Two words``.

    An e-mail address in the name is no part of the title, and a secret is masked.
    """
    path = hide_secrets(path)
    name = posixpath.basename(path)
    if _stem(name).lower() in ("readme", "index") and "/" in path:
        name = posixpath.basename(posixpath.dirname(path))
    words = _stem(name).replace("-", " ").replace("_", " ").strip() or hide_emails_in_text(name)
    return words[:1].upper() + words[1:]


def _stem(name: str) -> str:
    """A file's name without its ending and without addresses."""
    without = without_emails(name)
    if without == name:
        return posixpath.splitext(name)[0]
    return posixpath.splitext(f"-{without}")[0]  # a point at its beginning begins the ending


class WholeFiles:
    """For kinds that are never a part of another file."""

    def parts(self, source: Source, outline: Outline) -> Iterable[Part]:
        """Nothing."""
        return ()
