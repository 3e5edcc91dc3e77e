"""Files uploaded on a page are one commit, all or none, and nothing is overwritten unasked."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from nexus.cohorts.models import Role
from nexus.cohorts.tests.factories import CohortFactory, MembershipFactory
from nexus.library.models import Entry
from nexus.library.services import uploading
from nexus.people.tests.factories import PersonFactory
from nexus.repositories.git.committing import MAX_FILE_BYTES
from nexus.repositories.git.stores import locked
from nexus.repositories.git.tests.builders import git
from nexus.repositories.git.troubles import StoreBusy
from nexus.repositories.hosting import ensure_hosted
from nexus.repositories.limits import store_of
from nexus.repositories.quotas import check_room
from nexus.repositories.tests.factories import RepositoryFactory

pytestmark = pytest.mark.django_db(transaction=True)
PAGE = "/c/commons/ada-nexus/-/upload"


@pytest.fixture
def ada(home):
    person = PersonFactory(handle="ada")
    cohort = CohortFactory(slug="commons")
    return MembershipFactory(cohort=cohort, person=person, role=Role.MEMBER).person


@pytest.fixture
def hosted(ada):
    return ensure_hosted(by=ada, cohort=ada.memberships.get().cohort)


@pytest.fixture
def page(ada, hosted):
    client = Client()
    client.force_login(ada)
    return client


def send(client, files, **fields):
    given = [SimpleUploadedFile(name, data) for name, data in files.items()]
    return client.post(PAGE, {"chosen": given, **fields})


def published(hosted):
    store = store_of(hosted.pk)
    if not git(f"--git-dir={store}", "branch").strip():
        return {}
    names = git(f"--git-dir={store}", "ls-tree", "-r", "--name-only", "-z", "main").split("\0")
    return {name: git(f"--git-dir={store}", "show", f"main:{name}") for name in names if name}


def test_several_files_are_one_commit_and_shown_at_once(page, hosted):
    assert page.get(f"{PAGE}?folder=docs").status_code == 200
    files = {"one.md": b"# One\n", "two.md": b"# Two\n"}
    answer = send(page, files, folder=" /docs//notes/ ", message="Two  notes")
    assert answer.status_code == 302, answer.content.decode()
    assert published(hosted) == {"docs/notes/one.md": "# One\n", "docs/notes/two.md": "# Two\n"}
    log = git(f"--git-dir={store_of(hosted.pk)}", "log", "--format=%s", "main")
    assert log.strip() == "Two notes"
    assert Entry.objects.get(repository=hosted, path="docs/notes/one.md").title == "One"


def test_nothing_is_overwritten_unasked(page, hosted):
    send(page, {"a.md": b"# A\n"})
    answer = send(page, {"b.md": b"# B\n", "a.md": b"# Other\n"})
    assert answer.status_code == 422
    assert "There is a file of one of these names" in answer.content.decode()
    assert published(hosted) == {"a.md": "# A\n"}
    assert send(page, {"a.md": b"# Other\n"}, replaces="on").status_code == 302
    assert published(hosted) == {"a.md": "# Other\n"}


@pytest.mark.parametrize(
    ("files", "folder", "words"),
    [
        ({}, "", "required"),
        ({".env": b"SECRET=1"}, "", "holds a secret"),
        ({"config": b"x"}, ".git", "cannot be called"),
        ({"config": b"x"}, ".g\u200cit", "cannot be called"),
        ({"config": b"x"}, "a/GIT~1", "cannot be called"),
        ({"x": b"x"}, "../up", "cannot be called"),
        ({"x": b"x"}, "a\\b", "cannot be called"),
        ({"x.bin": b"x" * (MAX_FILE_BYTES + 1)}, "", "larger than"),
        ({f"{n}.md": b"x" for n in range(51)}, "", "at most 50"),
    ],
)
def test_what_is_not_taken(page, hosted, files, folder, words):
    answer = send(page, files, folder=folder)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert published(hosted) == {}


def test_there_is_so_much_room(page, hosted, settings, monkeypatch):
    settings.HOSTED_LIMIT_BYTES = 30_000
    assert "not so much room" in send(page, {"x": b"x" * 40_000}).content.decode()
    settings.HOSTED_LIMIT_BYTES = 1
    assert "is the most" in send(page, {"x": b"x"}).content.decode()
    monkeypatch.setattr(uploading, "MOST_BYTES", 10)
    assert "Together" in send(page, {"x": b"x" * 11}).content.decode()
    assert published(hosted) == {}


def test_room_is_weighed_while_nobody_else_writes(page, hosted, monkeypatch, settings):
    weighed = []

    def weigh(repository, contents):
        with pytest.raises(StoreBusy), locked(store_of(repository.pk)):
            pass
        weighed.append(repository.pk)
        check_room(repository, contents)

    monkeypatch.setattr("nexus.repositories.hosting.check_room", weigh)
    settings.HOSTED_LIMIT_BYTES = 1
    answer = send(page, {"a.md": b"# A\n"})
    assert (answer.status_code, weighed) == (422, [hosted.pk])
    assert published(hosted) == {}


def test_two_of_one_name_are_told_apart_by_nobody(page, hosted):
    given = [SimpleUploadedFile(name, b"x") for name in ("cafe\u0301.md", "caf\u00e9.md")]
    answer = page.post(PAGE, {"chosen": given})
    assert "two files" in answer.content.decode()
    assert published(hosted) == {}


def test_only_its_owner_uploads(page, hosted):
    assert Client().post(PAGE)["Location"] == "/accounts/sign-in"
    mentor = Client()
    mentor.force_login(MembershipFactory(cohort=hosted.cohort, role=Role.OWNER).person)
    assert mentor.get(PAGE).status_code == 403
    assert send(mentor, {"a.md": b"x"}).status_code == 403
    RepositoryFactory(cohort=hosted.cohort, owner=hosted.owner, slug="mirror")
    assert page.get("/c/commons/mirror/-/upload").status_code == 403
    assert published(hosted) == {}
