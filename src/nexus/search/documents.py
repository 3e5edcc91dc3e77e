"""What an app hands to search: one thing that can be found, or the word that it cannot."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from nexus.search.filters import is_label

#: A key or an audience that is longer could not be one term of the index.
_LONGEST_KEY = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchDocument:
    """One thing that can be found, as it stands now.

    ``key`` names it for ever (``entry:123``); a document with the same key replaces it.
    ``kind``, ``code_language`` (``Python``), ``person`` (the owner's handle), ``cohort`` and
    ``repository`` (``cohort/repository``) are what readers filter by, and so are ``labels``:
    any number of values by name (``{"topic": ("Django", "Caching")}``), which also find it.
    ``language`` is the natural language of the text (ISO 639-1); empty means unknown.
    ``people`` are handles and names that find the document. ``address`` is its URL path,
    ``path`` its place in the repository. ``audience`` is the one key a reader must hold
    to learn that the document exists (``public``, ``cohort:12``). ``quality`` is a factor
    on its rank: 1 is ordinary, 0.5 to 2 is the useful range.
    """

    key: str
    kind: str
    title: str
    address: str
    audience: str
    updated_at: datetime
    body: str = ""
    summary: str = ""
    headings: tuple[str, ...] = ()
    code_language: str = ""
    language: str = ""
    person: str = ""
    people: tuple[str, ...] = ()
    cohort: str = ""
    repository: str = ""
    labels: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    path: str = ""
    quality: float = 1.0

    def __post_init__(self) -> None:
        """Refuse what could not be told apart, ordered or guarded later."""
        if not all(0 < len(name) <= _LONGEST_KEY for name in (self.key, self.audience)):
            raise ValueError("a search document needs a key and an audience, neither too long")
        if not all(map(is_label, self.labels)):
            raise ValueError(f"labels are named in small letters: {', '.join(self.labels)}")
        if self.updated_at.tzinfo is None:
            raise ValueError("updated_at needs a time zone")


@dataclass(frozen=True, slots=True)
class Removal:
    """The thing called ``key`` can no longer be found."""

    key: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """The thing called ``key`` is there, but cannot be read just now, so nobody finds it.

    ``why`` is for the log. The next event that touches it, or a rebuild, asks again.
    """

    key: str
    why: str


#: What a source answers for a key.
Change = SearchDocument | Removal | LeftOut
