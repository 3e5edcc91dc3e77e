"""What of exports and deletions stands in the audit log, and how it reads."""

from nexus.kernel.audit import action

EXPORTED = action("account.exported", "exported an account")
DELETED = action("account.deleted", "deleted an account")
