"""Background work of the library: Celery wrappers around services, and the steady ticks."""

from celery import shared_task
from django.db import close_old_connections

from nexus.cohorts.selectors import cohort_by_id
from nexus.library.selectors import SURVEY_TASK, due_surveys
from nexus.library.services import run_sync
from nexus.library.services.looking import look_at_due
from nexus.library.services.surveys import keep_survey
from nexus.repositories import services as repositories
from nexus.repositories.selectors import due_mirrors, repository_by_id, waiting_syncs


@shared_task(name=repositories.SYNC_TASK)
def sync(number: int) -> None:
    """Do the run with this key."""
    close_old_connections()
    run_sync(number)
    close_old_connections()


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


@shared_task(name=SURVEY_TASK)
def survey_topics(cohort: int) -> None:
    """Count the topics of the cohort with this key, if it is time."""
    close_old_connections()
    keep_survey(cohort_by_id(cohort))
    close_old_connections()


@shared_task(name="library.look_at_links")
def look_at_links() -> None:
    """Ask a few recommended pages whether they still answer."""
    close_old_connections()
    look_at_due()
    close_old_connections()
