"""From the bytes of one file to what the hub will show of it. Pure: no database."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice

from nexus.library.attempting import attempt
from nexus.library.discretion import hide_emails_in_text
from nexus.library.discretion.readings import discreet_reading
from nexus.library.extraction.decoding import decode
from nexus.library.extraction.front_matter import split_front_matter
from nexus.library.extraction.language import natural_language
from nexus.library.extraction.own_addresses import OwnAddresses
from nexus.library.extraction.secrets import FoundSecret, find_secrets, hide_secrets
from nexus.library.gleaning import Gleaned, glean
from nexus.library.kinds.base import ImageSize, Part, Reading, Source, title_from_name
from nexus.library.kinds.document import Document
from nexus.library.kinds.registry import read_entry
from nexus.library.kinds.writing import MARKDOWN, is_readme, is_writing
from nexus.library.problems import Problem
from nexus.library.rendering.languages import language_of
from nexus.library.rendering.page import Place
from nexus.library.rendering.plain import render_plain

#: Raise it when pages come out differently: every repository is then read anew.
FORMAT_VERSION = 11
NOBODYS = OwnAddresses()
#: An owner who is told of so many secrets in one file knows.
MAX_SECRETS_TOLD = 20


@dataclass(frozen=True, slots=True)
class Prepared:
    """One file, ready to be written: an entry when it has a ``reading``, else a source file."""

    path: str
    blob: str
    size: int
    reading: Reading | None
    problems: tuple[Problem, ...] = ()
    is_binary: bool = False
    parts: tuple[Part, ...] = ()

    @property
    def code_language(self) -> str:
        """The programming language by the file's name; empty for none."""
        return language_of(self.path)


def read_source(
    data: bytes, place: Place, image_size: ImageSize | None
) -> tuple[Source, tuple[Problem, ...]] | None:
    """Decode a file and split off its front matter; None when it is not text."""
    decoded = decode(data, path=place.path)
    if decoded.is_binary:
        return None
    secrets = find_secrets(decoded.text)
    text = hide_secrets(decoded.text, secrets)
    problems = (*decoded.problems, *_of_secrets(place.path, secrets))
    bare = Source(place, text, text, image_size=image_size)
    if bare.suffix not in MARKDOWN:
        return bare, problems
    matter = split_front_matter(text)
    problems += tuple(_at(place.path, problem) for problem in matter.problems)
    source = Source(
        place=place,
        text=text,
        body=matter.body,
        body_line=matter.body_line,
        front_matter=matter.data,
        image_size=image_size,
    )
    return source, problems


def _of_secrets(path: str, secrets: Iterable[FoundSecret]) -> Iterator[Problem]:
    """What the owner is told: where each secret is and what it is, never the secret itself."""
    for secret in islice(secrets, MAX_SECRETS_TOLD):
        yield Problem(
            path, secret.line, "secret-in-text", f"It looks like a secret: {secret.what}."
        )


def _at(path: str, problem: Problem) -> Problem:
    return Problem(path=path, line=problem.line, code=problem.code, message=problem.message)


def prepare(
    data: bytes,
    *,
    blob: str,
    place: Place,
    image_size: ImageSize | None = None,
    own: OwnAddresses = NOBODYS,
    read: Callable[[Source], Reading | None] = read_entry,
) -> Prepared:
    """Read one file. ``read`` decides what it is; the registry of kinds by default.

    ``own`` are the addresses of the repository itself, which its files do not recommend.

    Where the hub itself fails the file gets a problem and is shown as it is.
    """
    found = attempt(partial(read_source, data, place, image_size), path=place.path)
    if found is None:
        return Prepared(place.path, blob, len(data), None, is_binary=True)
    if isinstance(found, Problem):
        return Prepared(place.path, blob, len(data), None, (found,), is_binary=True)
    source, problems = found
    reading = attempt(partial(_read, source, read), path=place.path)
    if isinstance(reading, Problem):
        problems += (reading,)
        reading = _as_it_is(source)
    if reading is None:
        return Prepared(place.path, blob, len(data), None, problems)
    problems += reading.problems
    gleaned = attempt(partial(_glean, source, reading, own), path=place.path)
    if isinstance(gleaned, Problem):
        problems += (gleaned,)
        gleaned = Gleaned(reading)
    problems += gleaned.problems
    return Prepared(place.path, blob, len(data), gleaned.reading, problems, parts=gleaned.parts)


def _glean(source: Source, reading: Reading, own: OwnAddresses) -> Gleaned:
    """What can be joined with others, fit for everybody; parts speak the language of their page."""
    gleaned = glean(source, reading, own=own)
    parts = (
        replace(part, reading=replace(_discreet(part.reading, ""), language=reading.language))
        for part in gleaned.parts
    )
    return Gleaned(discreet_reading(gleaned.reading), tuple(parts), gleaned.problems)


def _read(source: Source, read: Callable[[Source], Reading | None]) -> Reading | None:
    reading = read(source)
    if reading is None:
        return None
    discreet = _discreet(reading, source.path)
    return replace(discreet, language=language_of_entry(source, discreet))


def _as_it_is(source: Source) -> Reading | None:
    """A piece of writing as plain text; None for code, which is shown so anyway."""
    plain = attempt(partial(render_plain, source.text), path=source.path)
    if isinstance(plain, Problem) or not is_writing(source):
        return None
    is_projects = is_readme(source.path)  # which has a name of its own
    title = "" if is_projects else hide_emails_in_text(title_from_name(source.path))
    return Reading(kind=Document.name, title=title, summary="", rendered=plain)


def _discreet(reading: Reading, path: str) -> Reading:
    """A reading fit for everybody; if an address was all of its title, it is named by its file."""
    discreet = discreet_reading(reading)
    if discreet.title or not reading.title:
        return discreet
    return replace(discreet, title=hide_emails_in_text(title_from_name(path)))


def language_of_entry(source: Source, reading: Reading) -> str:
    """The natural language of an entry: said in the front matter, else told by its words."""
    said = source.said("lang")[:2].lower()
    return said if said.isalpha() else natural_language(reading.rendered.text[:5_000])
