"""Background work: making archives, going on with departures, tidying up."""

from celery import shared_task
from django.db import close_old_connections

from nexus.departing import services
from nexus.departing.services.departing import DEPART_TASK
from nexus.departing.services.exporting import EXPORT_TASK


@shared_task(name=EXPORT_TASK)
def make_export(number: int) -> None:
    """Make the archive with this key."""
    close_old_connections()
    services.make_export(number)
    close_old_connections()


@shared_task(name=DEPART_TASK)
def carry_on(number: int) -> None:
    """Go on with the departure with this key."""
    close_old_connections()
    services.carry_on(number)
    close_old_connections()


@shared_task(name="departing.look_for_work")
def look_for_work() -> None:
    """Take up what was left, and remove archives whose time is over."""
    close_old_connections()
    services.resume_departures()
    services.resume_exports()
    services.tidy_exports()
    close_old_connections()
