"""Everything that is wrong with the files of a repository, found without a hub."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from nexus.library import triage as triaging
from nexus.library.checking.links import Page, Surroundings, ids_of, link_problems
from nexus.library.checking.own_host import OwnHost
from nexus.library.checking.secrecy import ReadBytes, holding_secrets
from nexus.library.checking.tree import tree_of
from nexus.library.checking.whole import (
    project_problems,
    secret_file_problems,
    secret_name_problems,
)
from nexus.library.extraction.decoding import decode
from nexus.library.extraction.own_addresses import OwnAddresses
from nexus.library.extraction.secrets import hide_secrets
from nexus.library.facts.fact import Fact, GitFacts, ReadmeText
from nexus.library.facts.project import project_facts
from nexus.library.kinds.writing import is_readme
from nexus.library.preparing import Prepared, prepare, read_source
from nexus.library.problems import Problem
from nexus.library.rendering.page import Place
from nexus.repositories.git.reading import TreeFile

_TEXT_BYTES = 1_000_000
_NOWHERE = "/c/here/repository"


@dataclass(frozen=True, slots=True)
class Checked:
    """What a look at a repository gave: how many files were read, and what is to be mended."""

    files: int
    problems: tuple[Problem, ...]


def check_files(
    files: Sequence[TreeFile], read: ReadBytes, *, origin: str = "", is_committed: bool = True
) -> Checked:
    """Look at all the files of a repository, as the hub does when it indexes a commit.

    ``files`` are all of them, ``origin`` is the address the repository comes from, if any.
    ``is_committed`` says that they are, or are about to be, in Git; a plain folder may hold
    secrets, since they never leave it. Never raises, whatever the files hold.
    """
    triage = triaging.triage(files)
    named = [path for path, reason in triage.left_out if reason == "secret" and is_committed]
    secrets = holding_secrets(named, read)
    problems: list[Problem] = [
        *secret_file_problems(secrets),
        *secret_name_problems(file.path for file in files),
        *project_problems(_facts(triage.read, read, origin), [file.path for file in files]),
    ]
    pages: list[Page] = []
    anchors: dict[str, frozenset[str]] = {}
    for prepared in _prepared(triage.read, read, OwnAddresses.of(origin)):
        problems += prepared.problems
        if prepared.reading and prepared.reading.kind != "contract":
            rendered = prepared.reading.rendered
            pages.append(Page(prepared.path, rendered.links, rendered.pictures))
            anchors[prepared.path] = ids_of(rendered.html)
    around = Surroundings(tree_of(files), anchors.get, OwnHost.of(origin))
    problems += (problem for page in pages for problem in link_problems(page, around))
    return Checked(len(triage.read), tuple(sorted(problems)))


def _prepared(files: Sequence[TreeFile], read: ReadBytes, own: OwnAddresses) -> Iterator[Prepared]:
    for file in files:
        data = read(file.path, triaging.limit_of(file.path, triaging.Limits()))
        if data is not None:
            yield prepare(data, blob="", place=Place(_NOWHERE, file.path), own=own)


def _facts(files: Sequence[TreeFile], read: ReadBytes, origin: str) -> tuple[Fact, ...]:
    paths = [file.path for file in files]
    readmes = sorted(
        (path for path in paths if "/" not in path and is_readme(path)),
        key=lambda path: (not path.lower().endswith(".md"), path),
    )
    readme = _readme(readmes[0], read) if readmes else None
    return project_facts(
        tree=paths, read=partial(_text, read), readme=readme, git=GitFacts(origin=origin)
    )


def _text(read: ReadBytes, path: str) -> str | None:
    data = read(path, _TEXT_BYTES)
    decoded = decode(data, path=path) if data is not None else None
    return hide_secrets(decoded.text) if decoded and not decoded.is_binary else None


def _readme(path: str, read: ReadBytes) -> ReadmeText | None:
    data = read(path, _TEXT_BYTES)
    found = read_source(data, Place(_NOWHERE, path), None) if data is not None else None
    if found is None:
        return None
    source, _ = found
    return ReadmeText(path, source.body, source.body_line, source.front_matter)
