"""The pages of apps, as their owner, those who let them in, and somebody else meet them."""

import html
import re

import pytest
from allauth.idp.oidc.models import Client as App
from django.test import Client

from nexus.credentials.models import AppGrant
from nexus.credentials.provider.tests.factories import BACK, make_app
from nexus.credentials.provider.tests.flows import DEVICE, Program, browser_of, me, submit
from nexus.credentials.provider.ways import Way
from nexus.people.tests.factories import PersonFactory
from nexus.people.tests.flows import PASSWORD, settled, sign_in

pytestmark = pytest.mark.django_db
ASKED = {
    "name": "Notes",
    "kind": "confidential",
    "ways": ["authorization_code"],
    "redirects": f"{BACK}\n\n  http://127.0.0.1:5000/back ",
    "scopes": ["openid", "read"],
}
APPS = "/accounts/apps"


@pytest.fixture
def ada():
    """Somebody who came by a link, and has no password to be asked for."""
    person = PersonFactory(handle="ada")
    person.set_unusable_password()
    person.save()
    return person


@pytest.fixture
def browser(ada):
    return browser_of(ada)


def register(browser, **changes):
    return submit(browser, browser.get(APPS), at=APPS, **{**ASKED, **changes})


def secret_in(answer):
    return next(iter(re.findall(r"nxc_\w{46}", answer.content.decode())), "")


def test_an_app_is_registered_and_its_secret_is_shown_once(browser, ada):
    more = {"owner": PersonFactory().pk, "skip_consent": "on", "allow_uri_wildcards": "on"}
    answer = register(browser, **more)
    secret = secret_in(answer)
    app = App.objects.get()
    assert (app.owner, app.name) == (ada, "Notes")
    assert not app.skip_consent
    assert not app.allow_uri_wildcards
    assert app.get_redirect_uris() == [BACK, "http://127.0.0.1:5000/back"]
    assert "no-store" in answer["Cache-Control"]
    assert Program(app, secret).code_of(ada, scope="read")
    for again in (browser.get(f"{APPS}/{app.pk}"), browser.get(APPS)):
        assert secret not in again.content.decode()
        assert "Notes" in again.content.decode()


@pytest.mark.parametrize(
    "wrong",
    [{"name": ""}, {"scopes": ["root"]}, {"redirects": "http://example.org/"}, {"kind": "x"}],
)
def test_what_is_wrong_is_said(browser, wrong):
    answer = register(browser, **wrong)
    assert answer.status_code == 422
    assert not App.objects.exists()


def test_the_secret_is_changed_with_one_click(browser, ada):
    old = secret_in(register(browser))
    app = App.objects.get()
    page = browser.get(f"{APPS}/{app.pk}")
    new = secret_in(submit(browser, page, at=f"{APPS}/{app.pk}/secret"))
    assert new not in {"", old}
    answer = Program(app, old).redeem("x")
    assert answer.json()["error"] == "invalid_client"
    assert Program(app, new).redeem("x").json()["error"] == "invalid_grant"


def test_the_password_is_asked_for_before_there_is_a_secret():
    grace, browser = settled("grace"), Client()
    sign_in(browser, "grace")
    asked = browser.post(APPS, ASKED)
    assert asked["Location"] == "/accounts/confirm?next=%2Faccounts%2Fapps"
    assert not App.objects.exists()
    assert secret_in(browser.post(asked["Location"], {"password": PASSWORD}))
    app, before = App.objects.get(), App.objects.get().secret
    assert app.owner == grace

    other = Client()
    sign_in(other, "grace")
    asked = other.post(f"{APPS}/{app.pk}/secret")
    assert asked["Location"].startswith("/accounts/confirm?next=")
    assert App.objects.get().secret == before
    assert secret_in(other.post(asked["Location"], {"password": PASSWORD}))
    assert App.objects.get().secret != before


def test_an_app_is_deleted_with_its_tokens(browser, ada):
    notes = Program(make_app(ada)[0])
    tokens = notes.tokens_of(PersonFactory())
    address = f"{APPS}/{notes.app.pk}"
    answer = submit(browser, browser.get(address), at=f"{address}/delete")
    assert answer["Location"] == APPS
    assert me(tokens["access_token"]).status_code == 401
    assert browser.get(address).status_code == 404


def test_nobody_sees_or_touches_the_app_of_another(browser):
    app, _ = make_app(name="Hidden")
    assert "Hidden" not in browser.get(APPS).content.decode()
    page = browser.get(APPS)
    for path in ("", "/secret", "/delete"):
        address = f"{APPS}/{app.pk}{path}"
        answer = submit(browser, page, at=address) if path else browser.get(address)
        assert answer.status_code == 404
    assert App.objects.get() == app


def test_who_was_let_in_is_listed_and_taken_back(browser, ada):
    notes = Program(make_app()[0])
    first, second = notes.tokens_of(ada), notes.tokens_of(ada, scope="git")
    me(first["access_token"])
    page = browser.get("/accounts/let-in")
    words = html.unescape(page.content.decode())
    assert words.count("<strong>Notes</strong>") == 1
    assert notes.app.owner.name in words
    assert "openid, profile, read, git" in words
    answer = submit(browser, page, at=f"/accounts/let-in/{notes.app.pk}/end")
    assert answer["Location"] == "/accounts/let-in"
    assert not AppGrant.objects.exists()
    assert [me(one["access_token"]).status_code for one in (first, second)] == [401, 401]
    assert notes.refresh(second["refresh_token"]).json()["error"] == "invalid_grant"


def test_a_device_that_was_let_in_is_listed_before_it_asks(browser, ada):
    wall = Program(make_app(name="Wall", ways=(Way.DEVICE,), redirects=())[0])
    codes = wall.post("/oauth/device-code", scope="read").json()
    page = browser.get("/oauth/device")
    submit(browser, page, at="/oauth/device", code=codes["user_code"], answer="yes")
    page = browser.get("/accounts/let-in")
    assert "Wall" in page.content.decode()
    submit(browser, page, at=f"/accounts/let-in/{wall.app.pk}/end")
    asked = wall.post("/oauth/token", grant_type=DEVICE, device_code=codes["device_code"])
    assert asked.json()["error"] == "invalid_grant"


def test_what_was_given_to_another_is_not_theirs_to_take_back(browser):
    notes = Program(make_app()[0])
    tokens = notes.tokens_of(PersonFactory())
    page = browser.get(APPS)
    assert "Notes" not in browser.get("/accounts/let-in").content.decode()
    assert submit(browser, page, at=f"/accounts/let-in/{notes.app.pk}/end").status_code == 404
    assert me(tokens["access_token"]).status_code == 200


def test_lists_cost_the_same_however_long(browser, ada, django_assert_max_num_queries):
    for number in range(3):
        Program(make_app(name=f"App {number}")[0]).tokens_of(ada)
        make_app(ada, name=f"Mine {number}")
    for address in ("/accounts/let-in", APPS):
        with django_assert_max_num_queries(6):
            assert browser.get(address).status_code == 200


def test_a_guest_is_asked_to_sign_in():
    app, _ = make_app()
    one = f"{APPS}/{app.pk}"
    for address in (APPS, one, "/accounts/let-in"):
        assert Client().get(address)["Location"].startswith("/accounts/sign-in?next=")
    for address in (f"{one}/secret", f"{one}/delete", f"/accounts/let-in/{app.pk}/end"):
        assert Client().post(address)["Location"] == "/accounts/sign-in"
        assert Client().get(address).status_code == 405
    assert App.objects.exists()
