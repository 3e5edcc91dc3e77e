"""What is done at a desk: each act calls its service, which writes the audit log."""

import pytest
from django.utils import timezone
from django.utils.crypto import get_random_string

from nexus.config.tests.administration.conftest import browser_of, fill
from nexus.kernel.administration import acts
from nexus.kernel.models import AuditRecord
from nexus.people.admin import PersonDesk
from nexus.people.models import Mail, Person
from nexus.people.tests.factories import PersonFactory
from nexus.repositories.models import Repository, Sync

pytestmark = pytest.mark.django_db


def do(browser, desk, act, *rows, sure=True, **more):
    """Press a button of a desk; ``sure`` answers its question."""
    asked = {"action": act, "_selected_action": [row.pk for row in rows], "index": 0, **more}
    return browser.post(f"/admin/{desk}", {**asked, **({"sure": "yes"} if sure else {})})


def newest():
    """The newest line of the audit log: what, by whom, to whom."""
    line = AuditRecord.objects.order_by("-pk").first()
    return line.action, line.actor_name, line.subject_name


@pytest.fixture
def rows(home):
    """One row on every desk."""
    return fill(1)


def test_a_person_is_suspended_and_restored(inside, rows):
    assert do(inside, "people", "suspend", rows.people, back="row")["Location"] == (
        f"/admin/people/{rows.people.pk}"
    )
    person = Person.objects.get(pk=rows.people.pk)
    assert (person.is_active, person.suspended_at is None) == (False, False)
    assert newest() == ("person.suspended", "ruth", person.handle)
    assert "Restore</button>" in inside.get(f"/admin/people/{person.pk}").content.decode()

    do(inside, "people", "restore", person)
    person.refresh_from_db()
    assert (person.is_active, person.suspended_at) == (True, None)
    assert newest()[0] == "person.restored"


def test_a_question_is_asked_first_and_nothing_is_done_without_an_answer(inside, rows):
    page = do(inside, "people", "suspend", rows.people, sure=False)
    assert "Suspend?" in page.content.decode()
    assert str(rows.people) in page.content.decode()
    assert Person.objects.get(pk=rows.people.pk).is_active
    assert not AuditRecord.objects.filter(action="person.suspended").exists()


@pytest.mark.parametrize(
    ("desk", "act", "action"),
    [
        ("people", "sign-out", "person.signed-out"),
        ("people", "unlock", "person.lock-out-ended"),
        ("people", "link", "person.link-mailed"),
        ("cohorts", "archive", "cohort.archived"),
        ("cohorts", "show-invite", "cohort.changed"),
        ("invitations", "revoke", "invitation.revoked"),
        ("tokens", "revoke", "token.revoked"),
        ("apps", "delete", "app.deleted"),
        ("grants", "end", "app.ended"),
        ("repositories", "read-anew", "repository.read-anew"),
    ],
)
def test_each_act_calls_its_service_which_is_written_down(inside, rows, desk, act, action):
    do(inside, desk, act, getattr(rows, desk))
    assert newest()[:2] == (action, "ruth")


def test_a_cohort_is_brought_back(inside, rows):
    rows.cohorts.archived_at = timezone.now()
    rows.cohorts.save()
    do(inside, "cohorts", "restore", rows.cohorts)
    rows.cohorts.refresh_from_db()
    assert rows.cohorts.archived_at is None


def test_a_repository_is_asked_for_news_and_one_never_read_is_removed(inside, rows):
    Sync.objects.all().delete()
    do(inside, "repositories", "sync", rows.repositories)
    assert Sync.objects.get().state == Sync.State.QUEUED
    do(inside, "repositories", "forget", rows.repositories, back="row")
    assert not Repository.objects.exists()


def test_what_is_published_is_not_removed(inside, rows):
    Repository.objects.update(head="a" * 40, indexed="a" * 40)
    answer = do(inside, "repositories", "forget", rows.repositories)
    assert "so it stays" in inside.get(answer["Location"]).content.decode()
    assert Repository.objects.exists()


def test_a_mail_is_sent_again_where_there_is_a_server(inside, rows, settings):
    Mail.objects.update(tries=8, next_try_at=timezone.now(), fault="refused")
    answer = do(inside, "mails", "send", rows.mails)
    assert "no mail server" in inside.get(answer["Location"]).content.decode()
    settings.MAIL_URL = "smtp://mail.example.org"
    do(inside, "mails", "send", rows.mails)
    assert (Mail.objects.get().tries, newest()[0]) == (0, "mail.sent-again")


def test_a_refused_row_keeps_no_other_from_its_turn(inside, owner):
    others = [PersonFactory(), PersonFactory()]
    answer = do(inside, "people", "suspend", others[0], owner, others[1])
    page = inside.get(answer["Location"]).content.decode()
    assert "You cannot suspend yourself" in page
    assert Person.objects.filter(is_active=False).count() == 2


def test_what_was_refused_is_said_however_much_there_is_to_say(inside, owner, monkeypatch):
    names = [get_random_string(30) for _ in range(acts.MOST - 1)]
    others = Person.objects.bulk_create(Person(handle=name, name=name) for name in names)
    monkeypatch.setattr(PersonDesk, "ordering", ("pk",))
    answer = do(inside, "people", "suspend", owner, *others)
    assert "You cannot suspend yourself" in inside.get(answer["Location"]).content.decode()
    assert Person.objects.filter(is_active=False).count() == len(names)


@pytest.mark.parametrize("given", [[], ["x"], ["1", "-1"], ["9" * 30], ["1"] * (acts.MOST + 1)])
def test_what_was_not_ticked_or_too_much_is_refused(inside, rows, given):
    asked = {"action": "revoke", "_selected_action": given, "index": 0, "sure": "yes"}
    inside.post("/admin/tokens", asked)
    rows.tokens.refresh_from_db()
    assert rows.tokens.revoked_at is None


def test_every_row_of_a_table_is_never_meant(inside, rows):
    asked = {"action": "revoke", "select_across": "1", "index": 0, "sure": "yes"}
    inside.post("/admin/tokens", asked)
    rows.tokens.refresh_from_db()
    assert rows.tokens.revoked_at is None


def test_a_form_from_elsewhere_does_nothing(owner, rows):
    browser = browser_of(owner)
    browser.handler.enforce_csrf_checks = True
    assert do(browser, "tokens", "revoke", rows.tokens).status_code == 403
    rows.tokens.refresh_from_db()
    assert rows.tokens.revoked_at is None
