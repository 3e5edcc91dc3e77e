"""What has to be done to show a commit: which files to read, to move and to withdraw.

Nearly every commit changes the contents of a few files and nothing else. Such a one is planned
in proportion to what it changes; any other by a look at the whole tree.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from nexus.library import triage as triaging
from nexus.library.checking.secrecy import holding_secrets
from nexus.library.checking.tree import AskedTree, Paths, Tree, tree_of
from nexus.library.extraction.own_addresses import OwnAddresses
from nexus.library.histories import Past, follow
from nexus.library.preparing import FORMAT_VERSION
from nexus.library.selectors import binary_paths, indexed_paths, shown_blobs
from nexus.library.services import checks, projects
from nexus.library.services.entries import indexed_among
from nexus.library.services.listings import LISTINGS
from nexus.repositories.git.changes import Change, Status
from nexus.repositories.git.reading import CommitInfo, Reader, TreeFile

if TYPE_CHECKING:
    from nexus.repositories.models import Repository

HISTORY_COMMITS = 5_000
#: A commit that changes the contents of more files is planned by a look at the whole.
FEW = 64
#: What is left out for its name stays so whatever is in it, and tells nobody anything.
_STAYS_OUT = frozenset({"vendored", "generated", "git", "binary", "unnamed"})


@dataclass(slots=True)
class Plan:
    """What has to be done to show a commit.

    ``is_whole`` says that the whole tree was looked at; else only the contents of some files
    are others than before, all of which were read before. ``is_other`` says that the commit has
    other files than the one before, that others of them are read, or that the project's page shows
    another README; ``own`` are the addresses of the repository itself.
    ``files`` gives all that are read, ``paths`` is what links are held against (None when there
    are too many files), ``secrets`` are the paths of the files that hold secrets by their name.
    """

    is_whole: bool
    changed: checks.Changed
    triage: triaging.Triage
    readme: TreeFile | None
    touched: list[TreeFile]
    pasts: dict[str, list[Past]]
    own: OwnAddresses
    files: Callable[[], Sequence[TreeFile]]
    paths: Paths | None
    renames: list[tuple[str, str]] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    secrets: list[str] = field(default_factory=list)
    is_other: bool = False


def plan_of_all(repository: Repository, reader: Reader, commit: CommitInfo) -> Plan:
    """Compare the commit with what was indexed last, path by path.

    A file whose page shows something else than the commit has is read as well: a run that died
    half-way may have left it so.
    """
    last = repository.indexed if repository.format_version == FORMAT_VERSION else ""
    files = list(reader.files(commit.sha))
    triage = triaging.triage(files)
    changes = reader.changes(last, commit.sha) if last else []
    shown, binary = shown_blobs(repository.pk), binary_paths(repository.pk)
    readme = projects.find_readme(triage.read)
    wanted = {file.path for file in triage.read if file is not readme} | {""}
    anew = {change.path for change in changes}
    touched = [
        file
        for file in triage.read
        if not last
        or file.path in anew
        or (file.path not in binary and shown.get(_key(file, readme)) != file.oid)
    ]
    _keep_binary(triage, binary, touched)
    paths = None if reader.truncated else tree_of(files)
    if paths is not None:
        LISTINGS.keep(repository.pk, commit.sha, paths)
    return Plan(
        is_whole=True,
        changed=checks.Changed(
            paths=[file.path for file in touched],
            is_all=not last or any(c.status in (Status.DELETED, Status.RENAMED) for c in changes),
        ),
        triage=triage,
        readme=readme,
        touched=touched,
        pasts=_pasts(reader, commit, since=last, touched=touched),
        own=OwnAddresses.of(repository.origin),
        files=lambda: triage.read,
        paths=paths,
        renames=list(_renames(changes, wanted)),
        gone=sorted(indexed_paths(repository.pk) - wanted),
        secrets=_secrets(reader, files, triage),
        is_other=not last
        or any(change.status != "modified" for change in changes)
        or _shows_another(projects.shown_readme(repository), readme)
        or _read_before(repository, readme) != {file.path for file in triage.read},
    )


def _shows_another(shown: str | None, readme: TreeFile | None) -> bool:
    return shown != (readme.path if readme else "")


def _renames(changes: Sequence[Change], wanted: Collection[str]) -> Iterator[tuple[str, str]]:
    """Which pages go on elsewhere: those that get one there.

    What becomes the README is the project's page from then on, and what gets a name for which it
    is left out has none.
    """
    for change in changes:
        if change.status == "renamed" and change.old_path and change.path in wanted:
            yield change.old_path, change.path


def _key(file: TreeFile, readme: TreeFile | None) -> str:
    """Where the entry or the source of a file lies: the project's page is made of its README."""
    return "" if file is readme else file.path


def plan_of_contents(repository: Repository, reader: Reader, commit: CommitInfo) -> Plan | None:
    """The plan for a commit that changed the contents of a few files and nothing else.

    None when it did more, or when what the hub knows of these files is not enough to be sure.
    The pages must all show the commit that was indexed last.
    """
    if not repository.indexed or repository.format_version != FORMAT_VERSION:
        return None
    changes = reader.modifications(repository.indexed, commit.sha)
    if changes is None or len(changes) > FEW:
        return None
    shown = projects.shown_readme(repository)
    readme = reader.entry_at(commit.sha, shown) if shown else None
    touched = _touched(repository, reader, commit, changes, readme)
    if touched is None or _shows_another(shown, readme):
        return None
    return _narrow(repository, reader, commit, touched, readme)


def _narrow(
    repository: Repository,
    reader: Reader,
    commit: CommitInfo,
    touched: list[TreeFile],
    readme: TreeFile | None,
) -> Plan:
    """The plan for files that were read before and are read again."""
    is_next = commit.parents[:1] == (repository.indexed,)
    known = LISTINGS.carry_on(repository.pk, before=repository.indexed, commit=commit.sha)
    return Plan(
        is_whole=False,
        changed=checks.Changed([file.path for file in touched], only_contents=True),
        triage=triaging.Triage(read=touched),
        readme=next((file for file in touched if readme and file.path == readme.path), readme),
        touched=touched,
        pasts={file.path: [Past(commit, file.path, file.oid)] for file in touched}
        if is_next
        else _pasts(reader, commit, since=repository.indexed, touched=touched),
        own=OwnAddresses.of(repository.origin),
        files=partial(_files_read, repository, reader, commit, readme),
        paths=known
        or AskedTree(
            lambda path: reader.entry_at(commit.sha, path) is not None,
            lambda: _listed(repository, reader, commit),
        ),
    )


def _listed(repository: Repository, reader: Reader, commit: CommitInfo) -> Tree:
    names = list(reader.names(commit.sha))
    if reader.truncated:
        return Tree((), opaque=("",))
    tree = tree_of(names)
    LISTINGS.keep(repository.pk, commit.sha, tree)
    return tree


def _files_read(
    repository: Repository, reader: Reader, commit: CommitInfo, readme: TreeFile | None
) -> list[TreeFile]:
    """The files of a commit that are read, when they are the same as before."""
    read = _read_before(repository, readme)
    return [file for file in reader.names(commit.sha) if file.path in read]


def _read_before(repository: Repository, readme: TreeFile | None) -> set[str]:
    """The paths of the files that were read for the commit that was shown last.

    Some of them were found not to be text; what is no text by its name is not looked into.
    """
    binary = {path for path in binary_paths(repository.pk) if not triaging.reason_of_name(path)}
    page = {readme.path} if readme else set()
    return (indexed_paths(repository.pk) | binary | page) - {""}


def _touched(
    repository: Repository,
    reader: Reader,
    commit: CommitInfo,
    changes: Sequence[Change],
    readme: TreeFile | None,
) -> list[TreeFile] | None:
    """The changed files that are read; None when one was not, or may not be any more."""
    known = indexed_among(repository, [change.path for change in changes])
    if readme:
        known.add(readme.path)
    touched = []
    for change in changes:
        reason = triaging.reason_of_name(change.path)
        if change.path not in known:
            if reason not in _STAYS_OUT:
                return None
            continue
        file = reader.entry_at(commit.sha, change.path)
        if file is None or reason or triaging.own_reason(file):
            return None
        touched.append(file)
    return touched


def _secrets(reader: Reader, files: Iterable[TreeFile], triage: triaging.Triage) -> list[str]:
    """The paths of the files that hold secrets by their names and, at a closer look, may do so."""
    named = {path for path, reason in triage.left_out if reason == "secret"}
    blobs = {file.path: file.oid for file in files if file.path in named}

    def read(path: str, limit: int) -> bytes | None:
        return reader.read(blobs[path], limit=limit)

    return list(holding_secrets(blobs, read))


def _keep_binary(
    triage: triaging.Triage, binary: Collection[str], touched: Sequence[TreeFile]
) -> None:
    """What was found not to be text stays left out while nobody changes it."""
    anew = {file.path for file in touched}
    for file in triage.read:
        if file.path in binary and file.path not in anew:
            triage.leave(file.path, "binary")


def _pasts(
    reader: Reader, commit: CommitInfo, *, since: str, touched: Sequence[TreeFile]
) -> dict[str, list[Past]]:
    """The past of each touched file."""
    start = since if since and reader.is_ancestor(since, commit.sha) else None
    pasts = follow(reader.history(commit.sha, limit_commits=HISTORY_COMMITS, since=start))
    return {file.path: _up_to(commit, file, pasts.get(file.path, [])) for file in touched}


def _up_to(commit: CommitInfo, file: TreeFile, past: list[Past]) -> list[Past]:
    """The past of a file up to how it is in ``commit``.

    What the walk missed dates from ``commit``: changes made in a merge, or too long ago.
    """
    is_known = past and past[0].blob == file.oid
    return past if is_known else [Past(commit, file.path, file.oid), *past]
