"""Background work of cohorts."""

from celery import shared_task
from django.db import close_old_connections

from nexus.cohorts.services import tell_of_requests


@shared_task(name="cohorts.tell_of_requests")
def tell() -> None:
    """Tell those who let people in that somebody waits."""
    close_old_connections()
    tell_of_requests()
    close_old_connections()
