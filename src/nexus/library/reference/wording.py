"""The words of a reference: what statuses, limits and ways to sign in mean, in plain English."""

import re
from http import HTTPStatus

from nexus.library.reference.openapi.model import Schema, SecurityScheme

_RANGES = {
    "1": "Any interim answer",
    "2": "Any success",
    "3": "Any redirection",
    "4": "Any error of the client",
    "5": "Any error of the server",
}
_STATUSES = {str(status.value): status.phrase for status in HTTPStatus}


def status_words(status: str) -> str:
    """What a response's status means: ``404`` is ``Not Found``."""
    if status.lower() == "default":
        return "Any other answer"
    if re.fullmatch(r"[1-5][xX]{2}", status):
        return _RANGES[status[0]]
    return _STATUSES.get(status, "")


def counted(number: int, one: str, many: str = "") -> str:
    """A number with its noun: ``1 path``, ``57 paths``."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


_RANGE_WORDS = (
    ("minLength", "maxLength", "character"),
    ("minItems", "maxItems", "item"),
    ("minProperties", "maxProperties", "name"),
    ("minContains", "maxContains", "match"),
)
_COMPARISONS = (
    ("minimum", "at least"),
    ("exclusiveMinimum", "more than"),
    ("maximum", "at most"),
    ("exclusiveMaximum", "less than"),
    ("multipleOf", "a multiple of"),
    ("contentEncoding", "encoded as"),
    ("contentMediaType", "holding"),
)


def limit_words(schema: Schema) -> list[str]:
    """What restricts a value, except patterns and constants: ``1 to 20 characters``."""
    if not schema.limits and not schema.closed:
        return []
    limits = dict(schema.limits)
    if limits.get("exclusiveMinimum") == "true":  # before OpenAPI 3.1
        limits["exclusiveMinimum"] = limits.pop("minimum", "")
    if limits.get("exclusiveMaximum") == "true":
        limits["exclusiveMaximum"] = limits.pop("maximum", "")
    words = [
        _range(limits.get(low, ""), limits.get(high, ""), noun) for low, high, noun in _RANGE_WORDS
    ]
    words += [f"{said} {limits[key]}" for key, said in _COMPARISONS if limits.get(key)]
    words += ["no item twice"] if "uniqueItems" in limits else []
    words += ["no other names"] if schema.closed else []
    words += ["with conditions (see the raw file)"] if "conditions" in limits else []
    return [word for word in words if word]


def _range(low: str, high: str, noun: str) -> str:
    plural = f"{noun}es" if noun.endswith("ch") else f"{noun}s"
    if low and high:
        return f"exactly {low} {plural}" if low == high else f"{low} to {high} {plural}"
    if low:
        return "" if low == "0" else f"at least {low} {noun if low == '1' else plural}"
    return f"at most {high} {noun if high == '1' else plural}" if high else ""


_PLACES = {"header": "the header", "query": "the query parameter", "cookie": "the cookie"}
_SCHEMES = {"basic": "a name and a password (HTTP Basic)", "digest": "HTTP Digest"}
FLOWS = {
    "authorizationCode": "In the browser, with a code",
    "accessCode": "In the browser, with a code",
    "implicit": "In the browser, without a code",
    "password": "With a name and a password",
    "clientCredentials": "As a program, with its own secret",
    "application": "As a program, with its own secret",
    "deviceAuthorization": "On another device",
}
ADDRESSES = {
    "authorizationUrl": "Sign in at",
    "deviceAuthorizationUrl": "Ask for a code at",
    "tokenUrl": "Get a token at",
    "refreshUrl": "Renew it at",
}


def sign_in_words(scheme: SecurityScheme) -> str:
    """How one signs in by a scheme, in a few words."""
    if scheme.kind == "apiKey":
        return f"An API key in {_PLACES.get(scheme.place, scheme.place)} {scheme.key}".rstrip()
    if scheme.kind == "http" and scheme.scheme == "bearer":
        token = f" ({scheme.token_format})" if scheme.token_format else ""
        return f"A bearer token{token} in the header Authorization"
    if scheme.kind == "http":
        return f"With {_SCHEMES.get(scheme.scheme, f'HTTP {scheme.scheme}')}".rstrip()
    kinds = {"oauth2": "OAuth 2", "openIdConnect": "OpenID Connect"}
    kinds["mutualTLS"] = "A certificate of the client (mutual TLS)"
    return kinds.get(scheme.kind, scheme.kind)


def first_sentence(text: str, *, limit: int = 200) -> str:
    """The first sentence of a text of any length, at most ``limit`` characters."""
    words = " ".join(text[: limit * 20].split())
    match = re.match(r".+?(?:[.!?](?=\s|$)|[。！？])", words)
    sentence = match[0] if match else words
    if len(sentence) <= limit:
        return sentence
    return sentence[:limit].rsplit(" ", 1)[0].rstrip(",;:") + "…"
