"""Where people may be sent back to is compared letter by letter."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nexus.credentials.provider.redirects import check_redirect, is_registered, origin_of
from nexus.kernel.errors import Invalid

HTTPS = "https://app.example.org/back"


@pytest.mark.parametrize(
    "good",
    [
        HTTPS,
        "https://app.example.org:8443/back?from=nexus",
        "http://127.0.0.1/back",
        "http://127.0.0.1:5000/",
        "http://[::1]:5000/back",
        "http://localhost:3000/callback",
    ],
)
def test_what_may_be_registered(good):
    assert check_redirect(good) == good
    assert is_registered(good, [good])


@pytest.mark.parametrize(
    "bad",
    [
        "",
        "back",
        "/back",
        "//app.example.org/back",
        "http://app.example.org/back",
        "http://127.0.0.1.evil.example.org/",
        "http://localhost@evil.example.org/",
        "https://name:password@app.example.org/",
        "https://*.example.org/back",
        f"{HTTPS}#part",
        f"{HTTPS}#",
        "https://app.example.org\\@evil.example.org/",
        "https://app.example.org:port/",
        "https://[app/",
        "https:///back",
        "javascript:alert(1)",
        "data:text/html,hello",
        "org.example.app:/back",
        "https://app.example.org/\nback",
        "https://äpp.example.org/",
        "https://app.example.org;frame-ancestors/",
        "https://app.example.org,x/",
        "https://app.example.org:/",
        "https://app.example.org/" + "a" * 500,
    ],
)
def test_what_may_not(bad):
    with pytest.raises(Invalid) as refused:
        check_redirect(bad)
    assert refused.value.code == "redirect-refused"
    assert not is_registered(bad, [HTTPS, "http://127.0.0.1/", "http://localhost/"])


@pytest.mark.parametrize(
    "near",
    [
        HTTPS + "/",
        HTTPS + "?",
        HTTPS.upper(),
        "https://app.example.org:443/back",
        "https://app.example.org/back/../back",
        "https://app.example.org/%62ack",
        "https://sub.app.example.org/back",
    ],
)
def test_nearly_the_same_is_another(near):
    assert not is_registered(near, [HTTPS])


def test_the_port_of_ones_own_machine_is_not_known_beforehand():
    registered = ["http://127.0.0.1/back"]
    assert is_registered("http://127.0.0.1:49152/back", registered)
    assert is_registered("http://[::1]:1/x", ["http://[::1]:2/x"])
    assert not is_registered("http://127.0.0.1:49152/other", registered)
    assert not is_registered("http://localhost:49152/back", registered)
    assert not is_registered("https://127.0.0.1:49152/back", registered)


@given(st.text(max_size=80))
def test_nothing_is_let_through_that_was_not_registered(text):
    registered = [HTTPS, "http://127.0.0.1/back"]
    if is_registered(text, registered):
        assert text == HTTPS or text.startswith("http://127.0.0.1")


@given(st.from_regex(r"https?://[!-~]{1,30}/?", fullmatch=True))
def test_nothing_that_is_registered_ends_the_word_in_a_policy(text):
    with contextlib.suppress(Invalid):
        assert set(origin_of(check_redirect(text))).isdisjoint(" ;,'\"*")


def test_a_form_leads_to_the_origin_alone():
    assert origin_of(HTTPS) == "https://app.example.org"
    assert origin_of("http://127.0.0.1:5000/back") == "http://127.0.0.1:5000"
    assert origin_of("http://[::1]:5000/back") == "http:"
