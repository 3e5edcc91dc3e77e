# Expected troubles end a run with their words, unexpected ones with a log entry.
# Quoted from src/nexus/library/services/syncing.py#L84-L102

def _carry_out(sync: int, watch: Report | None) -> NexusError | None:
    """Do a run that this process has claimed, and end it; what went wrong, if anything."""
    error: NexusError | None = None
    try:
        synchronise(
            repository_of_sync(sync), Reporter(sync, watch), is_settled=follows_a_whole_run(sync)
        )
    except NexusError as trouble:
        error = trouble
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException:  # a panic in a library written in Rust is no Exception
        log.exception("A run failed in a way nobody expected.", sync=sync)
        error = _unexpected()
    repository = repositories.finish_sync(sync=sync, error=error)
    if error is None:
        wake(SURVEY_TASK, repository.cohort_id)
        ask_for_what_came_meanwhile(repository)
    return error
