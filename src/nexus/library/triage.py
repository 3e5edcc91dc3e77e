"""Which files of a repository are read, and why the others are not: pure, by path and size.

Vendored and generated trees are recognised by their names and by what lies in them, so a
committed virtual environment costs one look, not ten thousand.
"""

import posixpath
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from nexus.library.secret_files import is_secret
from nexus.repositories.git.outcomes import LEFT_OUT_REASONS
from nexus.repositories.git.reading import TreeFile

#: Every reason, in the words the owner reads.
REASONS: dict[str, str] = {
    **LEFT_OUT_REASONS,
    "vendored": "a copy of other people's work (a package folder or virtual environment)",
    "generated": "made by a tool (a lock file, a build, a minified file)",
    "git": "the inside of another Git repository",
    "secret": "its name says that it holds a secret; where it was committed a clone still has it, "
    "so change the secret",
    "binary": "not text",
    "large": "larger than what is read",
    "symlink": "a symbolic link; it is not followed",
    "submodule": "a submodule; add it as a repository of its own",
    "missing": "its object is missing from the repository",
    "limit": "past the number of files that are read",
    "unnamed": "its name cannot be part of an address",
}

VENDORED = frozenset(
    {
        "node_modules",
        "bower_components",
        "site-packages",
        "dist-packages",
        ".venv",
        "venv",
        "virtualenv",
        "vendor",
        "third_party",
        "third-party",
        ".tox",
        ".nox",
        ".eggs",
        "Pods",
        ".yarn",
        "jspm_packages",
    }
)
GENERATED = frozenset(
    {
        "__pycache__",
        ".pytest_cache",
        ".mypy_cache",
        ".ruff_cache",
        ".next",
        ".nuxt",
        ".svelte-kit",
        ".parcel-cache",
        ".turbo",
        ".gradle",
        ".idea",
        ".vs",
        "htmlcov",
        "coverage",
        ".nyc_output",
        "staticfiles",
        ".terraform",
        ".ipynb_checkpoints",
    }
)
GENERATED_FILE = re.compile(
    r"(?:\.min\.(?:js|css|mjs)|\.map|\.lock|[.-]lock\.(?:json|yaml|yml)|\.pyc|\.bundle\.js|"
    r"_pb2(?:_grpc)?\.py|\.pb\.go|\.snap|go\.sum)$"
    r"|^(?:npm-shrinkwrap\.json|\.DS_Store|Thumbs\.db)$",
    re.IGNORECASE,
)
BINARY_FILE = re.compile(
    r"\.(?:png|jpe?g|gif|webp|avif|ico|bmp|tiff?|psd|svgz|pdf|zip|gz|tgz|bz2|xz|7z|rar|jar|war|"
    r"whl|egg|so|dll|dylib|exe|o|a|class|pyd|woff2?|ttf|otf|eot|mp[34]|m4a|avi|mov|mkv|webm|"
    r"wav|ogg|flac|sqlite3?|db|dump|docx?|xlsx?|pptx?|odt|ods|bin|dat|pkl|npy|npz|parquet|h5|"
    r"onnx|pt|pth|keystore|apk|ipa|iso|dmg|wasm)$",
    re.IGNORECASE,
)
MARKER_OF_ENVIRONMENT = "pyvenv.cfg"
WRITING = re.compile(r"\.(?:md|markdown|mdown|mkd|rst|ipynb)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of one repository is read. Sizes are in bytes."""

    files: int = 20_000
    file_bytes: int = 1_000_000
    contract_bytes: int = 5_000_000


@dataclass(slots=True)
class Triage:
    """What is read, and what is left out by reason. Folders are named once, with their count."""

    read: list[TreeFile] = field(default_factory=list)
    left_out: Counter[tuple[str, str]] = field(default_factory=Counter)

    def leave(self, path: str, reason: str) -> None:
        """Note one file; ``path`` may be the folder for which the reason holds."""
        self.left_out[path, reason] += 1

    def by_reason(self) -> dict[str, int]:
        """How many files each reason keeps out."""
        counts: Counter[str] = Counter()
        for (_, reason), files in self.left_out.items():
            counts[reason] += files
        return dict(sorted(counts.items()))


def triage(files: Iterable[TreeFile], *, limits: Limits | None = None) -> Triage:
    """Sort the files of one commit into those to read and those to leave, with reasons."""
    limits = limits or Limits()
    listed = list(files)
    rooted = dict(_rooted_trees(listed))
    result = Triage()
    for file in _writing_first(listed):
        folder, reason = _reason(file, rooted, limits)
        if not reason and len(result.read) >= limits.files:
            folder, reason = file.path, "limit"
        if reason:
            result.leave(folder, reason)
        else:
            result.read.append(file)
    result.read.sort(key=lambda file: file.path)
    return result


def _writing_first(files: list[TreeFile]) -> Iterator[TreeFile]:
    """What people wrote comes before code, and near the root before deep, if a limit bites."""
    return iter(
        sorted(files, key=lambda f: (not WRITING.search(f.path), f.path.count("/"), f.path))
    )


def _rooted_trees(files: list[TreeFile]) -> Iterator[tuple[str, str]]:
    """Folders that their contents give away: virtual environments and Git repositories."""
    children: dict[str, set[str]] = {}
    for file in files:
        parts = file.path.split("/")
        if parts[-1] == MARKER_OF_ENVIRONMENT:
            yield "/".join(parts[:-1]), "vendored"
        for depth, name in enumerate(parts):
            children.setdefault("/".join(parts[:depth]), set()).add(name)
    for folder, names in children.items():
        if {"HEAD", "config"} <= names and names & {"objects", "refs", "hooks", "packed-refs"}:
            yield folder, "git"


def _reason(file: TreeFile, rooted: dict[str, str], limits: Limits) -> tuple[str, str]:
    """(the folder or file concerned, why it is left out); an empty reason means: read it."""
    folder, reason = _reason_of_folders(file.path, rooted)
    return (folder, reason) if reason else (file.path, own_reason(file, limits))


def _reason_of_folders(path: str, rooted: dict[str, str]) -> tuple[str, str]:
    """The outermost folder above ``path`` that is not read, and why."""
    parts = path.split("/")[:-1]
    for depth, name in enumerate(parts, 1):
        folder = "/".join(parts[:depth])
        if name in VENDORED:
            return folder, "vendored"
        if name in GENERATED or name.endswith(".egg-info"):
            return folder, "generated"
        if name == ".git":
            return folder, "git"
        if folder in rooted:
            return folder, rooted[folder]
    return ("", rooted[""]) if rooted.get("") == "vendored" else ("", "")


def reason_of_name(path: str) -> str:
    """Why a file is left out for its name or that of a folder above it; empty if it is not.

    What lies beside it may be a reason too; only ``triage`` sees that.
    """
    return _reason_of_folders(path, {})[1] or _reason_of_name(path)


def own_reason(file: TreeFile, limits: Limits | None = None) -> str:
    """Why a file is left out for what it is itself; empty if it is not."""
    limits = limits or Limits()
    if file.kind in ("symlink", "submodule"):
        return file.kind
    return _reason_of_name(file.path) or _reason_of_size(file, limits)


def _reason_of_name(path: str) -> str:
    name = posixpath.basename(path)
    if is_secret(path):
        return "secret"
    if not _can_be_an_address(path):
        return "unnamed"
    if GENERATED_FILE.search(name):
        return "generated"
    return "binary" if BINARY_FILE.search(name) else ""


def _reason_of_size(file: TreeFile, limits: Limits) -> str:
    if file.size is None:
        return "missing"
    return "large" if file.size > limit_of(file.path, limits) else ""


def limit_of(path: str, limits: Limits) -> int:
    """The largest size that is read, in bytes: contracts may be larger than prose."""
    contract = path.lower().endswith((".json", ".yaml", ".yml", ".graphql"))
    return limits.contract_bytes if contract else limits.file_bytes


def _can_be_an_address(path: str) -> bool:
    """Control characters and undecodable bytes cannot stand in a link, nor ``..`` in a path."""
    parts = path.split("/")
    return (
        len(path) <= 1000
        and not any(ord(c) < 32 or ord(c) == 127 or 0xD800 <= ord(c) <= 0xDFFF for c in path)
        and not any(part in ("", ".", "..", "-") for part in parts[:1])
        and not any(part in ("", ".", "..") for part in parts)
    )
