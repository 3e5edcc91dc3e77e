"""Real repositories, made quickly through ``git fast-import``."""

import os
import subprocess
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pygit2

from nexus.repositories.git.environment import git_environment
from nexus.repositories.git.origins import Origin, OriginKind, parse_origin

START = 1_700_000_000


def git(*arguments: str | Path, given: bytes = b"", check: bool = True) -> str:
    """Run Git as a user of the hub would, without the machine's configuration."""
    environment = git_environment("file:http") | {"GIT_CONFIG_GLOBAL": "/dev/null"}
    done = subprocess.run(
        ["git", "-c", "safe.directory=*", *map(str, arguments)],
        input=given,
        env=environment,
        capture_output=True,
        check=False,
    )
    if check and done.returncode:
        raise AssertionError(done.stderr.decode("utf-8", "replace"))
    return (done.stdout if not done.returncode else done.stderr).decode("utf-8", "surrogateescape")


@dataclass(frozen=True)
class Link:
    """A symbolic link to put into a commit."""

    target: str


@dataclass(frozen=True)
class Submodule:
    """A submodule to put into a commit."""

    sha: str = "1" * 40


Content = str | bytes | Link | Submodule | None
Files = Mapping[str, Content]


@dataclass
class Repository:
    """A bare repository under test; ``commit`` writes to it."""

    path: Path
    _clock: int = field(default=START)

    def __post_init__(self) -> None:
        if not self.path.exists():
            git("init", "-q", "--bare", "--initial-branch=main", self.path)

    @property
    def origin(self) -> Origin:
        """The repository as something to fetch from."""
        return parse_origin(str(self.path))

    def git(self, *arguments: str | Path, given: bytes = b"") -> str:
        """Run Git in the repository."""
        return git(f"--git-dir={self.path}", *arguments, given=given).strip()

    def commit(
        self,
        files: Files,
        message: str | bytes = "Work",
        *,
        branch: str = "main",
        author: str = "Ann <ann@example.com>",
        parents: Iterable[str] | None = None,
        when: int | None = None,
    ) -> str:
        """Commit ``files`` (None removes one) on top of ``branch``; returns the commit's id."""
        self._clock = when or self._clock + 60
        text = message if isinstance(message, bytes) else message.encode()
        lines = [
            f"commit refs/heads/{branch}\n".encode(),
            f"committer {author} {self._clock} +0200\n".encode(),
            b"data %d\n%s\n" % (len(text), text),
            *_parent_lines(parents if parents is not None else self._tip(branch)),
            *(_file_line(path, content) for path, content in files.items()),
        ]
        self.git("fast-import", "--quiet", "--force", given=b"".join(lines))
        return self.git("rev-parse", f"refs/heads/{branch}")

    def _tip(self, branch: str) -> list[str]:
        found = self.git("for-each-ref", "--format=%(objectname)", f"refs/heads/{branch}")
        return found.split()

    def merge(self, message: str, other: str, files: Files, *, branch: str = "main") -> str:
        """Merge a commit into ``branch``; ``files`` is what the merge brings."""
        return self.commit(files, message, branch=branch, parents=[*self._tip(branch), other])

    def remove_object(self, oid: str) -> None:
        """Lose one object, as a damaged disk does."""
        packs = list((self.path / "objects" / "pack").glob("*.pack"))
        kept = [pack.read_bytes() for pack in packs]
        for file in (self.path / "objects" / "pack").iterdir():
            file.unlink()
        for pack in kept:
            self.git("unpack-objects", "-q", given=pack)
        (self.path / "objects" / oid[:2] / oid[2:]).unlink()

    def write_tree(self, entries: Iterable[tuple[str, bytes, str]]) -> str:
        """Write a tree of (mode, name, object id) exactly as it is given, sane or not."""
        raw = b"".join(
            mode.encode() + b" " + name + b"\0" + bytes.fromhex(oid) for mode, name, oid in entries
        )
        return str(pygit2.Repository(str(self.path)).odb.write(pygit2.GIT_OBJECT_TREE, raw))

    def write_blob(self, data: bytes) -> str:
        """Write a blob."""
        return str(pygit2.Repository(str(self.path)).odb.write(pygit2.GIT_OBJECT_BLOB, data))

    def write_commit(self, header: bytes, message: bytes, *, on: str) -> str:
        """Write a commit on top of another that has one more header; no branch names it."""
        tree = self.git("rev-parse", f"{on}^{{tree}}").encode()
        who = b"A <a@b> %d +0000" % START
        head = b"tree %s\nparent %s\nauthor %s\ncommitter %s\n" % (tree, on.encode(), who, who)
        store = pygit2.Repository(str(self.path))
        raw = head + header + b"\n\n" + message
        return str(store.odb.write(pygit2.GIT_OBJECT_COMMIT, raw))

    def commit_tree(self, tree: str, *, branch: str = "main") -> str:
        """Commit a tree as the first commit of ``branch``."""
        lines = f"tree {tree}\nauthor A <a@b> {START} +0000\ncommitter A <a@b> {START} +0000\n\nx\n"
        store = pygit2.Repository(str(self.path))
        sha = str(store.odb.write(pygit2.GIT_OBJECT_COMMIT, lines.encode()))
        self.git("update-ref", f"refs/heads/{branch}", sha)
        return sha


def _parent_lines(parents: Iterable[str]) -> list[bytes]:
    verbs = ["from", *["merge"] * 100]
    return [f"{verb} {sha}\n".encode() for verb, sha in zip(verbs, parents, strict=False)]


def _file_line(path: str, content: Content) -> bytes:
    raw = os.fsencode(path)
    quoted = b'"' + raw.replace(b"\\", b"\\\\").replace(b'"', b'\\"').replace(b"\n", b"\\n") + b'"'
    if content is None:
        return b"D " + quoted + b"\n"
    if isinstance(content, Submodule):
        return b"M 160000 " + content.sha.encode() + b" " + quoted + b"\n"
    mode = b"120000" if isinstance(content, Link) else b"100644"
    text = content.target if isinstance(content, Link) else content
    data = text.encode() if isinstance(text, str) else text
    return b"M %s inline %s\ndata %d\n%s\n" % (mode, quoted, len(data), data)


def write_folder(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write files into a folder, with the folders above them."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def tree_of(path: Path, revision: str = "HEAD") -> str:
    """The id of the tree of a revision: equal ids mean equal bytes."""
    return git(f"--git-dir={path}", "rev-parse", f"{revision}^{{tree}}").strip()


def refs_of(path: Path) -> dict[str, str]:
    """Branches and tags, and what they name."""
    lines = git(f"--git-dir={path}", "for-each-ref", "refs/heads", "refs/tags")
    return {line.split("\t")[1]: line.split()[0] for line in lines.splitlines()}


def folder_of(path: Path) -> Origin:
    """A folder or archive as something to import."""
    origin = parse_origin(os.fspath(path))
    assert origin.kind in (OriginKind.FOLDER, OriginKind.ARCHIVE)
    return origin
