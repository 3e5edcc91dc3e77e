"""``nexus person export`` and ``delete``, and what the clock does of both."""

import json
from zipfile import ZipFile

from nexus.config.application import turns
from nexus.departing.models import Departure
from nexus.departing.tasks import carry_on, look_for_work, make_export
from nexus.departing.tests.factories import DepartureFactory, ExportFactory
from nexus.people.models import Person
from nexus.people.tests.factories import PersonFactory
from nexus.repositories.models import Repository
from nexus.repositories.services import claim_sync, request_sync
from nexus.repositories.tests.factories import RepositoryFactory


def test_an_account_is_written_to_a_file(nexus, tmp_path):
    PersonFactory(handle="ada")
    path = tmp_path / "ada.zip"
    assert nexus("person", "export", "ada", path, "--json").json["file"] == str(path)
    with ZipFile(path) as archive:
        assert json.loads(archive.read("account.json"))["account"][0]["handle"] == "ada"
    again = nexus("person", "export", "ada", path)
    assert (again.code, "something at" in again.err) == (4, True)
    assert nexus("person", "export", "nobody", tmp_path / "b.zip").code == 3


def test_an_account_is_deleted_with_its_repositories_or_without(nexus):
    for what, left in (("leave", 1), ("remove", 0)):
        person = RepositoryFactory(owner__handle="ada", owner__skeleton=what).owner
        wrong = nexus("person", "delete", "ada", "--repositories", what, "--confirm", "bob")
        assert wrong.code == 4
        said = nexus(
            "person", "delete", "ada", "--repositories", what, "--confirm", "ada", "--json"
        )
        assert said.json == {"handle": "ada", "state": "erased"}
        assert Repository.objects.filter(owner=person).count() == left
        assert not Person.objects.get(pk=person.pk).is_active
    assert "A former member                 deleted" in nexus("person", "list").out
    assert nexus("person", "link", f"former-member-{person.pk}").code == 4


def test_what_is_at_work_goes_later(nexus):
    repository = RepositoryFactory(owner__handle="ada")
    assert claim_sync(request_sync(by=None, repository=repository).pk)
    told = nexus("person", "delete", "ada", "--repositories", "remove", "--confirm", "ada")
    assert "closed" in told.out
    assert Repository.objects.exists()


def test_what_to_do_with_the_repositories_must_be_said(nexus):
    PersonFactory(handle="ada")
    assert nexus("person", "delete", "ada", "--confirm", "ada").code == 2
    assert Person.objects.get(handle="ada").is_active


def test_the_clock_and_messages_wake_the_work(nexus):
    assert "departures" in {turn.name for turn in turns()}
    waiting, left = ExportFactory(), ExportFactory()
    leaving, later = DepartureFactory(), DepartureFactory()
    make_export(waiting.pk)
    carry_on(leaving.pk)
    look_for_work()
    for export in (waiting, left):
        export.refresh_from_db()
        assert export.state == "done"
    assert Departure.objects.get(person=leaving.person_id).finished_at
    assert Departure.objects.get(person=later.person_id).finished_at
