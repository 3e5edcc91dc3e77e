"""What was published can be found, and what went cannot."""

import shutil

import pytest
from django.db import OperationalError

from nexus.cohorts.models import Visibility
from nexus.cohorts.selectors import audiences
from nexus.cohorts.services import change_visibility
from nexus.cohorts.tests.factories import CohortFactory, MembershipFactory
from nexus.kernel import events
from nexus.kernel.tests.factories import StoredEventFactory
from nexus.library.models import Rendering
from nexus.library.search import LibrarySource
from nexus.library.search.guarding import or_word
from nexus.repositories.limits import store_of
from nexus.search.registry import LoggedEvent
from nexus.search.results import SearchRequest

pytestmark = pytest.mark.django_db(transaction=True)


def found(engine, words, reader=None, **filters):
    """{address: hit} of what has these words, once the index has followed."""
    engine.catch_up()
    return found_now(engine, words, reader, **filters)


def found_now(engine, words, reader=None, **filters):
    """{address: hit} of what has these words in the index as it is."""
    request = SearchRequest(words=words, audiences=audiences(reader), **filters)
    return {hit.address: hit for hit in engine.search(request).hits}


def tell(kind, **payload):
    """Store an event that a service of another room will publish, and have it numbered."""
    StoredEventFactory(type=kind, payload=payload)
    events.relay()


def test_entries_and_code_are_found(mirror, engine):
    mirror.publish(
        {
            "README.md": "# Hub of Ada\n\nEverything about marmalade.\n",
            "docs/queues.md": "# Queues\n\nA broker carries the marmalade.\n",
            "src/worker.py": "def stir_marmalade(): ...\n",
        }
    )
    base = "/c/cohort-of-nexus/nexus"
    hits = found(engine, "marmalade")
    assert set(hits) == {f"{base}/", f"{base}/docs/queues.md", f"{base}/src/worker.py"}
    assert hits[f"{base}/src/worker.py"].kind == "file"
    assert set(found(engine, "marmalade", kinds=("document",))) == {f"{base}/docs/queues.md"}
    assert set(found(engine, "stir", code_languages=("Python",))) == {f"{base}/src/worker.py"}


def test_what_changed_is_found_by_its_new_words_only(mirror, engine):
    mirror.publish({"README.md": "# A\n", "b.md": "# Old words\n"})
    assert found(engine, "old words")
    mirror.publish({"b.md": "# Fresh talk\n"})
    assert found(engine, "fresh talk")
    assert not found(engine, '"old words"')


def test_what_was_removed_or_renamed_is_found_no_more_at_its_old_place(mirror, engine):
    text = "# Guide\n\nQuince jelly.\n" + "More of the same text.\n" * 20
    mirror.publish({"README.md": "# A\n", "b.md": text, "src/c.py": "quince = 1\n"})
    mirror.publish({"b.md": None, "docs/b.md": text, "src/c.py": None})
    assert set(found(engine, "quince")) == {"/c/cohort-of-nexus/nexus/docs/b.md"}


def test_an_address_cannot_be_searched_for(mirror, engine):
    mirror.publish(
        {
            "README.md": "# Hub\n\nWrite to quincy@example.com.\n",
            "a.py": "# quincy@example.com\n",
        }
    )
    assert not found(engine, "quincy")


def test_a_hidden_cohort_is_found_by_its_members_only(add_mirror, engine):
    cohort = CohortFactory(slug="hidden", visibility=Visibility.MEMBERS)
    add_mirror("private", cohort).publish({"README.md": "# Quince\n"})
    assert not found(engine, "quince")
    assert found(engine, "quince", MembershipFactory(cohort=cohort).person)
    assert not found(engine, "quince", MembershipFactory().person)


def test_a_change_of_visibility_holds_before_the_index_has_followed(mirror, engine):
    mirror.publish({"README.md": "# Quince\n", "a.py": "quince = 1\n"})
    cohort = mirror.repository.cohort
    member = MembershipFactory(cohort=cohort).person
    assert len(found(engine, "quince")) == 2
    for visibility, seen in ((Visibility.MEMBERS, 0), (Visibility.PUBLIC, 2)):
        change_visibility(by=None, cohort=cohort, visibility=visibility)
        assert len(found_now(engine, "quince")) == seen
        assert len(found_now(engine, "quince", member)) == 2
        assert len(found(engine, "quince")) == seen


def test_documents_follow_when_a_cohort_moves(mirror, add_mirror, engine):
    for one in (mirror, add_mirror("other")):
        one.publish({"README.md": "# Quince\n", "a.py": "quince = 1\n"})
    cohort = mirror.repository.cohort
    assert len(found(engine, "quince", cohorts=("cohort-of-nexus",))) == 2
    cohort.slug = "moved"
    cohort.save()
    tell("cohorts.cohort_changed", cohort=cohort.pk, changed=["name", "slug"])
    assert not found(engine, "quince", cohorts=("cohort-of-nexus",))
    assert set(found(engine, "quince", cohorts=("moved",))) == {
        "/c/moved/nexus/",
        "/c/moved/nexus/a.py",
    }
    assert len(found(engine, "quince")) == 4


def test_documents_follow_when_a_person_gets_another_handle(mirror, engine):
    mirror.publish({"README.md": "# Quince\n", "a.py": "quince = 1\n"})
    owner = mirror.repository.owner
    owner.handle, owner.name = "ada", "Ada Lovelace"
    owner.save()
    tell("people.person_changed", person=owner.pk, changed=["handle"])
    assert len(found(engine, "lovelace", people=("ada",))) == 2


def test_documents_follow_when_a_repository_gets_another_name(mirror, engine):
    mirror.publish({"README.md": "# Quince\n", "a.py": "quince = 1\n"})
    repository = mirror.repository
    repository.slug = "renamed"
    repository.save()
    tell("repositories.repository_changed", repository=repository.pk, changed=["slug"])
    assert len(found(engine, "", repositories=("cohort-of-nexus/renamed",))) == 2


def test_what_documents_do_not_say_touches_none(mirror, engine):
    mirror.publish({"README.md": "# Quince\n"})
    event = LoggedEvent(1, "cohorts.cohort_changed", {"cohort": 1, "changed": ["visibility"]})
    assert list(LibrarySource().affected(event)) == []


def test_a_repository_whose_store_is_gone_stops_no_other(mirror, add_mirror, engine):
    other = add_mirror("other")
    for one in (mirror, other):
        one.publish({"README.md": "# Quince\n", "a.py": "quince = 1\n"})
    shutil.rmtree(store_of(mirror.repository.pk))
    engine.rebuild()
    assert set(found(engine, "quince")) == {
        "/c/cohort-of-nexus/nexus/",
        "/c/cohort-of-other/other/",
        "/c/cohort-of-other/other/a.py",
    }
    assert engine.status().left_out == 1
    other.publish({"b.py": "quince = 2\n"})
    assert len(found(engine, "quince")) == 4


def test_an_entry_that_cannot_be_read_stops_no_other(mirror, engine):
    mirror.publish({"README.md": "# Quince\n", "b.md": "# Quince too\n"})
    Rendering.objects.filter(entry=mirror.entry("b.md")).delete()
    engine.rebuild()
    assert set(found(engine, "quince")) == {"/c/cohort-of-nexus/nexus/"}
    assert engine.status().left_out == 1
    mirror.publish({"b.md": "# Quince again\n"})
    assert len(found(engine, "quince")) == 2
    assert engine.status().left_out == 0


def test_a_lost_index_is_built_again_from_the_database_and_git(mirror, engine):
    mirror.publish({"README.md": "# Quince\n", "a.py": "quince = 1\n"})
    assert len(found(engine, "quince")) == 2
    engine.rebuild()
    assert len(found(engine, "quince")) == 2


def test_trouble_of_the_database_is_no_fault_of_a_document():
    def document():
        raise OperationalError("the database does not answer")

    with pytest.raises(OperationalError):
        or_word("entry:1", document)
