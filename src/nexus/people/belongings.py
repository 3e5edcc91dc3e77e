"""What accounts know of a person, and the name that is left when one is deleted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.contrib.admin.models import LogEntry
from django.contrib.auth.hashers import make_password
from django.utils import timezone

from nexus.kernel.forgetting import (
    blanked,
    events_for,
    forget_in_audit_log,
    forget_in_events,
    records_of,
)
from nexus.people import recording
from nexus.people.belonging import Belonging, Fate, Hindrance, Leaver, Row, raise_first
from nexus.people.handles import FORMER
from nexus.people.models import Mail, Person, Profile, SignInLink, Wish
from nexus.people.selectors import addresses_of

FORMER_NAME = "A former member"
#: Events about what others did or tried: from where is their business.
_BY_OTHERS = ("people.sign_in_failed", "people.locked_out")


def _account(person: Person) -> Iterator[Row]:
    yield {
        "handle": person.handle,
        "name": person.name,
        "email": person.email,
        "time_zone": person.time_zone,
        "is_owner_of_the_hub": person.is_owner,
        "has_password": person.has_usable_password(),
        "joined_at": person.joined_at,
        "suspended_at": person.suspended_at,
        "last_signed_in_at": person.last_login,
    }


def _last_owner(person: Person) -> Iterator[Hindrance]:
    """A hub always has somebody who runs it."""
    if not person.is_owner:
        return
    others = Person.objects.filter(is_owner=True, is_active=True).exclude(pk=person.pk)
    if not others.exists():
        yield Hindrance(
            "last-hub-owner",
            "Somebody always runs the hub, and you are the last who does.",
            "Make somebody else its owner first: nexus person add HANDLE --owner",
        )


def _lose_name(person: Person) -> None:
    """Leave a row that is nobody, so that what points to it stays; its handle is free for nobody.

    The rows of all who run the hub are locked (``person_locked``), so the last one is refused.
    """
    raise_first(_last_owner(person))
    person.handle = _free_former_handle(person.pk)
    person.name, person.name_skeleton = FORMER_NAME, ""
    person.email, person.time_zone = None, "UTC"
    person.is_owner = person.is_active = False
    person.suspended_at = None
    person.is_claimed = True  # so that it is offered to nobody as a page that waits for its owner
    person.last_login, person.joined_at = None, timezone.now()
    person.password = make_password(None)
    person.save()


def _free_former_handle(number: int) -> str:
    """``former-member-17``; somebody may have had it before such handles were reserved."""
    handle = f"{FORMER}-{number}"
    while Person.objects.filter(handle__iexact=handle).exists():
        handle += "-x"
    return handle


def _profile(person: Person) -> Iterator[Row]:
    for one in Profile.objects.filter(person=person):
        yield {
            "about": one.about,
            "tracks": one.tracks,
            "open_to": one.open_to,
            "is_away": one.is_away,
            "hours_a_week": one.hours_a_week,
            "times": one.times,
            "links": one.links,
            "pins": one.pins,
            "shown_to": one.shown_to,
            "changed_at": one.changed_at,
        }


def _wishes(person: Person) -> Iterable[Row]:
    return Wish.objects.filter(person=person).order_by("topic").values("topic")


def _links(person: Person) -> Iterable[Row]:
    known = SignInLink.objects.filter(person=person).order_by("pk")
    return known.values("made_at", "expires_at", "used_at")


def _addresses(person: Person) -> Iterator[Row]:
    known = EmailAddress.objects.filter(user_id=person.pk).order_by("pk")
    yield from known.values("email", "verified", "primary")


def _sessions(person: Person) -> Iterator[Row]:
    known = UserSession.objects.filter(user_id=person.pk).order_by("pk")
    yield from known.values("created_at", "last_seen_at", "ip", "user_agent")


def _factors(person: Person) -> Iterator[Row]:
    for one in Authenticator.objects.filter(user_id=person.pk).order_by("pk"):
        yield {
            "type": one.type,
            "name": one.data.get("name", ""),
            "added_at": one.created_at,
            "last_used_at": one.last_used_at,
        }


def _elsewhere(person: Person) -> Iterator[Row]:
    known = SocialAccount.objects.filter(user_id=person.pk).order_by("pk")
    yield from known.values("provider", "uid", "last_login", "date_joined", "extra_data")


def _acts_of_office(person: Person) -> Iterable[Row]:
    """Not what they were done to: that is often somebody."""
    done = LogEntry.objects.filter(user=person).order_by("pk")
    return done.values("action_time", "action_flag", "content_type__model")


def _mails(person: Person) -> Iterable[Row]:
    sent = Mail.objects.filter(to__in=addresses_of(person)).order_by("pk")
    return sent.values("to", "subject", "written_at", "sent_at")


def _events(person: Person) -> Iterator[Row]:
    for one in events_for(person.pk).iterator():
        told = blanked(one.payload) if one.type in _BY_OTHERS else one.payload
        yield {"type": one.type, "at": one.happened_at, "what": told}


def _log(person: Person) -> Iterator[Row]:
    """What they did, from where; of what others did to them neither who nor from where."""
    for one in records_of(person.pk).iterator():
        is_own = one.actor == person.pk
        yield {
            "at": one.at,
            "action": one.action,
            "was_refused": one.is_refusal,
            "by": "you" if is_own else "somebody else",
            "scope": one.scope,
            "door": one.door if is_own else "",
            "address": one.address if is_own else "",
            "details": one.details if is_own else {},
        }


def _forget_profile(person: Person) -> None:
    Profile.objects.filter(person=person).delete()


def _forget_wishes(person: Person) -> None:
    Wish.objects.filter(person=person).delete()


def _forget_links(person: Person) -> None:
    SignInLink.objects.filter(person=person).delete()


def _forget_addresses(person: Person) -> None:
    EmailAddress.objects.filter(user_id=person.pk).delete()


def _forget_factors(person: Person) -> None:
    Authenticator.objects.filter(user_id=person.pk).delete()


def _forget_elsewhere(person: Person) -> None:
    SocialAccount.objects.filter(user_id=person.pk).delete()


def _forget_acts_of_office(person: Person) -> None:
    LogEntry.objects.filter(user=person).delete()


def _forget_mails(person: Person) -> None:
    Mail.objects.filter(to__in=addresses_of(person)).delete()


def _end_sessions(person: Person) -> None:
    recording.end_sessions(person, why="deleted")


def _forget_log(leaver: Leaver) -> None:
    names = (leaver.handle, *leaver.addresses)
    forget_in_audit_log(leaver.person, names=names, now=leaver.now)


def _forget_events(leaver: Leaver) -> None:
    forget_in_events(leaver.person)


#: What is erased at once goes in the reversed order: the name, which all others need, is last.
BELONGINGS = (
    Belonging(
        what="people.Person",
        section="account",
        rows=_account,
        fate=Fate.NAMELESS,
        becomes="A row without name, address and password stays for what is kept to point to. "
        "The handle is kept from others.",
        hindrances=_last_owner,
        at_once=_lose_name,
    ),
    Belonging(
        what="people.Profile.person",
        section="profile",
        rows=_profile,
        fate=Fate.ERASED,
        becomes="Erased at once.",
        at_once=_forget_profile,
    ),
    Belonging(
        what="people.Wish.person",
        section="wishes",
        rows=_wishes,
        fate=Fate.ERASED,
        becomes="Erased at once.",
        at_once=_forget_wishes,
    ),
    # Before the addresses are known no more, mails to them are found by them.
    Belonging(
        what="account.EmailAddress.user",
        section="addresses",
        rows=_addresses,
        fate=Fate.ERASED,
        becomes="Erased at once.",
        at_once=_forget_addresses,
    ),
    Belonging(
        what="people.Mail",
        section="mails",
        rows=_mails,
        fate=Fate.ERASED,
        becomes="Erased at once, sent or not. The one that confirms the deletion goes within "
        "three days.",
        at_once=_forget_mails,
    ),
    Belonging(
        what="usersessions.UserSession.user",
        section="sessions",
        rows=_sessions,
        fate=Fate.ERASED,
        becomes="Ended and erased at once.",
        at_once=_end_sessions,
    ),
    Belonging(
        what="people.SignInLink.person",
        section="sign_in_links",
        rows=_links,
        fate=Fate.ERASED,
        becomes="Erased at once.",
        at_once=_forget_links,
    ),
    Belonging(
        what="mfa.Authenticator.user",
        section="factors",
        rows=_factors,
        fate=Fate.ERASED,
        becomes="Erased at once.",
        at_once=_forget_factors,
    ),
    Belonging(
        what="socialaccount.SocialAccount.user",
        section="accounts_elsewhere",
        rows=_elsewhere,
        fate=Fate.ERASED,
        becomes="Erased at once; the account elsewhere is not touched.",
        at_once=_forget_elsewhere,
    ),
    Belonging(
        what="admin.LogEntry.user",
        section="administration",
        rows=_acts_of_office,
        fate=Fate.ERASED,
        becomes="Erased at once; the audit log keeps what was done.",
        at_once=_forget_acts_of_office,
    ),
    Belonging(
        what="kernel.StoredEvent",
        section="events",
        rows=_events,
        fate=Fate.NAMELESS,
        becomes="That something happened stays under a number; handles and network addresses go.",
        afterwards=_forget_events,
    ),
    Belonging(
        what="kernel.AuditRecord",
        section="log",
        rows=_log,
        fate=Fate.NAMELESS,
        becomes="What was done stays, by a former member; network addresses go.",
        afterwards=_forget_log,
    ),
)
