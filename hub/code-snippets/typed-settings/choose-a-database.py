# SQLite in the home folder, or PostgreSQL by an address.
# Quoted from src/nexus/config/databases.py#L25-L34

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
