"""Entries written on a page: committed, shown at once, and never over somebody else's."""

from collections import namedtuple

import pytest

from nexus.cohorts.models import Role
from nexus.cohorts.tests.factories import CohortFactory, MembershipFactory
from nexus.cohorts.tests.telling import logged
from nexus.kernel.errors import Conflict, Forbidden, Invalid
from nexus.kernel.room import NoRoom
from nexus.library.composing import NewEntry
from nexus.library.models import Entry
from nexus.library.services.changing import Edit, change_text
from nexus.library.services.writing import publish_files, write_entry
from nexus.people.tests.factories import PersonFactory
from nexus.repositories.git.stores import read_refs
from nexus.repositories.git.tests.builders import git
from nexus.repositories.limits import store_of
from nexus.repositories.models import Repository, Sync

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cohort(home):
    return CohortFactory()


@pytest.fixture
def ada(cohort):
    return MembershipFactory(cohort=cohort, person=PersonFactory(), role=Role.MEMBER).person


def challenge(title="Slow queries", **fields):
    return NewEntry(
        kind="challenge",
        title=title,
        topics=["n-plus-one-queries"],
        fields={"problem": "A page took 4 s.", "solution": "`select_related`.", **fields},
    )


def test_what_is_written_is_an_entry_at_once_and_a_file_in_a_clone(ada, cohort, tmp_path):
    repository, path = write_entry(by=ada, cohort=cohort, entry=challenge())
    entry = Entry.objects.get(repository=repository, path=path)
    assert (entry.kind, entry.title) == ("challenge", "Slow queries")
    assert repository.kind == Repository.Kind.HOSTED
    git("clone", "-q", store_of(repository.pk), tmp_path / "clone")
    written = (tmp_path / "clone" / path).read_text()
    assert "kind: challenge" in written
    assert "A page took 4 s." in written
    assert logged() == ["repository.hosted", "repository.written"]


def test_the_second_entry_goes_to_the_same_repository_and_replaces_nothing(ada, cohort):
    first, path = write_entry(by=ada, cohort=cohort, entry=challenge())
    second, other = write_entry(by=ada, cohort=cohort, entry=challenge(problem="Another."))
    assert (first.pk, path) != (second.pk, other)
    assert first.pk == second.pk
    assert Entry.objects.filter(repository=first, kind="challenge").count() == 2


def test_on_a_full_disk_nothing_is_changed(ada, cohort, monkeypatch):
    repository, path = write_entry(by=ada, cohort=cohort, entry=challenge())
    runs, head = Sync.objects.count(), read_refs(store_of(repository.pk))
    usage = namedtuple("usage", "total used free")(2**30, 2**30 - 2**20, 2**20)
    monkeypatch.setattr("shutil.disk_usage", lambda _: usage)
    with pytest.raises(NoRoom) as refused:
        publish_files(by=ada, repository=repository, files={path: b"x"}, message="No", expected={})
    assert (int(refused.value.status), refused.value.code) == (507, "disk-full")
    assert (Sync.objects.count(), read_refs(store_of(repository.pk))) == (runs, head)
    assert logged() == ["repository.hosted", "repository.written"]


def test_who_is_no_member_writes_nothing(cohort):
    with pytest.raises(Forbidden):
        write_entry(by=PersonFactory(), cohort=cohort, entry=challenge())
    assert not Repository.objects.exists()


def test_what_lacks_its_problem_is_refused_and_changes_nothing(ada, cohort):
    with pytest.raises(Invalid) as refused:
        write_entry(by=ada, cohort=cohort, entry=challenge(problem="  "))
    assert refused.value.code == "text-missing"
    assert not Repository.objects.exists()


def test_a_secret_is_refused_before_it_is_committed_unless_its_author_says_it_is_none(ada, cohort):
    token = "ghp_" + "q7Zk2vX9mB4tR8wL1nY6cJ3hD5fG0pSaEuTAb"[:36]
    with pytest.raises(Invalid) as refused:
        write_entry(by=ada, cohort=cohort, entry=challenge(problem=f"I used {token}."))
    assert refused.value.code == "secret-written"
    assert token not in f"{refused.value} {refused.value.remedy}"
    assert not Repository.objects.exists()
    repository, path = write_entry(
        by=ada, cohort=cohort, entry=challenge(problem=f"I used {token}. <!-- nexus:allow -->")
    )
    for data, message in ((token, "No"), ("# Clean\n", f"Without {token}")):
        with pytest.raises(Invalid):
            publish_files(
                by=ada,
                repository=repository,
                files={path: data.encode()},
                message=message,
                expected={},
            )


def test_a_secret_in_the_name_of_a_file_gets_into_no_message(ada, cohort):
    token = "ghp_" + "q7Zk2vX9mB4tR8wL1nY6cJ3hD5fG0pSaEuTAb"[:36]
    repository, _ = write_entry(by=ada, cohort=cohort, entry=challenge())
    edit = Edit(path=f"{token}.md", text="# A\n", made_from="")
    change_text(by=ada, repository=repository, edit=edit)
    written = git("-C", store_of(repository.pk), "log", "-1", "--format=%B")
    assert written.startswith("Change secret-hidden-")


def test_the_scheme_of_an_address_is_good_in_capitals_too(ada, cohort):
    entry = NewEntry(kind="resource", title="Git", fields={"address": "HTTPS://git-scm.com/book"})
    repository, path = write_entry(by=ada, cohort=cohort, entry=entry)
    assert Entry.objects.get(repository=repository, path=path).kind == "resource"


def test_nobody_writes_into_the_repository_of_another(ada, cohort):
    repository, path = write_entry(by=ada, cohort=cohort, entry=challenge())
    bob = MembershipFactory(cohort=cohort, role=Role.MEMBER).person
    with pytest.raises(Forbidden):
        publish_files(
            by=bob, repository=repository, files={path: b"mine"}, message="No", expected={}
        )
    assert Entry.objects.get(repository=repository, path=path).title == "Slow queries"


def test_an_old_look_does_not_overwrite_a_newer_state(ada, cohort):
    repository, path = write_entry(by=ada, cohort=cohort, entry=challenge())
    was = git("-C", store_of(repository.pk), "rev-parse", f"HEAD:{path}").strip()
    newer = {"files": {path: b"# Newer\n"}, "message": "Change", "expected": {path: was}}
    publish_files(by=ada, repository=repository, **newer)
    with pytest.raises(Conflict):
        publish_files(by=ada, repository=repository, **{**newer, "files": {path: b"# Lost\n"}})
    assert Entry.objects.get(repository=repository, path=path).title == "Newer"
