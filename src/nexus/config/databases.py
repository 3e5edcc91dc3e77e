"""The databases: SQLite in the home folder, or PostgreSQL; and what is kept for a while only."""

from typing import Any

from pydantic import PostgresDsn

from nexus.config.environment import Environment

#: IMMEDIATE takes the write lock when a transaction begins, so two writers wait for each
#: other instead of failing half-way with "database is locked". FULL syncs the log to the disk
#: before a commit returns: what somebody was told is saved survives a power cut.
SQLITE_OPTIONS: dict[str, Any] = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL;"
        "PRAGMA synchronous=FULL;"
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
        "OPTIONS": {
            "pool": {"min_size": 1, "max_size": threads + 4, "timeout": 20},
            # Only for cursors that send values beside the question: ``kernel/prepared.py``.
            "prepare_threshold": 2,
        },
    }


def cache(environment: Environment) -> dict[str, Any]:
    """Where attempts are counted: in this process, or in Redis for all of them.

    So many names may be tried that the counts of those tried first would be pushed out of
    Django's usual 300 places.
    """
    if environment.redis_url is None:
        return {
            "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
            "OPTIONS": {"MAX_ENTRIES": 100_000},
        }
    return {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": str(environment.redis_url),
        "KEY_PREFIX": "nexus",
    }
