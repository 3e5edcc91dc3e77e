"""The hub's own repository comes into a hub whole, without a single problem."""

import pytest

from nexus.library.models import Entry
from nexus.library.reports import repository_report
from tests.documentation.pages import pages

pytestmark = pytest.mark.django_db


def test_the_bundled_repository_has_no_problem(imported):
    report = repository_report(imported.pk)

    assert report["problems"] == []
    assert report["state"] == "ready"
    assert set(report["left_out"]) <= {"binary"}


def test_its_folders_become_the_kinds_they_are_meant_for(imported):
    whole = Entry.objects.filter(repository=imported, part="")
    kinds = dict(whole.values_list("path", "kind"))

    assert kinds[""] == "project"
    assert kinds["projects/nexus.md"] == "project"
    assert kinds["code-snippets/page-cache.md"] == "snippet"
    assert kinds["code-snippets/page-cache/render-once.py"] == "snippet"
    assert kinds["documentation/reference/settings.md"] == "document"
    assert kinds["resources/git.md"] == "resource"
    assert kinds["collaboration/openapi.yaml"] == "contract"
    assert set(kinds.values()) == {"project", "snippet", "document", "resource", "contract"}


def test_every_page_is_an_entry_in_the_words_of_its_author(imported):
    whole = Entry.objects.filter(repository=imported, part="")
    titles = dict(whole.values_list("path", "title"))

    for path, page in pages().items():
        assert titles["" if path == "README.md" else path] == page.matter.data["title"]


def test_every_code_snippet_says_what_it_shows(imported):
    snippets = Entry.objects.filter(repository=imported, kind="snippet", part="")

    assert [entry.path for entry in snippets if not entry.summary] == []


def test_its_first_page_is_read_by_a_guest(client, imported):
    page = client.get("/c/commons/nexus/").content.decode()

    assert "What you can do first" in page
    assert "/c/commons/nexus/documentation/tutorial/first-hub.md" in page
