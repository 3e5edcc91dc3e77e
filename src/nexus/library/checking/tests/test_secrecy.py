"""A file that is named like a secret and plainly holds none bars nobody from cloning."""

import pytest

from nexus.library.checking.secrecy import MAX_FILES, holding_secrets, is_harmless

CERTIFICATE = b"-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n"


@pytest.mark.parametrize(
    ("path", "data"),
    [
        (".env", b""),
        (".env", b"# Fill in:\nSECRET_KEY=\nexport TOKEN=''\n\nDATABASE_URL: \"\"\n"),
        ("web/.npmrc", b"engine-strict=true\nregistry=https://registry.npmjs.org/\n"),
        ("ca.pem", CERTIFICATE),
        ("sign.key", b"-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----\n"),
    ],
)
def test_what_is_plainly_harmless(path: str, data: bytes) -> None:
    assert is_harmless(path, data)


@pytest.mark.parametrize(
    ("path", "data"),
    [
        (".env", b"KEY=1\n"),
        (".env", b"hunter2\n"),
        (".npmrc", b"//registry.npmjs.org/:_authToken=x\n"),
        ("key.pem", CERTIFICATE.replace(b"CERTIFICATE", b"RSA PRIVATE KEY")),
        ("key.pem", b"MIIB\n"),
        ("id_rsa", b"anything\n"),
        ("store.jks", b"\0\1\2"),
    ],
)
def test_whatever_may_hold_a_secret_is_taken_for_one(path: str, data: bytes) -> None:
    assert not is_harmless(path, data)


def test_what_cannot_be_read_and_what_is_too_many_goes_by_its_name() -> None:
    read = {"a/.env": b"", "b/.env": b"KEY=1\n", "c/.env": None}
    assert list(holding_secrets(read, lambda path, limit: read[path])) == ["b/.env", "c/.env"]
    many = [f"{number:04}/.env" for number in range(MAX_FILES + 5)]
    assert list(holding_secrets(many, lambda path, limit: b"")) == many[MAX_FILES:]
