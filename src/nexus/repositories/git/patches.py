"""A change of one file as a mail that ``git am`` takes (git-format-patch(1))."""

from datetime import datetime
from email.header import Header
from email.utils import format_datetime, formataddr

import pygit2

from nexus.repositories.git.committing import Author

#: What ``git format-patch`` writes, by which programs know such a mail.
_MAGIC_DATE = "Mon Sep 17 00:00:00 2001"


def mail_patch(
    *, path: str, old: bytes, new: bytes, author: Author, message: str, commit: str, at: datetime
) -> bytes:
    """The mail; ``commit`` is that in which the file was ``old``."""
    patch = pygit2.Patch.create_from(old, new, old_as_path=path, new_as_path=path)
    subject = " ".join(message.split()) or f"Change {path}"
    lines = [
        f"From {commit} {_MAGIC_DATE}",
        f"From: {formataddr((' '.join(author.name.split()), author.email))}",
        f"Date: {format_datetime(at)}",
        f"Subject: {Header(f'[PATCH] {subject}', 'utf-8', maxlinelen=10_000).encode()}",
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=UTF-8",
        "Content-Transfer-Encoding: 8bit",
        "",
        "---",
        "",
    ]
    return "\n".join(lines).encode() + patch.data + b"-- \nnexus\n"


def is_object(data: bytes, oid: str) -> bool:
    """Whether a file of these bytes is the object ``oid``."""
    return str(pygit2.hash(data)) == oid
