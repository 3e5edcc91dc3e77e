# Numbers are given to committed events only, by one relay at a time.
# Quoted from src/nexus/kernel/events.py#L75-L94

def _number_committed() -> int:
    """Give numbers under one lock, so that they follow the order of commits."""
    with transaction.atomic():
        _lock()
        before = last_number()
        waiting = rows(
            "SELECT id FROM kernel_storedevent WHERE number IS NULL ORDER BY id LIMIT %s", [_BATCH]
        )
        numbered = [(before + place, key) for place, (key,) in enumerate(waiting, start=1)]
        with connection.cursor() as cursor:
            cursor.executemany("UPDATE kernel_storedevent SET number = %s WHERE id = %s", numbered)
    newest = before + len(waiting)
    return newest if len(waiting) < _BATCH else _number_committed()


def _lock() -> None:
    """One relay at a time. SQLite's IMMEDIATE transaction is a lock already."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_RELAY_LOCK])
