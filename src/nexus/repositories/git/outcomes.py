"""What came of fetching an origin."""

from dataclasses import dataclass

#: Why a file of a folder or an archive was not taken in, in the words its owner reads.
LEFT_OUT_REASONS: dict[str, str] = {
    "damaged": "the archive is damaged here",
    "duplicate": "the archive holds another file of this name",
    "encrypted": "it is encrypted",
    "git-folder": "the inside of a Git repository",
    "link-outside": "a link to something that is not in the archive",
    "macos": "added by macOS when it packed the archive",
    "special": "neither a file, nor a folder, nor a link",
    "store": "the hub's own files",
    "too-large": "larger than the hub takes in",
    "unreadable": "it cannot be read",
    "unsafe-path": "its path leads outside, or is too long or too deep",
    "unsupported": "it is packed in a way that the hub does not read",
}


@dataclass(frozen=True, slots=True, order=True)
class LeftOut:
    """A file or folder that was not taken in, and why: one of ``LEFT_OUT_REASONS``.

    ``files`` counts what the path stands for, where that is known.
    """

    path: str
    reason: str
    files: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What a store holds after a fetch or an import.

    ``head`` is the newest commit of the default branch ``branch``; both are None for a
    repository without commits. ``changed`` says whether anything moved at all.
    """

    head: str | None
    branch: str | None
    changed: bool
    #: The default branch until now, if the origin has another one since.
    renamed_from: str | None = None
    #: Tips that the origin gave up and the store keeps.
    kept: tuple[str, ...] = ()
    #: Where an http remote says that it has moved to for good.
    moved_to: str | None = None
    #: The origin lacks some of its own objects; what is readable was taken.
    incomplete: bool = False
    #: What of a folder or an archive was not taken in, also when nothing changed since.
    left_out: tuple[LeftOut, ...] = ()
