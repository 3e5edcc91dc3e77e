"""What was published can be found, and what went cannot."""

import pytest

from nexus.cohorts.models import Visibility
from nexus.cohorts.tests.factories import CohortFactory
from nexus.search.results import SearchRequest

pytestmark = pytest.mark.django_db(transaction=True)


def found(engine, words, audiences=frozenset({"public"}), **filters):
    """{address: hit} of what has these words."""
    engine.catch_up()
    results = engine.search(SearchRequest(words=words, audiences=audiences, **filters))
    return {hit.address: hit for hit in results.hits}


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
    assert found(engine, "quince", frozenset({"public", f"cohort:{cohort.pk}"}))


def test_a_lost_index_is_built_again_from_the_database_and_git(mirror, engine):
    mirror.publish({"README.md": "# Quince\n", "a.py": "quince = 1\n"})
    assert len(found(engine, "quince")) == 2
    engine.rebuild()
    assert len(found(engine, "quince")) == 2
