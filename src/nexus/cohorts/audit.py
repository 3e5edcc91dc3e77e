"""What of cohorts stands in the audit log, and how it reads."""

from nexus.kernel.audit import action

CREATED = action("cohort.created", "created the cohort")
CHANGED = action("cohort.changed", "changed the cohort")
ARCHIVED = action("cohort.archived", "archived the cohort")
RESTORED = action("cohort.restored", "brought the cohort back")
JOINED = action("member.joined", "came into the cohort")
ADDED = action("member.added", "let somebody into the cohort")
ROLE_CHANGED = action("member.role_changed", "changed somebody’s role")
REMOVED = action("member.removed", "removed somebody from the cohort")
LEFT = action("member.left", "left the cohort")
TRANSFERRED = action("member.transferred", "handed the cohort on")
INVITED = action("invitation.made", "made an invitation")
KEPT = action("invitation.kept", "made an account by an invitation")
REVOKED = action("invitation.revoked", "revoked an invitation")
GUESSED = action("invitation.refused", "tried an invitation that does not work")
ASKED = action("request.made", "asked to join")
ACCEPTED = action("request.accepted", "let in somebody who had asked")
DECLINED = action("request.declined", "declined somebody who had asked")
WITHDRAWN = action("request.withdrawn", "no longer asks to join")
FORBIDDEN = action("cohort.forbidden", "tried what is not theirs to do")
