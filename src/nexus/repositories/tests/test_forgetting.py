"""Taking back what was added and could never be read."""

import pytest

from nexus.cohorts.models import Role
from nexus.cohorts.tests.factories import CohortFactory, MembershipFactory
from nexus.kernel.errors import Conflict, Forbidden
from nexus.kernel.models import StoredEvent
from nexus.people.models import Person
from nexus.people.tests.factories import OwnerFactory, PersonFactory
from nexus.repositories import services
from nexus.repositories.git.origins import parse_origin
from nexus.repositories.git.stores import create_store
from nexus.repositories.limits import store_of
from nexus.repositories.models import Repository, Sync
from nexus.repositories.policies import can_forget_repository
from nexus.repositories.tests.factories import RepositoryFactory, SyncFactory
from nexus.repositories.uploads import forget_upload, keep_upload

pytestmark = pytest.mark.django_db

REMOTE = parse_origin("https://git.example.org/ada/alx-project-nexus")


@pytest.fixture
def home(settings, tmp_path):
    """A home folder of the test's own."""
    settings.NEXUS_HOME = tmp_path
    settings.REPOSITORIES_FOLDER = tmp_path / "repositories"
    return tmp_path


def test_a_member_takes_back_what_could_not_be_read(home, django_capture_on_commit_callbacks):
    member = MembershipFactory()
    added = services.add_repository(by=member.person, cohort=member.cohort, origin=REMOTE)
    services.request_sync(by=member.person, repository=added)
    create_store(store_of(added.pk))
    number = added.pk

    with django_capture_on_commit_callbacks(execute=True):
        services.forget_unread(by=member.person, repository=added)

    assert not Repository.objects.exists()
    assert not Sync.objects.exists()
    assert not Person.objects.filter(handle="ada").exists()
    assert not store_of(number).exists()
    told = StoredEvent.objects.get(type="repositories.repository_forgotten")
    assert told.payload == {"repository": number}


def test_the_page_of_somebody_who_has_more_stays(home):
    cohort = CohortFactory()
    elsewhere = services.add_repository(by=None, cohort=CohortFactory(), origin=REMOTE)
    added = services.add_repository(by=None, cohort=cohort, origin=REMOTE)
    services.forget_unread(by=None, repository=added)
    assert list(Repository.objects.all()) == [elsewhere]
    assert Person.objects.filter(handle="ada").exists()


@pytest.mark.parametrize("role", [Role.GUEST, None])
def test_others_take_nothing_back(role):
    repository = RepositoryFactory()
    person = PersonFactory()
    if role:
        MembershipFactory(cohort=repository.cohort, role=role, person=person)
    assert not can_forget_repository(person, repository)
    with pytest.raises(Forbidden, match="Only members"):
        services.forget_unread(by=person, repository=repository)
    assert Repository.objects.exists()


@pytest.mark.parametrize("read", [{"head": "a" * 40}, {"indexed": "a" * 40}])
def test_what_was_read_once_is_never_taken_back(read):
    repository = RepositoryFactory(state="trouble", **read)
    owner = OwnerFactory()
    assert not can_forget_repository(owner, repository)
    with pytest.raises(Conflict, match="stays") as refused:
        services.forget_unread(by=owner, repository=repository)
    assert refused.value.code == "repository-read"
    assert Repository.objects.exists()


def test_what_is_being_read_is_not_taken_back():
    repository = RepositoryFactory()
    SyncFactory(repository=repository, state="running")
    with pytest.raises(Conflict, match="being read"):
        services.forget_unread(by=None, repository=repository)
    assert Repository.objects.exists()


def test_an_archive_goes_with_the_repository_it_was_uploaded_for(
    home, django_capture_on_commit_callbacks
):
    path = keep_upload("../../notes.zip", [b"PK", b"!"])
    assert (path.name, path.read_bytes()) == ("notes.zip", b"PK!")
    assert path.parent.parent == home / "uploads"
    other = keep_upload("notes.zip", [b"PK"])
    repository = RepositoryFactory(origin_kind="archive", origin=str(path))

    with django_capture_on_commit_callbacks(execute=True):
        services.forget_unread(by=None, repository=repository)

    assert not path.parent.exists()
    assert other.exists()


def test_an_archive_that_lies_elsewhere_stays(home):
    archive = home / "mine" / "notes.zip"
    archive.parent.mkdir()
    archive.touch()
    forget_upload(str(archive))
    forget_upload("https://git.example.org/ada/notes")
    assert archive.exists()


def test_a_word_says_that_there_is_nothing_to_read():
    assert "folder" in services.word_on_nothing("folder")[1]
    assert "archive" in services.word_on_nothing("archive")[1]
    code, words = services.word_on_nothing("remote")
    assert code == "nothing-yet"
    assert "Push one" in words
