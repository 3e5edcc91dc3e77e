# Bring the database to the newest schema, if it is behind.
# Quoted from src/nexus/config/startup.py#L25-L40

def prepare_home() -> None:
    """Make the home folder and bring its database to the newest schema."""
    environment().repositories.mkdir(parents=True, exist_ok=True)
    from django.core.management import call_command

    if has_unapplied_migrations():
        call_command("migrate", verbosity=0, interactive=False)


def has_unapplied_migrations() -> bool:
    """Whether the database is older than the code."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
