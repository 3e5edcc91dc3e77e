"""What of credentials stands in the audit log, and how it reads."""

from nexus.kernel.audit import action

TOKEN_MADE = action("token.made", "made an access token")
TOKEN_REVOKED = action("token.revoked", "revoked an access token")
TOKEN_REFUSED = action("token.refused", "showed an access token that does not work")
CLIENT_REPLAYED = action("client.replayed", "showed a refresh token again; a session ended of")
FIELDS_REFUSED = action("client.fields_refused", "tried to set by a program what is not asked for")

APP_REGISTERED = action("app.registered", "registered an app")
APP_SECRET_CHANGED = action("app.secret_changed", "gave an app another secret")
APP_DELETED = action("app.deleted", "deleted an app")
APP_LET_IN = action("app.let_in", "let an app in")
APP_ENDED = action("app.ended", "ended what an app may do for")
APP_REPLAYED = action("app.replayed", "showed for an app what was used before; it ended for")
APP_SECRET_REFUSED = action("app.secret_refused", "passed for an app without its secret")
APP_UNKNOWN = action("app.unknown", "spoke for an app that is not here")
APP_ADDRESS_REFUSED = action(
    "app.address_refused", "was to be sent elsewhere than an app registered"
)
APP_GRANT_REFUSED = action(
    "app.grant_refused", "showed for an app a code or a token that is not good"
)
APP_REQUEST_REFUSED = action("app.request_refused", "asked for an app what it does not get")
DEVICE_CODE_REFUSED = action("app.code_refused", "typed a code that no device waits for")
