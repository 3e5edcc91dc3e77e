"""How invitations reach a mailbox: by whatever was handed in, or not at all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail in plain text."""

    to: str
    subject: str
    text: str


Mailer = Callable[[Mail], None]
_mailers: list[Mailer] = []


def use_mailer(mailer: Mailer) -> Callable[[], None]:
    """Let mails be sent by ``mailer``; returns how to stop. The newest one is used."""
    _mailers.append(mailer)

    def stop() -> None:
        if mailer in _mailers:
            _mailers.remove(mailer)

    return stop


def can_send() -> bool:
    """Whether somebody would send a mail."""
    return bool(_mailers)


def send(mail: Mail) -> None:
    """Send a mail, if somebody does."""
    if _mailers:
        _mailers[-1](mail)


def invitation_mail(*, to: str, cohort: str, role: str, inviter: str, address: str) -> Mail:
    """The words that go with an invitation; ``address`` is the whole address of its page."""
    who = f"{inviter} invites you" if inviter else "You are invited"
    article = "an" if role[:1] in "aeiou" else "a"
    return Mail(
        to=to,
        subject=f"{who} to {cohort}",
        text=(
            f"{who} to “{cohort}”, as {article} {role}.\n\n"
            f"Look at it, and accept or leave it:\n\n{address}\n\n"
            f"It is for this address ({to}) alone. If you do not know what this is about, "
            "do nothing: then nothing happens.\n"
        ),
    )
