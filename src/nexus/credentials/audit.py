"""What of credentials stands in the audit log, and how it reads."""

from nexus.kernel.audit import action

TOKEN_MADE = action("token.made", "made an access token")
TOKEN_REVOKED = action("token.revoked", "revoked an access token")
TOKEN_REFUSED = action("token.refused", "showed an access token that does not work")
