"""Background work of people: sending mails, and forgetting what was only begun."""

from celery import shared_task
from django.db import close_old_connections

from nexus.people import mails, services


@shared_task(name=mails.SEND_TASK)
def send_mail(number: int) -> None:
    """Send the mail with this key."""
    close_old_connections()
    mails.send_mail(number)
    close_old_connections()


@shared_task(name="people.send_due_mails")
def send_due_mails() -> None:
    """Send what was not sent yet: a message was lost, or the mail server did not answer."""
    close_old_connections()
    for number in mails.due_mails():
        mails.send_mail(number)
    close_old_connections()


@shared_task(name="people.forget_unverified")
def forget_unverified() -> None:
    """Take away accounts that nobody opened within a week, and old mails with their addresses."""
    close_old_connections()
    services.forget_unverified()
    mails.forget_old_mails()
    close_old_connections()
