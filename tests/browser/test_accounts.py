"""An account in a real browser: made, verified, opened by a passkey, ended from elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.fixtures import NARROW, WIDE, open_page
from tests.browser.hubs import Hub

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PASSWORD = "seven wild geese"


@pytest.fixture
def named(hub: Hub) -> Hub:
    """The hub under a name: browsers keep no passkey for an address in numbers."""
    address = hub.address.replace("127.0.0.1", "localhost")
    return Hub(address, hub.owner_link, hub.home, hub.process)


@contextmanager
def device(page: Page) -> Iterator[None]:
    """A device with a lock that opens, and a place for passkeys (WebAuthn's virtual one)."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    yield
    session.send("WebAuthn.disable")


def sign_up(page: Page, handle: str) -> None:
    page.goto("/accounts/sign-up")
    fill_in(page, handle)


def fill_in(page: Page, handle: str) -> None:
    """The form for an account."""
    page.get_by_label("Name").fill(f"{handle.title()} Lovelace")
    page.get_by_label("Handle").fill(handle)
    page.get_by_label("E-mail address").fill(f"{handle}@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Make the account").click()
    expect(page.get_by_role("heading", name="Look into your mailbox")).to_be_visible()


def link_from_mail(owner_page: Page, to: str) -> str:
    """The path of the link in the newest mail to ``to``, as the hub's owner reads it."""
    owner_page.goto("/-/mails")
    mail = owner_page.get_by_role("article").filter(has_text=to).first
    found = re.search(r"/accounts/verify/\S+", mail.inner_text())
    assert found
    return found[0]


def sign_in(page: Page, handle: str) -> None:
    page.goto("/accounts/sign-in")
    page.get_by_label("E-mail address or handle").fill(handle)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in", exact=True).click()


def sign_out(page: Page) -> None:
    page.locator("summary", has_text="Menu of").click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("link", name="Sign in").first).to_be_visible()


def test_an_account_from_its_first_day(browser: Browser, named: Hub, owner_page: Page):
    with open_page(browser, named, **WIDE) as page, device(page):
        sign_up(page, "augusta")
        page.goto(link_from_mail(owner_page, "augusta@example.org"))
        page.get_by_role("button", name="Verify it").click()
        expect(page.locator("summary", has_text="Menu of Augusta")).to_be_visible()

        page.goto("/accounts/passkeys/add")
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Go on").click()
        page.get_by_label("Name").fill("Desk")
        page.get_by_role("button", name="Add a passkey").click()
        expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()

        sign_out(page)
        page.goto("/accounts/sign-in")
        page.get_by_role("button", name="Sign in with a passkey").click()
        expect(page.locator("summary", has_text="Menu of Augusta")).to_be_visible()
        page.goto("/accounts/passkeys")
        expect(page.get_by_text("Desk", exact=True)).to_be_visible()

        with open_page(browser, named, **NARROW) as phone:
            sign_in(phone, "augusta")
            expect(phone.get_by_role("heading", name="One more step")).to_be_visible()
        page.goto("/accounts/sessions")
        expect(page.get_by_text("this one")).to_be_visible()


def test_signing_out_elsewhere(browser: Browser, named: Hub, owner_page: Page):
    with open_page(browser, named, **WIDE) as page, open_page(browser, named, **NARROW) as phone:
        sign_up(page, "beatrice")
        page.goto(link_from_mail(owner_page, "beatrice@example.org"))
        page.get_by_role("button", name="Verify it").click()
        expect(page.locator("summary", has_text="Menu of Beatrice")).to_be_visible()
        sign_in(phone, "beatrice")
        phone.goto("/accounts/")
        expect(phone.get_by_role("heading", name="Your account")).to_be_visible()

        page.goto("/accounts/sessions")
        page.get_by_role("button", name="Sign out everywhere else").click()

        expect(page.get_by_text("One session was ended.")).to_be_visible()
        phone.goto("/accounts/")
        expect(phone.get_by_role("heading", name="Sign in")).to_be_visible()


def test_everything_but_passkeys_works_without_a_script(plain_page: Page):
    sign_up(plain_page, "charlotte")

    plain_page.goto("/accounts/sign-in")
    expect(plain_page.get_by_role("button", name="Sign in with a passkey")).to_be_hidden()
