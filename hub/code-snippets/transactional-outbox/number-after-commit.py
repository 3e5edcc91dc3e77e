# Numbers are given to committed events only, by one relay at a time.
# Quoted from src/nexus/kernel/events.py#L76-L93

def _number_committed() -> int:
    """Give numbers under one lock, so that they follow the order of commits."""
    with transaction.atomic():
        _lock()
        newest = last_number()
        waiting = list(StoredEvent.objects.filter(number=None).order_by("id")[:_BATCH])
        for stored in waiting:
            newest += 1
            stored.number = newest
        StoredEvent.objects.bulk_update(waiting, ["number"])
    return newest if len(waiting) < _BATCH else _number_committed()


def _lock() -> None:
    """One relay at a time. SQLite's IMMEDIATE transaction is a lock already."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_RELAY_LOCK])
