"""Devices without a keyboard: a code that their person types elsewhere (RFC 8628)."""

from __future__ import annotations

import contextlib
from collections.abc import Collection
from enum import StrEnum
from http import HTTPStatus
from typing import TYPE_CHECKING

from django.core.cache import cache
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import get_random_string

from nexus.credentials.audit import DEVICE_CODE_REFUSED
from nexus.credentials.models import AppGrant, DeviceRequest
from nexus.credentials.provider.lifetimes import DEVICE, DEVICE_INTERVAL_SECONDS
from nexus.credentials.provider.services.granting import let_in
from nexus.credentials.tokens import digest_of
from nexus.kernel.audit import record_refusal, refusals, refusals_from, whence
from nexus.kernel.errors import NexusError, NotFound

if TYPE_CHECKING:
    from allauth.idp.oidc.models import Client

    from nexus.people.models import Person

#: Wrong codes of one person, and from one address, in a quarter of an hour. With the letters
#: below a guess is right once in 25 thousand million (RFC 8628, section 5.1).
MOST_GUESSES = 10
MOST_GUESSES_OF_ADDRESS = 30
#: Devices of one app that may wait at the same time: each is a row, and anybody can begin.
MOST_WAITING = 1_000
#: So many begin from one address while a code lasts: nobody takes the places of all others.
MOST_BEGUN_FROM_ADDRESS = 100
#: Neither vowels, so that no word comes of them, nor letters that look like others (section 6.1).
_LETTERS = "BCDFGHJKLMNPQRSTVWXZ"
_HALF = 4


class Slow(NexusError):
    """Too many codes were asked for, or typed wrong."""

    status = HTTPStatus.TOO_MANY_REQUESTS


class Answer(StrEnum):
    """What a device that asks is told, by the words of RFC 8628, section 3.5."""

    PENDING = "authorization_pending"
    SLOWER = "slow_down"
    REFUSED = "access_denied"
    EXPIRED = "expired_token"
    LET_IN = "authorized"


def new_user_code() -> str:
    """A code that a person can type: ``BDWP-HQPK``."""
    letters = get_random_string(2 * _HALF, _LETTERS)
    return f"{letters[:_HALF]}-{letters[_HALF:]}"


def tidy(code: str) -> str:
    """A code as it was meant: people leave the hyphen out, and write small."""
    letters = "".join(sign for sign in code[:40].upper() if sign.isascii() and sign.isalpha())
    return f"{letters[:_HALF]}-{letters[_HALF:]}"


@transaction.atomic
def begin(*, app: Client, device_code: str, user_code: str, scopes: Collection[str]) -> None:
    """A device of ``app`` waits to be let in; raises ``Slow`` when very many do."""
    _refuse_flood()
    now = timezone.now()
    DeviceRequest.objects.filter(expires_at__lt=now).delete()
    if DeviceRequest.objects.filter(app_id=app.pk).count() >= MOST_WAITING:
        raise Slow("too-many-devices", "Too many devices of this app wait.", remedy="Try later.")
    DeviceRequest.objects.create(
        app_id=app.pk,
        digest=digest_of(device_code),
        user_code=user_code,
        scopes=list(scopes),
        expires_at=now + DEVICE,
    )


def _refuse_flood() -> None:
    key = f"credentials.devices.{whence().address}"
    cache.add(key, 0, int(DEVICE.total_seconds()))
    with contextlib.suppress(ValueError):  # its time ran out in this moment
        if cache.incr(key) > MOST_BEGUN_FROM_ADDRESS:
            raise Slow(
                "too-many-devices", "Too many devices begin from your address.", remedy="Wait."
            )


def waiting(*, by: Person, code: str) -> DeviceRequest:
    """The device that shows ``code``, and that nobody has answered yet.

    Raises ``NotFound`` when there is none, and ``Slow`` when ``by`` has typed too many wrong ones.
    """
    _refuse_guessers(by)
    open_ones = DeviceRequest.objects.filter(is_refused=False, grant=None)
    known = open_ones.select_related("app__owner").filter(user_code=tidy(code))
    found = known.filter(expires_at__gt=timezone.now()).first()
    if found is None:
        record_refusal(DEVICE_CODE_REFUSED, by=by)
        raise _unknown()
    return found


def _unknown() -> NotFound:
    return NotFound(
        "device-code-unknown",
        "No device waits for this code.",
        remedy="Compare it with what the device shows. A code works for ten minutes.",
    )


def _refuse_guessers(by: Person) -> None:
    address = whence().address
    from_address = refusals_from(DEVICE_CODE_REFUSED, address) if address else 0
    if refusals(DEVICE_CODE_REFUSED, by=by) >= MOST_GUESSES or (
        from_address >= MOST_GUESSES_OF_ADDRESS
    ):
        raise Slow(
            "too-many-guesses",
            "Too many codes were typed that no device waits for.",
            remedy="Wait a quarter of an hour, then let the device show a new one.",
        )


def answer(*, by: Person, code: str, yes: bool) -> DeviceRequest:
    """Let in the device that shows ``code``, or refuse it; raises as ``waiting`` does."""
    found = waiting(by=by, code=code)
    with transaction.atomic():
        mine = DeviceRequest.objects.select_for_update().filter(pk=found.pk, grant=None)
        if not mine.exists():
            raise _unknown()
        if yes:
            how = AppGrant.How.DEVICE
            mine.update(grant=let_in(by=by, app=found.app, scopes=found.scopes, how=how))
        else:
            mine.update(is_refused=True)
    return found


@transaction.atomic
def polled(*, app: Client, device_code: str) -> tuple[Answer | None, AppGrant | None]:
    """What a device that asks is told, and its grant when it was let in: then it is told once.

    None when no device of this app has such a code.
    """
    known = DeviceRequest.objects.select_for_update(of=("self",)).filter(app_id=app.pk)
    found = known.filter(digest=digest_of(device_code)).first()
    if found is None:
        return None, None
    now = timezone.now()
    if found.expires_at <= now:
        return Answer.EXPIRED, None
    if found.is_refused:
        return Answer.REFUSED, None
    if found.polled_at and (now - found.polled_at).total_seconds() < DEVICE_INTERVAL_SECONDS:
        return Answer.SLOWER, None
    grant = found.grant
    if grant is None:
        DeviceRequest.objects.filter(pk=found.pk).update(polled_at=now)
        return Answer.PENDING, None
    found.delete()
    return (Answer.LET_IN, grant) if grant.person.is_active else (Answer.REFUSED, None)
