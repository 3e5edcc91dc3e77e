# Numbers are given to committed events only, by one relay at a time.
# Quoted from src/nexus/kernel/events.py#L79-L91

def _number_committed() -> int:
    """Give numbers under one lock, so that they follow the order of commits."""
    with transaction.atomic():
        lock_until_commit(_NUMBERING)
        before = last_number()
        waiting = rows(
            "SELECT id FROM kernel_storedevent WHERE number IS NULL ORDER BY id LIMIT %s", [_BATCH]
        )
        numbered = [(before + place, key) for place, (key,) in enumerate(waiting, start=1)]
        with connection.cursor() as cursor:
            cursor.executemany("UPDATE kernel_storedevent SET number = %s WHERE id = %s", numbered)
    newest = before + len(waiting)
    return newest if len(waiting) < _BATCH else _number_committed()
