# Expected troubles end a run with their words, unexpected ones with a log entry.
# Quoted from src/nexus/library/services/syncing.py#L74-L100

def run_sync(sync: int, *, watch: Report | None = None) -> NexusError | None:
    """Do one run: fetch the repository and index what is new.

    ``watch`` is told of the progress as well as the page. Troubles end the run with their
    words and leave the last state readable; the error is returned, None when it went
    well. A run that another process took is left to it.
    """
    if not repositories.claim_sync(sync):
        return None
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
    repositories.finish_sync(sync=sync, error=error)
    if error is None:
        repository = repository_of_sync(sync)
        wake(SURVEY_TASK, repository.cohort_id)
        ask_for_what_came_meanwhile(repository)
    return error
