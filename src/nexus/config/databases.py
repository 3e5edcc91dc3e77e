"""The two databases: SQLite in the home folder, or PostgreSQL by ``DATABASE_URL``."""

from typing import Any

from pydantic import PostgresDsn

from nexus.config.environment import Environment

#: IMMEDIATE takes the write lock when a transaction begins, so two writers wait for each
#: other instead of failing half-way with "database is locked".
SQLITE_OPTIONS: dict[str, Any] = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL;"
        "PRAGMA synchronous=NORMAL;"
        "PRAGMA foreign_keys=ON;"
        "PRAGMA temp_store=MEMORY;"
        "PRAGMA mmap_size=134217728;"
    ),
}


def database(environment: Environment) -> dict[str, Any]:
    """Django's description of the database that ``environment`` asks for."""
    if environment.database_url is None:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": environment.home / "nexus.sqlite3",
            "CONN_MAX_AGE": None,
            "OPTIONS": dict(SQLITE_OPTIONS),
        }
    return _postgresql(environment.database_url, environment.threads)


def _postgresql(url: PostgresDsn, threads: int) -> dict[str, Any]:
    """PostgreSQL through psycopg's own pool, so Django keeps no connection of its own."""
    host = url.hosts()[0]
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": (url.path or "/nexus").lstrip("/"),
        "USER": host["username"] or "",
        "PASSWORD": host["password"] or "",
        "HOST": host["host"] or "",
        "PORT": str(host["port"] or ""),
        "CONN_MAX_AGE": 0,
        "OPTIONS": {"pool": {"min_size": 1, "max_size": threads + 4, "timeout": 20}},
    }
