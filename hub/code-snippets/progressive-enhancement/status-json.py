# How far a run is, as JSON for the island that moves the bar.
# Quoted from src/nexus/library/pages/status.py#L178-L194

def status_json(request: HttpRequest, cohort: str, repository: str) -> HttpResponse:
    """How far a run is, for the island that moves the bar."""
    found = visit(request, cohort, repository)
    run = latest_sync(found.repository.pk)
    answer = JsonResponse(
        {
            "running": run is not None and run.state in RUNNING,
            "state": run.state if run else "",
            "stage": run.stage if run else "",
            "done": run.done if run else 0,
            "total": run.total if run else 0,
            "error": found.words(run.error) if run else "",
            "revision": found.repository.indexed,
        }
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer
