"""Mails: kept with the change they tell of, sent by a worker, read by the hub's owner."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from nexus.people import mails, tasks
from nexus.people.letters import LETTERS, Letter
from nexus.people.mails import due_mails, post_mail, send_mail
from nexus.people.models import Mail
from nexus.people.tests.factories import MailFactory, OwnerFactory, PersonFactory
from nexus.people.tests.smtp import mail_server

pytestmark = pytest.mark.django_db


@pytest.fixture
def server(settings):
    with mail_server() as box:
        settings.MAIL_URL = f"smtp://127.0.0.1:{box.port}"
        yield box


def posted() -> Mail:
    return post_mail(to="ada@example.org", subject="Hello", body="Open https://x/accounts/1\n")


def test_a_mail_is_sent_once_and_its_words_go(server):
    mail = posted()

    assert send_mail(mail.pk)
    assert not send_mail(mail.pk)

    assert len(server.mails) == 1
    assert "Subject: Hello" in server.mails[0]
    assert "https://x/accounts/1" in server.mails[0]
    mail.refresh_from_db()
    assert (mail.body, mail.fault) == ("", "")
    assert mail.sent_at is not None


@pytest.mark.django_db(transaction=True)  # a task has connections of its own
def test_a_mail_that_is_refused_is_tried_again_later(server):
    server.refuses = True
    mail = posted()

    assert not send_mail(mail.pk)

    mail.refresh_from_db()
    assert "not now" in mail.fault
    assert mail.body, "its words are still needed"
    assert due_mails() == []
    Mail.objects.update(next_try_at=timezone.now())
    server.refuses = False
    tasks.send_due_mails()
    assert len(server.mails) == 1


def test_a_server_that_does_not_answer_is_no_harm(settings, server):
    settings.MAIL_URL = "smtp://127.0.0.1:1"
    mail = posted()

    assert not send_mail(mail.pk)
    mail.refresh_from_db()
    assert mail.fault


def test_pauses_grow_and_end():
    now = timezone.now()
    pauses = [mails._next_try(now, tries) - now for tries in range(mails.MOST_TRIES)]

    assert pauses == sorted(pauses)
    assert sum(pauses, timedelta()) < mails.KEPT_FOR
    MailFactory(tries=mails.MOST_TRIES)
    assert due_mails() == []


@pytest.mark.django_db(transaction=True)
def test_a_mail_that_is_gone_is_not_sent(server):
    tasks.send_mail(12345)

    assert not server.mails


def test_old_mails_go():
    old = MailFactory.create()
    Mail.objects.update(written_at=timezone.now() - mails.KEPT_FOR - timedelta(seconds=1))
    posted()

    assert not Mail.objects.filter(pk=old.pk).exists()


@pytest.mark.parametrize(
    ("url", "host", "port", "ssl", "tls"),
    [
        ("smtps://ada:p%40ss@mail.example.org", "mail.example.org", 465, True, False),
        ("smtp://ada:p%40ss@mail.example.org", "mail.example.org", 587, False, True),
        ("smtp://ada:p%40ss@mail.example.org:2525", "mail.example.org", 2525, False, True),
        ("smtp://localhost", "localhost", 25, False, False),
    ],
)
def test_a_password_is_said_over_tls_only(settings, url, host, port, ssl, tls):
    settings.MAIL_URL = url
    connection = mails._connection()

    assert (connection.host, connection.port) == (host, port)
    assert (connection.use_ssl, connection.use_tls) == (ssl, tls)
    if ssl or tls:
        assert (connection.username, connection.password) == ("ada", "p@ss")


def test_the_log_does_not_say_what_a_mail_says(capfd):
    posted()

    said = "".join(capfd.readouterr())
    assert "accounts/1" not in said


# --- the owner's page ---


def test_the_owner_reads_mails_that_wait():
    client = Client()
    client.force_login(OwnerFactory.create())
    MailFactory.create(body="Open https://hub.example.org/accounts/verify/abc <b>")

    page = client.get("/-/mails").content.decode()

    assert 'href="https://hub.example.org/accounts/verify/abc"' in page
    assert "<b>" not in page


def test_nobody_else_finds_the_page():
    client = Client()
    assert client.get("/-/mails").status_code == 404
    client.force_login(PersonFactory.create())
    assert client.get("/-/mails").status_code == 404


# --- words ---

FACTS = dict.fromkeys(
    [
        *("hub", "handle", "activate_url", "password_reset_url", "signup_url", "reset_address"),
        *("ip", "device", "to_email", "from_email", "provider"),
    ],
    "X",
)


@pytest.mark.parametrize("name", LETTERS)
def test_every_letter_can_be_written(name):
    subject, body = LETTERS[name].written(**FACTS)

    assert subject
    assert "{" not in subject + body
    assert "!" not in subject + body
    assert body.endswith("\n")
    assert max(map(len, body.splitlines())) < 140


def test_what_people_are_called_is_no_pattern():
    letter = Letter("{handle}", "{handle}")

    assert letter.written(handle="{secret}") == ("{secret}", "{secret}\n")
