"""What of the library stands in the audit log, and how it reads."""

from nexus.kernel.audit import action

FACT_CORRECTED = action("fact.corrected", "corrected what is known of a project of")
FACT_WITHDRAWN = action("fact.withdrawn", "took back what was said of a project of")
PROPOSED = action("proposal.made", "proposed a change to a repository of")
ACCEPTED = action("proposal.accepted", "accepted a change proposed by")
DECLINED = action("proposal.declined", "declined a change proposed by")
WITHDRAWN = action("proposal.withdrawn", "withdrew a change proposed to")
