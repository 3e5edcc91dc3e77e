# An event is stored with the change it tells of, never without.
# Quoted from src/nexus/kernel/events.py#L45-L55

def publish(happened: Event, *, audience: str = PUBLIC) -> None:
    """Store an event with the change it tells of; must be called inside a transaction.

    ``audience`` names who may learn of it: ``public`` or ``cohort:<id>``.
    """
    if not connection.in_atomic_block:
        raise RuntimeError(f"{happened.type} must be published inside the change's transaction.")
    StoredEvent.objects.create(
        type=happened.type, payload=dataclasses.asdict(happened), audience=audience
    )
    transaction.on_commit(relay)
