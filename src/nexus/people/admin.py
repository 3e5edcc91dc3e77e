"""The desks of people and of mails."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from nexus.kernel.administration.acts import Act
from nexus.kernel.administration.columns import list_of, moment, plain, truth
from nexus.kernel.administration.desk import Desk
from nexus.kernel.administration.filters import filled, so
from nexus.people import administering
from nexus.people.models import Mail, Person


def _signed_out(by: Person, person: Person) -> str:
    ended = administering.sign_out_everywhere(by=by, person=person)
    return "One session was ended." if ended == 1 else f"{ended} sessions were ended."


class PersonDesk(Desk):
    """Accounts, and how they are looked after."""

    table = Person
    name, title, icon = "people", "People", "person"
    lead = "Everybody with an account or a page here."
    list_display = (
        "handle",
        "name",
        plain("email", "E-mail address"),
        truth("is_owner", "Runs the hub"),
        truth("is_claimed", "Signs in"),
        moment("joined_at", "Since"),
        moment("last_login", "Last here"),
        moment("suspended_at", "Suspended"),
    )
    list_filter = (
        so("is_owner", "Runs the hub", "Runs the hub", "Does not"),
        so("is_claimed", "Signs in", "Signs in", "A page only"),
        filled("suspended_at", "Suspended", "Suspended", "Not suspended"),
        filled("last_login", "Seen", "Was here", "Never here"),
    )
    search_fields = ("handle", "name", "email")
    search_help_text = "Handle, name or e-mail address"
    facts = (
        *("handle", "name"),
        plain("email", "E-mail address"),
        "time_zone",
        truth("is_owner", "Runs the hub"),
        truth("is_claimed", "Somebody signs in"),
        truth("is_active", "Opens something"),
        moment("suspended_at", "Suspended"),
        moment("joined_at", "Since"),
        moment("last_login", "Last here"),
    )
    secrets = ("password",)
    acts: ClassVar = (
        Act(
            "link",
            "Mail a sign-in link",
            lambda by, person: administering.mail_sign_in_link(by=by, person=person),
            done="A link that signs in once was mailed.",
            fits=lambda person: person.is_active and bool(person.email),
        ),
        Act(
            "unlock",
            "End the lock-out",
            lambda by, person: administering.end_lock_out(by=by, person=person),
            done="Passwords are looked at again.",
            fits=lambda person: person.is_active,
        ),
        Act(
            "sign-out",
            "Sign out everywhere",
            _signed_out,
            done="",
            question="Every session ends. They can sign in again.",
        ),
        Act(
            "suspend",
            "Suspend",
            lambda by, person: administering.suspend_person(by=by, person=person),
            done="The account opens nothing until it is restored.",
            question="The account opens nothing any more: no session, no access token, no link. "
            "What they published stays, and it can be restored.",
            fits=lambda person: person.is_active,
            is_bad=True,
        ),
        Act(
            "restore",
            "Restore",
            lambda by, person: administering.restore_person(by=by, person=person),
            done="The account opens again what it opened before.",
            fits=lambda person: person.suspended_at is not None,
        ),
    )

    def ways(self, row: Any) -> Sequence[tuple[str, str]]:
        """What else of a person there is."""
        return (
            ("Access tokens", list_of("tokens", person=row.pk)),
            ("Apps they let in", list_of("grants", person=row.pk)),
            ("Memberships", list_of("memberships", person=row.pk)),
            ("Repositories", list_of("repositories", owner=row.pk)),
            ("What they did", list_of("audit", actor=row.pk)),
            ("What was done to them", list_of("audit", subject=row.pk)),
            ("Events for them", list_of("events", audience=f"person:{row.pk}")),
        )


class MailDesk(Desk):
    """Mails of the last days: whether they were sent, never what they say."""

    table = Mail
    name, title, icon = "mails", "Mails", "note"
    lead = "Mails of the last three days. What they say is not shown: they hold links that sign in."
    list_display = (
        "subject",
        "to",
        moment("written_at", "Written"),
        moment("sent_at", "Sent"),
        "tries",
        "fault",
    )
    list_filter = (filled("sent_at", "Sent", "Sent", "Not sent"),)
    search_fields = ("to", "subject")
    search_help_text = "Address or subject"
    facts = (
        *("to", "subject"),
        moment("written_at", "Written"),
        moment("sent_at", "Sent"),
        "tries",
        moment("next_try_at", "Next try"),
        "fault",
    )
    secrets = ("body",)
    acts: ClassVar = (
        Act(
            "send",
            "Send again",
            lambda by, mail: administering.send_again(by=by, mail=mail),
            done="It is being sent.",
            fits=lambda mail: mail.sent_at is None,
        ),
    )
