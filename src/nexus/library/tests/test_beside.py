"""What lies in the same folder, whatever the folder is called."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from nexus.library import selectors
from nexus.library.tests.factories import EntryFactory
from nexus.repositories.tests.factories import RepositoryFactory

pytestmark = pytest.mark.django_db


def paths(entry):
    return [one.path for one in selectors.beside(entry)]


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


def test_at_the_top_the_project_is_not_among_them():
    entry = EntryFactory(path="b.md")
    EntryFactory(repository=entry.repository, path="")
    EntryFactory(repository=entry.repository, path="a.md")
    assert paths(entry) == ["a.md", "b.md"]


class Folders(TestCase):
    """Names with characters that a pattern of SQL knows."""

    @given(name=st.text(alphabet="%_!\\'a", min_size=1, max_size=6))
    def test_a_name_stands_for_itself(self, name: str) -> None:
        repository = RepositoryFactory()
        entry = EntryFactory(repository=repository, path=f"{name}/page.md")
        EntryFactory(repository=repository, path=f"b{name}/page.md")
        EntryFactory(repository=repository, path=f"{'b' * len(name)}/page.md")
        assert paths(entry) == [f"{name}/page.md"]
