"""What is known of a project: what was read, and what its owner says instead."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from django.db import transaction

from nexus.cohorts.policies import refuse_archived
from nexus.kernel.audit import record
from nexus.kernel.errors import Forbidden, Invalid
from nexus.kernel.events import publish
from nexus.library.audit import FACT_CORRECTED, FACT_WITHDRAWN
from nexus.library.discretion import hide_in_name
from nexus.library.events import FactCorrected
from nexus.library.facts.correcting import check_values, fact_named
from nexus.library.facts.fact import Fact as FoundFact
from nexus.library.facts.fact import FactName
from nexus.library.models import Correction, Entry, Fact
from nexus.library.policies import can_correct_facts

if TYPE_CHECKING:
    from nexus.people.models import Person
    from nexus.repositories.models import Repository

MAX_SOURCE = 1000


def write_facts(repository: Repository, entry: Entry, found: Iterable[FoundFact]) -> None:
    """Replace what was read of a project; corrections stay and overrule it.

    Runs inside the transaction that writes the project.
    """
    corrections = corrections_of(repository)
    Fact.objects.filter(entry=entry).delete()
    Fact.objects.bulk_create(
        [
            *(_read(entry, fact, is_overruled=fact.name in corrections) for fact in found),
            *_corrected(entry, corrections.values()),
        ]
    )


def corrections_of(repository: Repository) -> dict[str, Correction]:
    """What the owner says, by the name of the fact."""
    rows = Correction.objects.filter(repository=repository).select_related("by")
    return {row.name: row for row in rows}


def _read(entry: Entry, fact: FoundFact, *, is_overruled: bool) -> Fact:
    certainty = Fact.Certainty.GUESS if fact.is_guess else Fact.Certainty.FACT
    return Fact(
        entry=entry,
        name=fact.name.value,
        value=fact.value[:500],
        source=fact.source[:MAX_SOURCE],
        line=fact.line,
        certainty=certainty,
        is_overruled=is_overruled,
    )


def _corrected(entry: Entry, corrections: Iterable[Correction]) -> Iterable[Fact]:
    return (
        Fact(
            entry=entry,
            name=correction.name,
            value=value,
            source=correction.by.handle if correction.by else "",
            certainty=Fact.Certainty.CORRECTED,
        )
        for correction in corrections
        for value in correction.values
    )


@transaction.atomic
def correct_fact(*, by: Person, repository: Repository, name: str, values: Sequence[str]) -> None:
    """Let the owner's word stand instead of what was read; no values means that there is none.

    Raises ``Forbidden`` when it is not theirs to say, ``Invalid`` when a value cannot be one,
    ``Conflict`` when the cohort is archived.
    """
    fact = _check_may_correct(by, repository, name)
    said = check_values(fact, values)
    Correction.objects.update_or_create(
        repository=repository, name=fact.value, defaults={"values": said, "by": by}
    )
    _settle(repository, fact)
    _write_down(FACT_CORRECTED, by, repository, fact)


@transaction.atomic
def withdraw_correction(*, by: Person, repository: Repository, name: str) -> None:
    """Let what was read stand again. Raises what ``correct_fact`` raises."""
    fact = _check_may_correct(by, repository, name)
    Correction.objects.filter(repository=repository, name=fact.value).delete()
    _settle(repository, fact)
    _write_down(FACT_WITHDRAWN, by, repository, fact)


def _write_down(action: str, by: Person, repository: Repository, fact: FactName) -> None:
    """Whose word it is: an owner of the cohort may speak for the owner of the project."""
    details = {"repository": repository.slug, "fact": fact.value}
    record(
        action, by=by, scope=repository.cohort.readers, subject=repository.owner, details=details
    )


def _check_may_correct(by: Person, repository: Repository, name: str) -> FactName:
    refuse_archived(repository.cohort)
    if not can_correct_facts(by, repository.owner_id, repository.cohort):
        raise Forbidden(
            "not-owner",
            "What is known of a project is corrected by its owner.",
            remedy="Tell its owner, or an owner of the cohort.",
        )
    fact = fact_named(name)
    if fact is None:
        raise Invalid("fact-unknown", f"There is no fact called “{name}”.")
    return fact


def _settle(repository: Repository, fact: FactName) -> None:
    """Write the rows of one fact anew, and what of it the entry itself shows."""
    entry = Entry.objects.filter(repository=repository, path="", part="", withdrawn_at=None).first()
    if entry is None:
        return
    correction = Correction.objects.filter(repository=repository, name=fact.value).first()
    rows = Fact.objects.filter(entry=entry, name=fact.value)
    rows.filter(certainty=Fact.Certainty.CORRECTED).delete()
    rows.update(is_overruled=correction is not None)
    if correction is not None:
        Fact.objects.bulk_create(_corrected(entry, [correction]))
    _show(entry, fact)
    publish(
        FactCorrected(repository=repository.pk, entry=entry.pk, name=fact.value),
        audience=repository.cohort.audience,
    )


def _show(entry: Entry, fact: FactName) -> None:
    """A title and a summary are the entry's own as well."""
    if fact not in (FactName.TITLE, FactName.SUMMARY):
        return
    shown = Fact.objects.filter(entry=entry, name=fact.value, is_overruled=False).first()
    value = shown.value if shown else ""
    if fact is FactName.TITLE:
        entry.title = hide_in_name(value or entry.repository.name)[:300]
    else:
        entry.summary = hide_in_name(value)[:400]
    entry.save(update_fields=["title", "summary"])


def said_of(repository: Repository) -> Mapping[str, str]:
    """The title and summary that the owner gave, where they did."""
    rows = Correction.objects.filter(repository=repository, name__in=["title", "summary"])
    return {row.name: row.values[0] if row.values else "" for row in rows}
