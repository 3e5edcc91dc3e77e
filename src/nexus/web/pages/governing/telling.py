"""How a record of the audit log reads, after the name of who did it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nexus.cohorts.roles import ACTION_WORDS
from nexus.kernel.audit import ACTIONS
from nexus.web.pages.governing.words import with_article

if TYPE_CHECKING:
    from nexus.kernel.models import AuditRecord

#: The filters of the page.
GROUPS = {
    "people": "Who is in it",
    "invitations": "Invitations",
    "cohort": "The cohort itself",
    "published": "What it holds",
    "refused": "What was refused",
}
#: How the fields of a cohort are called.
FIELDS = {
    "name": "name",
    "slug": "address",
    "description": "description",
    "visibility": "visibility",
}
#: Action → its sentence, filled in with the details and ``subject``.
SENTENCES = {
    "cohort.created": "created the cohort",
    "cohort.archived": "archived the cohort",
    "cohort.restored": "brought the cohort back",
    "cohort.forbidden": "tried what is not theirs to do: {what}",
    "page.refused": "tried what is not theirs to do: {what} {at}",
    "member.joined": "accepted an invitation and is {role} now",
    "member.added": "let {subject} in as {role}",
    "member.role_changed": "made {subject} {after}, before {before}",
    "member.removed": "removed {subject}, who was {role}",
    "member.left": "left; they were {role}",
    "member.transferred": "handed the cohort on to {subject}, before {before}",
    "invitation.made": "made an invitation ({kind}) for {whom}, as {role}",
    "invitation.kept": "made an account by an invitation, to come in as {role}",
    "invitation.revoked": "revoked an invitation ({kind}), as {role}",
    "invitation.refused": "tried an invitation that does not work",
    "request.made": "asked to join",
    "request.withdrawn": "asks to join no longer",
    "request.accepted": "let {subject}, who had asked, in as {role}",
    "request.declined": "declined {subject}, who had asked to join",
    "repository.added": "added the repository {repository}",
    "repository.forgotten": "took back the repository {repository}, which was never read",
    "repository.hosted": "started the repository {repository}, which lives here",
    "repository.written": "wrote to the repository {repository} on a page",
    "repository.pushed": "pushed to the repository {repository}",
    "repository.read-anew": "had the repository {repository} read anew",
    "fact.corrected": "corrected what is known of {repository}, a project of {subject}",
    "fact.withdrawn": "took back what was said of {repository}, a project of {subject}",
    "app.registered": "registered the app {app}",
    "app.secret_changed": "gave the app {app} another secret",
    "app.deleted": "deleted the app {app}",
    "app.let_in": "let the app {app} in",
    "app.ended": "ended what the app {app} may do for {subject}",
    "app.replayed": "showed again what the app {app} had used; it does nothing for {subject} now",
    "app.secret_refused": "passed for the app {app} without its secret ({why})",
    "app.address_refused": "was to be sent elsewhere than the app {app} registered",
    "app.request_refused": "asked for the app {app} what it does not get: {error}",
    "app.grant_refused": "showed for the app {app} a code or a token that is not good",
}
_ROLES = ("role", "before", "after")


def sentence_of(record: AuditRecord) -> str:
    """What was done, in words. An action of another app reads as that app named it."""
    if record.action == "cohort.changed":
        return _changes(record.details)
    template = SENTENCES.get(record.action)
    if template is None:
        return f"{ACTIONS.get(record.action, record.action)} {record.subject_name}".strip()
    return template.format_map(_Words(_spoken(record)))


class _Words(dict[str, str]):
    """Details of an older record may lack a word."""

    def __missing__(self, key: str) -> str:
        return "…"


def _spoken(record: AuditRecord) -> dict[str, str]:
    details = record.details
    words = {key: str(value) for key, value in details.items()}
    words |= {key: with_article(words[key]) for key in _ROLES if key in words}
    most = details.get("uses", 1)
    words["whom"] = details.get("email") or ("one person" if most == 1 else f"{most} people")
    words["what"] = _action(words.get("what", ""))
    words["subject"] = record.subject_name
    return words


def _action(name: str) -> str:
    """A key of the role table as part of a sentence."""
    words = ACTION_WORDS.get(name, name).partition(".")[0]
    return words[:1].lower() + words[1:]


def _changes(details: dict[str, Any]) -> str:
    before, after = details.get("before", {}), details.get("after", {})
    told = [
        f"the {FIELDS.get(field, field)} from “{before.get(field, '')}” to “{value}”"
        for field, value in after.items()
    ]
    return f"changed {', and '.join(told)}" if told else "changed the cohort"


def whence_of(record: AuditRecord) -> str:
    """From where it was done."""
    if record.door == "command line":
        return "on the hub’s machine"
    return f"from {record.address}" if record.address else f"by {with_article(record.door)}"
