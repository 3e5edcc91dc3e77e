"""What the desks show, in how many questions, and what they never show."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from nexus.config.administration import DESKS
from nexus.config.tests.administration.conftest import MAIL_WORDS, fill
from nexus.config.tests.test_headers import assert_strict
from nexus.kernel.administration import paging
from nexus.kernel.models import AuditRecord, StoredEvent
from nexus.kernel.tests.factories import AuditRecordFactory, StoredEventFactory
from nexus.people.models import Person
from nexus.people.tests.factories import PersonFactory, SignInLinkFactory

pytestmark = pytest.mark.django_db
NAMES = [desk.name for desk in DESKS]
#: Who asks, their session, the rows, how many there are, and what a message is kept by.
MOST_QUESTIONS = 7


def text(response):
    return response.content.decode()


@pytest.mark.parametrize("name", NAMES)
def test_a_desk_asks_as_much_for_twenty_rows_as_for_one(inside, name):
    def questions(path):
        with CaptureQueriesContext(connection) as asked:
            assert inside.get(path).status_code == 200
        return len(asked)

    row = getattr(fill(1), name)
    few, one = questions(f"/admin/{name}"), questions(f"/admin/{name}/{row.pk}")
    row = getattr(fill(19), name)
    assert questions(f"/admin/{name}") == few <= MOST_QUESTIONS
    assert questions(f"/admin/{name}/{row.pk}") == one <= MOST_QUESTIONS


def secrets_of(rows):
    """Everything of these rows that nobody may read, not even who runs the hub."""
    return {
        MAIL_WORDS,
        "a-digest-of-a-password",
        rows.tokens.digest,
        rows.secret,
        rows.apps.secret,
        rows.app_secret,
        rows.invitations.digest,
        SignInLinkFactory(person=rows.people).digest,
    }


def test_no_secret_is_on_any_page_and_each_is_strict(inside):
    rows = fill(2)
    secrets = secrets_of(rows) | {inside.session.session_key}
    for name in NAMES:
        for path in (f"/admin/{name}", f"/admin/{name}/{getattr(rows, name).pk}"):
            response = inside.get(path)
            assert_strict(response)
            page = text(response)
            assert [one for one in secrets if one in page] == []


@pytest.mark.parametrize(
    "path",
    [
        "/admin/people?password__startswith=a",
        "/admin/people?links__digest__startswith=0",
        "/admin/tokens?digest__startswith=a",
        "/admin/tokens?person__password__startswith=a",
        "/admin/invitations?digest__gt=a",
        "/admin/mails?body__contains=verify",
        "/admin/apps?secret__startswith=a",
        "/admin/grants?app__secret__startswith=a",
        "/admin/grants?tokens__digest__startswith=a",
    ],
)
def test_nobody_guesses_a_secret_by_filters(inside, path):
    fill(1)
    assert inside.get(path).status_code == 400


@pytest.mark.parametrize(
    ("name", "query", "found"),
    [
        ("people", "q=mary", {"mary"}),
        ("people", "q=mary@example.org", {"mary"}),
        ("people", "suspended=yes", {"gone"}),
        ("people", "runs-the-hub=yes", {"ruth"}),
        ("cohorts", "q=prodev", set()),
        ("runs", "state__exact=failed", set()),
    ],
)
def test_rows_are_searched_and_filtered(inside, name, query, found):
    PersonFactory(handle="mary", name="Mary", email="mary@example.org")
    PersonFactory(handle="gone", is_active=False, suspended_at=timezone.now())
    page = text(inside.get(f"/admin/{name}?{query}"))
    shown = {one for one in ("mary", "gone", "ruth") if f">{one}</a></th>" in page}
    assert shown == found


@pytest.mark.parametrize(
    "query", ["state__exact=nothing", "p=0", "p=many", "o=99", "all=", "e=1", "q=%00", "since=x"]
)
def test_filters_that_make_no_sense_break_nothing(inside, query):
    fill(1)
    assert inside.get(f"/admin/runs?{query}", follow=True).status_code in (200, 400, 422)


@pytest.mark.parametrize("query", ["person", "cohort"])
def test_a_number_that_no_database_has_room_for_breaks_nothing(inside, query):
    assert inside.get(f"/admin/memberships?{query}={10**25}").status_code == 422
    assert inside.get(f"/admin/memberships?{query}=-{10**25}").status_code == 422


def test_both_logs_are_filtered_by_type_person_cohort_and_time(inside):
    wanted = StoredEventFactory(type="people.signed_in", audience="person:7", number=41)
    other = StoredEventFactory(type="people.signed_up", audience="cohort:3", number=42)
    StoredEvent.objects.filter(pk=other.pk).update(happened_at=timezone.now() - timedelta(days=9))
    shown = f">{wanted.pk}</a></th>", f">{other.pk}</a></th>"

    for query, expected in {
        "type=people.signed_in": (True, False),
        "audience=person:7": (True, False),
        "audience=cohort:3": (False, True),
        "q=42": (False, True),
        "q=person:7": (True, False),
        "since=week": (True, False),
        "type=nothing": (True, True),
    }.items():
        page = text(inside.get(f"/admin/events?{query}"))
        assert tuple(one in page for one in shown) == expected, query


def test_the_audit_log_is_filtered_by_who_and_by_what(inside):
    mine = AuditRecordFactory(action="token.made", actor=7, actor_name="mary", scope="cohort:3")
    refused = AuditRecordFactory(action="token.refused", is_refusal=True, subject=7)
    shown = f">{mine.pk}</a></th>", f">{refused.pk}</a></th>"
    for query, expected in {
        "actor=7": (True, False),
        "subject=7": (False, True),
        "scope=cohort:3": (True, False),
        "action=token.refused": (False, True),
        "refused=yes": (False, True),
        "q=Mary": (True, False),
    }.items():
        page = text(inside.get(f"/admin/audit?{query}"))
        assert tuple(one in page for one in shown) == expected, query
    assert "token.made" in text(inside.get(f"/admin/audit/{mine.pk}"))


def test_a_large_table_is_not_counted_to_its_end(inside, monkeypatch):
    monkeypatch.setattr(paging, "MOST_COUNTED", 60)
    AuditRecord.objects.bulk_create(
        AuditRecord(action="kernel.tried", door="page") for _ in range(90)
    )
    first = text(inside.get("/admin/audit"))
    assert "60 and more" in first
    assert "?p=2" in first
    assert "?p=3" not in first
    assert inside.get("/admin/audit?p=3", follow=True).status_code == 422


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_added_changed_or_deleted_by_djangos_forms(inside, name):
    row = getattr(fill(1), name)
    before = type(row)._base_manager.values().get(pk=row.pk)
    for path in ("add/", f"{row.pk}/change/", f"{row.pk}/delete/", f"{row.pk}/history/"):
        assert inside.get(f"/admin/{name}/{path}").status_code == 404
    inside.post(f"/admin/{name}/{row.pk}", {"name": "changed", "is_owner": "on"})
    deleted = {"action": "delete_selected", "_selected_action": row.pk, "index": 0, "post": "yes"}
    assert inside.post(f"/admin/{name}", deleted).status_code in (200, 422)
    inside.post(f"/admin/{name}", {"form-0-id": row.pk, "_save": "Save", "form-0-name": "x"})
    assert type(row)._base_manager.values().get(pk=row.pk) == before
    assert Person.objects.filter(is_owner=True).count() == 1
