# A job is a row; waking a worker is a courtesy.
# Quoted from src/nexus/repositories/services.py#L192-L204

@transaction.atomic
def request_sync(*, by: Person | None, repository: Repository) -> Sync:
    """Ask for a run of fetching and indexing; a run that waits or works already is returned.

    Raises ``Forbidden`` when ``by`` may not ask for it, ``Conflict`` when the cohort is archived.
    """
    refuse_archived(repository.cohort)
    if not can_sync_repository(by, repository.cohort):
        raise Forbidden("not-member", "Only members of the cohort update its repositories.")
    sync, is_new = _waiting_or_new(repository, by)
    if is_new:
        wake(SYNC_TASK, sync.pk)
    return sync
