"""Whatever a program shows, one place tells whose it is and what it is good for."""

import base64
from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory
from django.utils import timezone

from nexus.credentials import identifying
from nexus.credentials.identifying import TooMany, Unauthorised, identify
from nexus.credentials.models import AccessToken
from nexus.credentials.tests.factories import make_token
from nexus.credentials.tokens import make_token as form_of_token
from nexus.kernel.models import AuditRecord
from nexus.people.tests.factories import PersonFactory

pytestmark = pytest.mark.django_db


def asking(authorization=None, *, session_of=None):
    """A request as a door gets it."""
    headers = {"Authorization": authorization} if authorization else {}
    request = RequestFactory().get("/", headers=headers)
    request.user = session_of or AnonymousUser()
    if session_of:
        request.COOKIES["nexus_session"] = "x"
    return request


def basic(name, password):
    return "Basic " + base64.b64encode(f"{name}:{password}".encode()).decode()


def test_a_guest_is_nobody_and_a_session_is_good_for_everything():
    assert identify(asking()).person is None
    ada = PersonFactory()
    found = identify(asking(session_of=ada))
    assert (found.person, found.by_token) == (ada, False)
    assert found.allows("push")


@pytest.mark.parametrize(
    "show",
    [
        lambda ada, secret: basic(ada.handle, secret),
        lambda ada, secret: basic("", secret),
        lambda ada, secret: basic(secret, ""),
        lambda ada, secret: f"Bearer {secret}",
        lambda ada, secret: f"bearer  {secret} ",
    ],
)
def test_a_token_is_known_however_it_is_shown(show):
    ada = PersonFactory()
    token, secret = make_token(ada, scopes=["read"])
    found = identify(asking(show(ada, secret)))
    assert (found.person, found.by_token) == (ada, True)
    assert found.allows("fetch")
    assert not found.allows("push")
    assert AccessToken.objects.get(pk=token.pk).last_used_at


def test_a_token_goes_before_the_session():
    ada, grace = PersonFactory(), PersonFactory()
    _, secret = make_token(grace)
    assert identify(asking(f"Bearer {secret}", session_of=ada)).person == grace


@pytest.mark.parametrize(
    ("ended", "code"),
    [
        ({"revoked_at": timezone.now()}, "token-refused"),
        ({"expires_at": timezone.now() - timedelta(seconds=1)}, "token-expired"),
        ({"digest": "0" * 64}, "token-refused"),
    ],
)
def test_what_does_not_work_any_more_is_refused(ended, code):
    token, secret = make_token(**ended)
    with pytest.raises(Unauthorised) as refused:
        identify(asking(basic(token.person.handle, secret)))
    assert refused.value.code == code
    assert secret not in str(refused.value)
    logged = AuditRecord.objects.get(action="token.refused")
    assert (logged.is_refusal, logged.details) == (True, {"token": token.prefix})
    assert AccessToken.objects.get().last_used_at is None


@pytest.mark.parametrize(
    "header",
    [
        "Basic",
        "Basic !!!",
        "Basic " + base64.b64encode(b"\xff\xfe:x").decode(),
        "Bearer",
        "Bearer " + "nxs_" + "A" * 46,
        "Bearer " + "x" * 100_000,
        "Digest username=ada",
        basic("ada", "her password"),
        basic("nxs_", ""),
    ],
)
def test_what_is_no_token_costs_no_question(header, django_assert_num_queries):
    with django_assert_num_queries(0), pytest.raises(Unauthorised):
        identify(asking(header, session_of=PersonFactory.build(pk=1)))


def test_one_that_nobody_has_is_refused():
    with pytest.raises(Unauthorised):
        identify(asking(f"Bearer {form_of_token().text}"))


def test_after_too_many_wrong_ones_none_is_looked_at(monkeypatch):
    monkeypatch.setattr(identifying, "MOST_WRONG", 2)
    _, secret = make_token()
    for _ in range(2):
        with pytest.raises(Unauthorised):
            identify(asking(f"Bearer {form_of_token().text}"))
    with pytest.raises(TooMany):
        identify(asking(f"Bearer {secret}"))
    elsewhere = asking(f"Bearer {secret}")
    elsewhere.META["REMOTE_ADDR"] = "192.0.2.7"
    assert identify(elsewhere).person


def test_passwords_that_many_people_try_lock_nobody_out(monkeypatch):
    monkeypatch.setattr(identifying, "MOST_WRONG", 2)
    _, secret = make_token()
    for _ in range(5):
        with pytest.raises(Unauthorised):
            identify(asking(basic("ada", "her password")))
    assert identify(asking(f"Bearer {secret}")).person
