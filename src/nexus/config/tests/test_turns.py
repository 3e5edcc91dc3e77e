"""What the clock does, and what outdates the pages of guests."""

import pytest
from django.db import transaction

from nexus.config.application import outdate, turns
from nexus.credentials.events import TokenMade
from nexus.kernel.events import publish
from nexus.kernel.http.generation import Generation
from nexus.people.events import PersonAdded, SignInFailed


def test_nobody_is_asked_whether_links_answer_unless_the_owner_wants_it(settings) -> None:
    always = ["look for work", "accounts", "requests", "departures"]
    assert [turn.name for turn in turns()] == always
    settings.CHECK_LINKS = True
    assert [turn.name for turn in turns()] == [*always, "links"]


def test_mails_are_looked_for_where_there_is_a_mail_server(settings) -> None:
    settings.MAIL_URL = "smtp://mail.example.org"
    assert "mails" in [turn.name for turn in turns()]


@pytest.mark.django_db(transaction=True)
def test_pages_of_guests_outlive_what_happens_at_the_door_and_to_tokens() -> None:
    generation = Generation()
    with transaction.atomic():
        publish(PersonAdded(person=1, handle="ada"))
    outdate(generation)
    before = generation()
    with transaction.atomic():
        publish(SignInFailed(person=1, how="password", address="192.0.2.1"), audience="person:1")
        publish(TokenMade(person=1, token=1, scopes=("read",)), audience="person:1")
    outdate(generation)

    assert generation() == before == 1
