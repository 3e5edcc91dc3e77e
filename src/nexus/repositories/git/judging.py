"""What of a push is not taken, and why, in words for a terminal."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pygit2

from nexus.repositories.git.limits import MIB, Limits
from nexus.repositories.git.paths import path_text
from nexus.repositories.git.pushes import Push, Update
from nexus.repositories.git.quarantine import PackRefused, Quarantine
from nexus.repositories.git.stores import BRANCHES, TAGS, Refs
from nexus.repositories.git.trees import Kind, TreeFile, Trees
from nexus.repositories.git.troubles import GitProgramError, RemoteTrouble

_LONGEST_NAME = 200
#: Names that commands take for something else, or that hide what they are.
_ODD_NAME = re.compile(r"(?:^|/)-|^HEAD$|^refs/|\s")
_FORMAT = "--batch-check=%(objecttype) %(objectsize) %(objectname)"
_LONGEST_TARGET = 4096
#: So many files are named.
_TOLD = 5
_TAKE_OUT = "Take that out of your newest commit: git rm --cached FILE, then git commit --amend"


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a reference stays as it was: a few words for Git's line, and lines that help."""

    brief: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rules:
    """What a repository takes. ``shown`` is the branch that the hub publishes.

    ``may_rewrite``: whether commits of it may be taken away by force.
    """

    shown: str
    limits: Limits
    may_rewrite: bool = False


def judge_refs(push: Push, refs: Refs, rules: Rules) -> dict[str, Fault]:
    """Which references cannot change as asked, by what they are now: their names, their rules."""
    found = {}
    for update in push.updates:
        fault = _fault_of_name(update.ref) or _fault_of_state(update, refs, rules)
        if fault:
            found[update.ref] = fault
    made = sum(1 for update in push.updates if update.new and update.ref not in refs)
    if made and len(refs) + made > rules.limits.max_pushed_refs:
        many = Fault(
            "too many branches and tags",
            (
                f"A repository here has at most {rules.limits.max_pushed_refs} branches and tags.",
                "Remove those that nobody needs: git push origin --delete NAME",
            ),
        )
        found.update({update.ref: many for update in push.updates if update.ref not in refs})
    return found


def _fault_of_name(ref: str) -> Fault | None:
    if not ref.startswith((BRANCHES, TAGS)):
        return Fault("no branch and no tag", ("The hub keeps branches and tags, nothing else.",))
    name = ref.removeprefix(BRANCHES).removeprefix(TAGS)
    is_hidden = path_text(name.encode()) != name
    is_odd = is_hidden or _ODD_NAME.search(name) or len(name) > _LONGEST_NAME
    if is_odd or not pygit2.reference_is_valid_name(ref):
        return Fault("name not taken", ("Name it with letters, digits, dashes, dots and slashes.",))
    return None


def _fault_of_state(update: Update, refs: Refs, rules: Rules) -> Fault | None:
    if refs.get(update.ref, "") != update.old:
        return Fault(
            "fetch first",
            (
                "The hub has commits that you do not have yet: written on a page, or pushed from "
                "elsewhere.",
                "Take them in, then push again: git pull --rebase, then git push",
            ),
        )
    is_shown = update.ref == BRANCHES + rules.shown
    if is_shown and not update.new and update.old:
        return Fault(
            "the hub shows this branch",
            (
                f"“{rules.shown}” is what the hub publishes, so it is not removed.",
                f"To publish something else, push it there: git push origin HEAD:{rules.shown}",
            ),
        )
    if update.ref.startswith(TAGS) and update.old and update.new:
        words = (
            "A tag stays where it is: others rely on it.",
            "Give the new one another name: git tag NAME, then git push origin NAME",
        )
        return Fault("tags stay", words)
    return None


def judge_commits(push: Push, quarantine: Quarantine, rules: Rules) -> dict[str, Fault]:
    """Which references cannot change as asked, by the commits that they would name."""
    repository = quarantine.open()
    found = {}
    for update in push.updates:
        fault = _fault_of_commit(repository, update, rules) if update.new else None
        if fault:
            found[update.ref] = fault
    return found


def _fault_of_commit(repository: pygit2.Repository, update: Update, rules: Rules) -> Fault | None:
    commit = _commit(repository.get(update.new))
    if commit is None or (update.ref.startswith(BRANCHES) and str(commit.id) != update.new):
        return Fault("no commit", ("A branch names a commit, and so does a tag in the end.",))
    stays = update.ref == BRANCHES + rules.shown and not rules.may_rewrite
    if stays and update.old and not _is_built_on(repository, update):
        return Fault(
            "what is published stays",
            (
                f"“{rules.shown}” is published: its commits are not taken away by force.",
                "Put your change on top: git pull --rebase, then git push",
                "To take back a commit: git revert COMMIT, then git push",
            ),
        )
    words = tuple(_faults_of_files(repository, commit, rules.limits))
    return Fault("files not taken", (*words, _TAKE_OUT)) if words else None


def _commit(found: pygit2.Object | None) -> pygit2.Commit | None:
    try:
        return found.peel(pygit2.Commit) if found is not None else None
    except (ValueError, pygit2.GitError, pygit2.InvalidSpecError):
        return None


def _is_built_on(repository: pygit2.Repository, update: Update) -> bool:
    is_same = update.new == update.old
    return is_same or bool(repository.descendant_of(update.new, update.old))


def _faults_of_files(
    repository: pygit2.Repository, commit: pygit2.Commit, limits: Limits
) -> Iterator[str]:
    """What of the files of a commit is not taken; the first few."""
    trees = Trees(repository, limits)
    told = 0
    for file in trees.walk(commit.tree):
        fault = _fault_of_file(repository, file)
        if fault:
            yield fault
            told += 1
        if told >= _TOLD:
            return
    if trees.truncated:
        yield (
            f"It holds more than {limits.max_files:,} files. Leave out what programs make, such as "
            "node_modules and .venv, by a .gitignore."
        )


def _fault_of_file(repository: pygit2.Repository, file: TreeFile) -> str:
    if file.missing:
        return f"“{file.path}” is missing, or its folder is too deep or too large."
    if file.kind is Kind.SYMLINK and _leads_out(repository, file):
        return f"“{file.path}” is a symbolic link that leads out of the repository."
    return ""


def _leads_out(repository: pygit2.Repository, link: TreeFile) -> bool:
    """Whether a link, followed from its folder, is ever above the root of the repository."""
    target = repository.odb.read(link.oid)[1] if (link.size or 0) <= _LONGEST_TARGET else b"/"
    depth = link.path.count("/")
    for part in target.split(b"/"):
        depth += {b"..": -1, b".": 0, b"": 0}.get(part, 1)
        if depth < 0:
            return True
    return target.startswith(b"/") or b"\0" in target


def judge_objects(push: Push, quarantine: Quarantine, rules: Rules) -> None:
    """Check that all that the new commits need is here, and that no file is too large.

    Raises ``PackRefused``.
    """
    wanted = "".join(f"{update.new}\n" for update in push.updates if update.new).encode()
    try:
        quarantine.run(
            "rev-list", "--objects", "--quiet", "--stdin", "--not", "--all", given=wanted
        )
        _check_sizes(quarantine, wanted, rules.limits)
    except GitProgramError:
        raise PackRefused(
            "pack-incomplete",
            "The push lacks commits or files that it needs.",
            remedy="Fetch, then push again; from a shallow clone: git fetch --unshallow.",
        ) from None
    except RemoteTrouble:
        raise PackRefused(
            "pack-too-much",
            "The push took the hub longer than it allows.",
            remedy="Push less at once.",
        ) from None


def _check_sizes(quarantine: Quarantine, wanted: bytes, limits: Limits) -> None:
    listed = quarantine.run(
        "cat-file", "--batch-all-objects", "--unordered", _FORMAT, is_alone=True
    )
    for line in listed.splitlines():
        kind, size, oid = line.split()
        if kind == b"blob" and int(size) > limits.max_file_bytes:
            name = _name_of(quarantine, wanted, oid)
            raise PackRefused(
                "pushed-file-too-large",
                f"{name} has {int(size) / MIB:.0f} MB; a file here has at most "
                f"{limits.max_file_bytes / MIB:.0f} MB.",
                remedy="Take it out of the commits, keep it elsewhere, and link to it.",
            )


def _name_of(quarantine: Quarantine, wanted: bytes, oid: bytes) -> str:
    """Where a file stands, for the person who has to find it."""
    listed = quarantine.run("rev-list", "--objects", "--stdin", "--not", "--all", given=wanted)
    names = (line.partition(b" ") for line in listed.splitlines())
    path = next((path for found, _, path in names if found == oid), b"")
    return f"“{path_text(path)}”" if path else "A file"
