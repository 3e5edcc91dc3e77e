# A job is a row; waking a worker is a courtesy.
# Quoted from src/nexus/repositories/services.py#L177-L193

@transaction.atomic
def request_sync(*, by: Person | None, repository: Repository) -> Sync:
    """Ask for a run of fetching and indexing; a run that waits or works already is returned.

    Raises ``Forbidden`` when ``by`` may not ask for it, ``Conflict`` when the cohort is archived.
    """
    refuse_archived(repository.cohort)
    if not can_sync_repository(by, repository.cohort):
        raise Forbidden("not-member", "Only members of the cohort update its repositories.")
    active = Sync.objects.filter(
        repository=repository, state__in=(Sync.State.QUEUED, Sync.State.RUNNING)
    ).first()
    if active is not None:
        return active
    sync = Sync.objects.create(repository=repository, requested_by=by, stage="Waiting")
    wake(SYNC_TASK, sync.pk)
    return sync
