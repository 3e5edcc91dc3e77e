"""Looking at recommended pages: real servers that answer well, badly, or not at all."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import timezone

from nexus.kernel.models import StoredEvent
from nexus.library import looking
from nexus.library.looking import Health, Look, look
from nexus.library.models import Resource
from nexus.library.services.looking import PATIENCE, look_at_due, note_look
from nexus.library.tests.factories import ResourceFactory
from nexus.repositories.git.pinned import Patience
from nexus.repositories.git.tests import servers
from nexus.repositories.git.tests.servers import Handler, Server


class Page(Handler):
    """Answers HEAD as it answers GET."""

    def do_HEAD(self) -> None:  # noqa: N802 - as the base class wants it
        self.do_GET()


def answering(status: int, **headers: str):
    return lambda handler: handler.answer(status, b"", **headers)


def only_get(handler: Handler) -> None:
    handler.answer(405 if handler.command == "HEAD" else 200)


def endless(handler: Handler) -> None:
    """A body that never ends; nobody should read it."""
    handler.send_response(200)
    handler.end_headers()
    while not handler.server.ended.wait(0.01):
        handler.wfile.write(b"x" * 1000)


@pytest.fixture
def server(tmp_path, monkeypatch) -> Iterator[Server]:
    with servers.serving(tmp_path) as running:
        running.RequestHandlerClass = Page
        running.behaviours |= {
            "/well": answering(200),
            "/gone": answering(404),
            "/removed": answering(410),
            "/closed": answering(403),
            "/broken": answering(500),
            "/only-get": only_get,
            "/endless": endless,
            "/for-good": answering(301, Location="/well?from=old"),
            "/for-now": answering(302, Location="/well"),
            "/round": answering(302, Location="/round"),
            "/nowhere": answering(301),
            "/inside": answering(301, Location="http://10.0.0.1/secret"),
            "/odd": answering(301, Location="ftp://example.net/"),
            "/hangs": servers.hang,
        }
        yield running


@pytest.mark.parametrize(
    ("path", "health", "status"),
    [
        ("well", Health.ALIVE, 200),
        ("only-get", Health.ALIVE, 200),
        ("endless", Health.ALIVE, 200),
        ("for-now", Health.ALIVE, 200),
        ("for-good", Health.MOVED, 200),
        ("gone", Health.GONE, 404),
        ("removed", Health.GONE, 410),
        ("closed", Health.CLOSED, 403),
        ("broken", Health.SILENT, 500),
        ("round", Health.SILENT, 302),
        ("nowhere", Health.SILENT, 301),
        ("odd", Health.SILENT, 0),
    ],
)
def test_what_a_page_says_of_itself(server, path, health, status):
    found = look(server.url(path), allow_private=True)
    assert (found.health, found.status) == (health, status)


def test_where_a_page_moved_for_good_is_told(server):
    found = look(server.url("for-good"), allow_private=True)
    assert found.moved_to == server.url("well?from=old")


def test_a_server_that_says_nothing_is_given_up(server, monkeypatch):
    monkeypatch.setattr(looking, "PATIENCE", Patience(5.0, 0.2))
    assert look(server.url("hangs"), allow_private=True).health is Health.SILENT


@pytest.mark.parametrize(
    "address",
    [
        "ftp://example.net/",
        "https://ada:secret@example.net/",
        "http://",
        "http://no-such-host.invalid/",
        "http://[::1",
        "http://example.net:port/",
        "http://\ud800.example/",
        "",
    ],
)
def test_it_never_raises(address):
    assert look(address).health is Health.SILENT


def test_no_page_of_a_private_network_is_asked(server):
    assert look(server.url("well")).health is Health.SILENT
    assert server.requests == []


# --- rounds ---------------------------------------------------------------------------------


def resource(server, path, **others):
    return ResourceFactory(address=server.url(path), host=others.pop("host", path), **others)


@pytest.mark.django_db
def test_a_round_asks_each_host_once(server, settings):
    settings.ALLOW_PRIVATE_NETWORKS = True
    first = resource(server, "well", host="one")
    second = resource(server, "well", host="one")
    other = resource(server, "gone", host="other")
    unwanted = resource(server, "well", host="third", recommended=0)
    assert look_at_due() == 2
    for row in (first, second, other, unwanted):
        row.refresh_from_db()
    assert first.state == Resource.State.ALIVE
    assert second.checked_at is None
    assert unwanted.checked_at is None
    assert look_at_due() == 1
    assert look_at_due() == 0


@pytest.mark.django_db
def test_what_fails_is_asked_again_and_told_only_after_some_failures():
    row = ResourceFactory(state=Resource.State.ALIVE)
    for number in range(1, PATIENCE + 1):
        note_look(resource=row.pk, found=Look(Health.GONE, 404))
        row.refresh_from_db()
        assert row.failures == number
        assert row.state == (Resource.State.GONE if number == PATIENCE else Resource.State.ALIVE)
        assert row.next_check_at < timezone.now() + timedelta(days=8)
    assert StoredEvent.objects.filter(type="library.resources_changed").count() == 1
    note_look(resource=row.pk, found=Look(Health.ALIVE, 200))
    row.refresh_from_db()
    assert (row.state, row.failures) == (Resource.State.ALIVE, 0)
    assert row.next_check_at > timezone.now() + timedelta(days=20)
