"""Secrets in what people told Git: messages, the names of authors, the names of branches and tags.

They are in every clone, though in no file.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from nexus.library.checking.advice import MESSAGE_CODE, REF_CODE
from nexus.library.extraction.secrets import excused_secrets, find_secrets, hide_secrets
from nexus.library.problems import Problem
from nexus.repositories.git.commits import Said, said_in
from nexus.repositories.git.reading import Reader
from nexus.repositories.git.stores import BRANCHES, TAGS

#: So many commits, and so many bytes of them, are looked through; older ones are not.
MAX_COMMITS = 100_000
MAX_BYTES = 50_000_000
#: A commit or a tag that is larger is passed over.
MAX_BYTES_OF_ONE = 16_000_000
#: Who is told of so many rewrites the history anyway.
MAX_FOUND = 200
#: A name that is longer is told of by its beginning.
_LONGEST_NAME = 200


@dataclass(frozen=True, slots=True, order=True)
class SaidSecret:
    """Where a secret is: in which commit or annotated tag, by its object. Never the secret itself.

    ``line`` counts the lines of the message from 1; 0 is where people, and the tag, are named.
    """

    oid: str
    line: int
    what: str
    is_tag: bool = False

    def told(self) -> Problem:
        """What the owner reads."""
        place = f"line {self.line} of the message" if self.line else "a name in the head"
        thing = "annotated tag" if self.is_tag else "commit"
        message = f"It looks like a secret: {self.what}, in {place} of the {thing} {self.oid[:12]}."
        return Problem("", 0, MESSAGE_CODE, message)


def secrets_said(reader: Reader, oids: Iterable[str]) -> list[SaidSecret]:
    """The secrets in these commits and annotated tags, of which the newest come first.

    What looks like one is none if its author says so in the same line or in a later message.
    """
    return list(islice(_secrets_said(reader, oids), MAX_FOUND))


def _secrets_said(reader: Reader, oids: Iterable[str]) -> Iterator[SaidSecret]:
    excused: frozenset[str] = frozenset()
    for oid, said in _read(reader, islice(oids, MAX_COMMITS)):
        excused |= excused_secrets(said.message)
        for what in dict.fromkeys(_found(said.names, excused).values()):
            yield SaidSecret(oid, 0, what, said.is_tag)
        for line, what in _found(said.message, excused).items():
            yield SaidSecret(oid, line, what, said.is_tag)


def _found(text: str, excused: frozenset[str]) -> Mapping[int, str]:
    """What stands in which line; one of each line is enough."""
    secrets = (one for one in find_secrets(text) if text[one.start : one.end] not in excused)
    return {one.line: one.what for one in secrets}


def _read(reader: Reader, oids: Iterable[str]) -> Iterator[tuple[str, Said]]:
    """What these say, as long as it is not too much together; what is missing is passed over."""
    left = MAX_BYTES
    for oid in oids:
        raw = reader.said(oid, limit=MAX_BYTES_OF_ONE)
        left -= len(raw or b"")
        if left < 0:
            return
        if raw is not None:
            yield oid, said_in(raw)


def ref_problems(refs: Mapping[str, str]) -> Iterator[Problem]:
    """What is told of branches and tags whose names hold a secret; ``refs`` by full name.

    All names are looked through as one text: there may be many, and hardly ever is there anything.
    """
    full = sorted(refs)
    short = [_short(name) for name in full]
    found = {one.line: one.what for one in find_secrets("\n".join(short))}
    for line, what in islice(found.items(), MAX_FOUND):
        name = full[line - 1]
        yield _told_of_ref(name, what, refs[name])


def _short(name: str) -> str:
    """The name as people say it; bytes that are no text become a question mark."""
    short = name.removeprefix(BRANCHES).removeprefix(TAGS)
    return short.encode("utf-8", "replace").decode()


def _told_of_ref(name: str, what: str, oid: str) -> Problem:
    thing, short = "tag" if name.startswith(TAGS) else "branch", _short(name)
    shown = hide_secrets(short)[:_LONGEST_NAME]
    message = f"It looks like a secret: {what}, in the name of the {thing} “{shown}” at {oid[:12]}."
    return Problem("", 0, REF_CODE, message)
