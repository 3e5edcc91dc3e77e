"""Commits as the hub shows them.

Read by hand rather than by libgit2, which refuses a commit whose author line is malformed.
Old repositories have such commits, and the rest of them is still worth reading.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone

_MAX_NAME = 200
_MAX_SUBJECT = 500
_MAX_BODY = 64 * 1024
_FIRST_MOMENT = datetime(1970, 1, 1, tzinfo=UTC)
#: Where people are named, and the tag.
_NAMES = (b"author", b"committer", b"tagger", b"tag")
_HEADER = re.compile(rb"(?P<key>[a-z]+) (?P<value>[^\n]*)")
_SIGNATURE = re.compile(
    r"(?P<name>[^<]*)<?(?P<email>[^>]*)>?[^0-9-]*(?P<seconds>-?[0-9]{1,20})?"
    r"(?: (?P<sign>[+-])(?P<hours>[0-9]{2})(?P<minutes>[0-9]{2}))?"
)


@dataclass(frozen=True, slots=True)
class CommitInfo:
    """A commit. ``subject`` is the first paragraph of its message as one line, ``body`` the rest.

    Names and messages are text whatever bytes they were; times know their zone. What a
    malformed commit does not say is empty, or the first moment of 1970.
    """

    sha: str
    parents: tuple[str, ...]
    tree: str
    author_name: str
    author_email: str
    authored_at: datetime
    committed_at: datetime
    subject: str
    body: str


def read_commit(sha: str, raw: bytes) -> CommitInfo:
    """What the commit object ``raw`` says, made safe to show."""
    head, _, message = raw.partition(b"\n\n")
    headers = _headers(head)
    encoding = _known_encoding(headers.get(b"encoding", [b""])[0])
    name, email, authored_at = _signature(headers.get(b"author", [b""])[0], encoding)
    *_, committed_at = _signature(headers.get(b"committer", [b""])[0], encoding)
    subject, body = _message(message, encoding)
    return CommitInfo(
        sha=sha,
        parents=tuple(parent.decode("ascii", "replace") for parent in headers.get(b"parent", [])),
        tree=headers.get(b"tree", [b""])[0].decode("ascii", "replace"),
        author_name=name,
        author_email=email,
        authored_at=authored_at,
        committed_at=committed_at,
        subject=subject,
        body=body,
    )


@dataclass(frozen=True, slots=True)
class Said:
    """All that people wrote into a commit or an annotated tag, nothing cut off.

    ``names`` are its author, committer or tagger, with their addresses, and the tag's own name,
    one a line.
    """

    names: str
    message: str
    is_tag: bool


def said_in(raw: bytes) -> Said:
    """What the commit or the annotated tag ``raw`` says."""
    head, _, message = raw.partition(b"\n\n")
    headers = _headers(head)
    encoding = _known_encoding(headers.get(b"encoding", [b""])[0])
    names = b"\n".join(value for key in _NAMES for value in headers.get(key, []))
    return Said(plain(names, encoding), plain(message, encoding), is_tag=b"tag" in headers)


def _headers(head: bytes) -> dict[bytes, list[bytes]]:
    headers: dict[bytes, list[bytes]] = {}
    for line in head.split(b"\n"):
        if match := _HEADER.fullmatch(line):
            headers.setdefault(match["key"], []).append(match["value"])
    return headers


def _known_encoding(name: bytes) -> str:
    try:
        b"".decode(encoding := name.decode("ascii", "replace") or "utf-8")
        "".encode(encoding)
    except (LookupError, ValueError):
        return "utf-8"
    return encoding


def plain(raw: bytes, encoding: str = "utf-8") -> str:
    """``raw`` as text without what a database cannot hold."""
    try:
        text = raw.decode(encoding, "replace")
    except (UnicodeError, ValueError):  # an encoding that is not one of texts
        text = raw.decode("utf-8", "replace")
    return text.replace("\0", "")


def _signature(raw: bytes, encoding: str) -> tuple[str, str, datetime]:
    """Name, e-mail address and time of an ``author`` or ``committer`` line."""
    match = _SIGNATURE.match(plain(raw, encoding))
    assert match is not None  # noqa: S101 - every part of the pattern is optional
    minutes = int(match["hours"] or 0) * 60 + int(match["minutes"] or 0)
    when = moment(int(match["seconds"] or 0), -minutes if match["sign"] == "-" else minutes)
    name, email = (_cut(" ".join(match[part].split()), _MAX_NAME) for part in ("name", "email"))
    return name, email, when


def _message(raw: bytes, encoding: str) -> tuple[str, str]:
    text = plain(raw, encoding).replace("\r\n", "\n").strip()
    subject, _, body = text.partition("\n\n")
    return _cut(" ".join(subject.split()), _MAX_SUBJECT), _cut(body.strip(), _MAX_BODY)


def _cut(text: str, most: int) -> str:
    """The beginning of a long text, not ended within a word: nobody knows half a secret for one."""
    if len(text) <= most:
        return text
    words = text[:most].rsplit(maxsplit=1)
    return words[0] if len(words) > 1 else text[:most]


def moment(seconds: int, offset_minutes: int = 0) -> datetime:
    """A time of Git's; one that no calendar has becomes the first moment of 1970."""
    try:
        zone = timezone(timedelta(minutes=offset_minutes))
    except ValueError:  # a day or more from Greenwich
        zone = UTC
    try:
        return datetime.fromtimestamp(seconds, zone)
    except (OverflowError, ValueError, OSError):
        return _FIRST_MOMENT
