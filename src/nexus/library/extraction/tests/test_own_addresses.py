"""Promises of a repository's own addresses: known in every spelling and place."""

import pytest

from nexus.library.extraction.own_addresses import OwnAddresses
from nexus.library.extraction.web_addresses import normal_address


def _holds(own: OwnAddresses, url: str) -> bool:
    key = normal_address(url)
    assert key is not None
    return own.holds(key)


@pytest.mark.parametrize(
    "origin",
    [
        "https://github.com/Ada/Nexus",
        "http://www.github.com/ada/nexus.git/",
        "https://ada:secret@github.com/ada/nexus.git",  # nexus:allow
        "git@github.com:ada/nexus.git",
        "ssh://git@github.com/ada/nexus.git",
        "git://github.com/ada/nexus",
        "https://github.com/ada/nexus/tree/dev",
    ],
)
@pytest.mark.parametrize(
    "url",
    [
        "https://github.com/ada/nexus",
        "https://github.com/ADA/Nexus/issues?q=open",
        "https://ada.github.io/Nexus/guide",
        "https://raw.githubusercontent.com/Ada/nexus/main/a.png",
    ],
)
def test_a_repository_is_known_wherever_it_is_seen(origin: str, url: str) -> None:
    assert _holds(OwnAddresses.of(origin), url)


@pytest.mark.parametrize(
    "url",
    ["https://github.com/ada", "https://github.com/ada/nexus-2", "https://github.com/bob/nexus"],
)
def test_what_lies_beside_it_belongs_to_others(url: str) -> None:
    assert not _holds(OwnAddresses.of("https://github.com/ada/nexus"), url)


def test_a_running_program_has_its_host_for_itself() -> None:
    own = OwnAddresses.of("https://nexus-ada.onrender.com/api/docs/")
    assert _holds(own, "https://nexus-ada.onrender.com/admin")
    assert not _holds(own, "https://other.onrender.com")


def test_of_other_hosts_only_what_lies_below_is_its_own() -> None:
    own = OwnAddresses.of("https://school.org/ada")
    assert _holds(own, "https://school.org/ada?page=2")
    assert not _holds(own, "https://school.org/lessons")


def test_a_page_of_a_person_is_the_root_of_their_host() -> None:
    own = OwnAddresses.of("https://github.com/ada/ada.github.io")
    assert _holds(own, "https://ada.github.io/posts/1")


def test_what_is_no_address_is_left_out() -> None:
    assert OwnAddresses.of("", "/srv/notes", "http://localhost:8000", "not an address") == (
        OwnAddresses()
    )
    assert not OwnAddresses().holds("https://python.org")
