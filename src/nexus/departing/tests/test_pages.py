"""The pages: one's archive, and the way out, each after a look who it is."""

import io
import json
from zipfile import ZipFile

import pytest
from django.test import Client

from nexus.cohorts.models import Role
from nexus.cohorts.tests.factories import MembershipFactory
from nexus.departing import services
from nexus.departing.models import Departure, Export
from nexus.departing.places import archive_of
from nexus.departing.tests.factories import ExportFactory
from nexus.people.models import Person
from nexus.people.tests.flows import confirm, is_signed_in, settled, sign_in
from nexus.repositories.tests.factories import RepositoryFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def ada(home):
    return settled("ada", name="Ada Lovelace", skeleton="ada")


@pytest.fixture
def browser(ada):
    client = Client()
    sign_in(client)
    return client


def forget_confirmation(client):
    """As if the person had signed in long ago."""
    session = client.session
    for method in session["account_authentication_methods"]:
        method["at"] = 0
    session.save()


def test_an_archive_is_asked_for_made_and_downloaded(browser, ada):
    assert "Make the archive" in browser.get("/accounts/export").content.decode()
    assert browser.get("/accounts/export/status.json").status_code == 404
    assert asks_who(browser.post("/accounts/export"))
    assert not Export.objects.exists()
    confirm(browser)
    assert browser.post("/accounts/export")["Location"] == "/accounts/export"
    export = Export.objects.get()
    page = browser.get("/accounts/export").content.decode()
    assert 'data-island="progress"' in page
    assert '<noscript><meta http-equiv="refresh"' in page
    status = browser.get("/accounts/export/status.json")
    assert json.loads(status.content) == {
        "running": True,
        "stage": "Waiting",
        "done": 0,
        "total": 0,
    }
    services.make_export(export.pk)
    page = browser.get("/accounts/export").content.decode()
    assert f"/accounts/export/{export.key}.zip" in page
    answer = browser.get(f"/accounts/export/{export.key}.zip")
    assert {"no-store", "private"} <= set(answer["Cache-Control"].split(", "))
    assert answer["Content-Type"] == "application/zip"
    assert answer["Content-Disposition"].startswith('attachment; filename="ada-')
    with ZipFile(io.BytesIO(answer.getvalue())) as archive:
        assert json.loads(archive.read("account.json"))["account"][0]["handle"] == "ada"


def asks_who(answer):
    """Whether a page leads to the question who it is."""
    return answer.status_code == 302 and answer["Location"].startswith("/accounts/confirm")


def test_an_archive_is_for_its_person_alone(browser, ada):
    confirm(browser)
    mine = ExportFactory(person=ada, state="done")
    theirs = ExportFactory(person=settled("bob"), state="done")
    for export in (mine, theirs):
        archive_of(export.key).write_bytes(b"zip")
    given = browser.get(f"/accounts/export/{mine.key}.zip")
    assert (given.status_code, given.getvalue()) == (200, b"zip")
    assert browser.get(f"/accounts/export/{theirs.key}.zip").status_code == 404
    guest = Client().get(f"/accounts/export/{mine.key}.zip")
    assert guest["Location"].startswith("/accounts/sign-in")
    assert Client().get("/accounts/export/status.json").status_code == 404
    archive_of(mine.key).unlink()
    assert browser.get(f"/accounts/export/{mine.key}.zip").status_code == 404
    forget_confirmation(browser)
    assert asks_who(browser.get(f"/accounts/export/{mine.key}.zip"))


def test_what_went_wrong_and_what_is_too_much_is_said(browser, ada):
    confirm(browser)
    ExportFactory(person=ada, state="failed", error="There is no room left.")
    assert "There is no room left." in browser.get("/accounts/export").content.decode()
    ExportFactory.create_batch(5, person=ada, state="done")
    page = browser.post("/accounts/export", follow=True).content.decode()
    assert "within a day" in page


def test_an_account_is_deleted_by_typing_its_handle(browser, ada):
    kept = RepositoryFactory(owner=ada)
    gone = RepositoryFactory(owner=ada, kind="hosted", origin_kind="hosted", origin="")
    forget_confirmation(browser)
    assert asks_who(browser.get("/accounts/delete"))
    late = browser.post("/accounts/delete", {"handle": "ada"})
    assert late["Location"] == "/accounts/delete"
    confirm(browser)
    page = browser.get("/accounts/delete").content.decode()
    for words in ("What goes", "What stays", "/accounts/export", gone.slug, kept.origin):
        assert words in page
    wrong = browser.post("/accounts/delete", {"handle": "bob"})
    assert wrong.status_code == 422
    assert "type ada" in wrong.content.decode()
    assert is_signed_in(browser)
    answer = browser.post("/accounts/delete", {"handle": "ada", "take": [gone.pk]})
    assert answer["Location"] == "/accounts/deleted"
    assert not is_signed_in(browser)
    assert "is deleted" in browser.get("/accounts/deleted").content.decode()
    assert Departure.objects.get().took == [gone.pk]
    assert not Person.objects.get(pk=ada.pk).is_active


def test_what_is_not_theirs_is_not_taken_along(browser, ada):
    confirm(browser)
    other = RepositoryFactory()
    answer = browser.post("/accounts/delete", {"handle": "ada", "take": [other.pk]})
    assert answer.status_code == 422
    assert Person.objects.get(pk=ada.pk).is_active


def test_who_could_take_over_is_said_before(browser, ada):
    confirm(browser)
    cohort = MembershipFactory(person=ada, role=Role.OWNER).cohort
    heir = MembershipFactory(cohort=cohort).person
    page = browser.get("/accounts/delete").content.decode()
    assert "somebody has to take over" in page
    assert f"/p/{heir.handle}" in page
    assert "Delete my account" not in page
    refused = browser.post("/accounts/delete", {"handle": "ada"})
    assert Person.objects.get(pk=ada.pk).is_active
    assert "has other members" in refused.content.decode()


def test_guests_are_led_to_sign_in(db):
    for path in ("/accounts/export", "/accounts/delete"):
        assert Client().get(path)["Location"].startswith("/accounts/sign-in")


def test_the_account_leads_to_both(browser):
    page = browser.get("/accounts/").content.decode()
    assert '"/accounts/export"' in page
    assert '"/accounts/delete"' in page
