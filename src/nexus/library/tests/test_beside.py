"""What stands around an entry: its folder, whatever that is called, its topics and versions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from nexus.library import selectors
from nexus.library.tests.factories import EntryFactory, EntryTopicFactory, VersionFactory
from nexus.repositories.tests.factories import RepositoryFactory

pytestmark = pytest.mark.django_db


def paths(entry):
    return [one.path for one in selectors.around(entry).near]


def test_neither_folders_below_nor_other_folders_nor_parts_nor_what_is_gone():
    entry = EntryFactory(path="docs/b.md")
    repository = entry.repository
    for path, more in {
        "docs/a.md": {},
        "docs/deep/c.md": {},
        "d.md": {},
        "docs/gone.md": {"withdrawn_at": entry.changed_at},
        "docs/parts.md": {"part": "challenge-slow"},
    }.items():
        EntryFactory(repository=repository, path=path, **more)
    EntryFactory(path="docs/elsewhere.md")

    assert paths(entry) == ["docs/a.md", "docs/b.md"]


def test_a_folder_that_is_called_the_same_but_for_its_capitals_is_another():
    entry = EntryFactory(path="docs/b.md")
    EntryFactory(repository=entry.repository, path="Docs/a.md")
    EntryFactory(repository=entry.repository, path="docs/ዘ.md")
    assert paths(entry) == ["docs/b.md", "docs/ዘ.md"]


def test_at_the_top_the_project_is_not_among_them():
    entry = EntryFactory(path="b.md")
    EntryFactory(repository=entry.repository, path="")
    EntryFactory(repository=entry.repository, path="a.md")
    assert paths(entry) == ["a.md", "b.md"]


def test_an_entry_is_told_with_its_topics_its_versions_and_the_kinds_of_its_repository():
    entry = EntryFactory(path="docs/b.md", kind="document")
    for kind in ("snippet", "snippet", "project"):
        EntryFactory(repository=entry.repository, kind=kind)
    EntryFactory(repository=entry.repository, withdrawn_at=entry.changed_at)
    EntryFactory(kind="contract")
    for topic, weight in {"django": 2, "sql": 10, "caching": 2}.items():
        EntryTopicFactory(entry=entry, topic=topic, weight=weight)
    versions = entry.versions.count()
    VersionFactory(entry=entry)

    found = selectors.around(entry)

    assert found.kinds == {"document": 1, "project": 1, "snippet": 2}
    assert list(found.kinds) == sorted(found.kinds), "in the same order on every page"
    assert found.topics == ["sql", "caching", "django"]
    assert found.versions == versions + 1


def test_all_of_it_is_one_question(django_assert_num_queries):
    entry = EntryFactory(path="docs/b.md")
    with django_assert_num_queries(1):
        selectors.around(entry)


def test_beside_a_project_lies_nothing():
    entry = EntryFactory(path="", kind="project")
    EntryFactory(repository=entry.repository, path="a.md")
    assert paths(entry) == []


class Folders(TestCase):
    """Names with characters that a pattern of SQL knows."""

    @given(name=st.text(alphabet="%_!\\'a", min_size=1, max_size=6))
    def test_a_name_stands_for_itself(self, name: str) -> None:
        repository = RepositoryFactory()
        entry = EntryFactory(repository=repository, path=f"{name}/page.md")
        EntryFactory(repository=repository, path=f"b{name}/page.md")
        EntryFactory(repository=repository, path=f"{'b' * len(name)}/page.md")
        assert paths(entry) == [f"{name}/page.md"]
