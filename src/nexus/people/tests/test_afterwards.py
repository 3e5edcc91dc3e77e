"""Where somebody goes after signing in: where they came from, by whatever way they get in."""

import re
import time
from urllib.parse import quote, urljoin, urlsplit

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.test import Client
from hypothesis import example, given
from hypothesis import strategies as st

from nexus.people import services
from nexus.people.afterwards import LONGEST, is_local, leading_to
from nexus.people.models import Mail
from nexus.people.tests.factories import PersonFactory
from nexus.people.tests.flows import (
    ADA,
    OTHER_PASSWORD,
    is_signed_in,
    newest_mail,
    settled,
    sign_in,
)

pytestmark = pytest.mark.django_db
BACK = "/i/lusab-babad-gutih?a=1&b=%2F"
EVIL = [
    "//evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "https://evil.example/",
    "https:evil.example",
    "http:///evil.example",
    "javascript:alert(1)",
    "/\t/evil.example",
    "/\n//evil.example",
    "\n//evil.example",
    " //evil.example",
    "/\u00a0/evil.example",
    "///evil.example",
    "evil.example",
    "/x\r\nSet-Cookie: a=b",
    "http://testserver/c/",
    "@evil.example",
    "%2f%2fevil.example",
]
#: What a browser leaves out of an address, or reads as something else.
SIGNS = "/\\:@?#%.\t\n\r \x00\u00a0\u2028\ufeffahtps2f5c"


def as_browsers_see(address: str) -> str:
    """The host that a browser goes to, by the rules of the URL standard that Python has not."""
    bare = re.sub(r"[\t\n\r]", "", address.strip("".join(map(chr, range(33)))))
    path, mark, rest = bare.partition("?")
    plain = path.replace("\\", "/") + mark + rest
    if re.match(r"https?:", plain, re.IGNORECASE):
        scheme, _, after = plain.partition(":")
        plain = f"{scheme}://{after.lstrip('/')}"
    if plain.startswith("//"):
        plain = f"//{plain.lstrip('/')}"
    return urlsplit(urljoin("https://hub.example/accounts/sign-in", plain)).netloc


def way(mail: Mail) -> str:
    """The path and the rest of the link in a mail."""
    found = re.search(r"https?://[^/\s]+(/accounts/\S+)", mail.body)
    assert found, mail.body
    return found[1]


# --- what may be followed ------------------------------------------------------------------------


@given(
    st.one_of(
        st.text(max_size=40),
        st.text(alphabet=SIGNS, max_size=40),
        st.text(alphabet=SIGNS, max_size=40).map("/{}".format),
    )
)
@example("/\\evil.example")
@example("/\t/evil.example")
def test_whatever_is_followed_stays_here(address):
    if is_local(address):
        assert as_browsers_see(address) == "hub.example"
        assert address.isprintable() or not address.isascii()
        assert "\n" not in address


@given(st.text(alphabet="abc019-_.~/", max_size=60), st.text(max_size=30))
def test_every_page_of_the_hub_may_be_followed(path, query):
    address = "/c/" + path + "?q=" + quote(query)
    assert is_local(address)
    assert leading_to(address, by="/accounts/sign-in").startswith("/accounts/sign-in?next=%2Fc%2F")


@pytest.mark.parametrize("address", EVIL)
def test_nothing_else_is_followed(address):
    assert not is_local(address)
    assert leading_to(address, by="/accounts/sign-in") == "/accounts/sign-in"


def test_an_address_is_not_followed_at_any_length():
    assert is_local("/" + "a" * (LONGEST - 1))
    assert not is_local("/" + "a" * LONGEST)
    assert leading_to(None, by="/x") == "/x"


# --- every way in --------------------------------------------------------------------------------


def test_signing_in_leads_back(client):
    settled()
    page = client.get("/accounts/sign-in", {"next": BACK}).content.decode()
    assert page.count(f'name="next" value="{BACK.replace("&", "&amp;")}"') == 2, "passkeys too"

    assert sign_in(client, next=BACK)["Location"] == BACK
    assert client.get("/accounts/sign-in", {"next": BACK})["Location"] == BACK


@pytest.mark.parametrize("address", EVIL)
def test_signing_in_leads_nowhere_else(client, address):
    settled()
    answer = client.post(
        "/accounts/sign-in", {"login": "ada", "password": ADA["password1"], "next": address}
    )
    assert answer["Location"] == "/"
    assert client.get("/accounts/sign-in", {"next": address})["Location"] == "/"


def test_signing_up_leads_back_from_the_mail(client):
    client.post("/accounts/sign-up", {**ADA, "next": BACK})

    answer = client.post(way(newest_mail()))

    assert answer["Location"] == BACK
    assert is_signed_in(client)


def test_signing_up_leads_back_from_the_mail_on_another_device(client):
    client.post("/accounts/sign-up", {**ADA, "next": BACK})
    phone = Client()

    answer = phone.post(way(newest_mail()))

    assert answer["Location"] == leading_to(BACK, by="/accounts/sign-in")
    form = {"login": "ada", "password": ADA["password1"], "next": BACK}
    assert phone.post("/accounts/sign-in", form)["Location"] == BACK


def test_a_link_from_a_mail_leads_nowhere_else(client):
    client.post("/accounts/sign-up", {**ADA, "next": "//evil.example"})
    link = way(newest_mail())
    assert "evil" not in link

    answer = client.post(f"{link}?next=//evil.example")

    assert answer["Location"] == "/"


def test_the_mail_that_is_sent_again_leads_back_too(client):
    settled()
    EmailAddress.objects.update(verified=False)

    sign_in(client, next=BACK)

    assert way(newest_mail()).endswith(leading_to(BACK, by=""))


def test_who_has_an_account_already_is_led_back_by_way_of_a_new_password(client):
    settled()
    Client().post("/accounts/sign-up", {**ADA, "username": "ada-2", "next": BACK})
    page = way(newest_mail())
    assert page == leading_to(BACK, by="/accounts/reset")
    form = {"email": ADA["email"], "next": BACK}
    assert client.post(page, form)["Location"] == "/accounts/reset/sent"

    there = client.get(way(newest_mail()))["Location"]
    done = client.post(there, {"password1": OTHER_PASSWORD})["Location"]

    assert done == leading_to(BACK, by="/accounts/reset/done")
    assert leading_to(BACK, by="/accounts/sign-in") in client.get(done).content.decode()


def test_who_has_no_account_is_led_back_by_way_of_making_one(client):
    client.post("/accounts/reset", {"email": "nobody@example.org", "next": BACK})

    assert way(newest_mail("nobody@example.org")) == leading_to(BACK, by="/accounts/sign-up")


def test_the_second_step_leads_back(client, monkeypatch):
    now = time.time()
    monkeypatch.setattr("allauth.mfa.totp.internal.auth.time.time", lambda: now)
    secret = "JBSWY3DPEHPK3PXP"  # nexus:allow
    TOTP.activate(settled(), secret)

    assert sign_in(client, next=BACK)["Location"] == "/accounts/sign-in/second"
    code = format_hotp_value(hotp_value(secret, int(now) // 30))

    assert client.post("/accounts/sign-in/second", {"code": code})["Location"] == BACK


def test_a_passkey_that_is_not_known_leaves_the_way_on(client):
    answer = client.post("/accounts/sign-in/passkey", {"credential": "{}", "next": BACK})

    assert answer["Location"] == leading_to(BACK, by="/accounts/sign-in")


@pytest.mark.parametrize(("asked", "there"), [(BACK, BACK), ("//evil.example", "/"), ("", "/")])
def test_a_one_time_link_leads_on(client, asked, there):
    secret = services.make_sign_in_link(by=None, person=PersonFactory())
    page = f"/accounts/link/{secret}?next={quote(asked)}"
    assert client.get(page).status_code == 200

    assert client.post(page)["Location"] == there
