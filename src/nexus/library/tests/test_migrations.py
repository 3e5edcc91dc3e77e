"""Migrations that move data, run forwards and backwards over rows as an older hub has them."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.apps.registry import Apps
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

BEFORE, AFTER = "0004_index_of_a_repositorys_entries", "0005_cohorts_of_entries"
CHANGED = datetime(2026, 3, 1, tzinfo=UTC)

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("no_cover")]


def migrated(name: str) -> Apps:
    """The models as they are once the library stands at a migration, and the rest at its newest."""
    executor = MigrationExecutor(connection)
    executor.migrate([("library", name)])
    loader = MigrationExecutor(connection).loader
    others = [leaf for leaf in loader.graph.leaf_nodes() if leaf[0] != "library"]
    return loader.project_state([("library", name), *others]).apps


@pytest.fixture(autouse=True)
def _newest_again() -> Iterator[None]:
    """Leave the database to the next test as it was found."""
    yield
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())


def entry(apps: Apps, repository: Any, title: str, **more: Any) -> Any:
    """An entry of an older hub, on one topic."""
    made = apps.get_model("library", "Entry").objects.create(
        repository=repository, kind="snippet", title=title, path=title, changed_at=CHANGED, **more
    )
    apps.get_model("library", "EntryTopic").objects.create(entry=made, topic="django", weight=3)
    return made


def older_hub() -> None:
    """Two cohorts with a repository each; the entries of the second are copied or withdrawn."""
    apps = migrated(BEFORE)
    person = apps.get_model("people", "Person").objects.create(handle="ada")
    repositories = [
        apps.get_model("repositories", "Repository").objects.create(
            cohort=apps.get_model("cohorts", "Cohort").objects.create(slug=slug),
            owner=person,
            slug="work",
        )
        for slug in ("alpha", "beta")
    ]
    first = entry(apps, repositories[0], "first")
    entry(apps, repositories[1], "copied", original=first)
    entry(apps, repositories[1], "gone", withdrawn_at=CHANGED)
    entry(apps, repositories[1], "living")


def test_entries_and_their_topics_learn_their_cohort_and_are_kept_on_the_way_back() -> None:
    older_hub()
    assert_learned(migrated(AFTER))
    assert_kept(migrated(BEFORE))


def assert_learned(apps: Apps) -> None:
    """Each has the cohort of its repository, a topic also what it is asked for with."""
    entries = apps.get_model("library", "Entry").objects.order_by("title")
    assert list(entries.values_list("title", "cohort__slug")) == [
        ("copied", "beta"),
        ("first", "alpha"),
        ("gone", "beta"),
        ("living", "beta"),
    ]
    topics = apps.get_model("library", "EntryTopic").objects.order_by("entry__title")
    told = topics.values_list("entry__title", "cohort__slug", "repository__cohort__slug")
    assert list(told) == [
        ("copied", "beta", "beta"),
        ("first", "alpha", "alpha"),
        ("gone", "beta", "beta"),
        ("living", "beta", "beta"),
    ]
    assert set(topics.values_list("kind", "changed_at", "weight")) == {("snippet", CHANGED, 3)}
    listed = topics.filter(is_listed=True).values_list("entry__title", flat=True)
    assert list(listed) == ["first", "living"]


def assert_kept(apps: Apps) -> None:
    """All is as the older hub had it."""
    entries = apps.get_model("library", "Entry").objects.order_by("title")
    assert list(entries.values_list("title", "repository__cohort__slug", "original__title")) == [
        ("copied", "beta", "first"),
        ("first", "alpha", None),
        ("gone", "beta", None),
        ("living", "beta", None),
    ]
    topics = apps.get_model("library", "EntryTopic").objects.values_list("topic", "weight")
    assert list(topics) == [("django", 3)] * 4
