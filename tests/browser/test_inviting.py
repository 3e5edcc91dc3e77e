"""Inviting, coming in and changing a role, in a real browser that runs no script."""

import json
import re
from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.fixtures import WIDE, open_page, sign_in
from tests.browser.hubs import Hub
from tests.browser.test_accounts import fill_in, link_from_mail

PLAIN: dict[str, Any] = {**WIDE, "java_script_enabled": False}


def link_of(hub: Hub, handle: str, *more: str) -> str:
    """A new account, and the link that signs it in."""
    made: str = json.loads(hub.run("person", "add", handle, *more, "--json").stdout)["link"]
    return hub.address + made[made.index("/accounts/") :]


def invite(page: Page, role: str, *, cohort: str = "quince-growers") -> str:
    """Make a code; returns it."""
    page.goto(f"/c/{cohort}/-/invitations")
    page.get_by_label("A code, to say aloud").check()
    page.get_by_label("As", exact=True).select_option(role)
    page.get_by_role("button", name="Make the invitation").click()
    return page.get_by_label("Code", exact=True).inner_text()


def test_somebody_is_invited_comes_in_and_becomes_a_mentor(browser, hub):
    rose = link_of(hub, "rose-quince", "--name", "Rose Quince")
    wren = link_of(hub, "wren-medlar", "--name", "Wren Medlar")
    hub.run(
        "cohort", "create", "quince-growers", "--visibility", "invite", "--owner", "rose-quince"
    )

    with open_page(browser, hub, **PLAIN) as owner, open_page(browser, hub, **PLAIN) as guest:
        sign_in(owner, rose)
        code = invite(owner, "guest")

        guest.goto("/join")
        guest.get_by_label("Code").fill(code.upper())
        guest.get_by_role("button", name="Look at the invitation").click()
        expect(guest.get_by_role("heading", name="Rose Quince invites you")).to_be_visible()
        way_in = guest.get_by_role("main").get_by_role("link", name="Sign in")
        assert code in (way_in.get_attribute("href") or "")

        sign_in(guest, wren)
        guest.goto(f"/i/{code}")
        guest.get_by_role("button", name="Accept as Wren Medlar").click()
        expect(guest.get_by_role("heading", name="Quince growers", level=1)).to_be_visible()

        owner.goto("/c/quince-growers/-/members")
        owner.get_by_label("Role of Wren Medlar").select_option("mentor")
        owner.get_by_role("button", name="Change the role of Wren Medlar").click()
        expect(owner.get_by_text("Wren Medlar is a mentor now.")).to_be_visible()

        guest.goto("/c/quince-growers/")
        guest.get_by_role("link", name="Manage").click()
        expect(guest.get_by_role("heading", name="Invitations", exact=True)).to_be_visible()

        owner.goto("/c/quince-growers/-/log")
        expect(owner.get_by_text("made wren-medlar a mentor, before a guest")).to_be_visible()


def test_a_guest_opens_a_link_makes_an_account_and_is_in_the_cohort(browser, hub, owner_page):
    hub.run("cohort", "create", "medlar-eaters", "--visibility", "invite")
    made = hub.run("cohort", "invite", "medlar-eaters", "--as", "member", "--json").stdout
    address = re.search(r"/i/[\w-]+", made)
    assert address

    with open_page(browser, hub, **PLAIN) as guest:
        guest.goto(address[0])
        guest.get_by_role("link", name="Make an account").click()
        fill_in(guest, "hazel")
        guest.goto(link_from_mail(owner_page, "hazel@example.org"))
        guest.get_by_role("button", name="Verify it").click()

        expect(guest.get_by_text("Your e-mail address is verified.")).to_be_visible()
        guest.get_by_role("button", name="Accept as Hazel Lovelace").click()
        expect(guest.get_by_role("heading", name="Medlar eaters", level=1)).to_be_visible()
        guest.goto("/c/medlar-eaters/-/people")
        expect(guest.get_by_role("main").get_by_text("Hazel Lovelace")).to_be_visible()


def wait_until_kept(page: Page, address: str) -> None:
    """Ask for a page until it is served as kept bytes: whatever is published outdates it."""
    for _ in range(1200):
        answer = page.request.get(address)
        assert answer.status == 200
        if "hit" in answer.headers.get("cache-status", ""):
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"{address} is never kept.")


def test_a_cohort_that_is_hidden_is_gone_from_the_pages_kept_for_visitors_at_once(browser, hub):
    link = link_of(hub, "ivy-medlar", "--name", "Ivy Medlar")
    hub.run("cohort", "create", "medlars", "--owner", "ivy-medlar")

    with open_page(browser, hub, **PLAIN) as owner, open_page(browser, hub, **PLAIN) as visitor:
        sign_in(owner, link)
        wait_until_kept(visitor, "/c/medlars/")

        owner.goto("/c/medlars/-/settings")
        owner.get_by_label("Only its members know that it exists").check()
        owner.get_by_role("button", name="Save").click()
        expect(owner.get_by_text("Changed.")).to_be_visible()

        assert visitor.request.get("/c/medlars/").status == 404
