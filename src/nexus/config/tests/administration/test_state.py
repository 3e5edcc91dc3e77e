"""The first page of the administration: how the hub does."""

import pytest

from nexus.config.tests.administration.conftest import fill
from nexus.people.models import Mail
from nexus.repositories.models import Repository, Sync

pytestmark = pytest.mark.django_db(transaction=True)


def test_it_tells_what_there_is_what_waits_and_what_went_wrong(
    inside, engine, settings, django_assert_max_num_queries
):
    settings.MAIL_URL = "smtp://mail.example.org"
    fill(3)
    Repository.objects.update(state="trouble", trouble="Its address does not answer.")
    Sync.objects.update(state="queued")
    with django_assert_max_num_queries(16):
        page = inside.get("/admin/").content.decode()
    assert "Its address does not answer." in page
    for number, words in [
        (3, "could not be read"),
        (3, "waiting to be read"),
        (Mail.objects.count(), "in the post"),
        (3, "seen by everyone"),
    ]:
        assert f"<b>{number}</b> {words}" in page
    assert page.count("kernel.tried") + page.count("tried") >= 3


def test_every_number_leads_to_what_it_counts(inside, engine):
    fill(1)
    page = inside.get("/admin/").content.decode()
    addresses = {part.partition('"')[0] for part in page.split('href="')[1:]}
    wanted = {one.replace("&amp;", "&") for one in addresses if one.startswith("/admin/")}
    assert len(wanted) > 20
    for address in wanted:
        assert inside.get(address).status_code == 200, address


def test_an_empty_hub_has_a_page_too(inside, engine):
    page = inside.get("/admin/").content.decode()
    assert "Every repository could be read" in page
    assert "Nothing was refused." in page
