"""Another password, another address."""

import time
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from nexus.kernel.models import AuditRecord
from nexus.people import services
from nexus.people.models import Mail, Person
from nexus.people.passwords import Argon2
from nexus.people.tests.flows import (
    OTHER_PASSWORD,
    PASSWORD,
    confirm,
    events,
    is_signed_in,
    link_in,
    newest_mail,
    settled,
    sign_in,
)

pytestmark = pytest.mark.django_db


def ask(email: str = "ada@example.org", client: Client | None = None):
    return (client or Client()).post("/accounts/reset", {"email": email})


def reset(link: str, client: Client | None = None, password: str = OTHER_PASSWORD):
    """Open the link of a mail and choose a password, in a browser of its own."""
    client = client or Client()
    form = client.get(link, follow=True)
    return client.post(form.wsgi_request.path, {"password1": password})


def test_a_password_is_kept_at_the_cost_that_owasp_names():
    assert "$argon2id$v=19$m=19456,t=2,p=1$" in Argon2().encode(PASSWORD, "0123456789abcdef")


def test_a_link_by_mail_leads_to_another_password(client):
    settled()
    ask()

    assert reset(link_in(newest_mail()))["Location"] == "/accounts/reset/done"
    sign_in(client, password=PASSWORD)
    assert not is_signed_in(client)
    sign_in(client, password=OTHER_PASSWORD)
    assert is_signed_in(client)
    assert [one["how"] for one in events("password_changed")] == ["reset"]


def test_the_link_works_once():
    settled()
    ask()
    link = link_in(newest_mail())
    reset(link)

    assert b"does not work any more" in Client().get(link, follow=True).content


def test_the_link_works_for_an_hour(monkeypatch):
    settled()
    ask()
    link = link_in(newest_mail())
    from django.contrib.auth.tokens import PasswordResetTokenGenerator

    now = PasswordResetTokenGenerator._now
    monkeypatch.setattr(
        PasswordResetTokenGenerator,
        "_now",
        lambda self: now(self) + timedelta(hours=1, seconds=2),
    )

    assert b"does not work any more" in Client().get(link, follow=True).content


def test_a_link_that_was_made_up_leads_nowhere():
    ada = settled()

    for number in (ada.pk, "0", "z" * 13):
        assert b"does not work" in Client().get(f"/accounts/reset/{number}-abc-def").content
    told = AuditRecord.objects.filter(action="account.reset-refused", is_refusal=True)
    assert [(one.address, one.details) for one in told] == [("127.0.0.1", {})] * 3


def test_what_works_or_holds_no_key_is_told_of_as_no_guess():
    ada = settled()
    ask()
    reset(link_in(newest_mail()))
    Client().get(f"/accounts/reset/{ada.pk}-set-password")

    assert not AuditRecord.objects.filter(is_refusal=True)


def test_all_sessions_end_with_the_old_password(client):
    settled()
    sign_in(client)
    ask()
    reset(link_in(newest_mail()))

    assert not is_signed_in(client)
    assert [one["why"] for one in events("session_ended")] == ["password"]


def test_an_address_without_an_account_gets_the_same_answer():
    settled()
    known, unknown = ask(), ask("eve@example.org")

    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert known.content == unknown.content
    assert Mail.objects.count() == 2
    assert "no account" in newest_mail("eve@example.org").subject


def test_an_address_that_somebody_is_about_to_change_to_opens_nothing():
    ada = settled()
    EmailAddress.objects.create(user=ada, email="mallory@example.org", verified=False)

    ask("mallory@example.org")

    assert "no account" in newest_mail("mallory@example.org").subject


def test_whoever_was_added_by_the_owner_shows_their_mailbox_by_it(client):
    services.add_person(by=None, handle="ada", email="Ada@Example.org")
    ask()
    reset(link_in(newest_mail()))

    sign_in(client, password=OTHER_PASSWORD)

    assert is_signed_in(client)


def test_asking_too_often_is_refused():
    settled()

    assert [ask().status_code for _ in range(4)] == [302, 302, 302, 429]
    assert Mail.objects.count() == 3


def test_mails_name_the_hub_by_its_public_address(settings):
    settled()
    settings.PUBLIC_URL = "https://hub.example.org"
    ask(client=Client(HTTP_HOST="localhost"))

    assert "https://hub.example.org/accounts/reset/" in newest_mail().body
    assert "localhost" not in newest_mail().body


# --- changing it while signed in ---


def test_a_change_asks_for_the_password_once_more(client):
    settled()
    sign_in(client)

    answer = client.get("/accounts/password")

    assert answer["Location"] == "/accounts/confirm?next=%2Faccounts%2Fpassword"
    assert client.post("/accounts/password", {"password1": OTHER_PASSWORD}).status_code == 302
    assert OTHER_PASSWORD.split()[1] not in str(client.session.items()), "it is typed again"
    assert Person.objects.get().check_password(PASSWORD)


def test_a_wrong_password_confirms_nothing(client):
    ada = settled()
    sign_in(client)
    confirm(client, "not the password")

    assert client.get("/accounts/password").status_code == 302
    assert [one["person"] for one in events("sign_in_failed")] == [ada.pk]


def test_another_password_keeps_this_session_and_ends_the_others(client):
    ada = settled()
    elsewhere = Client()
    sign_in(elsewhere)
    sign_in(client)
    confirm(client)

    client.post("/accounts/password", {"password1": OTHER_PASSWORD})

    assert is_signed_in(client)
    assert not is_signed_in(elsewhere)
    assert events("password_changed") == [{"person": ada.pk, "how": "changed"}]
    assert AuditRecord.objects.get(action="account.password-changed").actor == ada.pk
    assert newest_mail().subject == "Your password was changed"


def test_a_confirmation_ends_after_a_while(client, monkeypatch):
    settled()
    sign_in(client)
    confirm(client)
    assert client.get("/accounts/password").status_code == 200
    later = time.time() + 301
    monkeypatch.setattr("allauth.account.internal.flows.reauthentication.time.time", lambda: later)

    assert client.get("/accounts/password").status_code == 302


# --- the address ---


def change_address(client: Client, to: str):
    return client.post("/accounts/email", {"email": to, "action_add": ""})


def test_another_address_counts_when_it_is_verified(client):
    settled()
    sign_in(client)
    confirm(client)
    change_address(client, "countess@example.org")
    assert Person.objects.get().email == "ada@example.org"

    client.post(link_in(newest_mail("countess@example.org")))

    assert Person.objects.get().email == "countess@example.org"
    assert [one.email for one in EmailAddress.objects.all()] == ["countess@example.org"]
    assert newest_mail().subject == "Your e-mail address was changed"


def test_the_address_of_another_is_not_told_to_be_one(client):
    settled("grace")
    settled()
    sign_in(client)
    confirm(client)

    known = change_address(client, "grace@example.org")
    unknown = change_address(client, "nobody@example.org")

    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])


def test_the_address_of_another_cannot_be_taken(client):
    grace = settled("grace")
    settled()
    sign_in(client)
    confirm(client)
    change_address(client, "grace@example.org")
    Client().post(link_in(newest_mail("grace@example.org")))

    assert Person.objects.get(email="grace@example.org") == grace


def test_a_change_that_was_not_meant_is_taken_back(client):
    settled()
    sign_in(client)
    confirm(client)
    change_address(client, "countess@example.org")

    client.post("/accounts/email", {"email": "countess@example.org", "action_remove": ""})

    assert [one.email for one in EmailAddress.objects.all()] == ["ada@example.org"]
