"""The words of every mail and of every short message that sign-in leads to."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail in plain text; what stands in braces comes from the occasion."""

    subject: str
    body: str

    def written(self, **facts: Any) -> tuple[str, str]:
        """Subject and body, with what they are about."""
        return self.subject.format(**facts), self.body.format(**facts).strip() + "\n"


_IF_NOT_YOU = """
If this was not you, reset your password at once: {reset_address}
The request came from {ip}, by {device}.
"""

#: By the name under which django-allauth sends each.
LETTERS = {
    "account/email/email_confirmation_signup": Letter(
        "Verify your e-mail address",
        """
Hello {handle},

somebody made an account at {hub} with this address. If it was you, open this link in any
browser; it works for two days:

{activate_url}

If it was not you, do nothing. The account cannot be used without this link.
""",
    ),
    "account/email/email_confirmation": Letter(
        "Verify your new e-mail address",
        """
Hello {handle},

this address is to be the one of your account at {hub}. To agree, open this link in any
browser; it works for two days:

{activate_url}

If you did not ask for it, do nothing.
""",
    ),
    "account/email/account_already_exists": Letter(
        "You have an account already",
        """
Hello,

somebody wanted to make an account at {hub} with this address, but there is one already.
If it was you and you do not remember the password, choose another one here:

{password_reset_url}

If it was not you, there is nothing to do.
""",
    ),
    "account/email/unknown_account": Letter(
        "There is no account with this address",
        """
Hello,

somebody, perhaps you, wanted to choose a new password at {hub} with this address. There is
no account with it. Perhaps you used another address; or make an account here:

{signup_url}
""",
    ),
    "account/email/password_reset_key": Letter(
        "Choose a new password",
        """
Hello {handle},

somebody, perhaps you, wants to choose a new password for your account at {hub}. This link
works once, within the next hour, in any browser:

{password_reset_url}

If it was not you, do nothing. Your password stays as it is.
""",
    ),
    "account/email/password_changed": Letter(
        "Your password was changed",
        "Your password at {hub} was changed. You were signed out everywhere else.\n" + _IF_NOT_YOU,
    ),
    "account/email/password_reset": Letter(
        "Your password was reset",
        "Your password at {hub} was reset. You were signed out everywhere.\n" + _IF_NOT_YOU,
    ),
    "account/email/email_changed": Letter(
        "Your e-mail address was changed",
        "The address of your account at {hub} is now {to_email}, no longer {from_email}.\n"
        + _IF_NOT_YOU,
    ),
    "mfa/email/totp_activated": Letter(
        "An authenticator app was added",
        "From now on {hub} asks for a code from your authenticator app when you sign in.\n"
        + _IF_NOT_YOU,
    ),
    "mfa/email/totp_deactivated": Letter(
        "Your authenticator app was removed",
        "{hub} no longer asks for a code from your authenticator app.\n" + _IF_NOT_YOU,
    ),
    "mfa/email/webauthn_added": Letter(
        "A passkey was added", "A passkey was added to your account at {hub}.\n" + _IF_NOT_YOU
    ),
    "mfa/email/webauthn_removed": Letter(
        "A passkey was removed", "A passkey was removed from your account at {hub}.\n" + _IF_NOT_YOU
    ),
    "mfa/email/recovery_codes_generated": Letter(
        "You have new recovery codes",
        "New recovery codes were made for your account at {hub}. The old ones do not work any"
        " more.\n" + _IF_NOT_YOU,
    ),
    "socialaccount/email/account_connected": Letter(
        "Another way to sign in was added",
        "Your account at {hub} can be opened by signing in with {provider}.\n" + _IF_NOT_YOU,
    ),
    "socialaccount/email/account_disconnected": Letter(
        "A way to sign in was removed",
        "Your account at {hub} can no longer be opened by signing in with {provider}.\n"
        + _IF_NOT_YOU,
    ),
}

#: Sent when a token that is good once was shown twice.
COPIED = Letter(
    "A program was signed out",
    """
Hello {handle},

a program was signed in to your account at {hub}: {device}. Somebody showed a token of it that had
been used up, so there may be a copy of it. Whoever has it is shut out, and so is the program: sign
in with it again. If this happens once more, somebody can read what the program keeps.

The request came from {ip}. The page “Where you are signed in” shows who else is.
""",
)

#: Sent when whoever runs the hub asks for it.
LINK_OF_THE_OWNER = Letter(
    "Sign in to the hub",
    """
Hello {handle},

whoever runs {hub} sends you a way in. The link signs you in once, within twelve hours:

{link}

If you did not ask for it, do nothing; nobody else gets in by it as long as they cannot read
your mail.
""",
)

#: What a page says after an act; an act that is not here shows by itself.
MESSAGES = {
    "account/messages/email_confirmed.txt": "Your e-mail address is verified.",
    "account/messages/email_confirmation_failed.txt": "That address belongs to another account.",
    "account/messages/password_changed.txt": "You have a new password, and are signed out "
    "everywhere else.",
    "account/messages/password_set.txt": "You have a password now.",
    "mfa/messages/totp_activated.txt": "Your authenticator app is set up.",
    "mfa/messages/totp_deactivated.txt": "Your authenticator app is no longer asked for.",
    "mfa/messages/recovery_codes_generated.txt": "You have recovery codes. Keep them where you "
    "will find them without this device.",
    "mfa/messages/webauthn_added.txt": "Your passkey is set up.",
    "mfa/messages/webauthn_removed.txt": "The passkey is removed.",
    "socialaccount/messages/account_connected.txt": "You can sign in with that account from now "
    "on.",
    "socialaccount/messages/account_connected_other.txt": "That account is connected to somebody "
    "else here.",
    "socialaccount/messages/account_disconnected.txt": "The account is no longer connected.",
}

FAULTS = {
    "email_password_mismatch": "There is no account with this address and this password.",
    "username_password_mismatch": "There is no account with this handle and this password.",
    "too_many_login_attempts": "Too many attempts failed. Wait five minutes, or choose a new "
    "password by e-mail.",
    "enter_current_password": "That is not your present password.",
    "incorrect_password": "That is not your password.",
    "incorrect_code": "That code is not right. Codes change every thirty seconds, and each works "
    "once.",
    "invalid_password_reset": "This link does not work any more.",
    "duplicate_email": "That is your address already.",
    "rate_limited": "Wait a moment before the next attempt.",
    "unverified_email": "Verify your e-mail address first: the link is in your mailbox.",
    "add_email_blocked": "Remove your authenticator app and your passkeys before you change the "
    "address.",
}
