"""The table of tokens comes and goes with people in the tables."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from nexus.credentials.models import AccessToken, AppToken, DeviceRequest
from nexus.credentials.tests.factories import (
    AppTokenFactory,
    DeviceRequestFactory,
    make_token,
)
from nexus.people.models import Person


def migrate(to):
    MigrationExecutor(connection).migrate(to)


@pytest.fixture
def newest(transactional_db):
    """What is migrated to afterwards, whatever happens."""
    leaves = MigrationExecutor(connection).loader.graph.leaf_nodes()
    yield leaves
    migrate(leaves)


def test_tokens_go_and_people_stay(newest):
    token, _ = make_token()
    migrate([("credentials", None)])
    assert "credentials_accesstoken" not in connection.introspection.table_names()
    assert Person.objects.filter(pk=token.person_id).exists()
    migrate(newest)
    assert not AccessToken.objects.exists()
    make_token(Person.objects.get(pk=token.person_id))
    assert AccessToken.objects.count() == 1


def test_what_apps_hold_goes_and_access_tokens_stay(newest):
    token, _ = make_token()
    AppTokenFactory()
    DeviceRequestFactory()
    migrate([("credentials", "0001_access_tokens")])
    assert "credentials_apptoken" not in connection.introspection.table_names()
    assert AccessToken.objects.get() == token
    migrate(newest)
    assert not AppToken.objects.exists()
    assert not DeviceRequest.objects.exists()
