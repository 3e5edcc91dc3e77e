"""The page that asks a person: what it says, whom it asks, and where it leads."""

import html

import jwt
import pytest
from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY as SHOWN
from django.test import Client

from nexus.credentials.models import AppGrant, AppToken
from nexus.credentials.provider.tests.factories import BACK, make_app
from nexus.credentials.provider.tests.flows import Program, browser_of, params, submit
from nexus.kernel.models import AuditRecord
from nexus.people.tests.factories import PersonFactory
from nexus.people.tests.flows import confirm, settled, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada():
    return PersonFactory(handle="ada", name="Ada Lovelace")


@pytest.fixture
def grace():
    return PersonFactory(handle="grace", name="Grace Hopper")


@pytest.fixture
def notes(grace):
    return Program(make_app(grace)[0])


def test_the_page_says_which_app_whose_what_for_and_where_to(ada, notes):
    page = browser_of(ada).get(notes.address(scope="email read"))
    words = html.unescape(page.content.decode())
    for said in ("“Notes”", "Grace Hopper", "grace", "Ada Lovelace", BACK, "Know your e-mail"):
        assert said in words
    assert "Clone, fetch and push" not in words
    assert "no-store" in page["Cache-Control"]


def test_it_cannot_be_put_into_a_frame_and_its_form_leads_to_the_app_alone(ada, notes):
    page = browser_of(ada).get(notes.address())
    policy = page["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in policy
    assert page["X-Frame-Options"] == "DENY"
    assert "form-action 'self' https://notes.example.org;" in policy
    assert "notes.example.org" not in browser_of(ada).get("/accounts/")["Content-Security-Policy"]


def test_a_guest_signs_in_first_and_comes_back(notes):
    answer = Client().get(notes.address())
    assert answer["Location"].startswith("/accounts/sign-in?next=%2Foauth%2Fauthorize%3F")
    assert Client().post(notes.address())["Location"].startswith("/accounts/sign-in?next=")


def test_nobody_lets_an_app_in_by_looking(ada, notes):
    assert browser_of(ada).get(notes.address()).status_code == 200
    assert not AppGrant.objects.exists()


def test_no_other_site_says_yes_for_a_person(ada, notes):
    assert browser_of(ada).post(notes.address(), {"answer": "yes"}).status_code == 403
    assert not AppGrant.objects.exists()


def test_yes_is_written_down(ada, notes):
    notes.code_of(ada)
    grant = AppGrant.objects.get()
    assert (grant.person, grant.app, grant.scopes) == (
        ada,
        notes.app,
        ["openid", "profile", "read"],
    )
    logged = AuditRecord.objects.get(action="app.let_in")
    assert (logged.actor, logged.details["app"], logged.door) == (ada.pk, "Notes", "page")


@pytest.mark.parametrize("answer", ["no", "", "maybe"])
def test_no_is_told_to_the_app(ada, notes, answer):
    browser, address = browser_of(ada), notes.address()
    back = submit(browser, browser.get(address), at=address, answer=answer)
    assert back["Location"].startswith(f"{BACK}?")
    told = params(back["Location"])
    assert (told["error"], told["state"]) == ("access_denied", "a state")
    assert told["iss"] == "http://testserver"
    assert not AppGrant.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"client_id": "nobody"}, "knows no such app"),
        ({"client_id": None}, "does not say which app"),
        ({"redirect_uri": "https://evil.example.org/back"}, "has not registered"),
        ({"redirect_uri": BACK + "/"}, "has not registered"),
        ({"redirect_uri": BACK + "?x=1"}, "has not registered"),
        ({"redirect_uri": BACK + "#x"}, "is no address"),
        ({"redirect_uri": BACK.replace("https", "http")}, "has not registered"),
        ({"redirect_uri": "//notes.example.org/back"}, "is no address"),
        ({"redirect_uri": "javascript:alert(1)"}, "no"),
        ({"redirect_uri": None}, "does not say where"),
    ],
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_is_sent_where_the_app_has_not_registered(ada, notes, wrong, said, method):
    browser, fine = browser_of(ada), notes.address()
    address = notes.address(**wrong)
    if method == "get":
        answer = browser.get(address)
    else:
        answer = submit(browser, browser.get(fine), at=address, answer="yes")
    assert answer.status_code == 400
    assert "Location" not in answer
    assert said in html.unescape(answer.content.decode())
    assert not AppGrant.objects.exists()
    assert Client().get(address).status_code == 400
    told = AuditRecord.objects.filter(action="app.address_refused", is_refusal=True)
    ours = "client_id" not in wrong
    assert (
        list(told.values_list("actor", "subject"))
        == [
            (ada.pk, notes.app.owner_id),
            (None, notes.app.owner_id),
        ]
        * ours
    )


def test_what_is_asked_twice_is_refused(ada, notes):
    answer = browser_of(ada).get(notes.address() + "&redirect_uri=https://evil.example.org/")
    assert answer.status_code == 400


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"code_challenge": None}, "invalid_request"),
        ({"code_challenge_method": None}, "invalid_request"),
        ({"code_challenge_method": "plain"}, "invalid_request"),
        ({"code_challenge": "short"}, "invalid_request"),
        ({"response_type": "token"}, "unauthorized_client"),
        ({"response_type": "code id_token"}, "unauthorized_client"),
        ({"response_type": "magic"}, "unsupported_response_type"),
        ({"response_mode": "fragment"}, "invalid_request"),
        ({"nonce": "n" * 501}, "invalid_request"),
        ({"nonce": "\1"}, "invalid_request"),
        ({"scope": "openid write"}, "invalid_scope"),
        ({"scope": "openid root"}, "invalid_scope"),
        ({"scope": None}, "invalid_scope"),
        ({"prompt": "none"}, "consent_required"),
        ({"max_age": "soon"}, "invalid_request"),
        ({"request": "eyJhbGciOiJub25lIn0.e30."}, "request_not_supported"),
        ({"request_uri": "https://notes.example.org/ask"}, "request_uri_not_supported"),
        ({"registration": "{}"}, "registration_not_supported"),
        ({"id_token_hint": "eyJhbGciOiJub25lIn0.e30.x"}, "login_required"),  # nexus:allow
    ],
)
def test_what_the_hub_does_not_give_is_told_to_the_app(ada, notes, wrong, error):
    answer = browser_of(ada).get(notes.address(**wrong))
    assert answer["Location"].startswith(f"{BACK}?")
    told = params(answer["Location"])
    assert (told["error"], told["state"]) == (error, "a state")
    assert not AppGrant.objects.exists()
    logged = AuditRecord.objects.filter(action="app.request_refused", is_refusal=True)
    tries = error in {"invalid_request", "invalid_scope", "unauthorized_client"}
    assert [(row.actor, row.details["error"]) for row in logged] == [(ada.pk, error)] * tries


def test_a_guest_is_sent_nowhere_but_to_signing_in(notes):
    for wrong in ({"scope": "root"}, {"code_challenge": None}, {"prompt": "none"}):
        answer = Client().get(notes.address(**wrong))
        assert answer["Location"].startswith("/accounts/sign-in?next=")


def test_an_app_that_was_let_in_is_asked_for_again(ada, notes):
    notes.tokens_of(ada)
    assert browser_of(ada).get(notes.address()).status_code == 200
    other = Program(make_app(name="Other")[0])
    answer = browser_of(ada).get(other.address(prompt="none"))
    assert params(answer["Location"])["error"] == "consent_required"


@pytest.mark.parametrize(
    "claims", ['{"userinfo": {"email": null}}', "[1]", "1", '"x"', "{", "[" * 2_000, '{"sub": "0"}']
)
def test_what_the_hub_does_not_support_is_left_alone(ada, notes, claims):
    assert browser_of(ada).get(notes.address(claims=claims)).status_code == 200
    assert Client().get(notes.address(claims=claims)).status_code == 302


def test_an_app_may_expect_who_was_there_before(ada, grace, notes, settings):
    settings.IDP_OIDC_ID_TOKEN_EXPIRES_IN = -60
    address = notes.address(id_token_hint=notes.tokens_of(ada)["id_token"])
    assert browser_of(ada).get(address).status_code == 200
    assert params(browser_of(grace).get(address)["Location"])["error"] == "login_required"
    assert Client().get(address)["Location"].startswith("/accounts/sign-in?next=")


@pytest.mark.parametrize("wanted", [{"prompt": "login"}, {"max_age": "0"}, {"max_age": "1800"}])
def test_an_app_may_want_somebody_to_show_again_who_they_are(notes, wanted):
    settled()
    browser, address = Client(), notes.address(**wanted)
    sign_in(browser)
    assert browser.get(address).status_code == 200
    shown_long_ago(browser)
    for answer in (browser.get(address), browser.post(address, {"answer": "yes"})):
        assert answer["Location"].startswith("/accounts/confirm?next=")
    assert not AppGrant.objects.exists()
    confirm(browser)
    assert browser.get(address).status_code == 200
    code = params(browser.post(address, {"answer": "yes"})["Location"])["code"]
    identity = jwt.decode(
        notes.redeem(code).json()["id_token"], options={"verify_signature": False}
    )
    assert identity["auth_time"] == int(browser.session[SHOWN][-1]["at"])


def shown_long_ago(browser):
    """They showed who they are an hour ago, for the last time."""
    session = browser.session
    session[SHOWN] = [{**one, "at": one["at"] - 3_600} for one in session[SHOWN]]
    session.save()


def test_an_app_is_told_of_those_who_have_nothing_to_show(ada, notes):
    ada.set_unusable_password()
    ada.save()
    for wanted in ({"prompt": "login"}, {"max_age": "0"}):
        told = params(browser_of(ada).get(notes.address(**wanted))["Location"])
        assert (told["error"], told["state"]) == ("login_required", "a state")
    assert not AppGrant.objects.exists()


def test_a_program_on_ones_own_machine_takes_any_port(ada):
    local = Program(make_app(redirects=("http://127.0.0.1/back",))[0])
    back = "http://127.0.0.1:49152/back"
    code = local.code_of(ada, redirect_uri=back)
    assert local.redeem(code).json()["error"] == "invalid_grant"
    assert local.redeem(code, redirect_uri=back).status_code == 200
    page = browser_of(ada).get(local.address(redirect_uri=back))
    assert "form-action 'self' http://127.0.0.1:49152;" in page["Content-Security-Policy"]


def test_the_code_is_bound_to_what_was_on_the_page(ada, notes):
    notes.code_of(ada)
    token = AppToken.objects.get()
    assert token.asked["redirect_uri"] == BACK
    assert token.asked["nonce"] == "a nonce"
