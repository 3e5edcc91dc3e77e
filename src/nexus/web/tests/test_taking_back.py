"""A mistyped address is no dead end: try again, change it, or take the repository back."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from nexus.cohorts.models import Role, Visibility
from nexus.cohorts.tests.factories import CohortFactory, MembershipFactory
from nexus.people.tests.factories import OwnerFactory, PersonFactory
from nexus.repositories.models import Repository, Sync
from nexus.repositories.tests.factories import RepositoryFactory

pytestmark = pytest.mark.django_db(transaction=True)

BASE = "/c/makers/notes"
STATUS = f"{BASE}/-/status"


def signed_in(person):
    """A client that ``person`` uses."""
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def unread(home):
    """A repository whose first read failed."""
    return RepositoryFactory(
        cohort=CohortFactory(slug="makers"),
        slug="notes",
        name="notes",
        origin="https://git.example.org/ada/notse",
        state="trouble",
        trouble="There is no repository at this address. Check the address.",
    )


@pytest.fixture
def member(unread):
    """Somebody who may add to its cohort."""
    return signed_in(MembershipFactory(cohort=unread.cohort, role=Role.MEMBER).person)


def text(client, path, status=200):
    response = client.get(path)
    assert response.status_code == status
    return response.content.decode()


def test_the_status_page_offers_the_ways_out(member):
    page = text(member, STATUS)
    for words in ("Try again", "Change the address", "Remove", "There is no repository"):
        assert words in page
    assert "git clone" not in page
    assert "Files</a>" not in page.partition("</header>")[2].partition("</header>")[0]


@pytest.mark.parametrize("role", [Role.GUEST, None])
def test_others_are_offered_none_of_them(unread, role):
    person = PersonFactory()
    if role:
        MembershipFactory(cohort=unread.cohort, role=role, person=person)
    for client in (Client(), signed_in(person)):
        page = text(client, STATUS)
        assert "/-/remove" not in page
        assert "Change the address" not in page
        assert client.post(f"{BASE}/-/remove").status_code in (302, 403)
    assert Repository.objects.exists()


def test_removing_is_asked_for_once_more(member, unread):
    page = text(member, f"{BASE}/-/remove")
    assert "Remove “notes”?" in page
    assert unread.origin in page
    assert Repository.objects.exists()

    done = member.post(f"{BASE}/-/remove", follow=True)

    assert done.redirect_chain == [("/c/makers/-/repositories", 302)]
    assert "“notes” was removed." in done.content.decode()
    assert not Repository.objects.exists()
    text(member, STATUS, status=404)


def test_guests_are_sent_to_sign_in_before_they_remove(client, unread):
    for answer in (client.get(f"{BASE}/-/remove"), client.post(f"{BASE}/-/remove")):
        assert answer["Location"] == "/accounts/sign-in"
    assert Repository.objects.exists()


def test_what_was_read_once_cannot_be_removed(member, unread):
    Repository.objects.update(head="a" * 40, indexed="a" * 40)
    assert "/-/remove" not in text(member, STATUS)
    assert member.get(f"{BASE}/-/remove")["Location"] == STATUS
    assert member.post(f"{BASE}/-/remove").status_code == 409
    assert Repository.objects.exists()


def test_what_is_being_read_cannot_be_removed(member, unread):
    Sync.objects.create(repository=unread, state="running")
    assert "/-/remove" not in text(member, STATUS)
    assert "being read" in member.post(f"{BASE}/-/remove").content.decode()
    assert Repository.objects.exists()


def test_a_form_from_elsewhere_removes_nothing(unread):
    client = Client(enforce_csrf_checks=True)
    client.force_login(OwnerFactory())
    assert client.post(f"{BASE}/-/remove").status_code == 403
    assert Repository.objects.exists()


def test_the_address_is_changed(member, unread):
    page = text(member, "/add?instead=makers/notes")
    assert "Change the address" in page
    assert 'value="https://git.example.org/ada/notse"' in page
    assert 'name="name" value="notes"' in page, "it was given, not taken from the address"

    done = member.post(
        "/add?instead=makers/notes",
        {"origin": "https://git.example.org/ada/notes", "cohort": "makers"},
    )

    assert done["Location"] == STATUS
    repository = Repository.objects.get()
    assert (repository.origin, repository.slug) == ("https://git.example.org/ada/notes", "notes")
    assert Sync.objects.get().repository == repository


def test_a_name_that_came_from_the_address_is_not_kept(member, unread):
    Repository.objects.update(name="notse")
    assert 'value="notse"' not in text(member, "/add?instead=makers/notes")


def test_an_address_that_is_refused_changes_nothing(member, unread):
    wrong = {"origin": "ext::sh -c id", "cohort": "makers"}
    refused = member.post("/add?instead=makers/notes", wrong)
    assert refused.status_code == 422
    assert "Change the address" in refused.content.decode()
    assert Repository.objects.get() == unread


def test_what_was_read_meanwhile_is_not_replaced(member, unread):
    Repository.objects.update(head="a" * 40)
    other = {"origin": "https://git.example.org/ada/other", "cohort": "makers"}
    refused = member.post("/add?instead=makers/notes", other)
    assert "so it stays" in refused.content.decode()
    assert Repository.objects.get() == unread


def test_a_repository_that_one_may_not_see_is_not_replaced(unread):
    hidden = RepositoryFactory(cohort=CohortFactory(visibility=Visibility.MEMBERS))
    client = signed_in(MembershipFactory(cohort=unread.cohort).person)
    text(client, f"/add?instead={hidden.cohort.slug}/{hidden.slug}", status=404)
    assert "Add a repository" in text(client, "/add?instead=nonsense")


def test_an_archive_takes_the_place_of_another(home, unread):
    owner = signed_in(OwnerFactory())
    for number, instead in ((1, ""), (2, "?instead=makers/upload")):
        archive = SimpleUploadedFile("bad.zip", b"PK bad")
        given = {"archive": archive, "cohort": "makers", "name": "Upload"}
        assert owner.post(f"/add{instead}", given)["Location"] == "/c/makers/upload/-/status"
        assert len(list((home / "uploads").iterdir())) == 1, number
    assert 'name="name" value="Upload"' in text(owner, "/add?instead=makers/upload")


def test_an_archive_may_take_the_place_of_an_address_that_still_stands_there(home, unread):
    archive = SimpleUploadedFile("notes.zip", b"PK")
    given = {"archive": archive, "origin": unread.origin, "cohort": "makers"}
    owner = signed_in(OwnerFactory())
    assert owner.post("/add?instead=makers/notes", given)["Location"] == STATUS
    assert Repository.objects.get().origin_kind == "archive"


def test_an_archive_that_is_refused_is_not_kept(home, unread):
    Repository.objects.update(head="a" * 40)
    archive = SimpleUploadedFile("notes.zip", b"PK")
    refused = signed_in(OwnerFactory()).post(
        "/add?instead=makers/notes", {"archive": archive, "cohort": "makers"}
    )
    assert refused.status_code == 422
    assert not list((home / "uploads").iterdir())


def test_adding_what_is_here_already_says_so(member, unread):
    given = {"origin": unread.origin, "cohort": "makers", "name": "Other"}
    done = member.post("/add", given, follow=True)
    assert "It is here already as “notes”" in done.content.decode()
    assert Repository.objects.count() == 1


def test_an_empty_repository_says_what_to_do(member):
    Repository.objects.update(state="empty", trouble="The repository has no commits yet. Push one.")
    page = text(member, STATUS)
    assert "notice-note" in page
    assert "The repository has no commits yet." in page
