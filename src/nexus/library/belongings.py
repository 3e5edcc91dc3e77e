"""What the library knows of a person: what they published, recommend, and corrected."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from django.db import transaction

from nexus.cohorts.belongings import cohort_name
from nexus.kernel.events import publish
from nexus.library.events import ResourcesChanged
from nexus.library.models import Correction, Entry, Fact, Proposal, Recommendation, ReturnedProposal
from nexus.library.services.removing import remove_repository
from nexus.people.belonging import Belonging, Fate, Leaver, Row
from nexus.repositories.belongings import repositories_of

if TYPE_CHECKING:
    from nexus.people.models import Person
    from nexus.repositories.models import Repository

_EVENT_KEYS = 500


def _entries(person: Person) -> Iterator[Row]:
    """What is published of theirs; the words themselves are in the repositories."""
    for repository in repositories_of(person.pk):
        found = Entry.objects.filter(repository=repository).order_by("pk")
        fields = ("path", "part", "kind", "title", "summary", "published_at", "changed_at")
        place = {"cohort": cohort_name(repository.cohort, person), "repository": repository.slug}
        for row in found.values(*fields, "withdrawn_at").iterator():
            yield {**place, **row}


def _take_away(leaver: Leaver) -> None:
    for repository in repositories_of(leaver.person).filter(pk__in=leaver.take):
        remove_repository(repository)


def _recommendations(person: Person) -> Iterable[Row]:
    found = Recommendation.objects.filter(entry__repository__owner=person).order_by("pk")
    said = found.values("resource__address", "text", "context", "section", "entry__path", "line")
    for row in said.iterator():
        yield {key.rpartition("__")[2]: value for key, value in row.items()}


def _tell_of_recommendations(leaver: Leaver) -> None:
    """What is left is found under another name: let search ask for it anew."""
    for repository in repositories_of(leaver.person):
        found = Recommendation.objects.filter(entry__repository=repository).order_by("resource")
        numbers = list(found.values_list("resource", flat=True).distinct())
        for start in range(0, len(numbers), _EVENT_KEYS):
            _tell(repository, tuple(numbers[start : start + _EVENT_KEYS]))


@transaction.atomic
def _tell(repository: Repository, resources: tuple[int, ...]) -> None:
    changed = ResourcesChanged(cohort=repository.cohort_id, resources=resources)
    publish(changed, audience=repository.cohort.audience)


def _corrections(person: Person) -> Iterator[Row]:
    said = Correction.objects.filter(by=person).order_by("pk").select_related("repository__cohort")
    for one in said:
        yield {
            "cohort": cohort_name(one.repository.cohort, person),
            "repository": one.repository.slug,
            "name": one.name,
            "values": one.values,
            "at": one.at,
        }


@transaction.atomic
def _forget_correcting(leaver: Leaver) -> None:
    """The word stays, as the project shows it; a fact says no longer whose it is."""
    said = Correction.objects.filter(by=leaver.person)
    for repository in said.values_list("repository", flat=True).distinct():
        facts = Fact.objects.filter(entry__repository=repository, source=leaver.handle)
        facts.filter(certainty=Fact.Certainty.CORRECTED).update(source="")
    said.update(by=None)


def _proposals(person: Person) -> Iterator[Row]:
    """Of whose file it was only the address, which they knew when they proposed it."""
    made = Proposal.objects.filter(by=person).order_by("pk").select_related("repository__cohort")
    for one in made.iterator():
        yield {
            "cohort": cohort_name(one.repository.cohort, person),
            "path": one.path,
            "text": one.text,
            "message": one.message,
            "state": one.state,
            "answer": one.answer,
            "commit": one.commit,
            "made_at": one.made_at,
            "changed_at": one.changed_at,
            "answered_at": one.answered_at,
        }


def _take_proposals_back(person: Person) -> None:
    """An answer is the word of somebody else, and says nothing without what it answers."""
    made = Proposal.objects.filter(by=person).exclude(state=Proposal.State.ACCEPTED)
    made.exclude(state=Proposal.State.DECLINED, answer__gt="").delete()


def _returned(person: Person) -> Iterable[Row]:
    found = ReturnedProposal.objects.filter(by=person).order_by("pk")
    return found.values("path", "text", "message", "made_at", "returned_at").iterator()


def _forget_returned(person: Person) -> None:
    ReturnedProposal.objects.filter(by=person).delete()


BELONGINGS = (
    Belonging(
        what="library.Entry",
        section="entries",
        rows=_entries,
        fate=Fate.CHOSEN,
        becomes="With their repository. What others published the same stays theirs.",
        afterwards=_take_away,
    ),
    Belonging(
        what="library.Recommendation",
        section="recommendations",
        rows=_recommendations,
        fate=Fate.CHOSEN,
        becomes="With their repository.",
        afterwards=_tell_of_recommendations,
    ),
    Belonging(
        what="library.Correction.by",
        section="corrections",
        rows=_corrections,
        fate=Fate.NAMELESS,
        becomes="The word stays with a repository that stays, and no longer says whose it is.",
        afterwards=_forget_correcting,
    ),
    Belonging(
        what="library.Proposal.by",
        section="proposals",
        rows=_proposals,
        fate=Fate.NAMELESS,
        becomes="What was accepted stays as a commit, and what was declined with a word stays with "
        "that word; the proposal says that a former member made it. The rest is erased at once.",
        at_once=_take_proposals_back,
    ),
    Belonging(
        what="library.ReturnedProposal.by",
        section="proposals_returned",
        rows=_returned,
        fate=Fate.ERASED,
        becomes="Erased at once.",
        at_once=_forget_returned,
    ),
    Belonging(
        what="library.Proposal.answered_by",
        kept_back="It is part of the proposals of others.",
        fate=Fate.NAMELESS,
        becomes="The answer stays, and says that a former member gave it.",
    ),
)
