"""Names that people read, and names that stand in addresses."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nexus.repositories.git.names import owner_and_name_of_file, readable_name, slug_of


@given(st.text(max_size=200))
def test_a_slug_is_always_an_address(name: str) -> None:
    slug = slug_of(name)

    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug)
    assert len(slug) <= 80
    assert slug_of(slug) == slug


@given(st.text(max_size=200))
def test_a_readable_name_is_one_short_printable_line(name: str) -> None:
    shown = readable_name(name)

    assert shown
    assert shown.isprintable()
    assert len(shown) <= 100


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("alx-project-nexus", "alx-project-nexus"),
        ("ALX Project_Nexus (Café)", "alx-project-nexus-cafe"),
        ("../../etc", "etc"),
    ],
)
def test_slugs(name: str, slug: str) -> None:
    assert slug_of(name) == slug


def test_names_in_other_scripts_get_slugs_of_their_own() -> None:
    assert slug_of("笔记") != slug_of("ملاحظات")
    assert slug_of("笔记") == slug_of("笔记")


@pytest.mark.parametrize(
    ("file", "owner", "name"),
    [
        ("baydre+alx-project-nexus", "baydre", "alx-project-nexus"),
        ("c++", "", "c++"),
        ("+x", "", "+x"),
        ("notes-master.tar.gz", "", "notes"),
        ("notes.git", "", "notes"),
        ("", "", "repository"),
    ],
)
def test_owners_and_names_of_files(file: str, owner: str, name: str) -> None:
    assert owner_and_name_of_file(file) == (owner, name)
