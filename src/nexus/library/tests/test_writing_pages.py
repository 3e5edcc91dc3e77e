"""Writing, changing and removing on pages, as their owner, another member and a guest meet it."""

import html
import re

import pytest
from django.test import Client
from django.urls import reverse

from nexus.cohorts.models import Role
from nexus.cohorts.tests.factories import CohortFactory, MembershipFactory
from nexus.kernel.models import AuditRecord
from nexus.library.models import Entry
from nexus.library.pages.writing import FORMS
from nexus.repositories.models import Repository

pytestmark = pytest.mark.django_db(transaction=True)

FILLED = {
    "challenge": {"problem": "A page took 4 s.", "solution": "An index.", "result": "20 ms."},
    "snippet": {"code": "a = 1\nb = 2\n", "language": "python", "text": "Counting."},
    "resource": {"address": "https://docs.example.net/cache", "text": "Explains it well."},
    "document": {"text": "How to begin.\n"},
    "project": {"text": "A shop. It looks for a frontend developer.\n"},
    "contract": {
        "source": "openapi: 3.1.0\ninfo: {title: Shop, version: '1'}\npaths: {/things: {get: {}}}\n"
    },
}


@pytest.fixture
def cohort(home):
    return CohortFactory(slug="commons")


def signed_in(cohort, role=Role.MEMBER):
    client = Client()
    client.force_login(MembershipFactory(cohort=cohort, role=role).person)
    return client


@pytest.fixture
def ada(cohort):
    return signed_in(cohort)


def refusals():
    """Who was refused what on a page, and whose matter that is."""
    told = AuditRecord.objects.filter(action="page.refused", is_refusal=True).order_by("pk")
    return list(told.values_list("actor", "scope", "details"))


def publish(client, kind="challenge", title="Slow pages", **given):
    return client.post(
        f"/c/commons/-/write/{kind}", {"title": title, "topics": "", **FILLED[kind], **given}
    )


@pytest.mark.parametrize("kind", FORMS)
def test_every_kind_is_written_on_a_page_and_read_on_its_own(ada, kind):
    assert kind in ada.get("/c/commons/-/write").content.decode()
    assert ada.get(f"/c/commons/-/write/{kind}").status_code == 200
    answer = publish(ada, kind)
    assert answer.status_code == 302, answer.content.decode()
    page = ada.get(answer["Location"])
    assert page.status_code == 200
    entry = Entry.objects.exclude(path="").get(part="")
    assert (entry.kind, entry.title) == (kind, "Shop" if kind == "contract" else "Slow pages")
    assert "Written in the hub" in page.content.decode()


def test_topics_that_are_given_are_the_entrys_own(ada):
    publish(ada, topics="Celery, N+1 queries,, nonsense of mine")
    (entry,) = Entry.objects.filter(kind="challenge")
    assert {"celery", "n-plus-one"} <= set(entry.topics.values_list("topic", flat=True))


def test_what_is_missing_is_said_and_what_was_typed_stays(ada):
    answer = publish(ada, problem="", solution="Kept & <safe>")
    assert answer.status_code == 422
    assert html.escape("Kept & <safe>") in answer.content.decode()
    assert not Entry.objects.exists()


def test_a_guest_is_asked_to_sign_in_and_a_stranger_is_refused(cohort):
    assert publish(Client())["Location"] == reverse("sign-in")
    stranger = signed_in(CohortFactory())
    assert publish(stranger).status_code == 403
    assert not Repository.objects.exists()


def test_there_is_no_form_for_a_kind_that_is_none(ada):
    assert ada.get("/c/commons/-/write/poem").status_code == 404


def edit_page(client):
    repository = Repository.objects.get()
    return f"/c/commons/{repository.slug}/-/edit/documentation/challenges/slow-pages.md"


def hidden(page, name):
    return re.search(rf'name="{name}" value="([^"]*)"', page.content.decode())[1]


def test_its_author_changes_an_entry_and_its_history_has_both(ada):
    publish(ada)
    page = ada.get(edit_page(ada))
    assert "A page took 4 s." in page.content.decode()
    given = {"text": "# Faster\n\nNow.\n", "message": "", "made_from": hidden(page, "made_from")}
    answer = ada.post(edit_page(ada), given)
    assert answer.status_code == 302
    entry = Entry.objects.get(path="documentation/challenges/slow-pages.md", part="")
    assert (entry.title, entry.versions.count()) == ("Faster", 2)


def test_two_changes_of_the_same_lines_lose_nothing(ada):
    publish(ada)
    made_from = hidden(ada.get(edit_page(ada)), "made_from")
    ada.post(edit_page(ada), {"text": "# First\n", "message": "", "made_from": made_from})
    late = ada.post(edit_page(ada), {"text": "# Second\n", "message": "", "made_from": made_from})
    assert late.status_code == 422
    assert {"# First", "# Second"} < set(re.split(r"[\n>]", late.content.decode()))
    assert '<table class="diff">' in late.content.decode()
    entry = Entry.objects.get(path="documentation/challenges/slow-pages.md", part="")
    assert entry.title == "First"
    joined = {"text": "# Both\n", "message": "", "made_from": hidden(late, "made_from")}
    assert ada.post(edit_page(ada), joined).status_code == 302
    entry.refresh_from_db()
    assert entry.title == "Both"


def test_what_was_typed_into_a_file_that_is_gone_stays(ada):
    publish(ada)
    page, address = ada.get(edit_page(ada)), edit_page(ada)
    ada.post(address.replace("/-/edit/", "/-/remove-file/"))
    given = {"text": "# Mine\n", "message": "", "made_from": hidden(page, "made_from")}
    late = ada.post(address, given)
    assert (late.status_code, "# Mine" in late.content.decode()) == (422, True)
    assert ada.post(address, {**given, "made_from": ""}).status_code == 302


def test_nobody_else_is_let_in(ada, cohort):
    publish(ada)
    bob = signed_in(cohort)
    assert bob.get(edit_page(ada)).status_code == 403
    assert not refusals(), "who only looks has tried nothing"
    assert bob.post(edit_page(ada), {"text": "x", "made_from": "0" * 40}).status_code == 403
    ((by, scope, details),) = refusals()
    assert (by, scope) == (int(bob.session["_auth_user_id"]), cohort.readers)
    place = edit_page(ada).removeprefix("/c/").replace("/-/edit", "")
    assert details == {"what": "edit", "at": place, "why": "not-owner"}
    assert Client().get(edit_page(ada))["Location"] == reverse("sign-in")
    page = bob.get(edit_page(ada).replace("/-/edit", "")).content.decode()
    assert "/-/edit/" not in page


def test_a_file_is_removed_after_being_asked_and_stays_in_its_history(ada):
    publish(ada)
    address = edit_page(ada).replace("/-/edit/", "/-/remove-file/")
    assert ada.get(address).status_code == 200
    entry = Entry.objects.get(path="documentation/challenges/slow-pages.md", part="")
    assert entry.withdrawn_at is None
    assert ada.post(address).status_code == 302
    entry.refresh_from_db()
    assert entry.withdrawn_at is not None
    gone = ada.get(edit_page(ada).replace("/-/edit", ""))
    assert gone.status_code == 410
    assert "A page took 4 s." in gone.content.decode()


def test_there_is_nothing_to_change_where_there_is_no_file(ada):
    publish(ada)
    assert ada.get(edit_page(ada).replace("slow", "no")).status_code == 404
