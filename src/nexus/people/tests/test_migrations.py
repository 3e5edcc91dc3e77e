"""Migrations go forwards and backwards with people in the tables."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

BEFORE = [("people", "0001_initial")]
AFTER = [("people", "0002_look_alikes_and_mails")]


def migrate(to):
    executor = MigrationExecutor(connection)
    executor.migrate(to)
    return MigrationExecutor(connection).loader.project_state(to).apps.get_model("people", "Person")


@pytest.fixture
def old_people(transactional_db):
    """The table as it was, and afterwards as it is."""
    newest = MigrationExecutor(connection).loader.graph.leaf_nodes()
    yield migrate(BEFORE)
    migrate(newest)


@pytest.mark.usefixtures("no_cover")
def test_everybody_gets_their_skeletons_and_loses_them_again(old_people):
    for handle, claimed, email in [
        ("mary-ann", False, None),
        ("MaryAnn", True, "Mary@Example.org"),
        ("ada", False, ""),
    ]:
        old_people.objects.create(handle=handle, name=handle, is_claimed=claimed, email=email)

    people = migrate(AFTER)

    found = {one.handle: one for one in people.objects.all()}
    assert {handle: one.skeleton for handle, one in found.items()} == {
        "mary-ann": None,
        "MaryAnn": "maryann",
        "ada": "ada",
    }
    assert found["MaryAnn"].email == "mary@example.org"
    assert found["ada"].email is None
    assert found["MaryAnn"].name_skeleton == "maryann"

    before = migrate(BEFORE)
    assert before.objects.count() == 3
    before.objects.all().delete()
