"""What Git itself brings of a folder's repository: messages of commits and tags, and names."""

import os
from itertools import chain
from pathlib import Path

from nexus.library.checking.folder import ask_git
from nexus.library.checking.words import MAX_COMMITS, ref_problems, secrets_said
from nexus.library.problems import Problem
from nexus.repositories.git.reading import Reader
from nexus.repositories.git.stores import BRANCHES, TAGS
from nexus.repositories.git.troubles import StoreMissing

_REFS = "--format=%(objectname) %(objecttype) %(refname)"


def committed_problems(root: Path) -> tuple[Problem, ...]:
    """The secrets in what a push of all branches and tags would bring beside the files.

    ``root`` is the top of a repository's working tree; of any other folder nothing is told, nor of
    a repository in a form that cannot be read here.
    """
    where = ask_git(root, "rev-parse", "--show-prefix", "--git-common-dir")
    prefix, _, folder = (where or b"").partition(b"\n")
    if prefix or not folder:
        return ()
    listed = ask_git(root, "for-each-ref", _REFS, BRANCHES, TAGS) or b""
    rows = [line.split(" ", 2) for line in os.fsdecode(listed).split("\n") if line]
    tags = [oid for oid, kind, _ in rows if kind == "tag"]
    try:
        with Reader(root / os.fsdecode(folder.rstrip(b"\n"))) as reader:
            said = secrets_said(reader, chain(_commits(root), tags))
    except StoreMissing:
        said = []
    names = ref_problems({name: oid for oid, _, name in rows})
    return (*(one.told() for one in said), *names)


def _commits(root: Path) -> list[str]:
    """The commits below the branches, the tags and what is checked out, the newest first."""
    what = ("--branches", "--tags", "--ignore-missing", "HEAD")
    listed = ask_git(root, "rev-list", f"--max-count={MAX_COMMITS}", *what)
    return (listed or b"").decode("ascii", "replace").split()
