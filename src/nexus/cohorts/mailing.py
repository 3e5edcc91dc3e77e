"""The mail that goes with an invitation."""

from django.conf import settings

from nexus.people.mails import post_mail


def is_sent() -> bool:
    """Whether a mail leaves the hub; without a mail server its owner reads it on a page."""
    return bool(settings.MAIL_URL)


def post_invitation(*, to: str, cohort: str, role: str, inviter: str, address: str) -> None:
    """Post the words that go with an invitation; ``address`` is the whole one of its page."""
    who = f"{inviter} invites you" if inviter else "You are invited"
    article = "an" if role[:1] in "aeiou" else "a"
    post_mail(
        to=to,
        subject=f"{who} to {cohort}",
        body=(
            f"{who} to “{cohort}”, as {article} {role}.\n\n"
            f"Look at it, and accept or leave it:\n\n{address}\n\n"
            f"It is for this address ({to}) alone. If you do not know what this is about, "
            "do nothing: then nothing happens.\n"
        ),
    )
