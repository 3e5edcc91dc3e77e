"""The files of a folder on this machine: the working tree of a Git repository, or a plain one."""

import os
import re
import stat
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from nexus.repositories.git.environment import git_environment
from nexus.repositories.git.trees import Kind, TreeFile

#: So many files are looked at.
MAX_FILES = 200_000
_GIT_SECONDS = 60
#: A folder among the files that Git lists is another repository's.
_KINDS = {stat.S_IFREG: Kind.FILE, stat.S_IFLNK: Kind.SYMLINK, stat.S_IFDIR: Kind.SUBMODULE}
_CREDENTIALS = re.compile(r"(https?://)[^/@\s]{1,500}@", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder and what is in it. ``is_git`` says whether Git told; then what it ignores is not."""

    root: Path
    files: tuple[TreeFile, ...]
    is_git: bool
    origin: str = ""

    def read(self, path: str, limit: int) -> bytes | None:
        """The bytes of a file; None if there are more than ``limit``, or it cannot be read."""
        try:
            # Never a link, and never wait for a pipe that took the place of a file.
            flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
            descriptor = os.open(self.root / path, flags)
            with os.fdopen(descriptor, "rb") as file:
                if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                    return None
                data = file.read(limit + 1)
        except OSError:
            return None
        return data if len(data) <= limit else None


def look_into(root: Path) -> Folder:
    """List a folder. In a Git repository these are the files that are in Git or may get there."""
    listed = ask_git(root, "ls-files", "-z", "--cached", "--others", "--exclude-standard")
    is_git = listed is not None
    paths = _listed(listed) if listed is not None else _walked(root)
    files = tuple(file for path in paths if (file := _described(root, path)))
    return Folder(root, files, is_git, _origin(root) if is_git else "")


def _origin(root: Path) -> str:
    """Where the repository comes from, without a password; empty if that is nowhere."""
    said = ask_git(root, "config", "--get", "remote.origin.url") or b""
    return _CREDENTIALS.sub(r"\1", said.decode("utf-8", "replace").strip(), count=1)


def ask_git(root: Path, *arguments: str) -> bytes | None:
    """What Git says of the folder; None if it is no repository of Git's, or there is no Git."""
    # The configuration of the folder could name programs to run; these settings win over it.
    settings = ("-c", "safe.directory=*", "-c", "core.fsmonitor=false", "-c", "core.quotePath=off")
    try:
        done = subprocess.run(
            ["git", *settings, *arguments],
            cwd=root,
            env=git_environment(),
            capture_output=True,
            timeout=_GIT_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout if done.returncode == 0 else None


def _listed(said: bytes) -> list[str]:
    paths = {os.fsdecode(path).rstrip("/") for path in said.split(b"\0") if path}
    return sorted(paths)[:MAX_FILES]


def _walked(root: Path) -> Iterator[str]:
    """The paths below a folder, in order; what lies below ``.git`` is not looked at."""
    waiting, count = [""], 0
    while waiting and count < MAX_FILES:
        place = waiting.pop()
        try:
            entries = sorted(os.scandir(root / place), key=lambda entry: entry.name)
        except OSError:
            continue
        for entry in entries:
            path = f"{place}{entry.name}"
            if entry.is_dir(follow_symlinks=False):
                if entry.name != ".git":
                    waiting.append(f"{path}/")
            else:
                count += 1
                yield path


def _described(root: Path, path: str) -> TreeFile | None:
    """A path as a commit would hold it; None if it is gone, or is no file."""
    try:
        status = os.lstat(root / path)
    except OSError:
        return None
    kind = _KINDS.get(stat.S_IFMT(status.st_mode))
    if kind is None:
        return None
    size = status.st_size if kind is Kind.FILE else None
    return TreeFile(path=path, oid="", mode=status.st_mode, kind=kind, size=size)
