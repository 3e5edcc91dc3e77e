"""One thing that cannot be read never keeps search from the others."""

from collections.abc import Callable

import structlog
from django.db import DatabaseError

from nexus.search.documents import Change, LeftOut, SearchDocument

log = structlog.get_logger(__name__)


def or_word(key: str, document: Callable[[], SearchDocument]) -> Change:
    """``document()``, or the word that what is called ``key`` cannot be read.

    Only the database's own errors pass: search asks again when it answers.
    """
    try:
        return document()
    except DatabaseError:
        raise
    except Exception as error:
        log.exception("A document cannot be searched.", key=key)
        return LeftOut(key, f"{type(error).__name__} in the hub")
