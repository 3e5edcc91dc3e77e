"""What of repositories stands in the audit log, and how it reads."""

from nexus.kernel.audit import action

PUSHED = action("repository.pushed", "pushed to a repository")
READ_ANEW = action("repository.read-anew", "had a repository read anew")
