"""The test database is migrated once in a run: the first worker to need it does so, others copy.

To go through every migration takes four seconds of a processor, twice as long where lines are
counted.
"""

import shutil
from typing import Any

from django.conf import settings
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.creation import BaseDatabaseCreation

from tests.services import economy
from tests.services.run import Run
from tests.services.servers import shared

#: The copy that nobody writes to.
_KEPT = "nexus_tests_migrated"
_django_makes = BaseDatabaseCreation.create_test_db


def migrate_once(run: Run) -> None:
    """Let Django make the test database of ``run`` once from now on, and copy it afterwards."""

    def create(self: BaseDatabaseCreation, **options: bool) -> str:
        made: list[str] = []

        def make() -> str:
            with economy.uncounted():
                made.append(_django_makes(self, **options))
            return _keep(self.connection, run)

        kept = shared(run, _KEPT, make)
        return made[0] if made else _copy(self, kept)

    BaseDatabaseCreation.create_test_db = create  # type: ignore[method-assign,assignment]


def _keep(connection: BaseDatabaseWrapper, run: Run) -> str:
    """Copy the database that was made just now; where the copy is."""
    if connection.vendor == "sqlite":
        place = str(run.folder / _KEPT)
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [place])
        return place
    connection.close()
    connection.close_pool()  # type: ignore[attr-defined]  # nobody may be in what is copied
    _copy_on_server(connection, _KEPT, connection.settings_dict["NAME"])
    return _KEPT


def _copy(creation: Any, kept: str) -> str:
    """Copy what is kept to where this worker's database belongs, and use that."""
    connection: BaseDatabaseWrapper = creation.connection
    name: str = creation._get_test_db_name()
    connection.close()
    if connection.vendor == "sqlite":
        shutil.copyfile(kept, name)
    else:
        _copy_on_server(connection, name, kept)
    settings.DATABASES[connection.alias]["NAME"] = name
    connection.settings_dict["NAME"] = name
    connection.ensure_connection()
    return name


def _copy_on_server(connection: BaseDatabaseWrapper, name: str, source: str) -> None:
    quote = connection.ops.quote_name
    creation: Any = connection.creation
    with creation._nodb_cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {quote(name)} TEMPLATE {quote(source)}")
