"""E-mail addresses stay out of what everyone reads: titles, summaries, names, commit messages.

Pages hide addresses in their text from guests and show them to members. A title or a commit's
subject stands in lists, suggestions and indexes for everybody, so there the address goes.
"""

from dataclasses import replace

from nexus.library.kinds.base import Reading, title_from_name
from nexus.library.rendering.emails import hide_emails_in_text, without_emails
from nexus.repositories.git.reading import CommitInfo, Contributor


def discreet_commit(commit: CommitInfo) -> CommitInfo:
    """A commit whose author's name and subject show no address."""
    return replace(
        commit,
        author_name=hide_emails_in_text(commit.author_name),
        subject=hide_emails_in_text(commit.subject),
    )


def discreet_contributor(contributor: Contributor) -> Contributor:
    """A contributor whose name shows no address; the address itself is kept as a digest only."""
    return replace(contributor, name=hide_emails_in_text(contributor.name))


def discreet_reading(reading: Reading, path: str) -> Reading:
    """A reading whose title and summary show no address."""
    title = _tidy(without_emails(reading.title))
    if reading.title and not title:
        title = title_from_name(path)
    return replace(reading, title=title, summary=_tidy(without_emails(reading.summary)))


def _tidy(text: str) -> str:
    return " ".join(text.split())
