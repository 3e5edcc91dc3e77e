"""What is logged of a request gives nobody what opens something."""

import logging

import pytest
from django.test import Client, RequestFactory
from django.urls import resolve

SECRET = "an-invitation-that-still-opens-a-cohort"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address",
    ["/i/{}", "/accounts/link/{}", "/accounts/verify/{}", "/accounts/reset/1-{}"],
)
def test_a_refused_request_is_logged_without_the_secret_in_its_address(caplog, address):
    browser = Client(enforce_csrf_checks=True)
    asked = browser.post(address.format(SECRET), {}, headers={"referer": "https://evil.example/"})
    assert asked.status_code == 403
    assert address.format("…") in caplog.text
    assert SECRET not in caplog.text


@pytest.mark.parametrize("address", ["/c/a-cohort-that-is-nowhere/", "/admin/people/7", "/"])
def test_what_holds_no_secret_is_logged_as_it_was_asked(caplog, address):
    request = RequestFactory().get(address)
    request.resolver_match = resolve(address)
    logging.getLogger("django.request").warning("Gone: %s", address, extra={"request": request})
    assert f"Gone: {address}" in caplog.text
