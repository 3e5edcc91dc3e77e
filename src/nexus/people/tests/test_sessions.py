"""Where one is signed in, and signing out there."""

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client

from nexus.kernel import audit
from nexus.kernel.models import AuditRecord
from nexus.people.devices import device_words
from nexus.people.session_store import SessionStore
from nexus.people.tests.flows import (
    OTHER_PASSWORD,
    confirm,
    events,
    is_signed_in,
    settled,
    sign_in,
)

pytestmark = pytest.mark.django_db

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5) AppleWebKit/605 Version/18.5 Mobile Safari/604.1"


def opened(agent: str = FIREFOX, login: str = "ada") -> Client:
    client = Client(headers={"user-agent": agent})
    sign_in(client, login)
    return client


def test_sessions_are_listed_with_their_devices():
    settled()
    opened(PHONE)
    page = opened().get("/accounts/sessions").content.decode()

    assert 'Firefox on Linux</strong> <span class="quiet">this one' in page
    assert "Safari on iPhone" in page


def test_a_session_is_ended_from_elsewhere():
    ada = settled()
    phone, here = opened(PHONE), opened()
    number = _number_of(here, "Safari on iPhone")

    here.post("/accounts/sessions", {"session": number})

    assert is_signed_in(here)
    assert not is_signed_in(phone)
    assert events("session_ended") == [{"person": ada.pk, "why": "revoked"}]


def test_all_others_are_ended_at_once():
    settled()
    others, here = [opened(PHONE), opened(PHONE)], opened()

    page = here.post("/accounts/sessions", {"session": "others"}, follow=True).content.decode()

    assert is_signed_in(here)
    assert not any(map(is_signed_in, others))
    assert "2 sessions were ended" in page


def test_this_session_is_not_ended_here():
    settled()
    here = opened()
    here.post("/accounts/sessions", {"session": UserSession.objects.get().pk})

    assert is_signed_in(here)


@pytest.mark.parametrize("given", ["", "x", "-1", "9" * 30, "²", "0"])
def test_what_is_no_session_of_mine_changes_nothing(given):
    settled()
    settled("eve")
    eve, here = opened(login="eve"), opened()
    number = _number_of(eve, "Firefox on Linux", mine=True)

    here.post("/accounts/sessions", {"session": given})
    here.post("/accounts/sessions", {"session": number})

    assert is_signed_in(eve)
    assert is_signed_in(here)
    assert not events("session_ended")


def test_a_session_outlives_a_change_of_the_hubs_key(settings):
    settled()
    before, here, away = settings.SECRET_KEY, opened(), opened(PHONE)

    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another", [before]
    assert is_signed_in(here)

    settings.SECRET_KEY_FALLBACKS = []
    assert is_signed_in(here)
    assert not is_signed_in(away)


def test_after_a_change_of_the_hubs_key_sessions_are_listed_and_ended(settings):
    settled()
    here, phone = opened(), opened(PHONE)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another"
    assert is_signed_in(phone)

    page = here.get("/accounts/sessions").content.decode()
    assert "Safari on iPhone" in page
    assert "this one" in page
    here.post("/accounts/sessions", {"session": "others"})

    assert not is_signed_in(phone)
    assert is_signed_in(here)


def test_another_password_leaves_one_place_for_this_session():
    settled()
    here = opened()
    confirm(here)

    here.post("/accounts/password", {"password1": OTHER_PASSWORD})

    (place,) = UserSession.objects.all()
    assert place.session_key == here.session.session_key


def test_signing_out_ends_the_session():
    ada = settled()
    here = opened()
    key = here.session.session_key

    answer = here.post("/accounts/sign-out")

    assert answer["Clear-Site-Data"] == '"cache"'
    assert not is_signed_in(here)
    here.cookies["nexus_session"] = key
    assert not is_signed_in(here)
    assert events("session_ended") == [{"person": ada.pk, "why": "signed-out"}]


def unknown_sessions() -> int:
    return AuditRecord.objects.filter(action="sign-in.session-unknown", is_refusal=True).count()


@pytest.mark.parametrize("planted", ["a" * 32, "short", "x" * 5_000, "../../etc/passwd"])
def test_a_key_that_was_planted_is_never_taken_on(client, planted):
    settled()
    client.cookies["nexus_session"] = planted

    first = client.get("/accounts/sign-in")
    client.cookies["nexus_session"] = planted
    sign_in(client)

    assert first.status_code == 200
    assert is_signed_in(client)
    assert client.session.session_key != planted
    assert not UserSession.objects.filter(session_key=planted).exists()
    other = Client()
    other.cookies["nexus_session"] = planted
    assert not is_signed_in(other)
    assert unknown_sessions() == (3 if len(planted) > 7 else 0)


def test_a_key_that_no_database_takes_is_not_looked_for(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert SessionStore("planted\0key").load() == {}
    client.cookies["nexus_session"] = "planted\0key"
    assert client.get("/accounts/sign-in").status_code == 200


def test_the_key_of_a_guest_is_another_once_they_sign_in(client):
    settled()
    guest = client.session  # a test's client makes one, as a thief would before planting it
    guest["anything"] = "kept"
    guest.save()
    planted = guest.session_key

    sign_in(client)

    assert client.session.session_key != planted
    thief = Client()
    thief.cookies["nexus_session"] = planted
    assert not is_signed_in(thief)
    assert unknown_sessions() == 1


def test_planted_keys_fill_no_disk(monkeypatch):
    monkeypatch.setattr(audit, "MOST_REFUSALS", 2)
    for at in range(4):
        browser = Client()
        browser.cookies["nexus_session"] = f"planted-{at}"
        browser.get("/accounts/")

    assert unknown_sessions() == 2


def test_signing_out_twice_is_signing_out(client):
    assert client.post("/accounts/sign-out")["Location"] == "/"
    assert client.get("/accounts/sign-out").status_code == 405


def test_the_list_is_as_many_queries_for_many_sessions():
    settled()
    here = opened()
    few = _queries(here)
    for _ in range(5):
        opened(PHONE)

    assert _queries(here) == few


def _queries(client: Client) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        client.get("/accounts/sessions")
    return len(captured)


def _number_of(client: Client, device: str, *, mine: bool = False) -> int:
    here = client.session.session_key
    found = [one for one in UserSession.objects.all() if device_words(one.user_agent) == device]
    return next(int(one.pk) for one in found if (one.session_key == here) is mine)


def test_an_ordinary_page_asks_no_more_for_somebody_signed_in_by_a_password(client):
    """The library's middleware adds no query: a session, and a person."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    settled()
    sign_in(client)
    with CaptureQueriesContext(connection) as captured:
        client.get("/accounts/link/unknown")

    asked = [query["sql"].partition("FROM")[2].split() for query in captured]
    tables = [words[0].strip('"') for words in asked if words]
    assert tables.count("django_session") == 1
    assert not [name for name in tables if name.startswith(("usersessions", "account", "mfa"))]


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (FIREFOX, "Firefox on Linux"),
        (PHONE, "Safari on iPhone"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Safari/537.36 Edg/140.0", "Edge on Windows"),
        ("Mozilla/5.0 (Linux; Android 15) Chrome/140.0 Mobile Safari/537.36", "Chrome on Android"),
        ("curl/8.5", "curl"),
        ("nexus-notes/1.2 (Linux)", "nexus-notes on Linux"),
        ("Notes", "Notes"),
        ("Notes<b>", "an unknown program"),
        ("x" * 41, "an unknown program"),
        ("Mozilla/5.0", "an unknown program"),
        ("", "an unknown program"),
        ("<script>", "an unknown program"),
    ],
)
def test_a_device_is_named_in_words(agent, words):
    assert device_words(agent) == words
