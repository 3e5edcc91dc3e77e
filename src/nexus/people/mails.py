"""Mails: kept in the transaction of what they tell of, sent by a worker afterwards.

So a mail is neither lost with the process nor sent about what was rolled back, no request
waits for a mail server, and whether one is sent cannot be told from how long an answer takes.
Without a mail server they stay where they are, for the hub's owner to read.
"""

from datetime import datetime, timedelta
from smtplib import SMTPException
from urllib.parse import unquote, urlsplit

import structlog
from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from nexus.kernel.tasks import wake
from nexus.people.models import Mail

SEND_TASK = "people.send_mail"
#: What a mail says is no longer true by then: its links have stopped to work.
KEPT_FOR = timedelta(days=3)
#: The first pause before another try; each is twice as long as the one before.
PAUSE = timedelta(minutes=1)
MOST_TRIES = 8
_ANSWER_WITHIN_SECONDS = 20


def forget_old_mails() -> None:
    """Take away mails whose time is over, sent or not."""
    Mail.objects.filter(written_at__lt=timezone.now() - KEPT_FOR).delete()


@transaction.atomic
def post_mail(*, to: str, subject: str, body: str) -> Mail:
    """Keep a mail and wake a worker that sends it. The log learns of it, but not what it says."""
    forget_old_mails()
    mail = Mail.objects.create(to=to, subject=subject, body=body)
    log = structlog.get_logger(__name__)
    if settings.MAIL_URL:
        wake(SEND_TASK, mail.pk)
    else:
        log.info("A mail is kept on the page “Mails”.", mail=mail.pk, subject=subject)
    return mail


def recent_mails() -> QuerySet[Mail]:
    """Every mail that is kept, newest first."""
    return Mail.objects.filter(written_at__gt=timezone.now() - KEPT_FOR)


def due_mails() -> list[int]:
    """Keys of the mails that are to be sent now, oldest first."""
    now = timezone.now()
    waiting = recent_mails().filter(sent_at=None, tries__lt=MOST_TRIES)
    due = waiting.filter(Q(next_try_at=None) | Q(next_try_at__lte=now))
    return list(due.order_by("pk").values_list("pk", flat=True))


def send_mail(number: int) -> bool:
    """Send the mail with this key, if it is due and nobody else does; whether it was sent.

    What the mail server says against it is noted, and it is tried again later.
    """
    mail = _claim(number)
    if mail is None:
        return False
    try:
        _connection().send_messages([_message_of(mail)])
    except (OSError, SMTPException) as error:
        Mail.objects.filter(pk=number).update(fault=str(error)[:200] or type(error).__name__)
        structlog.get_logger(__name__).warning("A mail was not sent.", mail=number)
        return False
    Mail.objects.filter(pk=number).update(sent_at=timezone.now(), body="", fault="")
    return True


def _claim(number: int) -> Mail | None:
    """Take the mail for this try: the next one is due only after a pause."""
    now = timezone.now()
    mail = Mail.objects.filter(pk=number).first()
    if mail is None or number not in due_mails():
        return None
    taken = Mail.objects.filter(pk=number, tries=mail.tries, sent_at=None).update(
        tries=F("tries") + 1, next_try_at=_next_try(now, mail.tries)
    )
    return mail if taken else None


def _next_try(now: datetime, tries: int) -> datetime:
    return now + PAUSE * (1 << tries)


def _message_of(mail: Mail) -> EmailMessage:
    return EmailMessage(mail.subject, mail.body, settings.DEFAULT_FROM_EMAIL, [mail.to])


def _connection() -> EmailBackend:
    """The mail server of ``NEXUS_MAIL_URL``. Whoever gives a password gives it over TLS only."""
    url = urlsplit(settings.MAIL_URL)
    at_once = url.scheme == "smtps"
    return EmailBackend(
        host=url.hostname or "localhost",
        port=url.port or (465 if at_once else 587 if url.username else 25),
        username=unquote(url.username or ""),
        password=unquote(url.password or ""),
        use_ssl=at_once,
        use_tls=not at_once and bool(url.username),
        timeout=_ANSWER_WITHIN_SECONDS,
    )
