"""A token is read only as it was written, by this hub, for this use."""

import base64
import json
from datetime import timedelta
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.test import override_settings
from hypothesis import given
from hypothesis import strategies as st

from nexus.credentials.clients import jwts
from nexus.credentials.clients.jwts import Claims, Use, read, written
from nexus.credentials.clients.keys import key_called, signing_key
from nexus.credentials.clients.tests.programs import Program, signed_in
from nexus.credentials.identity import Expired, Unauthorised
from nexus.kernel.models import AuditRecord
from nexus.people.tests.flows import settled

CLAIMS = Claims(person=7, session=11, number="n")
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


def coded(told: object) -> str:
    text = told if isinstance(told, bytes) else json.dumps(told).encode()
    return base64.urlsafe_b64encode(text).rstrip(b"=").decode()


def parts(token: str) -> tuple[dict[str, Any], ...]:
    """Header and payload."""
    header, payload, _ = token.split(".")
    return tuple(json.loads(base64.urlsafe_b64decode(one + "==")) for one in (header, payload))


def forged(*, header=None, payload=None, key=None, algorithm="EdDSA", without=()) -> str:
    """A token signed by the hub's key unless another is named, that says something else."""
    old_header, old_payload = parts(written(CLAIMS, Use.ACCESS))
    told = {k: v for k, v in {**old_payload, **(payload or {})}.items() if k not in without}
    headers = {k: v for k, v in {**old_header, **(header or {})}.items() if k != "alg"}
    return jwt.encode(told, key or signing_key().private, algorithm=algorithm, headers=headers)


def is_refused(token: str, use: Use = Use.ACCESS) -> bool:
    try:
        read(token, use)
    except Unauthorised as refusal:
        return len(token) < 40 or token not in str(refusal)
    return False


@given(
    person=st.integers(1), session=st.integers(1), number=st.text(LETTERS), use=st.sampled_from(Use)
)
def test_what_is_written_is_read(person, session, number, use):
    claims = Claims(person, session, number)

    assert read(written(claims, use), use) == claims


def test_a_token_says_what_rfc_9068_wants():
    header, payload = parts(written(CLAIMS, Use.ACCESS))

    assert header == {"alg": "EdDSA", "typ": "at+jwt", "kid": signing_key().name}
    assert payload["iss"] == "urn:nexus:hub"
    assert payload["aud"] == "urn:nexus:hub#access"
    assert (payload["sub"], payload["sid"], payload["jti"]) == ("7", "11", "n")
    assert payload["exp"] - payload["iat"] == 300


@given(data=st.data(), use=st.sampled_from(Use))
def test_whatever_sign_is_changed_it_is_refused(data, use):
    token = written(CLAIMS, use)
    at = data.draw(st.integers(0, len(token) - 1))
    other = data.draw(st.sampled_from(LETTERS + ".=+ é").filter(lambda sign: sign != token[at]))

    assert is_refused(token[:at] + other + token[at + 1 :], use)


@given(data=st.data())
def test_whatever_is_left_out_or_added_it_is_refused(data):
    token = written(CLAIMS, Use.ACCESS)
    start = data.draw(st.integers(0, len(token) - 1))
    end = data.draw(st.integers(start + 1, len(token)))
    assert is_refused(token[:start] + token[end:])
    more = data.draw(st.text(LETTERS + ".=", min_size=1))
    assert is_refused(token[:start] + more + token[start:])


@given(st.text() | st.from_regex(r"eyJ[\w-]*\.[\w-]*\.[\w-]*", fullmatch=True))
def test_what_is_made_up_is_refused(text):
    assert is_refused(text)


@pytest.mark.parametrize("shown", Use)
def test_a_token_of_one_use_is_not_good_for_the_other(shown):
    other = next(use for use in Use if use is not shown)

    assert is_refused(written(CLAIMS, shown), other)
    assert is_refused(forged(header={"typ": Use.REFRESH.type}), Use.REFRESH), "for who hears it"
    assert is_refused(forged(payload={"aud": Use.REFRESH.audience}), Use.REFRESH), "by its type"


def public_pem() -> bytes:
    return signing_key().public.public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )


def signed_with_the_public_key(secret: bytes) -> str:
    """As somebody would who knows how it is checked: the public key as a shared secret."""
    import hashlib
    import hmac

    header, payload = parts(written(CLAIMS, Use.ACCESS))
    text = f"{coded({**header, 'alg': 'HS256'})}.{coded(payload)}"
    return f"{text}.{coded(hmac.digest(secret, text.encode(), hashlib.sha256))}"


@pytest.mark.parametrize("alg", ["none", "None", "nOnE", "", "HS256", "RS256", None, 7, ["EdDSA"]])
def test_another_algorithm_is_refused(alg):
    header, payload = parts(written(CLAIMS, Use.ACCESS))
    text = f"{coded({**header, 'alg': alg})}.{coded(payload)}."

    assert is_refused(text)
    assert is_refused(text + written(CLAIMS, Use.ACCESS).rpartition(".")[2])


def test_the_public_key_signs_nothing():
    raw = signing_key().public.public_bytes_raw()

    assert all(is_refused(signed_with_the_public_key(one)) for one in (public_pem(), raw, b""))


@pytest.mark.parametrize(
    "kid",
    [
        "",
        "x",
        "../../../dev/null",
        "' OR 1=1 --",
        "\x00",
        None,
        0,
        [],
        {},
        "http://203.0.113.1/jwks",
    ],
)
def test_the_name_of_a_key_is_only_looked_up(kid):
    header, payload = parts(written(CLAIMS, Use.ACCESS))
    text = f"{coded({**header, 'kid': kid})}.{coded(payload)}"
    signature = signing_key().private.sign(text.encode())

    assert is_refused(f"{text}.{coded(signature)}")


def test_somebody_elses_key_under_our_name_is_refused():
    assert is_refused(forged(key=Ed25519PrivateKey.generate()))
    assert not is_refused(forged())


@pytest.mark.parametrize(
    "more",
    [
        {"jwk": {"kty": "OKP", "crv": "Ed25519", "x": "AA"}},
        {"jku": "http://203.0.113.1/jwks"},
        {"x5u": "http://203.0.113.1/cert"},
        {"crit": ["exp"]},
        {"b64": False, "crit": ["b64"]},
        {"typ": "JWT"},
        {"typ": "AT+JWT"},
        {"cty": "JWT"},
    ],
)
def test_nothing_else_stands_in_its_header(more):
    header, payload = parts(written(CLAIMS, Use.ACCESS))
    text = f"{coded({**header, **more})}.{coded(payload)}"

    assert is_refused(f"{text}.{coded(signing_key().private.sign(text.encode()))}")


@pytest.mark.parametrize(
    "payload",
    [
        {"iss": "https://evil.example"},
        {"iss": ""},
        {"aud": "https://evil.example"},
        {"aud": ["urn:nexus:hub#access"]},
        {"aud": "urn:nexus:hub"},
        {"exp": "tomorrow"},
        {"nbf": 99_999_999_999},
    ],
)
def test_what_is_for_others_is_refused(payload):
    assert is_refused(forged(payload=payload))


@pytest.mark.parametrize("claim", ["iss", "aud", "exp", "iat", "sub", "sid", "jti"])
def test_nothing_is_missing(claim):
    assert is_refused(forged(without=[claim]))


def test_tokens_of_another_hub_are_refused():
    token = written(CLAIMS, Use.ACCESS)

    with override_settings(PUBLIC_URL="https://other.example"):
        assert is_refused(token)


@pytest.mark.parametrize("payload", [b"[]", b"7", b"null", b"[" * 1_000, b"\xff", b"9" * 1_100])
def test_what_is_signed_but_says_nothing_is_refused(payload):
    text = f"{coded(parts(written(CLAIMS, Use.ACCESS))[0])}.{coded(payload)}"

    assert is_refused(f"{text}.{coded(signing_key().private.sign(text.encode()))}")


def test_it_expires(monkeypatch):
    monkeypatch.setattr(Use.ACCESS, "_value_", ("at+jwt", timedelta(seconds=-1)))

    with pytest.raises(Expired):
        read(written(CLAIMS, Use.ACCESS), Use.ACCESS)


@override_settings(SECRET_KEY="today", SECRET_KEY_FALLBACKS=["before"])
def test_every_key_has_its_name():
    names = set()
    for secret in ("today", "before", "never"):
        with override_settings(SECRET_KEY=secret):
            names.add(signing_key().name)

    assert len(names) == 3
    assert len([name for name in names if key_called(name)]) == 2


# --- and at the door ---


@pytest.mark.django_db
def test_what_was_changed_is_refused_and_told_of_at_the_door():
    settled()
    program = signed_in()
    head, payload, _ = program.access.split(".")
    none = f"{coded({**parts(program.access)[0], 'alg': 'none'})}.{payload}."

    for token in (f"{head}.{payload}.{'A' * 86}", none, program.refresh):
        answer = Program().ask(token=token)
        assert (answer.status_code, answer.json()["code"]) == (401, "token-refused")
        assert 'error="invalid_token"' in answer["WWW-Authenticate"]
        assert token not in str(answer.headers) + answer.content.decode()
    assert Program().renew(program.access).status_code == 401
    told = AuditRecord.objects.filter(action="token.refused", is_refusal=True)
    assert [one.details for one in told] == [
        *[{"token": "a JWT"}] * 3,
        {"token": "a refresh token"},
    ]
    assert program.works(), "nothing happened to the session"
    assert program.renew().status_code == 200


@pytest.mark.django_db
def test_one_that_expired_locks_nobody_out(monkeypatch):
    settled()
    monkeypatch.setattr(Use.ACCESS, "_value_", ("at+jwt", timedelta(seconds=-1)))
    program = signed_in()
    monkeypatch.setattr("nexus.credentials.identifying.MOST_WRONG", 2)

    for _ in range(3):
        answer = program.ask()
        assert (answer.status_code, answer.json()["code"]) == (401, "token-expired")
    assert AuditRecord.objects.filter(action="token.refused").count() == 3
    monkeypatch.undo()
    assert program.renew().status_code == 200


@pytest.mark.django_db
def test_after_many_wrong_refresh_tokens_none_is_looked_at(monkeypatch):
    settled()
    program = signed_in()
    monkeypatch.setattr("nexus.credentials.identifying.MOST_WRONG", 2)
    for token in ("x", "eyJhbGciOiJub25lIn0.e30."):
        assert Program().renew(token).status_code == 401

    answer = Program().renew(program.refresh)

    assert (answer.status_code, answer["Retry-After"]) == (429, "300")
    monkeypatch.undo()
    assert program.renew().status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("length", [3_001, 3_990, 60_000])
def test_a_header_without_measure_is_refused_without_being_read(length, django_assert_num_queries):
    token = written(CLAIMS, Use.ACCESS)
    with django_assert_num_queries(0):
        answer = Program().ask(token=token + "A" * (length - len(token)))
    assert answer.status_code == 401
    assert not jwts.is_jwt(token + "A" * length)
