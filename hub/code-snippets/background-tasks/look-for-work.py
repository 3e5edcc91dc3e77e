# The steady tick that finds what was left.
# Quoted from src/nexus/library/tasks.py#L20-L29

@shared_task(name="library.look_for_work")
def look_for_work() -> None:
    """Ask due mirrors for news, and take up runs that a dead process or a lost message left."""
    close_old_connections()
    repositories.requeue_abandoned()
    for number in due_mirrors():
        repositories.request_sync(by=None, repository=repository_by_id(number))
    for number in waiting_syncs():
        run_sync(number)
    close_old_connections()
