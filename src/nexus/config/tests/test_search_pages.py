"""Pages of results as guests get them: out of the page cache, and never out of date."""

import pytest

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
