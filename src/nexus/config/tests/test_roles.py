"""Every service × role × visibility does what the one role table says, and nothing else.

A service is found by its argument ``by``. One that has no row here fails: so nobody adds a
write without saying whose it is.
"""

import inspect
from collections.abc import Callable, Iterator
from functools import cached_property
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType
from typing import Any

import pytest
from django.utils import timezone

from nexus.cohorts import services as cohorts
from nexus.cohorts.models import Role, Visibility
from nexus.cohorts.roles import ACTION_WORDS, OPEN_TO_PEOPLE, ROLE_TABLE
from nexus.cohorts.tests.factories import (
    CohortFactory,
    InvitationFactory,
    JoinRequestFactory,
    MembershipFactory,
)
from nexus.kernel.errors import Forbidden, NexusError, NotFound
from nexus.kernel.models import StoredEvent
from nexus.library import services as library
from nexus.library.composing import NewEntry
from nexus.library.services import changing, facts, proposals, seeking, starting, uploading, writing
from nexus.library.tests.factories import ProposalFactory
from nexus.library.tests.mirrors import home
from nexus.people.tests.factories import OwnerFactory, PersonFactory
from nexus.repositories import hosting, pushing
from nexus.repositories import services as repositories
from nexus.repositories.git.committing import Change, commit
from nexus.repositories.git.origins import parse_origin
from nexus.repositories.git.reading import Reader
from nexus.repositories.git.stores import create_store
from nexus.repositories.limits import store_of
from nexus.repositories.tests.factories import RepositoryFactory

__all__ = ["home"]
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("no_cover")]

#: The apps that hold writes to cohorts and to what is in them, and the rooms that hold none.
APPS = ["cohorts", "repositories", "library"]
NO_SERVICES = {"tests", "migrations", "pages", "git", "extraction", "rendering", "reference"}
STRANGER, HUB_OWNER = "nobody in it", "owner of the hub"
WHO = [*Role.values, STRANGER, HUB_OWNER]


class Scene:
    """Somebody before a cohort with other people and a repository in it."""

    def __init__(self, who, visibility):
        self.visibility = visibility
        self.cohort = CohortFactory(visibility=visibility)
        MembershipFactory(cohort=self.cohort, role=Role.OWNER)  # so that one remains
        if who == HUB_OWNER:
            self.by = OwnerFactory()
        elif who == STRANGER:
            self.by = PersonFactory()
        else:
            self.by = MembershipFactory(cohort=self.cohort, role=who).person
        self.common = {"by": self.by, "cohort": self.cohort}

    # What one service needs is not made for all the others.

    @cached_property
    def other(self):
        return MembershipFactory(cohort=self.cohort, role=Role.MENTOR).person

    @cached_property
    def newcomer(self):
        return PersonFactory()

    @cached_property
    def asked(self):
        return JoinRequestFactory(cohort=self.cohort).pk

    @cached_property
    def invitation(self):
        return InvitationFactory(cohort=self.cohort).pk

    @cached_property
    def repository(self):
        """Of somebody else."""
        return RepositoryFactory(cohort=self.cohort)

    @cached_property
    def own(self):
        """One of theirs that lives in the hub."""
        made = RepositoryFactory(cohort=self.cohort, owner=self.by, kind="hosted", origin="")
        create_store(store_of(made.pk))
        return made

    @cached_property
    def others(self):
        """Somebody else's that lives in the hub; to its file changes are proposed."""
        return RepositoryFactory(cohort=self.cohort, owner=self.other, kind="hosted", origin="")

    @cached_property
    def commit(self):
        """With which their file began."""
        return self._begun(self.others)

    def _begun(self, repository):
        store = store_of(repository.pk)
        create_store(store)
        who = hosting.author_of(self.other)
        return commit(store, Change(**FILES, author=who))

    def proposed(self):
        """What they proposed to somebody else."""
        assert self.commit
        return self._proposal(self.others, by=self.by)

    def to_answer(self):
        """What somebody else proposed to them."""
        self._begun(self.own)
        return self._proposal(self.own, by=self.other)

    def _proposal(self, repository, by):
        with Reader(store_of(repository.pk)) as reader:
            head = reader.head()
            blob = reader.entry_at(head, "a.md").oid
        return ProposalFactory(
            repository=repository, by=by, path="a.md", base_commit=head, base_blob=blob
        )


def origin(name):
    return parse_origin(f"https://git.example.org/ada/{name}")


FILES: dict[str, Any] = {"files": {"a.md": b"# A\n"}, "message": "Add", "expected": {"a.md": ""}}
#: Service → (action of the table, what is done).
SERVICES = {
    "cohorts.change_cohort": (
        "change_cohort",
        lambda s: cohorts.change_cohort(**s.common, name="New"),
    ),
    "cohorts.change_visibility": (
        "change_cohort",
        lambda s: cohorts.change_visibility(**s.common, visibility=another(s.visibility)),
    ),
    "cohorts.archive_cohort": ("archive", lambda s: cohorts.archive_cohort(**s.common)),
    "cohorts.restore_cohort": (
        "archive",
        lambda s: (archive(s), cohorts.restore_cohort(**s.common)),
    ),
    "cohorts.add_member": (
        "add_member",
        lambda s: cohorts.add_member(**s.common, person=s.newcomer, role="member"),
    ),
    "cohorts.change_role": (
        "change_role",
        lambda s: cohorts.change_role(**s.common, person=s.other, role="guest"),
    ),
    "cohorts.remove_member": (
        "remove_member",
        lambda s: cohorts.remove_member(**s.common, person=s.other),
    ),
    "cohorts.transfer_ownership": (
        "transfer",
        lambda s: cohorts.transfer_ownership(**s.common, to=s.other),
    ),
    "cohorts.leave_cohort": ("leave", lambda s: cohorts.leave_cohort(**s.common)),
    "cohorts.invite_by_link": (
        "invite",
        lambda s: cohorts.invite_by_link(**s.common, role="member"),
    ),
    "cohorts.invite_by_code": (
        "invite",
        lambda s: cohorts.invite_by_code(**s.common, role="member"),
    ),
    "cohorts.invite_by_email": (
        "invite",
        lambda s: cohorts.invite_by_email(**s.common, role="member", email="ada@example.org"),
    ),
    "cohorts.revoke_invitation": (
        "invite",
        lambda s: cohorts.revoke_invitation(**s.common, invitation=s.invitation),
    ),
    "cohorts.ask_to_join": ("ask_to_join", lambda s: cohorts.ask_to_join(**s.common)),
    "cohorts.accept_request": (
        "answer_requests",
        lambda s: cohorts.accept_request(**s.common, request=s.asked),
    ),
    "cohorts.decline_request": (
        "answer_requests",
        lambda s: cohorts.decline_request(**s.common, request=s.asked),
    ),
    "repositories.add_repository": (
        "add_repository",
        lambda s: repositories.add_repository(**s.common, origin=origin("notes"), owner=s.other),
    ),
    "repositories.forget_unread": (
        "add_repository",
        lambda s: repositories.forget_unread(by=s.by, repository=s.repository),
    ),
    "repositories.request_sync": (
        "sync_repository",
        lambda s: repositories.request_sync(by=s.by, repository=s.repository),
    ),
    "repositories.ensure_hosted": ("write", lambda s: hosting.ensure_hosted(**s.common)),
    "repositories.commit_files": (
        "write",
        lambda s: hosting.commit_files(by=s.by, repository=s.own, **FILES),
    ),
    "repositories.reception_of": (
        "write",
        lambda s: pushing.reception_of(by=s.by, repository=s.own, address=""),
    ),
    "library.write_entry": (
        "write",
        lambda s: writing.write_entry(
            **s.common,
            entry=NewEntry(kind="document", title="Caching", fields={"text": "Kept close."}),
        ),
    ),
    "library.start_repository": (
        "write",
        lambda s: starting.start_repository(**s.common, is_empty=True),
    ),
    "library.upload_files": (
        "write",
        lambda s: uploading.upload_files(
            by=s.by, repository=s.own, folder="docs", files=[("a.md", b"# A\n")]
        ),
    ),
    "library.publish_files": (
        "write",
        lambda s: writing.publish_files(by=s.by, repository=s.own, **FILES),
    ),
    "library.change_text": (
        "write",
        lambda s: changing.change_text(
            by=s.by, repository=s.own, edit=changing.Edit(path="a.md", text="# A\n", made_from="")
        ),
    ),
    "library.add_and_request": (
        "add_repository",
        lambda s: library.add_and_request(**s.common, origin=origin("notes"), owner=s.other),
    ),
    "library.replace_unread": (
        "add_repository",
        lambda s: library.replace_unread(
            **s.common, repository=s.repository, origin=origin("other")
        ),
    ),
    "library.sync_now": (
        "sync_repository",
        lambda s: library.sync_now(by=s.by, repository=s.own, report=lambda *_: None),
    ),
    "library.propose": (
        "propose",
        lambda s: proposals.propose(
            by=s.by, repository=s.others, path="a.md", text="# B\n", base_commit=s.commit
        ),
    ),
    "library.change_proposal": (
        "propose",
        lambda s: proposals.change_proposal(
            by=s.by, proposal=s.proposed(), edition=1, text="# B\n", base_commit=s.commit
        ),
    ),
    "library.accept_proposal": (
        "write",
        lambda s: proposals.accept_proposal(by=s.by, proposal=s.to_answer(), edition=1),
    ),
    "library.decline_proposal": (
        "write",
        lambda s: proposals.decline_proposal(by=s.by, proposal=s.to_answer(), edition=1),
    ),
    "library.correct_fact": (
        "correct_facts",
        lambda s: facts.correct_fact(
            by=s.by, repository=s.repository, name="summary", values=["Short."]
        ),
    ),
    "library.look_for": (
        "correct_facts",
        lambda s: seeking.look_for(by=s.by, repository=s.repository, side="frontend", looking=True),
    ),
    "library.withdraw_correction": (
        "correct_facts",
        lambda s: facts.withdraw_correction(by=s.by, repository=s.repository, name="summary"),
    ),
}
#: Services that no role decides about, and who does.
BY_NO_ROLE = {
    "cohorts.create_cohort": "NEXUS_COHORTS_BY",
    "cohorts.ensure_cohort": "NEXUS_COHORTS_BY",
    "cohorts.look_at_invitation": "whoever has its secret",
    "cohorts.accept_invitation": "whoever has its secret",
    "cohorts.accept_addressed": "whose address it was made for",
    "cohorts.withdraw_request": "whoever asked",
    "library.choose_pins": "whose page it is",
    "cohorts.want_request_mails": "who gets them",
    "library.withdraw_proposal": "whoever made it, as long as they may see it",
    "repositories.read_anew": "whoever runs the hub",
    "repositories.tell_of_refusal": "nobody: it writes into the log alone",
    "repositories.tell_of_unknown": "nobody: it writes into the log alone",
}
#: What only an owner of a membership can do: the hub's owner has none.
OF_MEMBERS = {"leave"}


def another(visibility: str) -> str:
    return next(one for one in Visibility.values if one != visibility)


def archive(scene):
    scene.cohort.archived_at = timezone.now()
    scene.cohort.save()


def services() -> Iterator[str]:
    """Every public function of the apps that has an argument ``by``, a person."""
    for app in APPS:
        for module in _modules(f"nexus.{app}"):
            for name, thing in vars(module).items():
                if _is_service(thing, module.__name__) and not name.startswith("_"):
                    yield f"{app}.{name}"


def _modules(package: str) -> Iterator[ModuleType]:
    top = import_module(package)
    yield top
    for one in iter_modules(getattr(top, "__path__", ()), f"{package}."):
        if one.name.rpartition(".")[2] not in NO_SERVICES:
            yield from _modules(one.name)


def _is_service(thing: object, module: str) -> bool:
    if not inspect.isfunction(thing) or thing.__module__ != module or _is_helper(thing):
        return False
    by = inspect.signature(thing).parameters.get("by", _ABSENT)
    return by.kind is inspect.Parameter.KEYWORD_ONLY and "Person" in str(by.annotation)


_ABSENT = inspect.Parameter("absent", inspect.Parameter.POSITIONAL_ONLY)


def _is_helper(thing: Callable[..., object]) -> bool:
    """Parts of services are called inside their transaction, with the locked cohort first."""
    return thing.__module__.rpartition(".")[2] in {"governing", "entering"}


def may(who: str, action: str, visibility: str) -> bool:
    """What the table says."""
    if who == STRANGER:
        return visibility in OPEN_TO_PEOPLE.get(action, ())
    if who == HUB_OWNER:
        return action not in OF_MEMBERS and (
            action != "ask_to_join" or visibility in OPEN_TO_PEOPLE[action]
        )
    return who in ROLE_TABLE[action]


def test_every_service_has_its_row():
    assert set(services()) == {*SERVICES, *BY_NO_ROLE}


def test_every_action_has_its_words_and_somebody_who_does_it():
    assert set(ACTION_WORDS) == set(ROLE_TABLE)
    read_only = {"read", "see_addresses", "see_availability", "see_problems", "read_log"}
    assert {action for action, _ in SERVICES.values()} | read_only == set(ROLE_TABLE)


@pytest.mark.parametrize("visibility", Visibility.values)
@pytest.mark.parametrize("service", SERVICES)
def test_a_service_does_what_the_table_says(home, service, visibility):
    action, act = SERVICES[service]
    outcomes = {who: outcome(Scene(who, visibility), act) for who in WHO}
    assert outcomes == {who: "done" if may(who, action, visibility) else "refused" for who in WHO}


def outcome(scene, act):
    """What became of it; a refusal must leave no event behind."""
    before = StoredEvent.objects.count()
    try:
        act(scene)
    except (Forbidden, NotFound):
        return "refused" if StoredEvent.objects.count() == before else "refused, but told"
    except NexusError as error:
        return "refused" if error.code == "already-member" else f"{error.code}: {error}"
    return "done"


@pytest.mark.parametrize("service", [name for name, row in SERVICES.items() if row[0] != "archive"])
def test_an_archived_cohort_refuses_every_service_with_a_clear_word(home, service):
    action, act = SERVICES[service]
    who = {"ask_to_join": STRANGER, "add_member": HUB_OWNER}.get(action, Role.OWNER)
    scene = Scene(who, Visibility.PUBLIC)
    archive(scene)
    before = StoredEvent.objects.count()
    with pytest.raises(NexusError) as refused:
        act(scene)
    assert refused.value.code == "cohort-archived"
    assert StoredEvent.objects.count() == before
