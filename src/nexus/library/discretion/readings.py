"""What everybody reads of a repository holds no address: titles, names, commit messages, facts.

Pages hide addresses in their text from guests and show them to members. A title or a commit's
subject stands in lists, suggestions and indexes for everybody, so there the address goes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from nexus.library.discretion.finding import has_email
from nexus.library.discretion.forms import may_hold_sign
from nexus.library.discretion.hiding import hide_emails_in_text, without_emails
from nexus.library.discretion.names import hide_in_name

if TYPE_CHECKING:
    from nexus.library.extraction.resources import FoundResource
    from nexus.library.kinds.base import Reading
    from nexus.repositories.git.reading import CommitInfo, Contributor


def discreet_commit(commit: CommitInfo) -> CommitInfo:
    """A commit whose author's name and subject show no address and no secret."""
    return replace(
        commit,
        author_name=hide_in_name(commit.author_name),
        subject=hide_in_name(commit.subject),
    )


def discreet_contributor(contributor: Contributor) -> Contributor:
    """A contributor whose name shows no address; the address itself is kept as a digest only."""
    return replace(contributor, name=hide_in_name(contributor.name))


def discreet_reading(reading: Reading) -> Reading:
    """A reading that shows no address outside its page; its title may be empty after it."""
    return replace(
        reading,
        title=_tidy(without_emails(reading.title)),
        summary=_tidy(without_emails(reading.summary)),
        code_language=_tidy(without_emails(reading.code_language)),
        facts=_discreet(reading.facts),
        resources=tuple(
            _discreet_resource(found) for found in reading.resources if not has_email(found.address)
        ),
    )


def _discreet_resource(found: FoundResource) -> FoundResource:
    said = (found.text, found.context, found.section)
    if not may_hold_sign("\n".join(said)):
        return found
    text, context, section = map(hide_emails_in_text, said)
    return found._replace(text=text, context=context, section=section)


def _discreet(value: Any) -> Any:
    """A value that could be JSON, with the addresses in its texts replaced."""
    if isinstance(value, str):
        return hide_emails_in_text(value)
    if isinstance(value, Mapping):
        return {name: _discreet(held) for name, held in value.items()}
    if isinstance(value, list | tuple):
        return [_discreet(held) for held in value]
    return value


def _tidy(text: str) -> str:
    return " ".join(text.split())
