"""Git's own words, as they were really seen, become words that help."""

import pytest

from nexus.repositories.git.explaining import explain
from nexus.repositories.git.troubles import WORDS, GitProgramError


@pytest.mark.parametrize(
    ("stderr", "code"),
    [
        ("fatal: unable to access 'https://x/': Could not resolve host: x", "remote-host-unknown"),
        ("ssh: Could not resolve hostname x: Name or service not known", "remote-host-unknown"),
        (
            "fatal: could not read Username for 'https://x': terminal prompts disabled",
            "remote-wants-password",
        ),
        ("git@x: Permission denied (publickey,password).", "remote-wants-key"),
        ("Received disconnect: Too many authentication failures", "remote-wants-key"),
        ("git@x: Permission denied (password).", "remote-wants-password"),
        ("A certificate timed out\ngit@x: Permission denied (publickey).", "remote-wants-key"),
        ("remote: Repository not found.\nfatal: Authentication failed", "remote-wants-password"),
        ("ERROR: Repository not found.\nfatal: Could not read from", "remote-not-found"),
        ("fatal: '/x' does not appear to be a git repository", "remote-not-found"),
        ("Host key verification failed.\nfatal: Could not read", "remote-host-key"),
        ("Unable to negotiate with x: no matching host key type found", "remote-insecure"),
        ("kex_exchange_identification: Connection closed by remote host", "remote-unreachable"),
        ("fatal: SSL certificate problem: certificate has expired", "remote-insecure"),
        ("server certificate verification failed. CAfile: none", "remote-insecure"),
        ("fatal: transport 'ext' not allowed", "origin-transport"),
        ("fatal: write error: No space left on device", "disk-full"),
        ("error: RPC failed; curl 28 Operation too slow", "remote-timed-out"),
        ("ssh: connect to host x port 22: Connection refused", "remote-unreachable"),
        ("fatal: unable to read 4b825dc642cb6eb9a060e54bf8d69288fbee4904", "remote-damaged"),
        ("fatal: protocol error: bad line length character: <htm", "remote-garbled"),
        ("fatal: Out of memory, malloc failed", "remote-too-large"),
        ("something new", "remote-failed"),
        ("", "remote-failed"),
    ],
)
def test_what_git_said(stderr: str, code: str) -> None:
    trouble = explain(GitProgramError(128, stderr))

    assert trouble.code == code
    assert trouble.remedy == WORDS[code][1]


def test_the_words_of_the_remote_are_quoted_and_bounded() -> None:
    trouble = explain(GitProgramError(1, "remote: \nremote: Over quota. " + "x" * 1000))

    assert "Over quota" in trouble.title
    assert len(trouble.title) < 400


def test_every_trouble_says_what_to_do() -> None:
    for code, (title, remedy) in WORDS.items():
        assert code == code.lower()
        assert title.endswith(".")
        assert remedy.endswith(".")
        assert "!" not in title + remedy
