"""Pages of results as guests get them: out of the page cache, and never out of date."""

import pytest

from nexus.cohorts.models import Visibility
from nexus.cohorts.services import change_visibility
from nexus.config import application, searching
from nexus.kernel import events
from nexus.kernel.http.tests.client import ask, run
from nexus.search.registry import registry

HOST = [("Host", "127.0.0.1")]


@pytest.fixture
def root(transactional_db, home, settings, monkeypatch):
    """The hub's application without its threads: the index follows when ``catch_up`` is called."""
    settings.SEARCH_FOLDER = home / "search"
    monkeypatch.setattr(registry, "_sources", {})
    monkeypatch.setattr(events, "_hints", [])
    searching.engine.cache_clear()
    yield application.build_root()
    searching.engine().stop()
    searching.engine.cache_clear()


def found(root, words):
    """(what a guest sees who asks for ``words``, whether it came out of the page cache)."""
    page = run(ask(root, "/search", query=f"q={words}", headers=HOST))
    assert page.status == 200
    return page.body.decode(), page.header("cache-status") is not None


def test_a_page_kept_before_the_index_followed_is_not_shown_after(root, mirror):
    searching.catch_up()
    mirror.publish({"README.md": "# Fresh\n\nOf marmalade.\n"})
    address = "/c/cohort-of-nexus/nexus/"
    early, _ = found(root, "marmalade")
    again, kept = found(root, "marmalade")
    assert address not in early + again
    assert kept
    searching.catch_up()
    assert address in found(root, "marmalade")[0]
    assert found(root, "marmalade")[1]


@pytest.mark.parametrize("followed", [False, True], ids=["before the index", "after it"])
def test_what_becomes_a_members_matter_is_gone_for_guests_at_once(root, mirror, followed):
    mirror.publish({"README.md": "# Fresh\n\nOf marmalade.\n"})
    searching.catch_up()
    address = "/c/cohort-of-nexus/nexus/"
    for _ in range(2):
        page, kept = found(root, "marmalade")
        assert address in page
    assert kept
    cohort = mirror.repository.cohort
    change_visibility(by=None, cohort=cohort, visibility=Visibility.MEMBERS)
    if followed:
        searching.catch_up()
    for _ in range(2):
        assert address not in found(root, "marmalade")[0]
    change_visibility(by=None, cohort=cohort, visibility=Visibility.PUBLIC)
    assert address in found(root, "marmalade")[0]
