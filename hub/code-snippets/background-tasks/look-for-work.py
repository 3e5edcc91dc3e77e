# The steady tick that finds what was left.
# Quoted from src/nexus/library/tasks.py#L23-L34

@shared_task(name="library.look_for_work")
def look_for_work() -> None:
    """Ask due mirrors for news, and take up runs that a dead process or a lost message left."""
    close_old_connections()
    repositories.requeue_abandoned()
    for number in due_mirrors():
        repositories.request_sync(by=None, repository=repository_by_id(number))
    for number in waiting_syncs():
        run_sync(number)
    for cohort in due_surveys():
        keep_survey(cohort_by_id(cohort))
    close_old_connections()
