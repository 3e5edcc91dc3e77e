"""Who comes into the administration: whoever runs the hub, and showed so of late."""

import pytest
from django.test import Client

from nexus.config.administration import DESKS, urlpatterns
from nexus.config.tests.administration.conftest import browser_of, fill
from nexus.people.tests.factories import PersonFactory

pytestmark = pytest.mark.django_db
LISTS = ["/admin/", *(f"/admin/{desk.name}" for desk in DESKS)]
ROWS = [f"/admin/{desk.name}/1" for desk in DESKS]


@pytest.mark.parametrize("path", [*LISTS, *ROWS])
def test_visitors_sign_in_by_the_hubs_own_page_and_others_find_nothing(path):
    answer = Client().get(path)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/sign-in?next=%2Fadmin%2F")
    assert browser_of(PersonFactory()).get(path).status_code == 404
    assert browser_of(PersonFactory()).post(path, {"action": "revoke"}).status_code == 404


def test_there_is_no_other_way_in():
    assert {str(one.pattern) for one in urlpatterns} == {
        "admin/",
        *(f"admin/{desk.name}" for desk in DESKS),
        *(f"admin/{desk.name}/<str:key>" for desk in DESKS),
    }


@pytest.mark.parametrize("path", LISTS[1:])
def test_whoever_runs_the_hub_comes_in(inside, path):
    fill(1)
    assert inside.get(path).status_code == 200
    assert inside.get(f"{path}/999").status_code == 404


def test_after_an_hour_they_show_once_more_who_they_are(owner):
    owner.set_password("a long pass phrase")  # nexus:allow
    owner.save()
    browser = browser_of(owner, seconds_ago=3601)
    answer = browser.get("/admin/people")
    assert (answer.status_code, answer["Location"]) == (
        302,
        "/accounts/confirm?next=%2Fadmin%2Fpeople",
    )
    confirmed = browser.post(answer["Location"], {"password": "a long pass phrase"})  # nexus:allow
    assert confirmed["Location"] == "/admin/people"
    assert browser.get("/admin/people").status_code == 200


def test_nothing_is_done_either_before_they_have_shown_it(owner):
    owner.set_password("a long pass phrase")  # nexus:allow
    owner.save()
    rows = fill(1)
    browser = browser_of(owner, seconds_ago=3601)
    asked = {"action": "revoke", "_selected_action": rows.tokens.pk, "index": 0, "sure": "yes"}
    assert browser.post("/admin/tokens", asked).status_code == 302
    rows.tokens.refresh_from_db()
    assert rows.tokens.revoked_at is None


def test_who_has_nothing_to_show_keeps_the_session_of_a_link(owner):
    owner.set_unusable_password()
    owner.save()
    assert browser_of(owner, seconds_ago=9999).get("/admin/people").status_code == 200


def test_who_runs_the_hub_no_more_is_out_at_once(owner, inside):
    owner.is_owner = False
    owner.save()
    assert inside.get("/admin/").status_code == 404
