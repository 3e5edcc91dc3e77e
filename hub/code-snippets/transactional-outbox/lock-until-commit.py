# A lock that ends with the transaction, whatever becomes of the process.
# Quoted from src/nexus/kernel/locks.py#L6-L14

def lock_until_commit(what: int, which: int = 0) -> None:
    """Wait until no other transaction holds this lock, and hold it until this one ends.

    ``what`` names the kind of work, ``which`` the thing that it is done to. SQLite's IMMEDIATE
    transaction is a lock already; PostgreSQL has advisory ones.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [what, which])
