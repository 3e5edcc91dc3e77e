"""What an app hands to search: one thing that can be found, or the word that it is gone."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchDocument:
    """One thing that can be found, as it stands now.

    ``key`` names it for ever (``entry:123``); a document with the same key replaces it.
    ``kind``, ``code_language`` (``Python``), ``person`` (the owner's handle), ``cohort``,
    ``repository`` (``cohort/repository``) and ``topics`` are what readers filter by.
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
    topics: tuple[str, ...] = ()
    path: str = ""
    quality: float = 1.0

    def __post_init__(self) -> None:
        """Refuse what could not be told apart, ordered or guarded later."""
        if not self.key or not self.audience:
            raise ValueError("a search document needs a key and an audience")
        if self.updated_at.tzinfo is None:
            raise ValueError("updated_at needs a time zone")


@dataclass(frozen=True, slots=True)
class Removal:
    """The thing called ``key`` can no longer be found."""

    key: str
