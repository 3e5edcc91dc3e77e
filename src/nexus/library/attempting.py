"""Work on one file that must not stop the work on the others, whatever happens in it."""

import logging
from collections.abc import Callable
from typing import TypeVar

from nexus.library.problems import Problem

log = logging.getLogger(__name__)
T = TypeVar("T")


def attempt(work: Callable[[], T], *, path: str) -> T | Problem:
    """What ``work`` gives; if it fails in a way nobody foresaw, a problem of the file at ``path``.

    A panic in a library that is written in Rust is a ``BaseException`` and no ``Exception``
    (https://pyo3.rs, "PanicException"), so all of them are caught but those that end the
    process.
    """
    try:
        return work()
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as failure:
        log.exception("The hub failed on the file %r.", path)
        return Problem(path, 0, "document-failed", f"{type(failure).__name__} in the hub.")
