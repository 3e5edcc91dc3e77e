"""A small change is a small work, and ends where a look at the whole tree ends."""

import pytest
from django.utils import timezone

from nexus.library.models import Entry, Fact, FileProblem, LeftOut, Recommendation, SourceFile
from nexus.library.services import indexing, planning, publishing
from nexus.library.triage import triage
from nexus.repositories import services as repositories
from nexus.repositories.git.reading import Reader
from nexus.repositories.git.tests.builders import Link
from nexus.repositories.limits import store_of
from nexus.repositories.models import Contributor, Sync
from nexus.repositories.selectors import follows_a_whole_run, latest_sync

FILES = {
    "README.md": "# Shop\n\nA shop for [books](docs/a.md#first) and [more](docs/b.md).\n",
    "LICENSE": "MIT License\n",
    "requirements.txt": "django==5.2\n",
    "docs/a.md": "# A\n\n## First\n\nWords about [Redis](https://redis.io/docs).\n",
    "docs/b.md": "# B\n\nSee [a](a.md#first) and [nothing](nothing.md).\n",
    "docs/c.md": "# C\n\n[missing](a.md#second) ![gap](gap.png)\n",
    "app/shop.py": "print('shop')\n",
    "package-lock.json": "{}\n",
    "node_modules/x/index.js": "1\n",
    "logo.png": b"\x89PNG\r\n\x1a\n\0\0",
}

#: In two parts, so that this file holds none.
SECRET = "AKIA" + "IOSFODNN7EXAMPLQ"

#: Changes of contents, one commit each: what they touch, and who made them.
CHANGES = [
    ({"docs/b.md": "# B\n\nReworded: [a](a.md#first), [nothing](nothing.md), [no](no.md).\n"}, ""),
    ({"docs/a.md": "# A\n\n## Second\n\nOther words: [Django](https://djangoproject.com).\n"}, ""),
    ({"README.md": "# Bookshop\n\nBuilt with Celery. [books](docs/a.md#second)\n"}, "Bo <b@x.org>"),
    ({"requirements.txt": "flask==3.0\n"}, "Bo <B@x.org>"),
    ({"app/shop.py": "import asyncio\n"}, "Cy <c@x.org>"),
    ({"docs/c.md": f"# C\n\nNo links. The key is {SECRET}.\n"}, ""),
    ({"package-lock.json": "{ }\n", "node_modules/x/index.js": "2\n", "logo.png": b"\x89P\0"}, ""),
    ({"docs/a.md": "# A\n\n### Problem: it was slow\n\nSolution: an index.\n"}, ""),
    ({"docs/a.md": "# A\n", "docs/c.md": "# C\n"}, ""),
    ({"app/shop.py": b"\0\1\2binary"}, ""),
]  # fmt: skip


@pytest.fixture
def looks_at_all(monkeypatch):
    """The commits for which the whole tree was looked at."""
    looked = []
    real = planning.plan_of_all
    monkeypatch.setattr(
        indexing, "plan_of_all", lambda *given: looked.append(given[2].sha) or real(*given)
    )
    return looked


def state_of(mirror):
    """All that the pages of a repository are made of, without keys and times."""
    entries = Entry.objects.filter(repository=mirror.repository, withdrawn_at=None)
    files = SourceFile.objects.filter(repository=mirror.repository)
    told = Recommendation.objects.filter(entry__in=entries)
    return {
        "entries": sorted(
            entries.values_list(
                "path", "part", "kind", "title", "summary", "line", "current__commit",
                "current__blob", "rendering__text", "language", "changed_at",
            )
        ),
        "links": {e.path: e.rendering.links for e in entries.filter(part="")},
        "topics": sorted(entries.exclude(topics=None).values_list("path", "part", "topics__topic")),
        "facts": sorted(
            Fact.objects.filter(entry__in=entries).values_list("name", "value", "source")
        ),
        "files": sorted(files.values_list("path", "blob", "size_bytes")),
        "problems": sorted(
            FileProblem.objects.filter(repository=mirror.repository).values_list(
                "path", "line", "code", "message"
            )
        ),
        "left out": sorted(
            LeftOut.objects.filter(repository=mirror.repository).values_list(
                "path", "reason", "files"
            )
        ),
        "people": sorted(
            Contributor.objects.filter(repository=mirror.repository).values_list(
                "name", "email_digest", "commits", "first_at", "last_at"
            )
        ),
        "told": sorted(told.values_list("resource__address", "entry__path", "context")),
    }  # fmt: skip


def test_small_changes_end_where_a_look_at_the_whole_ends(db, add_mirror, looks_at_all):
    small, whole = add_mirror("small"), add_mirror("whole")
    for mirror in (small, whole):
        mirror.publish(FILES)
    looks_at_all.clear()
    for number, (change, author) in enumerate(CHANGES):
        for mirror in (small, whole):
            mirror.upstream.commit(
                change, f"Change {number}", **({"author": author} if author else {})
            )
        small.sync()
        assert looks_at_all == []
        Sync.objects.filter(repository=whole.repository).update(state=Sync.State.FAILED)
        whole.sync()
        assert len(looks_at_all) == 1
        looks_at_all.clear()
        assert comparable(state_of(small)) == comparable(state_of(whole)), change


def comparable(state):
    """States of two upstreams with the same files: commits are others, and so are their times."""
    for name in ("entries", "people"):
        state[name] = [
            tuple(v for v in row if not hasattr(v, "tzinfo") and not is_sha(v))
            for row in state[name]
        ]
    return state


def is_sha(value):
    return isinstance(value, str) and len(value) == 40 and value.isalnum()


def test_a_project_has_as_many_files_as_are_read(mirror):
    """However it came to have them: with the contents of a file more or fewer may be read."""
    mirror.publish({**FILES, "data": b"\0", "guide.md": Link("README.md")})
    for change in (
        {"README.md": "# Shop\n\nNothing else came or went.\n"},
        {"guide.md": "# Guide\n"},
        {"docs/a.md": "x" * 1_100_000},
        {"docs/a.md": "# A\n"},
        {"guide.md": Link("README.md")},
    ):
        mirror.publish(change)
        with Reader(store_of(mirror.repository.pk)) as reader:
            read = triage(reader.files(mirror.repository.indexed)).read
        assert mirror.entry().facts["files"] == len(read), change


@pytest.mark.parametrize(
    "change",
    [
        {"docs/new.md": "# New\n"},
        {"docs/a.md": None},
        {"docs/a.md": None, "docs/moved.md": FILES["docs/a.md"]},
        {"docs/a.md": "x" * 1_100_000},
        {".env": "KEY=value\n"},
    ],
)
def test_more_than_contents_needs_a_look_at_the_whole(mirror, looks_at_all, change):
    mirror.publish({**FILES, ".env": ""})
    looks_at_all.clear()
    mirror.publish(change)
    assert len(looks_at_all) == 1


def test_a_commit_of_very_many_changes_is_cut_into_batches(mirror, looks_at_all, monkeypatch):
    monkeypatch.setattr(planning, "FEW", 2)
    mirror.publish(FILES)
    looks_at_all.clear()
    mirror.publish({f"docs/{name}.md": f"# Other {name}\n" for name in "abc"})
    assert len(looks_at_all) == 1
    assert mirror.entry("docs/c.md").title == "Other c"


def test_several_commits_at_once_keep_every_version(mirror, looks_at_all):
    mirror.publish(FILES)
    looks_at_all.clear()
    mirror.upstream.commit({"docs/a.md": "# A, again\n"}, "Second", author="Bo <b@x.org>")
    mirror.publish({"docs/a.md": "# A, once more\n"}, "Third", author="Bo <b@x.org>")
    assert looks_at_all == []
    subjects = mirror.entry("docs/a.md").versions.order_by("pk").values_list("subject", flat=True)
    assert sorted(subjects) == ["Second", "Third", "Work"]
    assert Contributor.objects.get(name="Bo").commits == 2


def test_names_of_a_mailmap_are_counted_again(mirror):
    mirror.publish({**FILES, ".mailmap": "Ada <a@x.org> <old@x.org>\n"}, author="Ada <a@x.org>")
    mirror.publish({"docs/a.md": "# Other\n"}, author="Old <old@x.org>")
    assert list(Contributor.objects.values_list("name", "commits")) == [("Ada", 2)]


def test_a_small_change_is_shown_whole_or_not_at_all(mirror, monkeypatch):
    mirror.publish(FILES)
    before = state_of(mirror)
    mirror.upstream.commit({"docs/a.md": "# Half\n", "README.md": "# Half\n"})

    def dies(*_, **__):
        raise KeyboardInterrupt

    with monkeypatch.context() as dying:
        dying.setattr(publishing, "finish_revision", dies)
        with pytest.raises(KeyboardInterrupt):
            mirror.sync()
    assert state_of(mirror) == before
    Sync.objects.filter(state=Sync.State.RUNNING).update(alive_at=None, worker="")
    Sync.objects.update(alive_at=timezone.now() - 2 * repositories.SILENCE)
    assert repositories.requeue_abandoned() == 1
    mirror.sync()
    assert mirror.entry("docs/a.md").title == "Half"
    assert mirror.entry("").title == "Half"


def test_after_a_run_that_was_cut_off_the_whole_is_compared(mirror, looks_at_all):
    mirror.publish(FILES)
    run = repositories.request_sync(by=None, repository=mirror.repository)
    assert follows_a_whole_run(run.pk)
    repositories.claim_sync(run.pk)
    Sync.objects.filter(pk=run.pk).update(alive_at=timezone.now() - 2 * repositories.SILENCE)
    repositories.requeue_abandoned()
    assert not follows_a_whole_run(run.pk)
    looks_at_all.clear()
    mirror.publish({"docs/a.md": "# Other\n"})
    assert len(looks_at_all) == 1
    assert latest_sync(mirror.repository.pk).error_code == ""
    mirror.publish({"docs/a.md": "# Once more\n"})
    assert len(looks_at_all) == 1


def test_a_run_after_one_that_failed_compares_the_whole_even_without_news(mirror, looks_at_all):
    mirror.publish(FILES)
    Sync.objects.update(state=Sync.State.FAILED, error_code="sync-failed")
    looks_at_all.clear()
    mirror.sync()
    assert len(looks_at_all) == 1


def test_what_a_run_that_died_left_is_made_good_when_its_commit_is_given_up(mirror, monkeypatch):
    """Some pages show the commit given up, none of them is changed by going back."""
    mirror.publish(FILES)
    before = state_of(mirror)
    shown = mirror.repository.indexed
    mirror.upstream.commit(
        {
            "docs/a.md": "# Half\n",
            "README.md": "# Half\n",
            "app/shop.py": "",
            "docs/new.md": "# N\n",
        }
    )

    def dies(*_, **__):
        raise KeyboardInterrupt

    with monkeypatch.context() as dying:
        dying.setattr(publishing, "finish_revision", dies)
        with pytest.raises(KeyboardInterrupt):
            mirror.sync()
    assert mirror.entry("docs/a.md").title == "Half"
    Sync.objects.update(state=Sync.State.FAILED, error_code="cut-off")
    mirror.upstream.git("update-ref", "refs/heads/main", shown)
    mirror.sync()
    assert state_of(mirror) == before


def test_a_project_keeps_its_readme_when_another_file_changes_what_is_known_of_it(mirror):
    mirror.publish(FILES)
    blob = mirror.entry("").current.blob
    for change in ({"requirements.txt": "flask==3.0\n"}, {"docs/new.md": "# New\n"}):
        mirror.publish(change)
        current = mirror.entry("").current
        assert (current.path, current.blob) == ("README.md", blob)


def test_what_is_told_already_is_not_written_again(mirror):
    mirror.publish(FILES)
    before = dict(FileProblem.objects.values_list("pk", "message"))
    left_out = set(LeftOut.objects.values_list("pk", flat=True))
    assert len(before) > 2
    mirror.publish({"docs/new.md": "# New\n\n[x](nowhere.md)\n", "vendor/y.js": "1"})
    after = dict(FileProblem.objects.values_list("pk", "message"))
    assert before.items() < after.items()
    assert left_out < set(LeftOut.objects.values_list("pk", flat=True))


def test_people_past_the_most_that_are_kept_are_counted_again(mirror, monkeypatch):
    monkeypatch.setattr(indexing, "CONTRIBUTORS", 1)
    mirror.publish(FILES, author="Ada <a@x.org>")
    mirror.publish({"docs/a.md": "# Other\n"}, author="Bo <b@x.org>")
    assert Contributor.objects.count() == 1
    mirror.publish({"docs/a.md": "# Once more\n"}, author="Bo <b@x.org>")
    assert dict(Contributor.objects.values_list("name", "commits")) == {"Bo": 2}


def test_an_unusual_name_has_every_page_looked_at(mirror):
    files = {"docs/été.md": "# S\n\n## One\n", "docs/x.md": "[s](%C3%A9t%C3%A9.md#one)\n"}
    mirror.publish(FILES | files)
    mirror.publish({"docs/été.md": "# S\n\n## Two\n"})
    assert FileProblem.objects.filter(path="docs/x.md", code="anchor-missing-there").exists()
