"""A device without a keyboard: its person types its code elsewhere."""

import html
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from nexus.credentials.models import AppGrant, DeviceRequest
from nexus.credentials.provider.services import devices
from nexus.credentials.provider.tests.factories import make_app
from nexus.credentials.provider.tests.flows import DEVICE, Program, browser_of, me, submit
from nexus.credentials.provider.ways import Kind, Way
from nexus.kernel.models import AuditRecord
from nexus.people.tests.factories import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada():
    return PersonFactory(handle="ada")


@pytest.fixture
def tv():
    return Program(make_app(name="Wall", ways=(Way.DEVICE,), redirects=())[0])


def begin(program, scope="read profile"):
    answer = program.post("/oauth/device-code", scope=scope)
    assert answer.status_code == 200, answer.content
    return answer.json()


def poll(program, codes):
    """Ask once more, as if the device had waited as long as it was told to."""
    past = timezone.now() - timedelta(seconds=devices.DEVICE_INTERVAL_SECONDS)
    DeviceRequest.objects.exclude(polled_at=None).update(polled_at=past)
    return program.post("/oauth/token", grant_type=DEVICE, device_code=codes["device_code"])


def confirm(person, codes, answer="yes", code=None):
    browser = browser_of(person)
    page = browser.get("/oauth/device")
    return submit(browser, page, at="/oauth/device", code=code or codes["user_code"], answer=answer)


def test_a_device_waits_and_is_let_in(ada, tv):
    codes = begin(tv)
    assert codes["verification_uri"] == "http://testserver/oauth/device"
    assert codes["verification_uri_complete"].endswith(f"?code={codes['user_code']}")
    assert (codes["interval"], codes["expires_in"]) == (5, 600)
    assert poll(tv, codes).json()["error"] == "authorization_pending"
    assert "is let in" in confirm(ada, codes).content.decode()
    tokens = poll(tv, codes).json()
    assert me(tokens["access_token"]).json()["scopes"] == ["profile", "read"]
    assert tv.refresh(tokens["refresh_token"]).status_code == 200
    assert poll(tv, codes).json()["error"] == "invalid_grant"


def test_the_page_says_who_asks_before_anything_happens(ada, tv):
    codes = begin(tv)
    browser = browser_of(ada)
    start = browser.get("/oauth/device", {"code": codes["user_code"]})
    assert codes["user_code"] in start.content.decode()
    page = submit(browser, start, at="/oauth/device", code=codes["user_code"])
    words = html.unescape(page.content.decode())
    assert "“Wall”" in words
    assert tv.app.owner.name in words
    assert "Read what you may read" in words
    assert not AppGrant.objects.exists()


def test_no_other_site_confirms_for_a_person(ada, tv):
    codes = begin(tv)
    sent = {"code": codes["user_code"], "answer": "yes"}
    assert browser_of(ada).post("/oauth/device", sent).status_code == 403
    assert not AppGrant.objects.exists()


def test_no_is_told_to_the_device(ada, tv):
    codes = begin(tv)
    assert "was not let in" in confirm(ada, codes, answer="no").content.decode()
    assert poll(tv, codes).json()["error"] == "access_denied"
    assert not AppGrant.objects.exists()


def test_a_device_that_does_not_wait_is_told_to(tv):
    codes = begin(tv)
    asked = {"grant_type": DEVICE, "device_code": codes["device_code"]}
    assert tv.post("/oauth/token", **asked).json()["error"] == "authorization_pending"
    assert tv.post("/oauth/token", **asked).json()["error"] == "slow_down"


def test_a_code_ends_by_itself(ada, tv):
    codes = begin(tv)
    DeviceRequest.objects.update(expires_at=timezone.now())
    assert confirm(ada, codes).status_code == 404
    assert poll(tv, codes).json()["error"] == "expired_token"
    begin(tv)
    assert DeviceRequest.objects.count() == 1


def test_a_code_is_answered_once(ada, tv):
    codes = begin(tv)
    confirm(ada, codes)
    assert confirm(PersonFactory(), codes).status_code == 404
    assert AppGrant.objects.get().person == ada


def test_a_code_may_be_typed_as_people_type(ada, tv):
    codes = begin(tv)
    typed = f" {codes['user_code'].replace('-', '').lower()} "
    assert confirm(ada, codes, code=typed).status_code == 200
    assert AppGrant.objects.exists()


def test_whoever_guesses_is_stopped(ada, tv):
    codes = begin(tv)
    for _ in range(devices.MOST_GUESSES):
        assert confirm(ada, codes, code="BBBB-BBBB").status_code == 404
    assert confirm(ada, codes).status_code == 429
    assert AuditRecord.objects.filter(action="app.code_refused").count() == devices.MOST_GUESSES
    assert not AppGrant.objects.exists()


def test_many_who_guess_from_one_place_are_stopped(tv, monkeypatch):
    monkeypatch.setattr(devices, "MOST_GUESSES_OF_ADDRESS", 2)
    codes = begin(tv)
    for _ in range(2):
        assert confirm(PersonFactory(), codes, code="BBBB-BBBB").status_code == 404
    assert confirm(PersonFactory(), codes).status_code == 429


def test_a_guest_signs_in_first(tv):
    address = "/oauth/device?code=BDWP-HQPK"
    way = "/accounts/sign-in?next=%2Foauth%2Fdevice%3Fcode%3DBDWP-HQPK"
    assert Client().get(address)["Location"] == way
    assert Client().post("/oauth/device", {"code": "x"})["Location"].startswith("/accounts/sign-in")


@pytest.mark.parametrize("scope", ["", "root", "write read"])
def test_a_device_asks_for_what_its_app_may_have(tv, scope):
    answer = tv.post("/oauth/device-code", scope=scope)
    assert answer.json()["error"] == "invalid_scope"
    assert not DeviceRequest.objects.exists()
    told = AuditRecord.objects.get(action="app.request_refused", is_refusal=True)
    assert (told.details["app"], told.details["error"]) == ("Wall", "invalid_scope")


def test_only_apps_made_for_it_begin(tv):
    browser_app = Program(make_app()[0])
    answer = browser_app.post("/oauth/device-code", scope="read")
    assert answer.json()["error"] == "unauthorized_client"
    nobody = Client().post("/oauth/device-code", {"client_id": "nobody", "scope": "read"})
    assert nobody.status_code in {400, 401}
    assert not DeviceRequest.objects.exists()


def test_a_confidential_app_shows_its_secret_each_time(ada):
    kind = Kind.CONFIDENTIAL.value
    app, secret = make_app(name="Box", kind=kind, ways=(Way.DEVICE,), redirects=())
    box = Program(app, secret)
    codes = box.post("/oauth/device-code", client_id=app.pk, scope="read").json()
    confirm(ada, codes)
    assert poll(Program(app), codes).json()["error"] == "invalid_client"
    assert poll(box, codes).status_code == 200


def test_the_code_of_a_device_is_its_own_apps_alone(ada, tv):
    codes = begin(tv)
    confirm(ada, codes)
    other = Program(make_app(name="Other", ways=(Way.DEVICE,), redirects=())[0])
    assert poll(other, codes).json()["error"] == "invalid_grant"
    assert poll(tv, codes).status_code == 200


def test_so_many_wait_and_no_more(tv, monkeypatch):
    monkeypatch.setattr(devices, "MOST_WAITING", 1)
    begin(tv)
    answer = tv.post("/oauth/device-code", scope="read")
    assert answer.json()["error"] == "temporarily_unavailable"


def test_nobody_takes_the_places_of_all_others(tv, monkeypatch):
    monkeypatch.setattr(devices, "MOST_BEGUN_FROM_ADDRESS", 1)
    begin(tv)
    answer = tv.post("/oauth/device-code", scope="read")
    assert answer.json()["error"] == "temporarily_unavailable"
    assert DeviceRequest.objects.count() == 1
    tv.http.defaults["REMOTE_ADDR"] = "192.0.2.7"
    begin(tv)


def test_an_account_closed_meanwhile_lets_nobody_in(ada, tv):
    codes = begin(tv)
    confirm(ada, codes)
    type(ada).objects.filter(pk=ada.pk).update(is_active=False)
    assert poll(tv, codes).json()["error"] == "access_denied"


@given(st.text(max_size=60))
def test_whatever_is_typed_has_the_form_of_a_code_or_is_none(text):
    tidied = devices.tidy(text)
    assert devices.tidy(tidied) == tidied
    assert len(tidied) <= 42


def test_codes_are_short_and_hard_to_guess():
    made = {devices.new_user_code() for _ in range(200)}
    assert len(made) == 200
    assert all(devices.tidy(code.lower()) == code for code in made)
