"""What one test committed, another does not find."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection

from nexus.library.tests.factories import ProposalFactory
from tests.services.emptying import _STAYING, _filled, empty

pytestmark = pytest.mark.django_db(transaction=True)


def filled():
    tables = connection.introspection.django_table_names(only_existing=True, include_views=False)
    return set(_filled(connection, tables))


def test_rows_that_lean_on_one_another_all_go_and_what_django_wrote_stays():
    ProposalFactory()
    assert {"library_proposal", "repositories_repository", "people_person"} <= filled()
    types = ContentType.objects.count()
    empty(connection)
    assert filled() <= _STAYING
    assert ContentType.objects.count() == types > 40
