"""From commits to entries: what is found, what a change touches, what is never lost."""

import pytest

from nexus.kernel.errors import NexusError
from nexus.kernel.models import StoredEvent
from nexus.library import selectors
from nexus.library.models import Entry, FileProblem, LeftOut, SourceFile, Version
from nexus.library.reports import entry_report, repository_report
from nexus.repositories.models import Contributor, Revision, Sync
from nexus.repositories.selectors import latest_sync

OPENAPI = """openapi: 3.1.0
info: {title: Shop, version: 1.0.0}
paths:
  /things:
    get: {operationId: listThings, responses: {'200': {description: Things}}}
"""


def touched(event_number=None):
    """The entries and files that the newest event about them names."""
    events = StoredEvent.objects.filter(type="library.entries_changed").order_by("pk")
    return [len(event.payload["entries"]) + len(event.payload["files"]) for event in events]


def test_a_readme_alone_is_a_project(mirror):
    mirror.publish({"README.md": "# Notes of Ada\n\nWhat I learnt about queues.\n"})
    project = mirror.entry("")
    assert mirror.entries() == {"": "project"}
    assert (project.title, project.summary) == ("Notes of Ada", "What I learnt about queues.")
    assert "<h1" in project.rendering.html
    assert project.current.path == "README.md"


def test_a_repository_without_a_readme_is_a_project_with_its_name(mirror):
    mirror.publish({"main.py": "print('hello')\n"})
    assert mirror.entry("").title == "nexus"
    assert mirror.entries() == {"": "project"}
    assert SourceFile.objects.get().code_language == "Python"


def test_entries_are_found_by_content_and_the_five_folders(mirror):
    mirror.publish(
        {
            "README.md": "# Hub\n",
            "docs/guide.md": "# Guide\n",
            "docs/old.rst": "Old\n===\n\nWords.\n",
            "notes.ipynb": '{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}',
            "api/shop.json": OPENAPI,
            "api/schema.graphql": "type Query { things: [String!]! }\n",
            "code-snippets/retry.py": "# Try again, but not for ever.\nfor i in range(3): pass\n",
            "code-snippets/README.md": "# Snippets\n",
            "projects/shop.md": "# Shop\n",
            "projects/blog/README.md": "# Blog\n",
            "projects/blog/notes.md": "# Notes\n",
            "resources/links.md": "# Links\n",
            "collaboration/rules.md": "# Rules\n",
            "backend/manage.py": "print(1)\n",
        }
    )
    assert mirror.entries() == {
        "": "project",
        "docs/guide.md": "document",
        "docs/old.rst": "document",
        "notes.ipynb": "document",
        "api/shop.json": "contract",
        "api/schema.graphql": "contract",
        "code-snippets/retry.py": "snippet",
        "code-snippets/README.md": "document",
        "projects/shop.md": "project",
        "projects/blog/README.md": "project",
        "projects/blog/notes.md": "document",
        "resources/links.md": "resource",
        "collaboration/rules.md": "document",
    }
    snippet = mirror.entry("code-snippets/retry.py")
    assert snippet.summary == "Try again, but not for ever."
    assert snippet.code_language == "Python"
    assert mirror.entry("api/shop.json").facts["operations"] == 1


def test_front_matter_is_honoured(mirror):
    mirror.publish(
        {
            "docs/a.md": "---\nkind: snippet\ntitle: Said\nsummary: In short\n"
            "language: Go\n---\nText\n"
        }
    )
    entry = mirror.entry("docs/a.md")
    assert (entry.kind, entry.title, entry.summary, entry.code_language) == (
        "snippet",
        "Said",
        "In short",
        "Go",
    )


def test_an_unchanged_repository_writes_nothing(mirror):
    mirror.publish({"README.md": "# A\n", "b.md": "# B\n"})
    before = StoredEvent.objects.exclude(type="repositories.sync_finished").count()
    mirror.sync()
    assert StoredEvent.objects.exclude(type="repositories.sync_finished").count() == before
    assert Revision.objects.count() == 1


def test_a_change_touches_only_its_files(mirror):
    mirror.publish({f"docs/{n}.md": f"# {n}\n" for n in range(5)} | {"README.md": "# A\n"})
    StoredEvent.objects.all().delete()
    sha = mirror.publish({"docs/3.md": "# Three\n"}, "Say it in words")
    assert touched() == [1]
    entry = mirror.entry("docs/3.md")
    assert entry.title == "Three"
    assert entry.current.commit == sha
    assert [v.subject for v in selectors.versions_of(entry)] == ["Say it in words", "Work"]
    assert mirror.entry("docs/2.md").versions.count() == 1


def test_the_whole_past_is_known_at_the_first_fetch(mirror):
    for n in range(4):
        mirror.upstream.commit({"docs/a.md": f"# Version {n}\n"}, f"Version {n}")
    mirror.sync()
    assert mirror.entry("docs/a.md").versions.count() == 4


def test_of_commits_of_one_second_the_newest_comes_first(mirror):
    for n in range(4):
        mirror.upstream.commit({"a.md": f"# Version {n}\n"}, f"Version {n}", when=1_700_000_000)
        if n % 2:
            mirror.sync()
    found = selectors.versions_of(mirror.entry("a.md"))
    assert [version.subject for version in found] == [f"Version {n}" for n in (3, 2, 1, 0)]


def test_a_rename_keeps_the_entry_and_its_history_and_leads_on(mirror):
    text = "# Guide\n\n" + "A long text that stays the same.\n" * 20
    mirror.publish({"README.md": "# A\n", "guide.md": text})
    before = mirror.entry("guide.md")
    mirror.publish({"guide.md": None, "docs/guide.md": text + "And a line.\n"})
    after = mirror.entry("docs/guide.md")
    assert after.pk == before.pk
    assert after.versions.count() == 2
    assert selectors.moved_to(mirror.repository, "guide.md") == "docs/guide.md"


def test_a_page_that_becomes_the_readme_is_the_project_and_nothing_beside_it(mirror):
    text = "# Shop\n\n" + "A long text that stays the same.\n" * 20
    mirror.publish({"docs/README.md": text})
    mirror.publish({"docs/README.md": None, "README.md": text})
    living = Entry.objects.filter(repository=mirror.repository, withdrawn_at=None)
    assert [(entry.path, entry.title) for entry in living] == [("", "Shop")]


def test_a_rename_before_the_hub_knew_it_leads_on_as_well(mirror):
    text = "# Guide\n\n" + "A long text that stays the same.\n" * 20
    mirror.upstream.commit({"README.md": "# A\n", "guide.md": text})
    mirror.publish({"guide.md": None, "docs/guide.md": text})
    assert selectors.moved_to(mirror.repository, "guide.md") == "docs/guide.md"


def test_a_deleted_file_stays_readable_and_comes_back_as_itself(mirror):
    mirror.publish({"README.md": "# A\n", "a.md": "# Gone\n\nWords.\n"})
    key = mirror.entry("a.md").pk
    mirror.publish({"a.md": None})
    gone = mirror.entry("a.md")
    assert gone.withdrawn_at is not None
    assert "Words." in gone.rendering.html
    assert "a.md" not in mirror.entries()
    mirror.publish({"a.md": "# Back\n"})
    back = mirror.entry("a.md")
    assert (back.pk, back.title, back.withdrawn_at) == (key, "Back", None)


def test_a_force_push_is_survived_and_old_versions_stay(mirror):
    mirror.publish({"README.md": "# One\n", "kept.md": "# Kept\n"})
    old = mirror.publish({"README.md": "# Two\n"})
    mirror.upstream.commit({"README.md": "# Other\n"}, "Begin again", parents=[])
    mirror.sync()
    project = mirror.entry("")
    assert project.title == "Other"
    assert Version.objects.filter(entry=project, commit=old).exists()
    assert mirror.entry("kept.md").withdrawn_at is not None


def test_a_file_that_stops_being_an_entry_is_withdrawn(mirror):
    mirror.publish({"README.md": "# A\n", "api.yaml": OPENAPI})
    mirror.publish({"api.yaml": "just: data\n"})
    assert mirror.entry("api.yaml").withdrawn_at is not None
    assert SourceFile.objects.filter(path="api.yaml").exists()
    mirror.publish({"api.yaml": OPENAPI})
    assert mirror.entry("api.yaml").withdrawn_at is None
    assert not SourceFile.objects.filter(path="api.yaml").exists()


def test_what_is_left_out_is_listed_with_its_reason(mirror):
    mirror.publish(
        {
            "README.md": "# A\n",
            ".env": "SECRET=1\n",
            "venv/pyvenv.cfg": "home = /usr\n",
            "venv/lib/a.py": "1\n",
            "data.unknown": b"\0\1\2",
            "logo.png": b"\x89PNG",
        }
    )
    assert selectors.left_out_by_reason(mirror.repository.pk) == {
        "binary": 2,
        "secret": 1,
        "vendored": 2,
    }
    mirror.publish({"README.md": "# B\n"})
    assert LeftOut.objects.filter(path="data.unknown", reason="binary").exists()


def test_problems_are_kept_with_their_file_and_go_when_mended(mirror):
    mirror.publish({"README.md": "# A\n", "docs/b.md": "# B\n\n```python\nx = 1\n"})
    problem = FileProblem.objects.get(path="docs/b.md")
    assert (problem.code, problem.line) == ("fence-unclosed", 3)
    mirror.publish({"docs/b.md": "# B\n"})
    assert not FileProblem.objects.filter(path="docs/b.md").exists()


def test_the_problems_of_a_file_that_goes_go_with_it(mirror):
    mirror.publish({"README.md": "# A\n", "docs/b.md": "```python\nx = 1\n"})
    mirror.publish({"docs/b.md": None})
    assert not FileProblem.objects.filter(path="docs/b.md").exists()


def test_contributors_are_kept_without_their_addresses(mirror):
    mirror.upstream.commit({"README.md": "# A\n"}, author="Ada <ada@example.com>")
    mirror.upstream.commit({"README.md": "# B\n"}, author="Ada <ADA@example.com>")
    mirror.publish({"README.md": "# C\n"}, author="Bob <bob@example.com>")
    people = {c.name: c.commits for c in Contributor.objects.all()}
    assert people["Bob"] == 1
    assert "example.com" not in str(list(Contributor.objects.values()))


def test_the_licence_is_a_fact_of_the_project(mirror):
    mirror.publish(
        {
            "README.md": "# A\n",
            "LICENSE": "Permission is hereby granted, free of charge, to any person "
            "obtaining a copy",
        }
    )
    licence = mirror.entry("").known_facts.get(name="licence")
    assert (licence.value, licence.source, licence.certainty) == ("MIT", "LICENSE", "fact")


def test_an_origin_that_vanishes_leaves_the_last_state(mirror, tmp_path):
    mirror.publish({"README.md": "# A\n"})
    mirror.upstream.path.rename(tmp_path / "moved.git")
    with pytest.raises(NexusError):
        mirror.sync()
    mirror.repository.refresh_from_db()
    assert mirror.repository.state == "trouble"
    assert mirror.repository.trouble
    assert mirror.entry("").withdrawn_at is None
    assert latest_sync(mirror.repository.pk).state == Sync.State.FAILED
    (tmp_path / "moved.git").rename(mirror.upstream.path)
    mirror.sync()
    assert (mirror.repository.state, mirror.repository.trouble) == ("ready", "")


def test_an_empty_repository_is_said_to_be_empty(mirror):
    mirror.sync()
    assert mirror.repository.state == "empty"
    assert not Entry.objects.exists()


def test_a_run_that_was_cut_off_is_finished_by_the_next(mirror, monkeypatch):
    from nexus.library.services import indexing, publishing

    calls = []

    def dies(*arguments):
        calls.append(arguments)
        raise KeyboardInterrupt

    mirror.upstream.commit({f"docs/{n}.md": f"# {n}\n" for n in range(6)} | {"README.md": "# A\n"})
    monkeypatch.setattr(indexing, "BATCH", 2)
    whole = publishing.publish_files

    def dies_later(*arguments):
        if len(calls) == 1:
            raise KeyboardInterrupt
        calls.append(arguments)
        return whole(*arguments)

    monkeypatch.setattr(publishing, "publish_files", dies_later)
    with pytest.raises(KeyboardInterrupt):
        mirror.sync()
    monkeypatch.setattr(publishing, "publish_files", whole)
    assert 0 < Entry.objects.count() < 7
    Sync.objects.update(state=Sync.State.FAILED)
    mirror.sync()
    assert len(mirror.entries()) == 7
    assert Version.objects.count() == 7


def test_pages_are_made_anew_when_the_indexer_is_newer(mirror, monkeypatch):
    from nexus.library.services import indexing, planning, syncing

    mirror.publish({"README.md": "# A\n", "b.md": "# B\n"})
    monkeypatch.setattr(indexing, "FORMAT_VERSION", 999)
    monkeypatch.setattr(planning, "FORMAT_VERSION", 999)
    monkeypatch.setattr(syncing, "FORMAT_VERSION", 999)
    StoredEvent.objects.all().delete()
    mirror.sync()
    assert mirror.repository.format_version == 999
    assert sum(touched()) == 2
    assert Version.objects.count() == 2


def test_a_report_tells_programs_what_became_of_a_repository(mirror):
    sha = mirror.publish({"README.md": "# A\n", "b.md": "```\nopen\n", ".env": "x"})
    report = repository_report(mirror.repository.pk)
    assert report["name"] == "nexus"
    assert report["revision"] == sha
    assert report["entries"] == {"document": 1, "project": 1}
    assert report["left_out"] == {"secret": 1}
    problems = {p["code"]: p for p in report["problems"]}
    assert {"secret-file", "fence-unclosed"} <= set(problems)
    assert problems["fence-unclosed"]["file"] == "b.md"
    assert problems["fence-unclosed"]["line"] == 1
    assert all(problem["remedy"] for problem in problems.values())


def test_an_entry_can_be_shown_to_a_program(mirror):
    sha = mirror.publish({"README.md": "# A\n", "docs/b.md": "# B\n\nWords.\n"})
    cohort = mirror.repository.cohort.slug
    shown = entry_report(cohort, "nexus", "docs/b.md")
    assert shown["address"] == f"/c/{cohort}/nexus/docs/b.md"
    assert (shown["title"], shown["commit"], shown["kind"]) == ("B", sha, "document")
    assert "Words." in shown["html"]
    assert [version["commit"] for version in shown["versions"]] == [sha]
    with pytest.raises(NexusError, match="no entry"):
        entry_report(cohort, "nexus", "nothing.md")
