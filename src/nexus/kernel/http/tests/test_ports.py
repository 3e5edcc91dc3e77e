"""Taking a port: ours at once, and a word about who has it when it is taken."""

import os
import socket

import pytest

from nexus.kernel.errors import Conflict, Forbidden, Invalid
from nexus.kernel.http.ports import listen, owner_of, url_of
from tests.services.patience import PATIENCE


def test_the_port_is_taken_at_once_and_early_clients_wait() -> None:
    with listen("127.0.0.1", 0) as listener:
        port = listener.getsockname()[1]
        with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE):
            assert url_of(listener) == f"http://127.0.0.1:{port}"


def test_a_port_in_use_is_named_with_its_owner_and_a_way_out() -> None:
    with listen("127.0.0.1", 0) as first:
        port = first.getsockname()[1]
        with pytest.raises(Conflict) as caught:
            listen("127.0.0.1", port)
    assert caught.value.code == "port_in_use"
    assert f"Port {port} is in use by" in caught.value.title
    assert f"(process {os.getpid()})" in caught.value.title
    assert "PORT=" in caught.value.remedy


def test_a_port_can_be_taken_again_right_after_its_connections_closed() -> None:
    with listen("127.0.0.1", 0) as first:
        port = first.getsockname()[1]
        client = socket.create_connection(("127.0.0.1", port))
        server, _ = first.accept()
        server.close()  # the side that closes first leaves the connection in TIME_WAIT
        client.close()
    listen("127.0.0.1", port).close()


@pytest.mark.parametrize("host", ["no.such.host.invalid", "203.0.113.77"])
def test_a_host_that_is_not_this_machine_is_refused(host: str) -> None:
    with pytest.raises(Invalid) as caught:
        listen(host, 0)
    assert caught.value.code == "host_unknown"
    assert "HOST=127.0.0.1" in caught.value.remedy


def test_a_port_below_1024_may_be_forbidden(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tests may run as root, who may use any port; so the system's refusal is made up."""

    class Refusing(socket.socket):
        def bind(self, address: object) -> None:
            raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("nexus.kernel.http.ports.socket.socket", Refusing)
    with pytest.raises(Forbidden) as caught:
        listen("127.0.0.1", 80)
    assert caught.value.code == "port_forbidden"
    assert "PORT=8123" in caught.value.remedy


def test_the_address_is_one_a_browser_can_open() -> None:
    with listen("0.0.0.0", 0) as listener:
        assert url_of(listener).startswith("http://127.0.0.1:")
    if socket.has_ipv6:
        with listen("::1", 0) as listener:
            assert url_of(listener).startswith("http://[::1]:")


def test_a_port_that_nobody_has_has_no_owner() -> None:
    with socket.socket() as held:  # so that nobody else takes it, and not listening
        held.bind(("127.0.0.1", 0))
        assert owner_of(held.getsockname()[1]) == ""
