"""The ways in which an app comes to its tokens."""

from enum import StrEnum

from allauth.idp.oidc.models import Client

Kind = Client.Type


class Way(StrEnum):
    """A grant type, by the name that it has in the protocol."""

    CODE = "authorization_code"
    DEVICE = "urn:ietf:params:oauth:grant-type:device_code"
    OWN = "client_credentials"


REFRESH = "refresh_token"

WAY_WORDS: dict[Way, str] = {
    Way.CODE: "People let it in in their browser (authorisation code)",
    Way.DEVICE: "People let it in by typing a code on another device (device code)",
    Way.OWN: "It acts on its own, and reads what you may read (client credentials)",
}
KIND_WORDS: dict[str, str] = {
    Kind.CONFIDENTIAL: "On a server of yours, which can keep a secret (confidential)",
    Kind.PUBLIC: "On the machines of those who use it: a program, a phone app (public)",
}


def grant_types(ways: set[Way]) -> list[str]:
    """What is written down for an app: whoever is let in by a person may renew its tokens."""
    renewing = [REFRESH] if ways & {Way.CODE, Way.DEVICE} else []
    return [*sorted(ways), *renewing]
