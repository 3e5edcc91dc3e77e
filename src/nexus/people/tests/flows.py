"""Steps that several tests take: signing up, reading mails, signing in."""

import re
from typing import Any
from urllib.parse import urlsplit

from allauth.account.models import EmailAddress
from django.test import Client

from nexus.kernel.models import StoredEvent
from nexus.people.models import Mail, Person
from nexus.people.tests.factories import PersonFactory

PASSWORD = "seven wild geese"
OTHER_PASSWORD = "eight tame ducks"
ADA = {
    "name": "Ada Lovelace",
    "username": "ada",
    "email": "ada@example.org",
    "password1": PASSWORD,
}


def link_in(mail: Mail) -> str:
    """The path of the link in a mail."""
    found = re.search(r"https?://\S+/accounts/(?:verify|reset)/\S+", mail.body)
    assert found, mail.body
    return urlsplit(found[0]).path


def newest_mail(to: str = "ada@example.org") -> Mail:
    return Mail.objects.filter(to=to).order_by("pk").last() or Mail()


def settled(handle: str = "ada", **fields) -> Person:
    """Somebody with a password and a verified address."""
    return settle(PersonFactory.create(handle=handle, **fields))


def settle(person: Person) -> Person:
    """Give ``person`` a password and a verified address."""
    person.email = f"{person.handle}@example.org"
    person.set_password(PASSWORD)
    person.save()
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person


def sign_in(client: Client, login: str = "ada", password: str = PASSWORD, **query):
    return client.post(
        "/accounts/sign-in", {"login": login, "password": password}, query_params=query or None
    )


def is_signed_in(client: Client) -> bool:
    return client.get("/accounts/").status_code == 200


def confirm(client: Client, password: str = PASSWORD) -> None:
    """Show once more who one is, so that dangerous changes may follow."""
    client.post("/accounts/confirm", {"password": password})


def events(kind: str) -> list[dict[str, Any]]:
    found = StoredEvent.objects.filter(type=f"people.{kind}").order_by("pk")
    return [one.payload for one in found]
