"""Adding repositories, and the runs that bring them up to date."""

import os
import socket
import threading
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from nexus.cohorts.models import Role, Visibility
from nexus.cohorts.tests.factories import CohortFactory, MembershipFactory
from nexus.kernel.errors import Forbidden, Invalid, NotFound
from nexus.kernel.models import AuditRecord, StoredEvent
from nexus.people.tests.factories import OwnerFactory, PersonFactory
from nexus.repositories import selectors, services
from nexus.repositories.git.origins import parse_origin
from nexus.repositories.git.outcomes import Fetched
from nexus.repositories.models import Repository, Sync
from nexus.repositories.tests.factories import (
    ContributorFactory,
    RepositoryFactory,
    RevisionFactory,
    SyncFactory,
)
from nexus.repositories.workers import is_dead, this_worker

pytestmark = pytest.mark.django_db

REMOTE = parse_origin("https://git.example.org/ada/alx-project-nexus")


def test_a_member_adds_a_repository_and_an_event_tells_of_it():
    membership = MembershipFactory()
    added = services.add_repository(by=membership.person, cohort=membership.cohort, origin=REMOTE)
    assert (added.slug, added.owner.handle) == ("alx-project-nexus", "ada")
    told = StoredEvent.objects.get(type="repositories.repository_added")
    assert told.payload == {"repository": added.pk}
    logged = AuditRecord.objects.get(action="repository.added", scope=membership.cohort.readers)
    assert (logged.actor, logged.details) == (
        membership.person.pk,
        {"repository": "alx-project-nexus"},
    )


@pytest.mark.parametrize("role", [Role.GUEST, None])
def test_others_add_nothing(role):
    cohort = CohortFactory()
    person = MembershipFactory(cohort=cohort, role=role).person if role else PersonFactory()
    with pytest.raises(Forbidden, match="Only members"):
        services.add_repository(by=person, cohort=cohort, origin=REMOTE)
    assert not Repository.objects.exists()


def test_the_same_origin_is_the_same_repository():
    cohort = CohortFactory()
    first = services.add_repository(by=None, cohort=cohort, origin=REMOTE)
    assert services.add_repository(by=None, cohort=cohort, origin=REMOTE) == first
    assert AuditRecord.objects.count() == 1
    elsewhere = services.add_repository(by=None, cohort=CohortFactory(), origin=REMOTE)
    assert elsewhere != first


def test_names_that_are_taken_get_a_number():
    cohort = CohortFactory()
    origins = [parse_origin(f"https://git.example.org/{who}/notes") for who in ("a1", "b2", "c3")]
    added = [services.add_repository(by=None, cohort=cohort, origin=one) for one in origins]
    assert [repository.slug for repository in added] == ["notes", "notes-2", "notes-3"]


@pytest.mark.parametrize("allowed", [True, False])
def test_a_folder_of_the_hubs_machine_is_its_owners_to_add_if_at_all(settings, tmp_path, allowed):
    settings.ALLOW_LOCAL_PATHS_FROM_PAGES = allowed
    origin = parse_origin(str(tmp_path))
    membership = MembershipFactory()
    with pytest.raises(Forbidden, match="cannot be added from a page"):
        services.add_repository(by=membership.person, cohort=membership.cohort, origin=origin)
    owner = OwnerFactory()
    if allowed:
        added = services.add_repository(by=owner, cohort=membership.cohort, origin=origin)
        assert added.owner == owner
    else:
        with pytest.raises(Forbidden):
            services.add_repository(by=owner, cohort=membership.cohort, origin=origin)


def test_there_is_one_run_at_a_time():
    repository = RepositoryFactory()
    run = services.request_sync(by=None, repository=repository)
    assert services.request_sync(by=None, repository=repository) == run
    assert selectors.waiting_syncs() == [run.pk]
    assert services.claim_sync(run.pk)
    assert not services.claim_sync(run.pk)
    assert services.request_sync(by=None, repository=repository) == run
    services.finish_sync(sync=run.pk)
    assert services.request_sync(by=None, repository=repository) != run


def test_only_members_ask_for_a_run():
    with pytest.raises(Forbidden):
        services.request_sync(by=PersonFactory(), repository=RepositoryFactory())
    assert not Sync.objects.exists()


def test_a_run_that_failed_says_why():
    run = SyncFactory()
    trouble = Invalid("odd", "It was odd.", remedy="Mend it.")
    services.finish_sync(sync=run.pk, error=trouble)
    run.refresh_from_db()
    assert (run.state, run.error_code, run.error) == ("failed", "odd", "It was odd. Mend it.")
    assert StoredEvent.objects.get().payload["error"] == "odd"


def test_progress_is_written_for_the_page():
    run = SyncFactory()
    services.report_progress(sync=run.pk, stage="Reading " + "x" * 100, done=-1, total=7)
    run.refresh_from_db()
    assert (len(run.stage), run.done, run.total) == (80, 0, 7)


def test_a_run_whose_process_died_is_taken_up_again():
    here = socket.gethostname()
    dead = SyncFactory(state="running", worker=f"{here}:999999999", alive_at=timezone.now())
    alive = SyncFactory(state="running", worker=this_worker(), alive_at=timezone.now())
    silent = SyncFactory(
        state="running", worker="elsewhere:1", alive_at=timezone.now() - timedelta(hours=1)
    )
    assert services.requeue_abandoned() == 2
    assert set(selectors.waiting_syncs()) == {dead.pk, silent.pk}
    assert Sync.objects.get(pk=alive.pk).state == "running"


@pytest.mark.parametrize("worker", ["", "elsewhere:1", f"{socket.gethostname()}:x"])
def test_a_process_that_cannot_be_seen_is_not_called_dead(worker):
    assert not is_dead(worker)


def test_living_processes_are_not_called_dead(monkeypatch):
    assert not is_dead(this_worker())

    def forbidden(number, signal):
        raise PermissionError

    monkeypatch.setattr(os, "kill", forbidden)
    assert not is_dead(this_worker())


def test_mirrors_are_due_when_their_time_has_come_and_nobody_works_on_them():
    past = timezone.now() - timedelta(seconds=1)
    due = RepositoryFactory(next_fetch_at=past)
    RepositoryFactory(next_fetch_at=timezone.now() + timedelta(hours=1))
    RepositoryFactory(next_fetch_at=None)
    SyncFactory(repository=RepositoryFactory(next_fetch_at=past))
    assert selectors.due_mirrors() == [due.pk]


def test_reads_are_filtered_by_what_the_reader_may_see():
    hidden = RepositoryFactory(cohort=CohortFactory(slug="h", visibility=Visibility.MEMBERS))
    member = MembershipFactory(cohort=hidden.cohort).person
    with pytest.raises(NotFound):
        selectors.repository_by_address("h", hidden.slug, reader=None)
    assert selectors.repository_by_address("h", hidden.slug, reader=member) == hidden
    assert list(selectors.all_repositories()) == [hidden]
    assert selectors.repository_by_id(hidden.pk) == hidden


def test_what_is_known_of_a_repository_is_read_in_order():
    repository = RepositoryFactory(indexed="a" * 40)
    assert selectors.current_revision(repository) is None
    revision = RevisionFactory(repository=repository, sha="a" * 40)
    assert selectors.current_revision(repository) == revision
    some = ContributorFactory(repository=repository, name="Some", commits=1)
    most = ContributorFactory(repository=repository, name="Most", commits=9)
    assert selectors.contributors(repository.pk) == [most, some]
    first = SyncFactory(repository=repository, state="done")
    assert selectors.latest_sync(repository.pk) == first
    assert selectors.busy_repositories([repository.pk]) == set()
    assert selectors.repository_of_sync(first.pk) == repository


def test_rows_name_themselves():
    run = SyncFactory()
    assert str(run) == f"sync {run.pk} of {run.repository_id}: queued"
    assert str(run.repository) == run.repository.slug
    assert str(RevisionFactory(sha="abcdef0123456789")) == "abcdef0123"
    assert str(ContributorFactory(name="Ada")) == "Ada"


def test_a_fetch_that_was_not_as_it_should_be_leaves_a_word():
    whole = Fetched(head="a" * 40, branch="main", changed=True)
    assert services.word_on(whole) == ("", "")
    code, words = services.word_on(replace(whole, incomplete=True))
    assert code == "remote-damaged"
    assert "git fsck" in words
    code, words = services.word_on(replace(whole, moved_to="https://example.org/new"))
    assert code == "remote-moved"
    assert "https://example.org/new" in words


def test_a_fetch_takes_back_nothing_that_was_written_meanwhile(settings, tmp_path):
    settings.REPOSITORIES_FOLDER = tmp_path
    pushed_to = RepositoryFactory(kind=Repository.Kind.HOSTED, holds_secret=False)
    services.note_secret_seen(repository=pushed_to, tips=["a" * 40])
    services.fetch_repository(repository=pushed_to, listener=lambda _: None)
    pushed_to.refresh_from_db()
    assert pushed_to.holds_secret
    assert pushed_to.fetched_at is not None


@pytest.mark.django_db(transaction=True)
def test_those_who_ask_at_once_are_given_one_run():
    repository = RepositoryFactory()
    given = []
    for _ in range(5):
        Sync.objects.all().delete()
        begin = threading.Barrier(3, timeout=60)
        threads = [
            threading.Thread(target=ask_for_a_run, args=(repository, begin, given))
            for _ in range(begin.parties)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        assert given == [Sync.objects.get().pk] * begin.parties
        given.clear()


def ask_for_a_run(repository, begin, given):
    try:
        begin.wait()
        given.append(services.request_sync(by=None, repository=repository).pk)
    finally:
        connection.close()
