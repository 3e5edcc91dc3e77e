# Take a job by one conditional update: exactly one process gets it.
# Quoted from src/nexus/repositories/services.py#L222-L234

def claim_sync(sync: int) -> bool:
    """Take a waiting run for this process; False when another has it or it is over."""
    now = timezone.now()
    waiting = Sync.objects.filter(pk=sync, state=Sync.State.QUEUED)
    return bool(
        waiting.update(
            state=Sync.State.RUNNING,
            stage="Fetching",
            started_at=now,
            alive_at=now,
            worker=this_worker(),
        )
    )
