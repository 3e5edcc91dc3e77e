"""What signs identities: made once, kept for its owner alone, followed by the one before."""

import stat
from concurrent.futures import ThreadPoolExecutor

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.test import Client

from nexus.credentials.provider.keys import checked_keys, kept_keys, new_key
from nexus.credentials.provider.tests.factories import make_app
from nexus.credentials.provider.tests.flows import Program
from nexus.kernel.errors import Invalid
from nexus.people.tests.factories import PersonFactory


def pem(key):
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


def test_one_is_made_and_kept_for_its_owner_alone(tmp_path, settings):
    settings.IDENTITY_KEYS, settings.IDENTITY_KEY_FILE = "", tmp_path / "home" / "identity.pem"
    made = kept_keys()
    assert kept_keys() == made
    assert stat.S_IMODE(settings.IDENTITY_KEY_FILE.stat().st_mode) == 0o600
    assert [path.name for path in settings.IDENTITY_KEY_FILE.parent.iterdir()] == ["identity.pem"]


def test_those_who_start_together_agree(tmp_path, settings):
    settings.IDENTITY_KEYS, settings.IDENTITY_KEY_FILE = "", tmp_path / "identity.pem"
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: kept_keys(), range(4)))
    assert len(set(found)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no key",
        pem(ec.generate_private_key(ec.SECP256R1())),
        pem(rsa.generate_private_key(65537, 1024)),
        "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----",
    ],
)
def test_a_weak_or_broken_key_is_refused(text):
    with pytest.raises(Invalid) as refused:
        checked_keys(text + "\n" if text else text)
    assert refused.value.code == "identity-key"
    assert "BEGIN" not in str(refused.value)


@pytest.mark.django_db
def test_what_the_key_of_before_signed_can_still_be_read(settings):
    ada, notes = PersonFactory(), Program(make_app()[0])
    settings.IDENTITY_KEYS = old = new_key()
    before = notes.tokens_of(ada)["id_token"]
    settings.IDENTITY_KEYS = new_key() + old
    after = notes.tokens_of(ada)["id_token"]
    keys = {one["kid"]: jwt.PyJWK(one) for one in published()}
    kids = [jwt.get_unverified_header(token)["kid"] for token in (before, after)]
    assert kids == list(keys)[::-1]
    for token, kid in zip((before, after), kids, strict=True):
        assert jwt.decode(token, keys[kid], algorithms=["RS256"], audience=notes.app.pk)


def published():
    return Client().get("/oauth/keys.json").json()["keys"]


@pytest.mark.django_db
def test_only_the_public_half_is_shown():
    (key,) = published()
    assert set(key) == {"kty", "n", "e", "kid", "key_ops"}
    assert key["key_ops"] == ["verify"]
