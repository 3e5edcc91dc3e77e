"""The Celery application: an in-memory broker in one process, Redis between several.

The broker only wakes; what has to be done is a row in the database, so nothing is lost with
a queue (see ``nexus.kernel.tasks``).
"""

from typing import Any

from celery import Celery

from nexus.config.environment import environment
from nexus.kernel import tasks

app = Celery("nexus")
app.conf.update(
    broker_url=str(environment().redis_url or "memory://localhost/"),
    # The memory broker looks for messages once a second by default.
    broker_transport_options={} if environment().redis_url else {"polling_interval": 0.05},
    broker_connection_retry_on_startup=True,
    task_ignore_result=True,
    task_acks_late=True,
    worker_hijack_root_logger=False,
    worker_prefetch_multiplier=1,
    timezone="UTC",
)
app.autodiscover_tasks(["nexus.library", "nexus.people", "nexus.cohorts", "nexus.departing"])


def send(name: str, arguments: tuple[Any, ...]) -> None:
    """Wake a worker; that none can be reached only delays the work until the next tick."""
    import structlog

    try:
        app.send_task(name, arguments)
    except Exception as error:  # noqa: BLE001 - whatever the broker raises, the row remains
        structlog.get_logger(__name__).warning("No worker could be woken.", error=str(error))


def use_celery() -> None:
    """Let services wake workers through Celery."""
    tasks.use_sender(send)
