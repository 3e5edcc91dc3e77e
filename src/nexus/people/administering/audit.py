"""What of looking after accounts stands in the audit log, and how it reads."""

from nexus.kernel.audit import action

SUSPENDED = action("person.suspended", "suspended the account of")
RESTORED = action("person.restored", "restored the account of")
SIGNED_OUT = action("person.signed-out", "ended every session of")
LOCK_OUT_ENDED = action("person.lock-out-ended", "ended the lock-out of")
LINK_MAILED = action("person.link-mailed", "mailed a sign-in link to")
MAIL_SENT_AGAIN = action("mail.sent-again", "sent a mail again")
FORBIDDEN = action("person.forbidden", "tried to look after the account of")
