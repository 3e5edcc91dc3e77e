"""What of repositories stands in the audit log, and how it reads."""

from nexus.kernel.audit import action

ADDED = action("repository.added", "added a repository")
FORGOTTEN = action("repository.forgotten", "took back a repository that was never read")
HOSTED = action("repository.hosted", "started a repository that lives here")
WRITTEN = action("repository.written", "wrote to a repository on a page")
PUSHED = action("repository.pushed", "pushed to a repository")
READ_ANEW = action("repository.read-anew", "had a repository read anew")
