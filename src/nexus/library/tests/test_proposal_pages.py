"""Proposals on pages, as whoever makes one, the owner, and others meet them."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from nexus.cohorts.models import Role
from nexus.cohorts.tests.factories import MembershipFactory
from nexus.library.models import Proposal
from nexus.library.tests.desks import PATH, TEXT, Desk
from nexus.people.tests.factories import PersonFactory

pytestmark = pytest.mark.django_db(transaction=True)
BETTER = TEXT.replace("First", "At first")


@pytest.fixture
def desk(home):
    made = Desk(slug="commons")
    made.put(TEXT.encode())
    return made


@pytest.fixture
def base(desk):
    return f"/c/commons/{desk.repository.slug}"


def signed_in(person):
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def owner(desk):
    return signed_in(desk.ada)


@pytest.fixture
def bob(desk):
    return signed_in(desk.member(person__handle="bob", person__name="Bob"))


def words(answer):
    return " ".join(answer.content.decode().split())


def hidden(answer, name):
    found = re.search(rf'name="{name}"(?: value="([^"]*)")?', answer.content.decode())
    return found[1] or ""


def propose(client, base, text=BETTER, message="Say it better"):
    page = client.get(f"{base}/-/propose/{PATH}")
    given = {"text": text, "message": message, "made_from": hidden(page, "made_from")}
    return client.post(f"{base}/-/propose/{PATH}", given)


def do(client, address, word, **more):
    edition = hidden(client.get(address), "edition") if word != "withdraw" else ""
    return client.post(address, {"do": word, "edition": edition, **more})


def test_a_change_is_proposed_seen_and_accepted_with_one_click(desk, base, bob, owner):
    assert f"{base}/-/propose/{PATH}" in words(bob.get(f"{base}/{PATH}"))
    address = propose(bob, base)["Location"]
    assert "change waits" not in words(bob.get("/accounts/"))
    assert "<strong>1</strong> change waits for your answer" in words(owner.get("/accounts/"))
    assert address in words(owner.get("/accounts/proposals"))
    assert address in words(owner.get(f"{base}/-/proposals"))
    assert "1 change is proposed to this page" in words(owner.get(f"{base}/{PATH}"))
    page = words(owner.get(address))
    assert "<ins>At</ins>" in page or "At first" in page
    answer = do(owner, address, "accept")
    assert answer["Location"] == f"{base}/{PATH}"
    assert "At first." in words(bob.get(answer["Location"]))
    assert "Accepted" in words(bob.get(address))
    assert "accepted" in words(bob.get("/accounts/proposals"))
    assert desk.shown() == BETTER


def test_who_proposed_is_led_to_their_proposal_changes_it_and_takes_it_back(base, bob, owner):
    address = propose(bob, base)["Location"]
    assert bob.get(f"{base}/-/propose/{PATH}")["Location"] == address
    page = bob.get(f"{address}/change")
    given = {name: hidden(page, name) for name in ("made_from", "edition")}
    same = {**given, "text": TEXT, "message": ""}
    refused = bob.post(f"{address}/change", same)
    assert (refused.status_code, "The text is as it was" in words(refused)) == (422, True)
    better = {**given, "text": BETTER + "More.\n", "message": "More"}
    assert bob.post(f"{address}/change", better)["Location"] == address
    late = bob.post(f"{address}/change", better)
    assert (late.status_code, "More." in words(late)) == (422, True)
    assert owner.get(f"{address}/change")["Location"] == address
    assert do(bob, address, "withdraw").status_code == 302
    assert "Withdrawn" in words(owner.get(address))
    assert bob.get(f"{address}/change")["Location"] == address
    assert do_late(owner, address) == 409


def do_late(client, address):
    return client.post(address, {"do": "accept", "edition": "2"}).status_code


def test_a_word_goes_with_a_no(base, bob, owner, desk):
    address = propose(bob, base)["Location"]
    assert do(owner, address, "decline", answer="x" * 501).status_code == 409
    assert do(owner, address, "decline", answer="Not <now>.").status_code == 302
    for place in (address, "/accounts/proposals", f"{base}/-/proposals"):
        assert "“Not &lt;now&gt;.”" in words(bob.get(place))
    assert desk.shown() == TEXT


def test_what_clashes_is_joined_by_hand_by_the_owner(desk, base, bob, owner):
    address = propose(bob, base)["Location"]
    desk.put(TEXT.replace("First", "Firstly").encode())
    assert "The same lines were changed" in words(owner.get(address))
    assert do_late(owner, address) == 409
    assert bob.get(f"{address}/join")["Location"] == address
    page = owner.get(f"{address}/join")
    assert {"Firstly.", "At first."} < set(page.content.decode().splitlines())
    given = {name: hidden(page, name) for name in ("made_from", "edition")}
    left = owner.post(f"{address}/join", {**given, "text": "<<<<<<< as it is now\n"})
    assert left.status_code == 422
    desk.put(TEXT.replace("First", "Once").encode())
    both = {**given, "text": TEXT.replace("First", "At first, firstly")}
    again = owner.post(f"{address}/join", both)
    assert {"Once.", "At first, firstly."} < set(again.content.decode().splitlines())
    both["made_from"] = hidden(again, "made_from")
    assert owner.post(f"{address}/join", both)["Location"] == f"{base}/{PATH}"
    assert "At first, firstly." in desk.shown()


def test_it_says_how_it_fits_what_the_file_is_now(desk, base, bob, owner):
    address = propose(bob, base)["Location"]
    desk.put(TEXT.replace("Second", "Then").encode())
    page = words(owner.get(address))
    assert "Both changes go together" in page
    changed = bob.get(f"{address}/change").content.decode()
    assert {"At first.", "Then."} < set(changed.splitlines())
    desk.put(None)
    assert "The file was removed" in words(bob.get(address))
    page = owner.get(f"{address}/join")
    given = {name: hidden(page, name) for name in ("made_from", "edition")}
    assert owner.post(f"{address}/join", {**given, "text": BETTER}).status_code == 302
    assert desk.shown() == BETTER


def test_for_all_others_it_does_not_exist(desk, base, bob):
    address = propose(bob, base)["Location"]
    for other in (signed_in(desk.member()), signed_in(desk.member(Role.OWNER))):
        for place in (address, f"{address}/change", f"{address}/join", f"{base}/-/proposals/4711"):
            assert other.get(place).status_code == 404
            assert other.post(place, {"do": "accept", "edition": "1"}).status_code == 404
        assert "You proposed nothing here" in words(other.get(f"{base}/-/proposals"))
        assert "proposed to this page" not in words(other.get(f"{base}/{PATH}"))
    for place in (address, f"{address}/join", f"{base}/-/proposals", f"{base}/-/propose/{PATH}"):
        assert Client().get(place)["Location"] == reverse("sign-in")
    assert Proposal.objects.get().state == "open"


def test_who_may_not_propose_is_not_offered_it_and_the_owner_edits(desk, base, owner):
    edit = f"{base}/-/edit/{PATH}"
    assert owner.get(f"{base}/-/propose/{PATH}")["Location"] == edit
    assert edit in words(owner.get(f"{base}/-/source/{PATH}"))
    stranger = signed_in(PersonFactory())
    for visitor in (Client(), stranger):
        assert "Propose a change" not in words(visitor.get(f"{base}/{PATH}"))
    assert stranger.get(f"{base}/-/propose/{PATH}").status_code == 403
    assert signed_in(desk.member()).get(f"{base}/-/propose/none.md").status_code == 404


def test_what_was_typed_stays_when_it_is_refused(base, bob):
    token = "ghp_" + "q7Zk2vX9mB4tR8wL1nY6cJ3hD5fG0pSaEuTAb"[:36]
    refused = propose(bob, base, text=f"{BETTER}{token}")
    assert (refused.status_code, token in words(refused)) == (422, True)
    assert not Proposal.objects.exists()


def test_a_secret_of_the_file_is_shown_to_its_owner_only(desk, base, bob, owner):
    token = "ghp_" + "q7Zk2vX9mB4tR8wL1nY6cJ3hD5fG0pSaEuTAb"[:36]
    address = propose(bob, base)["Location"]
    line = f"token {token} <!-- nexus:allow -->\n"
    desk.put(f"{TEXT}\n{line}".encode())
    desk.put(f"{TEXT}\ntoken {token[:4]}\n".encode())
    assert token not in words(bob.get(address))
    assert owner.get(address).status_code == 200


def test_a_mirror_is_changed_where_it_comes_from_with_a_patch(mirror):
    mirror.publish({"docs/guide.md": TEXT})
    mirror.repository.origin_kind = "remote"
    mirror.repository.origin = "https://github.com/ada/notes"
    mirror.repository.save()
    cohort = mirror.repository.cohort
    reader = signed_in(MembershipFactory(cohort=cohort, role=Role.GUEST).person)
    here = f"/c/{cohort.slug}/nexus/-/propose/{PATH}"
    page = reader.get(here)
    assert f"https://github.com/ada/notes/edit/{mirror.repository.branch}/{PATH}" in words(page)
    given = {"text": BETTER, "message": "Say it", "made_from": hidden(page, "made_from")}
    answer = reader.post(here, given)
    assert "attachment" in answer["Content-Disposition"]
    assert b"\n-First.\n+At first.\n" in answer.content
    assert reader.post(here, {**given, "text": TEXT}).status_code == 422
    assert not Proposal.objects.exists()
