"""Pages of what is gone, made again by the rules of today.

A file that was deleted leaves a page behind. When the rules change, for secrets and addresses
above all, every page that lives is made anew; these have to be as well, or they go on showing
what no page shows any more.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from django.db import transaction

from nexus.library import triage as triaging
from nexus.library.addresses import place_of
from nexus.library.discretion import hide_emails_in_text
from nexus.library.kinds.base import Reading, title_from_name
from nexus.library.models import Entry, Rendering
from nexus.library.preparing import Prepared, prepare
from nexus.library.rendering.page import Rendered
from nexus.library.secret_files import is_secret
from nexus.library.services.entries import page_of

if TYPE_CHECKING:
    from nexus.library.models import Version
    from nexus.repositories.git.reading import Reader
    from nexus.repositories.models import Repository

_BATCH = 64


def renew_withdrawn(repository: Repository, reader: Reader) -> None:
    """Make the pages of all that is gone again, from the files as they last stood.

    What cannot be read any more, since its history was rewritten, or would not be read today,
    leaves an empty page under its name.
    """
    gone = Entry.objects.filter(repository=repository).exclude(withdrawn_at=None)
    keys = list(gone.order_by("current__blob", "pk").values_list("pk", flat=True))
    for start in range(0, len(keys), _BATCH):
        _renew(repository, reader, keys[start : start + _BATCH])


@transaction.atomic
def _renew(repository: Repository, reader: Reader, keys: Iterable[int]) -> None:
    entries = Entry.objects.filter(pk__in=list(keys)).select_related("current")
    read: dict[tuple[str, str], Mapping[str, Reading]] = {}
    for entry in entries:
        was = entry.current
        at = (was.path, was.blob) if was else ("", "")
        if at not in read:
            read[at] = _readings(repository, reader, was) if was else {}
        _write(entry, read[at].get(entry.part) or _nothing(entry))


def _readings(repository: Repository, reader: Reader, was: Version) -> dict[str, Reading]:
    """What a state of a file is today by the names of its parts; empty if it is nothing."""
    limit = triaging.limit_of(was.path, triaging.Limits())
    data = reader.read(was.blob, limit=limit) if not is_secret(was.path) else None
    if data is None:
        return {}
    place = place_of(repository.cohort.slug, repository.slug, was.path)
    return _by_name(prepare(data, blob=was.blob, place=place))


def _by_name(prepared: Prepared) -> dict[str, Reading]:
    if prepared.reading is None:
        return {}
    return {"": prepared.reading, **{part.name: part.reading for part in prepared.parts}}


def _nothing(entry: Entry) -> Reading:
    """What is left of an entry whose text cannot be shown."""
    title = hide_emails_in_text(title_from_name(entry.path)) or "Gone"
    return Reading(kind=entry.kind, title=title, summary="", rendered=Rendered(html=""))


def _write(entry: Entry, reading: Reading) -> None:
    entry.title, entry.summary = reading.title[:300], reading.summary[:400]
    entry.facts, entry.code_language = dict(reading.facts), reading.code_language[:60]
    entry.save(update_fields=["title", "summary", "facts", "code_language"])
    Rendering.objects.filter(entry=entry).update(**page_of(reading))
