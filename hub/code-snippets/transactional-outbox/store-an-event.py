# An event is stored with the change it tells of, never without.
# Quoted from src/nexus/kernel/events.py#L49-L64

def publish(happened: Event, *, audience: str = PUBLIC) -> None:
    """Store an event with the change it tells of; must be called inside a transaction.

    ``audience`` names who may learn of it: ``public`` or ``cohort:<id>``.
    """
    if not connection.in_atomic_block:
        raise RuntimeError(f"{happened.type} must be published inside the change's transaction.")
    # Not ``asdict``, which copies every number of a batch: what happened does not change.
    names = [field.name for field in dataclasses.fields(happened)]
    payload = {name: getattr(happened, name) for name in names}
    StoredEvent.objects.create(type=happened.type, payload=payload, audience=audience)
    # One run of the relay numbers all that a transaction stored. A rollback to a savepoint takes
    # back what it stored together with its wish for a run, never that of an earlier event alone.
    waiting: list[object] = [hook[1] for hook in connection.run_on_commit]
    if relay not in waiting:
        transaction.on_commit(relay)
