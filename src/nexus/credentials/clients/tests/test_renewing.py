"""A refresh token works once; whatever ends a session ends its tokens at once."""

import threading
from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.utils import timezone

from nexus.credentials.clients import sessions
from nexus.credentials.clients.tests.programs import AUTH, Program, signed_in
from nexus.credentials.identity import Unauthorised
from nexus.kernel.models import AuditRecord
from nexus.people import recording
from nexus.people.models import Person
from nexus.people.tests.flows import (
    OTHER_PASSWORD,
    PASSWORD,
    confirm,
    events,
    newest_mail,
    settled,
    sign_in,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada():
    return settled()


@pytest.fixture
def program(ada):
    return signed_in()


def ended(program: Program) -> bool:
    """Whether neither token is good for anything."""
    return (program.ask().status_code, program.renew().status_code) == (401, 401)


def test_a_new_pair_is_handed_out_and_the_session_stays(program):
    access, refresh = program.access, program.refresh

    answer = program.renew()

    assert answer.status_code == 200
    assert set(answer.json()["data"]) == {
        "access_token",
        "refresh_token",
        "token_type",
        "expires_in",
    }
    assert len({access, refresh, program.access, program.refresh}) == 4
    assert program.works()
    assert UserSession.objects.count() == 1
    assert program.ask(token=access).status_code == 200, "until its minutes are over"
    for _ in range(3):
        assert program.renew().status_code == 200


def test_whatever_else_a_program_shows_it_renews(program):
    """Most programs send the access token with everything, also when it has expired."""
    for shown in (program.access, "eyJhbGciOiJub25lIn0.e30.", "nonsense"):
        answer = program.post(
            "tokens/refresh", {"refresh_token": program.refresh}, Authorization=f"Bearer {shown}"
        )
        assert answer.status_code == 200


def test_one_that_was_used_ends_the_session_and_is_told_of(program, ada):
    copied = program.refresh
    program.renew()

    answer = Program("198.51.100.7").renew(copied)

    assert (answer.status_code, answer.json()["code"]) == (401, "token-refused")
    assert ended(program)
    assert not Session.objects.exists()
    assert events("session_ended") == [{"person": ada.pk, "why": "replayed"}]
    told = AuditRecord.objects.get(action="client.replayed")
    assert (told.subject, told.address, told.is_refusal) == (ada.pk, "198.51.100.7", True)
    assert AuditRecord.objects.filter(action="token.refused").count() == 3
    mail = newest_mail()
    assert mail.subject == "A program was signed out"
    assert "a program was signed in to your account at the hub: nexus-notes on Linux" in mail.body
    assert "came from 198.51.100.7" in mail.body


def test_an_old_one_of_many_ends_it_too(program):
    first = program.refresh
    for _ in range(4):
        program.renew()

    program.renew(first)

    assert ended(program)


def test_of_two_who_come_at_once_one_is_late(program, monkeypatch):
    """Both have read the session before either writes: the second writes nothing."""
    opened, token = sessions.open_session, program.refresh

    def overtaken(claims):
        found = opened(claims)
        monkeypatch.setattr(sessions, "open_session", opened)
        sessions.renew(token)
        return found

    monkeypatch.setattr(sessions, "open_session", overtaken)
    with pytest.raises(Unauthorised):
        sessions.renew(token)
    assert ended(program)


@pytest.mark.django_db(transaction=True)
def test_two_connections_never_get_a_pair_each(program):
    token, begin = program.refresh, threading.Barrier(2, timeout=60)
    pairs, refusals = [], []

    def renew():
        try:
            UserSession.objects.get()  # the connection is there
            begin.wait()
            pairs.append(sessions.renew(token))
        except Unauthorised as refusal:
            refusals.append(refusal)
        finally:
            connection.close()

    threads = [threading.Thread(target=renew) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)

    assert (len(pairs), len(refusals)) == (1, 1)
    assert not UserSession.objects.exists()
    assert program.ask(token=pairs[0].access).status_code == 401


def test_other_sessions_of_the_person_go_on(program):
    other, copied = signed_in(), program.refresh
    program.renew()
    program.renew(copied)

    assert other.works()
    assert other.renew().status_code == 200


# --- what ends a session ---


@pytest.fixture
def browser(ada):
    browser = Client()
    sign_in(browser)
    return browser


def test_it_stands_on_the_page_of_sessions_and_is_ended_there(program, browser):
    page = browser.get("/accounts/sessions").content.decode()
    assert "nexus-notes on linux" in page.lower()
    assert "a program, with tokens" in page
    assert "192.0.2.1" in page

    number = UserSession.objects.get(ip="192.0.2.1").pk
    browser.post("/accounts/sessions", {"session": number})

    assert ended(program)


def test_signing_out_everywhere_else_ends_it(program, browser):
    browser.post("/accounts/sessions", {"session": "others"})

    assert ended(program)


def test_another_password_ends_it(program, browser):
    confirm(browser)
    browser.post("/accounts/password", {"password1": OTHER_PASSWORD})

    assert Person.objects.get().check_password(OTHER_PASSWORD)
    assert ended(program)


def test_a_password_that_was_changed_past_the_pages_ends_it(program, ada):
    ada.set_password(OTHER_PASSWORD)
    ada.save()

    assert ended(program)


def test_a_reset_password_ends_it(program, ada):
    recording.set_password(ada, password=OTHER_PASSWORD, how="reset")

    assert ended(program)


def test_nobody_acts_for_a_person_whose_account_is_closed(program):
    Person.objects.update(is_active=False)
    assert ended(program)
    answer = Program().sign_in()
    assert answer.status_code == 401
    assert answer.json()["code"] == "not-signed-in"


def test_nobody_acts_for_a_person_who_is_gone(program, ada):
    ada.delete()

    assert ended(program)


def test_a_session_ends_in_its_time(program):
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))

    assert ended(program)


def test_a_session_of_a_browser_has_no_tokens(program):
    UserSession.objects.update(data={})

    assert ended(program)


def test_signing_out_ends_it_for_good(program):
    assert program.ask(f"{AUTH}/session", "delete").status_code == 200
    assert ended(program)
    assert program.ask(f"{AUTH}/session", "delete").status_code == 401


def test_the_hubs_key_may_change_while_the_old_one_is_named(program, settings):
    before = settings.SECRET_KEY
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another", [before]
    assert program.works()
    assert program.works(), "the session has another key by now"
    assert program.renew().status_code == 200
    kept = program.access

    settings.SECRET_KEY_FALLBACKS = []
    assert program.ask(token=kept).status_code == 200, "signed by the key of today"
    assert UserSession.objects.get().session_key == Session.objects.get().session_key


def test_signing_in_elsewhere_after_that_leaves_it(program, settings):
    """The library looks at every session of the person then, and gives each another key."""
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another", [settings.SECRET_KEY]

    sign_in(Client())

    assert program.works()
    assert program.renew().status_code == 200


def test_a_key_that_is_named_no_more_opens_nothing(program, settings):
    settings.SECRET_KEY = "another"

    assert ended(program)


def test_a_token_asks_three_questions(program, django_assert_num_queries):
    with django_assert_num_queries(3):
        program.works()
    assert PASSWORD not in program.access
