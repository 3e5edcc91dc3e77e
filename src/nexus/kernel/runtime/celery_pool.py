"""Celery's pool of threads, with threads that end with the process.

Celery's own uses ``ThreadPoolExecutor``, whose threads the interpreter waits for at its end:
a fetch that hangs would keep ``nexus serve`` from stopping. What a task leaves undone is found
again, as every job is a row in the database.
"""

import logging
from collections.abc import Callable
from functools import partial
from typing import Any

from celery.concurrency.base import BasePool, apply_target

from nexus.kernel.runtime.threads import Threads

log = logging.getLogger(__name__)


class DaemonPool(BasePool):
    """Runs tasks in daemon threads; see :class:`celery.concurrency.thread.TaskPool`."""

    limit: int
    body_can_be_buffer = True
    signal_safe = False

    #: How long, in seconds, a stop waits for the tasks that run.
    patience = 8.0

    def on_start(self) -> None:
        """Be ready; threads start with the first tasks."""
        self._threads = Threads(self.limit, name="task")

    def on_stop(self) -> None:
        """Wait a while for what runs."""
        if not self._threads.stop(timeout=self.patience):
            log.warning("Tasks that did not end are left behind; they will be found again.")

    def on_apply(
        self,
        target: Callable[..., Any],
        args: tuple[Any, ...] | None = None,
        kwargs: dict[str, Any] | None = None,
        callback: Callable[..., Any] | None = None,
        accept_callback: Callable[..., Any] | None = None,
        **_: Any,
    ) -> None:
        """Have one task run."""
        self._threads.put(partial(apply_target, target, args, kwargs, callback, accept_callback))
