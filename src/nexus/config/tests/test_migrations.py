"""Every migration of ours, there and back and there again, with rows in the tables.

Each app tests beside its tables what a migration of its own does; this is the whole way, as a hub
goes it that was made by the first release and is updated, taken back, and updated again.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.apps import apps as present
from django.apps.registry import Apps
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

#: Where people put things in: before the data of the first release was moved by later migrations.
MIDDLE = [
    ("kernel", "0001_initial"),
    ("people", "0001_initial"),
    ("cohorts", "0001_initial"),
    ("repositories", "0002_holds_secret"),
    ("library", "0004_index_of_a_repositorys_entries"),
]
OURS = sorted(one.label for one in present.get_app_configs() if one.name.startswith("nexus."))
CHANGED = datetime(2026, 3, 1, tzinfo=UTC)

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("no_cover")]


def migrate(targets: list[tuple[str, Any]]) -> None:
    """Bring the database to these migrations."""
    MigrationExecutor(connection).migrate(targets)


def models_at(targets: list[tuple[str, Any]]) -> Apps:
    """The models as they are once the database is there."""
    migrate(targets)
    return MigrationExecutor(connection).loader.project_state(targets).apps


def newest() -> list[tuple[str, Any]]:
    """The last migration of every app, the libraries' too."""
    return list(MigrationExecutor(connection).loader.graph.leaf_nodes())


def nothing() -> list[tuple[str, Any]]:
    """Before the first migration of each app of ours."""
    migrated = MigrationExecutor(connection).loader.migrated_apps
    return [(label, None) for label in OURS if label in migrated]


def our_tables() -> dict[str, Any]:
    """What each table of ours is made of: columns, and what holds or finds its rows."""
    shape = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table.partition("_")[0] in OURS:
                columns = connection.introspection.get_table_description(cursor, table)
                rules = connection.introspection.get_constraints(cursor, table)
                shape[table] = (
                    {column.name: (column.type_code, column.null_ok) for column in columns},
                    {(tuple(rule["columns"] or ()), rule["unique"]) for rule in rules.values()},
                )
    return shape


@pytest.fixture(autouse=True)
def _newest_again() -> Iterator[None]:
    """Leave the database to the next test as it was found."""
    yield
    migrate(newest())


def fill(apps: Apps) -> None:
    """A hub of the first release: two people, a cohort, a repository, an entry on a topic."""

    def make(app: str, model: str, **fields: Any) -> Any:
        return apps.get_model(app, model).objects.create(**fields)

    ada = make("people", "Person", handle="Ada-L", name="\u0410da", email="Ada@Example.org")
    make("people", "Person", handle="grace", name="Grace", email="")
    cohort = make("cohorts", "Cohort", slug="prodev", name="ProDev")
    make("cohorts", "Membership", cohort=cohort, person=ada, role="owner")
    place = {"cohort": cohort, "owner": ada, "slug": "notes", "name": "Notes"}
    repository = make("repositories", "Repository", **place, origin_kind="remote", origin="x")
    entry = make(
        *("library", "Entry"),
        repository=repository,
        kind="snippet",
        title="Caching",
        path="caching.md",
        changed_at=CHANGED,
    )
    make("library", "EntryTopic", entry=entry, topic="caching", weight=3)
    make("kernel", "StoredEvent", type="x", payload={"person": ada.pk}, audience="public", number=1)


def assert_kept(apps: Apps) -> None:
    """What was put in is there, with everything that it hangs on."""
    member = apps.get_model("cohorts", "Membership").objects.get()
    assert (member.person.handle, member.cohort.slug, member.role) == ("Ada-L", "prodev", "owner")
    topic = apps.get_model("library", "EntryTopic").objects.get()
    assert (topic.entry.title, topic.topic, topic.weight) == ("Caching", "caching", 3)
    assert topic.entry.repository.owner_id == member.person_id
    event = apps.get_model("kernel", "StoredEvent").objects.get()
    assert (event.number, event.payload) == (1, {"person": member.person_id})
    assert apps.get_model("people", "Person").objects.count() == 2


def test_there_and_back_and_there_again() -> None:
    wanted = our_tables()
    fill(models_at(MIDDLE))

    there = models_at(newest())
    assert our_tables() == wanted
    assert_kept(there)
    ada = there.get_model("people", "Person").objects.get(handle="Ada-L")
    assert (ada.skeleton, ada.email, ada.name_skeleton) == ("adal", "ada@example.org", "ada")
    assert ada.is_active
    entry = there.get_model("library", "Entry").objects.get()
    assert entry.cohort.slug == "prodev"
    assert entry.topics.values_list("cohort", "kind").get() == (entry.cohort_id, "snippet")

    assert_kept(models_at(MIDDLE))
    migrate(nothing())
    assert our_tables() == {}
    migrate(newest())
    assert our_tables() == wanted
