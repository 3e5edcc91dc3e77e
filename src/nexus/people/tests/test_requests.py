"""Who asks."""

from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory
from django.utils.functional import SimpleLazyObject

from nexus.people.models import Person
from nexus.people.requests import person_of


def asked_by(user: Any, *, cookie: str = "a-session") -> Person | None:
    request = RequestFactory().get("/")
    request.COOKIES = {settings.SESSION_COOKIE_NAME: cookie} if cookie else {}
    request.user = user
    return person_of(request)


def test_a_reader_is_the_person_and_no_stand_in():
    ada = Person(handle="ada", name="Ada")

    assert type(asked_by(SimpleLazyObject(lambda: ada))) is Person
    assert asked_by(SimpleLazyObject(lambda: ada)) is ada
    assert asked_by(ada) is ada


def test_a_guest_is_nobody_with_and_without_a_cookie():
    assert asked_by(SimpleLazyObject(AnonymousUser)) is None
    assert asked_by(Person(handle="ada", name="Ada"), cookie="") is None
