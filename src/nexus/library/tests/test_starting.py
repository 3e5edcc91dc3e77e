"""A repository of one's own is there for the asking, with the five folders or without."""

import html
import re

import pytest
from django.test import Client

from nexus.cohorts.models import Role, Visibility
from nexus.cohorts.tests.factories import CohortFactory, MembershipFactory
from nexus.kernel.errors import Conflict, Forbidden
from nexus.library.models import Entry
from nexus.library.preparing import prepare
from nexus.library.rendering.page import Place
from nexus.library.services.starting import start_repository
from nexus.library.starter import FOLDERS, starter_files
from nexus.people.tests.factories import PersonFactory
from nexus.repositories.git.tests.builders import git, refs_of
from nexus.repositories.limits import store_of
from nexus.repositories.models import Repository

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cohort(home):
    return CohortFactory(slug="commons")


@pytest.fixture
def ada(cohort):
    person = PersonFactory(handle="ada", name="Ada")
    return MembershipFactory(cohort=cohort, person=person, role=Role.MEMBER).person


@pytest.fixture
def page(ada):
    client = Client()
    client.force_login(ada)
    return client


def test_what_the_hub_writes_says_nothing_of_what_its_owner_knows():
    for path, data in starter_files("Nexus of Ada").items():
        reading = prepare(data, blob="0" * 40, place=Place("/c/x/y", path)).reading
        assert reading is not None
        assert reading.topics == {}, path
        assert reading.resources == (), path


def test_it_begins_with_the_five_folders_and_is_published(ada, cohort):
    repository = start_repository(by=ada, cohort=cohort)
    listed = git(f"--git-dir={store_of(repository.pk)}", "ls-tree", "-r", "--name-only", "main")
    assert set(listed.split()) == {"README.md", *(f"{folder}/README.md" for folder in FOLDERS)}
    assert Entry.objects.get(repository=repository, path="").title == "Nexus of Ada"
    again = start_repository(by=ada, cohort=cohort)
    assert again.pk == repository.pk
    log = git(f"--git-dir={store_of(repository.pk)}", "log", "--format=%s", "main")
    assert log.split("\n")[:1] == ["Begin with the five folders"]
    assert log.count("\n") == 1


def test_an_empty_one_has_nothing_in_it_until_somebody_asks(ada, cohort):
    repository = start_repository(by=ada, cohort=cohort, is_empty=True)
    assert refs_of(store_of(repository.pk)) == {}
    assert start_repository(by=ada, cohort=cohort, is_empty=True).pk == repository.pk
    start_repository(by=ada, cohort=cohort)
    assert list(refs_of(store_of(repository.pk))) == ["refs/heads/main"]


def test_who_has_one(ada, cohort):
    with pytest.raises(Forbidden):
        start_repository(by=PersonFactory(), cohort=cohort)
    guest = MembershipFactory(cohort=cohort, role=Role.GUEST).person
    with pytest.raises(Forbidden):
        start_repository(by=guest, cohort=cohort)
    cohort.archived_at = "2026-01-01T00:00Z"
    cohort.save()
    with pytest.raises(Conflict):
        start_repository(by=ada, cohort=cohort)
    assert not Repository.objects.exists()


def test_the_title_cannot_break_the_page():
    readme = starter_files("Nexus of\n# Ada")["README.md"].decode()
    assert readme.startswith("# Nexus of # Ada\n")


def test_the_button_makes_it_and_the_page_shows_the_commands(page, cohort):
    first = page.get("/c/commons/-/my-repository").content.decode()
    assert "Start my repository" in first
    assert not Repository.objects.exists()
    made = page.post("/c/commons/-/my-repository")
    assert made["Location"] == "/c/commons/-/my-repository"
    shown = html.unescape(page.get("/c/commons/-/my-repository").content.decode())
    assert "git clone http://testserver/git/commons/ada-nexus.git" in shown
    assert "git push nexus HEAD:main" in shown
    assert "--allow-unrelated-histories" in shown
    assert "Nothing is published yet" not in shown
    assert page.get("/c/commons/ada-nexus/").status_code == 200


def test_an_empty_one_is_asked_for_with_the_other_button(page):
    page.post("/c/commons/-/my-repository", {"empty": "1"})
    shown = page.get("/c/commons/-/my-repository").content.decode()
    assert "Nothing is published yet" in shown
    assert "--allow-unrelated-histories" not in shown


def test_its_ways_in_are_linked(page, ada):
    for address in ("/c/commons/", "/c/commons/-/write", "/p/ada"):
        assert re.search(r'href="/c/commons/-/my-repository"', page.get(address).content.decode())


def test_guests_and_strangers_make_none(cohort):
    assert Client().post("/c/commons/-/my-repository")["Location"] == "/accounts/sign-in"
    stranger = Client()
    stranger.force_login(PersonFactory())
    assert stranger.get("/c/commons/-/my-repository").status_code == 403
    assert stranger.post("/c/commons/-/my-repository").status_code == 403
    CohortFactory(slug="inside", visibility=Visibility.INVITE)
    assert stranger.get("/c/inside/-/my-repository").status_code == 404
    assert not Repository.objects.exists()
