"""What of people stands in the audit log, and how it reads."""

from nexus.kernel.audit import action

ADDED = action("person.added", "added the account of")
LINK_MADE = action("person.link-made", "made a sign-in link for")

EMAIL_VERIFIED = action("account.verified", "showed that an e-mail address is theirs")
PASSWORD_CHANGED = action("account.password-changed", "chose another password")
FACTOR_ADDED = action("account.factor-added", "added a way to show who they are")
FACTOR_REMOVED = action("account.factor-removed", "took away a way to show who they are")
PROFILE_CHANGED = action("profile.changed", "changed the profile of")
PINS_CHANGED = action("profile.pinned", "chose what stands on top of the page of")

SIGN_IN_FAILED = action("sign-in.failed", "failed to sign in as")
SIGN_IN_LOCKED = action("sign-in.locked", "tried so often that for some minutes nobody signs in as")
SIGN_IN_UNKNOWN = action("sign-in.unknown", "failed to sign in as somebody who is not here")
SIGN_IN_MIXED_UP = action(
    "sign-in.mixed-up", "came back from elsewhere with a sign-in that was not begun in this browser"
)
SIGN_IN_ELSEWHERE_REFUSED = action(
    "sign-in.elsewhere-refused", "came back from elsewhere with what that does not stand for"
)
LINK_REFUSED = action("sign-in.link-refused", "opened a sign-in link that does not work")
VERIFYING_REFUSED = action(
    "account.verifying-refused", "opened a link for an e-mail address that does not work"
)
RESET_REFUSED = action(
    "account.reset-refused", "opened a link for a new password that does not work"
)
SESSION_UNKNOWN = action("sign-in.session-unknown", "showed a session that ended, or never was")
