"""Authenticator apps, recovery codes, and the second step of signing in."""

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client

from nexus.kernel.errors import Unavailable
from nexus.kernel.models import AuditRecord
from nexus.people.models import Person
from nexus.people.secrets_kept import opened, sealed
from nexus.people.tests.flows import (
    confirm,
    events,
    is_signed_in,
    newest_mail,
    settled,
    sign_in,
)

pytestmark = pytest.mark.django_db


def code_of(secret: str) -> str:
    """What an authenticator app shows now."""
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30)))


@pytest.fixture
def still(monkeypatch):
    """No code runs out while a test looks at it."""
    now = time.time()
    monkeypatch.setattr("allauth.mfa.totp.internal.auth.time.time", lambda: now)
    monkeypatch.setattr(time, "time", lambda: now)


@pytest.fixture
def ada(still) -> Person:
    return settled()


def set_up(client: Client) -> tuple[str, list[str]]:
    """Add an authenticator app; its secret, and the recovery codes that come with it."""
    sign_in(client)
    confirm(client)
    page = client.get("/accounts/authenticator/add").content.decode()
    found = re.search(r'class="secret">(\w+)<', page)
    assert found
    answer = client.post("/accounts/authenticator/add", {"code": code_of(found[1])})
    assert answer["Location"] == "/accounts/recovery-codes"
    codes = re.findall(r"<code>(\w+)</code>", client.get(answer["Location"]).content.decode())
    return found[1], codes


def next_code(monkeypatch, secret: str) -> str:
    """The code after the one that was used: half a minute later."""
    later = time.time() + 30
    monkeypatch.setattr("allauth.mfa.totp.internal.auth.time.time", lambda: later)
    return str(format_hotp_value(hotp_value(secret, int(later) // 30)))


def second(client: Client, code: str):
    return client.post("/accounts/sign-in/second", {"code": code})


@pytest.mark.django_db(transaction=True)  # the library tells of it after the commit
def test_setting_up_an_app_is_told(client, ada):
    set_up(client)

    assert [one["factor"] for one in events("factor_added")] == ["totp", "recovery_codes"]
    logged = AuditRecord.objects.filter(action="account.factor-added", actor=ada.pk)
    assert [one.details["factor"] for one in logged.order_by("pk")] == ["totp", "recovery_codes"]
    assert newest_mail().subject == "An authenticator app was added"
    assert b"Asked for a code" in client.get("/accounts/").content


def test_the_qr_code_is_drawn_on_the_page_and_needs_no_style(client, ada):
    sign_in(client)
    confirm(client)

    drawing = client.get("/accounts/authenticator/add").content.decode()

    assert '<svg class="qr"' in drawing
    assert "style=" not in drawing
    assert "data:image" not in drawing


def test_a_wrong_code_sets_nothing_up(client, ada):
    sign_in(client)
    confirm(client)
    client.get("/accounts/authenticator/add")

    page = client.post("/accounts/authenticator/add", {"code": "000000"}).content.decode()

    assert "That code is not right" in page
    assert not Authenticator.objects.exists()


def test_from_then_on_a_code_is_asked_for(client, ada, monkeypatch):
    secret, _ = set_up(client)
    fresh = Client()

    assert sign_in(fresh)["Location"] == "/accounts/sign-in/second"
    assert b"autofocus" in fresh.get("/accounts/sign-in/second").content
    assert not is_signed_in(fresh)
    second(fresh, next_code(monkeypatch, secret))

    assert is_signed_in(fresh)
    assert events("signed_in")[-1]["how"] == ["password", "code"]


def test_a_code_works_once(client, ada, monkeypatch):
    secret, _ = set_up(client)
    code = next_code(monkeypatch, secret)
    first, again = Client(), Client()
    sign_in(first)
    sign_in(again)
    second(first, code)

    assert "That code is not right" in second(again, code).content.decode()
    assert not is_signed_in(again)


def test_a_recovery_code_works_once(client, ada):
    _, codes = set_up(client)
    assert len(codes) == 10
    first, again = Client(), Client()
    sign_in(first)
    sign_in(again)

    second(first, codes[0])
    second(again, codes[0])

    assert is_signed_in(first)
    assert not is_signed_in(again)
    assert events("signed_in")[-1]["how"] == ["password", "recovery code"]
    assert "9 left" in client.get("/accounts/").content.decode()


@pytest.mark.django_db(transaction=True)
def test_new_recovery_codes_end_the_old_ones(client, ada):
    _, codes = set_up(client)
    confirm(client)
    client.post("/accounts/recovery-codes/new")
    fresh = Client()
    sign_in(fresh)
    second(fresh, codes[1])

    assert not is_signed_in(fresh)
    assert newest_mail().subject == "You have new recovery codes"


def test_recovery_codes_can_be_kept_as_a_file(client, ada):
    _, codes = set_up(client)

    answer = client.get("/accounts/recovery-codes/text")

    assert "attachment" in answer["Content-Disposition"]
    assert all(code in answer.content.decode() for code in codes)


def test_wrong_codes_lock_the_second_step(client, ada, monkeypatch):
    secret, _ = set_up(client)
    fresh = Client()
    sign_in(fresh)
    for _ in range(5):
        second(fresh, "000000")

    page = second(fresh, next_code(monkeypatch, secret)).content.decode()

    assert "Too many attempts" in page
    assert not is_signed_in(fresh)
    assert {one["how"] for one in events("sign_in_failed")} == {"code"}
    assert events("locked_out") == [{"person": ada.pk, "address": "127.0.0.1"}]


def test_the_second_step_leads_nowhere_without_the_first(client, ada):
    set_up(client)

    assert second(Client(), "000000")["Location"] == "/accounts/sign-in"


def test_an_app_is_removed_with_its_recovery_codes(client, ada):
    set_up(client)
    confirm(client)

    client.post("/accounts/authenticator/remove")

    assert not Authenticator.objects.exists()
    assert [one["factor"] for one in events("factor_removed")] == ["totp"]
    assert sign_in(Client())["Location"] == "/"


@pytest.mark.parametrize(
    "path",
    ["authenticator/add", "passkeys/add", "recovery-codes/new", "password"],
)
def test_dangerous_pages_ask_once_more_who_it_is(client, ada, path):
    sign_in(client)

    assert client.get(f"/accounts/{path}")["Location"].startswith("/accounts/confirm")
    assert Client().get(f"/accounts/{path}")["Location"].startswith("/accounts/sign-in")


def test_a_link_from_the_owner_needs_no_code(client, ada):
    from nexus.people import services

    set_up(client)
    fresh = Client()
    fresh.post(f"/accounts/link/{services.make_sign_in_link(by=None, person=ada)}")

    assert is_signed_in(fresh)


# --- what is kept ---


def test_the_secret_of_an_app_is_not_in_the_database(client, ada):
    secret, codes = set_up(client)
    kept = str(list(Authenticator.objects.values_list("data", flat=True)))

    assert secret not in kept
    assert not any(code in kept for code in codes)


def test_what_was_sealed_opens_with_the_same_key_only(settings):
    box = sealed("ABC")
    assert opened(box) == "ABC"

    settings.SECRET_KEY = "another"
    with pytest.raises(Unavailable, match="another signing key"):
        opened(box)


def test_what_was_sealed_with_a_key_of_before_opens_while_it_is_named(settings):
    before = settings.SECRET_KEY
    box = sealed("ABC")
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another", [before]
    assert opened(box) == "ABC"

    newer = sealed("ABC")
    settings.SECRET_KEY_FALLBACKS = []
    assert opened(newer) == "ABC"


@pytest.mark.parametrize("credential", ["", "[]", '{"id": 1}', '{"id": "AA", "rawId": "AA"}'])
def test_a_passkey_that_was_made_up_is_not_added(client, ada, credential):
    sign_in(client)
    confirm(client)
    client.get("/accounts/passkeys/add")

    answer = client.post("/accounts/passkeys/add", {"name": "x", "credential": credential})

    assert answer.status_code == 200
    assert not Authenticator.objects.exists()


# --- passkeys, as far as it goes without a device: the rest is in tests/browser ---


def test_a_page_without_a_name_says_that_passkeys_need_one(client, ada):
    sign_in(client)
    confirm(client)

    numbered = client.get("/accounts/passkeys/add", HTTP_HOST="127.0.0.1:8000").content.decode()
    named = client.get("/accounts/passkeys/add", HTTP_HOST="localhost:8000").content.decode()

    assert "names only" in numbered
    assert "passkey-options" in named


@pytest.mark.parametrize(
    "credential",
    [
        "",
        "{}",
        "[]",
        "null",
        '{"id": 1}',
        '{"id": "AA", "rawId": "AA", "response": {"userHandle": "%%%"}, "type": "public-key"}',
        '{"id": "AA", "rawId": "AA", "type": "public-key", "response": {"userHandle": "MQ",'
        ' "clientDataJSON": "e30", "authenticatorData": "AA", "signature": "AA"}}',
    ],
)
def test_a_passkey_that_was_made_up_opens_nothing(client, ada, credential):
    client.get("/accounts/sign-in/passkey", HTTP_ACCEPT="application/json")

    answer = client.post("/accounts/sign-in/passkey", {"credential": credential})

    assert answer["Location"] == "/accounts/sign-in"
    assert not is_signed_in(client)
    assert [one["how"] for one in events("sign_in_failed")] == ["passkey"]


def passkey(person: Person, name: str = "Desk") -> Authenticator:
    """A passkey as it lies in the table; no device answers for it."""
    return Authenticator.objects.create(
        user=person, type=Authenticator.Type.WEBAUTHN, data={"name": name, "credential": {}}
    )


def test_a_passkey_is_called_by_another_name(client, ada):
    key = passkey(ada)
    sign_in_and_confirm(client)

    client.post(f"/accounts/passkeys/{key.pk}/rename", {"name": "Phone"})

    assert b"Phone" in client.get("/accounts/passkeys").content
    assert b"Phone" in client.get("/accounts/").content


def test_a_passkey_is_removed(client, ada):
    key = passkey(ada)
    sign_in_and_confirm(client)

    assert "Remove “Desk”?" in client.get(f"/accounts/passkeys/{key.pk}/remove").content.decode()
    client.post(f"/accounts/passkeys/{key.pk}/remove")

    assert not Authenticator.objects.exists()
    assert events("factor_removed") == [{"person": ada.pk, "factor": "webauthn"}]
    assert newest_mail().subject == "A passkey was removed"


@pytest.mark.parametrize("act", ["rename", "remove"])
def test_the_passkey_of_another_is_not_there(client, ada, act):
    key = passkey(settled("eve"))
    sign_in_and_confirm(client)

    assert client.post(f"/accounts/passkeys/{key.pk}/{act}", {"name": "x"}).status_code == 404
    assert Authenticator.objects.get().data["name"] == "Desk"


def sign_in_and_confirm(client: Client) -> None:
    """Open a session, whatever it takes: what is tried comes after it."""
    client.force_login(Person.objects.get(handle="ada"))
    confirm(client)
