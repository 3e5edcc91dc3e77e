"""What is refused on a page stands in the audit log, whoever refuses it."""

import pytest
from django.test import Client

from nexus.cohorts.models import Role, Visibility
from nexus.cohorts.tests.factories import CohortFactory, MembershipFactory
from nexus.credentials.tests.factories import make_token
from nexus.kernel import audit
from nexus.kernel.models import AuditRecord
from nexus.people.tests.factories import PersonFactory
from nexus.repositories.tests.factories import RepositoryFactory

pytestmark = pytest.mark.django_db

AT = "commons/notes"


@pytest.fixture
def cohort():
    return CohortFactory(slug="commons", visibility=Visibility.INVITE)


@pytest.fixture
def notes(cohort):
    return RepositoryFactory(cohort=cohort, slug="notes", kind="hosted")


@pytest.fixture
def stranger():
    return signed_in(PersonFactory(handle="eve"))


@pytest.fixture
def member(cohort):
    return signed_in(MembershipFactory(cohort=cohort, role=Role.MEMBER).person)


def signed_in(person):
    client = Client()
    client.force_login(person)
    return client


def told():
    rows = AuditRecord.objects.filter(is_refusal=True).order_by("pk")
    assert all(row.address == "127.0.0.1" for row in rows)
    return [(row.action, row.scope, row.details) for row in rows]


def refused(what, at, why, cohort):
    return ("page.refused", cohort.readers, {"what": what, "at": at, "why": why})


def test_who_may_see_a_repository_but_not_write_to_it_is_told_of(member, cohort, notes):
    for room, what in (("upload", "upload"), ("edit/a.md", "edit")):
        assert member.post(f"/c/{AT}/-/{room}", {"text": "x"}).status_code == 403
        at = "/".join([AT, *room.split("/")[1:]])
        assert told()[-1] == refused(what, at, "not-owner", cohort)


def test_a_secret_in_the_name_of_a_file_does_not_come_into_the_log_by_an_address(notes):
    token = "ghp_" + "q7Zk2vX9mB4tR8wL1" + "nY6cJ3hD5fG0pSaEuTAb"
    owner = Client(enforce_csrf_checks=True)
    owner.force_login(notes.owner)
    assert owner.post(f"/c/{AT}/-/remove/docs/{token}.md").status_code == 403
    assert [details["why"] for *_, details in told()] == ["form-not-ours"]
    assert token not in str(told())


def test_what_does_not_exist_for_somebody_is_told_of_to_those_for_whom_it_does(
    stranger, cohort, notes
):
    assert stranger.get(f"/c/{AT}/-/edit/a.md").status_code == 404
    assert told() == []
    assert stranger.post(f"/c/{AT}/-/edit/a.md").status_code == 404
    assert told() == [refused("edit", f"{AT}/a.md", "repository-unknown", cohort)]


def test_a_push_to_what_does_not_exist_for_somebody_is_told_of(client, cohort, notes):
    headers = {"Authorization": f"Bearer {make_token(scopes=['git'])[1]}"}
    for service in ("git-upload-pack", "git-receive-pack"):
        address = f"/git/{AT}.git/info/refs?service={service}"
        assert client.get(address, headers=headers).status_code == 404
    details = {"repository": AT, "refs": {}, "refused": "repository-unknown"}
    assert told() == [("repository.pushed", cohort.readers, details)]


def test_another_cohort_in_the_form_is_told_of(stranger, cohort, home):
    answer = stranger.post("/add", {"cohort": "commons", "origin": "https://example.org/x.git"})
    assert answer.status_code == 422
    assert told() == [refused("repository-add", "commons", "cohort-unknown", cohort)]


def test_a_form_that_is_not_ours_is_told_of():
    visitor = Client(enforce_csrf_checks=True)
    assert visitor.post("/accounts/sign-in", {"login": "ada"}).status_code == 403
    assert [details["why"] for _, _, details in told()] == ["form-not-ours"]


@pytest.mark.parametrize("at", ["/wp-login.php", "/c/nothing/here/-/edit/x", "/accounts/link/x"])
def test_guests_who_look_for_what_never_was_are_not_told_of_twice(client, at):
    client.post(at)
    assert [action for action, *_ in told()] == ["sign-in.link-refused"] * ("link" in at)
    assert "/x" not in str(told())


def test_what_a_service_tells_is_not_told_again(member, cohort):
    assert member.post("/c/commons/-/settings", {"do": "archive"}).status_code == 403
    assert [action for action, *_ in told()] == ["cohort.forbidden"]


def test_who_goes_on_and_on_fills_no_disk(member, notes, monkeypatch):
    monkeypatch.setattr(audit, "MOST_REFUSALS", 2)
    for _ in range(4):
        assert member.post(f"/c/{AT}/-/upload").status_code == 403
    assert len(told()) == 2
