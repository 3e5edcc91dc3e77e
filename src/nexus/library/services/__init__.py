"""Writes to the library: index a revision, and keep a repository in step with its origin."""

from nexus.library.services.indexing import index_revision
from nexus.library.services.syncing import (
    add_and_request,
    replace_unread,
    run_sync,
    sync_now,
)

__all__ = ["add_and_request", "index_revision", "replace_unread", "run_sync", "sync_now"]
