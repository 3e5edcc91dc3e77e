"""Secrets in all that a clone brings: other branches, old states of files, messages.

The commit shown is looked through when its files are read. A clone brings more, and a secret that
a later commit took out is still in it. So whatever a served reference leads to is looked through
once, within bounds: the states of files, and what commits and tags say. What was looked through is
kept, so that a commit costs what it adds. The names of branches and tags are few, and looked at
each time.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

from django.db import transaction

from nexus.library import triage as triaging
from nexus.library.checking.advice import LOOK_BACK_CODES, PAST_CODE, REF_CODE, SECRET_CODES
from nexus.library.checking.secrecy import MAX_BYTES as MAX_BYTES_OF_NAMED
from nexus.library.checking.secrecy import is_harmless
from nexus.library.checking.words import SaidSecret, ref_problems, secrets_said
from nexus.library.extraction.decoding import decode
from nexus.library.extraction.secrets import excused_secrets, find_secrets
from nexus.library.models import FileProblem
from nexus.library.preparing import FORMAT_VERSION
from nexus.library.problems import Problem
from nexus.library.services import publishing
from nexus.repositories import services as repositories
from nexus.repositories.git.reachable import Below, below, served_refs
from nexus.repositories.git.reading import CommitInfo, Reader, TreeFile
from nexus.repositories.limits import store_of
from nexus.repositories.selectors import look_back_of

if TYPE_CHECKING:
    from nexus.repositories.models import Repository

#: So many states of files, and so many bytes of them, are looked through; older ones are not.
MAX_FILES = 20_000
MAX_BYTES = 100_000_000
#: So many paths are asked for one by one; of more, the whole commit is listed.
MOST_ASKED_FOR = 100
LOOKS_LIKE = "It looks like a secret: "
#: An owner who is told of so many rewrites the history anyway.
MAX_FOUND = 200


@dataclass(frozen=True, slots=True, order=True)
class PastSecret:
    """Where a secret is: in which state of a file, by its object. Never the secret itself.

    ``line`` is 0 for a file that is secret by its name, or that has a secret in its name.
    """

    path: str
    line: int
    oid: str
    what: str = ""

    def told(self) -> Problem:
        """What the owner reads."""
        looks = f"{LOOKS_LIKE}{self.what}" if self.what else "Its name says that it holds one"
        return Problem(self.path, self.line, PAST_CODE, f"{looks}, in the object {self.oid[:12]}.")


@dataclass(frozen=True, slots=True)
class Known:
    """What was found before: in states of files, and in which commits and tags something is said.

    What they say is read anew each time, since a later message may excuse it.
    """

    files: frozenset[PastSecret] = frozenset()
    said: tuple[str, ...] = ()

    @classmethod
    def of(cls, rows: Iterable[Mapping[str, Any]]) -> Known:
        """What the rows tell that ``_rows`` made."""
        rows = list(rows)
        return cls(
            frozenset(PastSecret(**row) for row in rows if "path" in row),
            tuple(row["said"] for row in rows if "said" in row),
        )


def look_back(repository: Repository, reader: Reader, commit: CommitInfo) -> None:
    """Look through what a clone would bring beyond ``commit``, which is shown.

    Tells the owner of what is found. Costs next to nothing when ``commit`` is all that is new.
    """
    refs = served_refs(store_of(repository.pk))
    tips = frozenset(refs.values())
    known, new = _unknown(repository, tips, commit)
    of_shown = list(_of_shown(repository))
    paths = {*(path for path, _, _ in of_shown), *(one.path for one in known.files)}
    shown = _shown(reader, commit.sha, paths | {file.path for file in new.files})
    states = [file for file in new.files if file.oid != shown.get(file.path)]
    before = known.files | {
        PastSecret(path, line, shown.get(path, ""), what) for path, line, what in of_shown
    }
    kept = sorted({*before, *_secrets_in(reader, states)})[:MAX_FOUND]
    past = [one for one in kept if one.oid != shown.get(one.path)]
    said = secrets_said(reader, [*new.said, *known.said])
    told = chain(
        (one.told() for one in _not_excused(reader, past, shown)),
        (one.told() for one in said),
        ref_problems(refs),
    )
    _write(repository, tips, found=_rows(kept, said), told=told)


def look_at_branches(repository: Repository) -> None:
    """Look back when the commit shown is the newest, but other branches or tags have moved.

    One that only has another name now leads to nothing new: then its name is all there is to see.
    """
    last, store = look_back_of(repository.pk), store_of(repository.pk)
    refs = served_refs(store)
    if last is None or frozenset(last.tips) != frozenset(refs.values()):
        with Reader(store) as reader:
            look_back(repository, reader, reader.commit(repository.indexed))
    elif not _tell_of_names(repository, refs):
        return
    secrets = FileProblem.objects.filter(repository=repository, code__in=SECRET_CODES)
    repositories.note_secret(repository=repository, is_held=secrets.exists())


def _tell_of_names(repository: Repository, refs: Mapping[str, str]) -> bool:
    """Tell the owner of the names that branches and tags have now; False if that is known."""
    problems = list(ref_problems(refs))
    known = FileProblem.objects.filter(repository=repository, code=REF_CODE)
    if sorted(known.values_list("message", flat=True)) == sorted(one.message for one in problems):
        return False
    publishing.write_checks(repository, problems, codes={REF_CODE})
    return True


def _unknown(
    repository: Repository, tips: frozenset[str], commit: CommitInfo
) -> tuple[Known, Below]:
    """What is known already, and what else lies below ``tips``.

    Where a branch was rewritten or has gone, or the rules are others, nothing counts as known.
    """
    store, last = store_of(repository.pk), look_back_of(repository.pk)
    if last is not None and last.format_version == FORMAT_VERSION:
        known = frozenset(last.tips)
        if tips == known:
            return Known.of(last.found), Below()
        if _is_next(commit, known, tips):
            return Known.of(last.found), Below(said=[commit.sha])
        new = below(store, tips, known=known, at_most=MAX_FILES)
        if known <= tips | new.met:
            return Known.of(last.found), new
    return Known(), below(store, tips, at_most=MAX_FILES)


def _is_next(commit: CommitInfo, known: frozenset[str], tips: frozenset[str]) -> bool:
    """Whether one commit was built upon a branch, and nothing else is new."""
    return tips - known == {commit.sha} and frozenset(commit.parents) == known - tips


def _shown(reader: Reader, sha: str, paths: Collection[str]) -> dict[str, str]:
    """The objects that the commit shown has at these of its paths."""
    if len(paths) > MOST_ASKED_FOR:
        return {file.path: file.oid for file in reader.files(sha) if file.path in paths}
    found = ((path, reader.entry_at(sha, path)) for path in paths)
    return {path: file.oid for path, file in found if file is not None}


def _rows(files: Iterable[PastSecret], said: Iterable[SaidSecret]) -> list[dict[str, Any]]:
    """What is kept of what was found; ``Known.of`` reads it."""
    oids = dict.fromkeys(one.oid for one in said)
    return [*(asdict(one) for one in files), *({"said": oid} for oid in oids)]


def _of_shown(repository: Repository) -> Iterator[tuple[str, int, str]]:
    """(path, line, what it looks like) of the secrets of the commit shown.

    They stay in the history when they leave their files.
    """
    rows = FileProblem.objects.filter(
        repository=repository, code__in=SECRET_CODES - LOOK_BACK_CODES
    )
    for path, line, message in rows.values_list("path", "line", "message")[:MAX_FOUND]:
        yield path, line, message.removeprefix(LOOKS_LIKE).rstrip(".") if line else ""


def _secrets_in(reader: Reader, files: Iterable[TreeFile]) -> Iterator[PastSecret]:
    """The secrets of these states of files, with what is read and what is left out as ever."""
    states = list(_within_bounds(files))
    triage = triaging.triage(states)
    named = {path for path, reason in triage.left_out if reason == "secret"}
    for file in islice((file for file in states if file.path in named), MAX_FOUND):
        data = reader.read(file.oid, limit=MAX_BYTES_OF_NAMED)
        if data is None or not is_harmless(file.path, data):
            yield PastSecret(publishing.storable(file.path), 0, file.oid)
    for file in states:
        for secret in find_secrets(file.path)[:1]:
            yield PastSecret(publishing.storable(file.path), 0, file.oid, secret.what)
    for file in triage.read:
        for secret in find_secrets(_text(reader, file.path, file.oid)):
            yield PastSecret(publishing.storable(file.path), secret.line, file.oid, secret.what)


def _within_bounds(files: Iterable[TreeFile]) -> Iterator[TreeFile]:
    """The newest of these that are not too much together."""
    left = MAX_BYTES
    for file in files:
        left -= file.size or 0
        if left < 0:
            return
        yield file


def _text(reader: Reader, path: str, oid: str) -> str:
    """What a state of a file says; empty if it is no text, or too large to be read."""
    data = reader.read(oid, limit=triaging.limit_of(path, triaging.Limits()))
    decoded = decode(data, path=path) if data is not None else None
    return decoded.text if decoded is not None and not decoded.is_binary else ""


def _not_excused(
    reader: Reader, past: Sequence[PastSecret], shown: Mapping[str, str]
) -> Iterator[PastSecret]:
    """Those of which no author says, in the present state of one of these files, it were none."""
    paths = {one.path for one in past if one.line}
    texts = (_text(reader, path, oid) for path, oid in shown.items() if path in paths)
    excused = frozenset(chain.from_iterable(map(excused_secrets, texts)))
    for one in past:
        if not (excused and one.line and _value(reader, one) in excused):
            yield one


def _value(reader: Reader, secret: PastSecret) -> str:
    """The secret itself, read anew: it is kept nowhere."""
    text = _text(reader, secret.path, secret.oid)
    found = (one for one in find_secrets(text) if one.line == secret.line)
    return next((text[one.start : one.end] for one in found), "")


@transaction.atomic
def _write(
    repository: Repository,
    tips: Collection[str],
    *,
    found: Sequence[Mapping[str, Any]],
    told: Iterable[Problem],
) -> None:
    """Keep what was found, tell the owner, and say whether a clone brings a secret."""
    repositories.note_look_back(
        repository=repository,
        tips=tips,
        found=found,
        format_version=FORMAT_VERSION,
    )
    publishing.write_checks(repository, told, codes=LOOK_BACK_CODES)
