"""Remotes over ssh: a real server, the OpenSSH client, and no word to anybody who waits."""

import contextlib
import os
import shutil
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from nexus.kernel.errors import NexusError, Unavailable
from nexus.repositories.git.advertised import ask_for_refs
from nexus.repositories.git.contacts import make_contact
from nexus.repositories.git.fetching import fetch
from nexus.repositories.git.limits import Limits
from nexus.repositories.git.origins import parse_origin
from nexus.repositories.git.progress import Work
from nexus.repositories.git.ssh import ssh_environment
from nexus.repositories.git.tests import ssh_servers
from nexus.repositories.git.tests.builders import Repository, refs_of
from nexus.repositories.git.tests.ssh_servers import (
    SshServer,
    key,
    make_key,
    serving,
    ssh_server,
)
from tests.services.patience import PATIENCE

__all__ = ["key", "ssh_server"]


@pytest.fixture
def limits(key: Path, tmp_path: Path) -> Limits:
    """What a hub with a key has, and what a test on loopback needs."""
    return Limits(
        allow_private=True,
        ssh_key=key,
        known_hosts=tmp_path / "known_hosts",
        silence_seconds=PATIENCE,
        connect_seconds=PATIENCE,
    )


def trouble_of(store: Path, url: str, limits: Limits) -> NexusError:
    """What a fetch is refused with; the store is as it was."""
    before = refs_of(store)
    with pytest.raises(NexusError) as trouble:
        fetch(store, parse_origin(url), limits=limits)
    assert refs_of(store) == before
    assert trouble.value.remedy
    return trouble.value


def test_a_remote_is_mirrored_with_the_key_of_the_hub(
    upstream: Repository, store: Path, ssh_server: SshServer, limits: Limits
) -> None:
    upstream.commit({"a": os.urandom(200_000)})
    origin = parse_origin(ssh_server.url())

    assert fetch(store, origin, limits=limits).changed
    assert refs_of(store) == refs_of(upstream.path)

    sha = upstream.commit({"a": "2"})
    assert fetch(store, origin, limits=limits).head == sha
    assert fetch(store, origin, limits=limits).changed is False
    assert set(ssh_server.attempts) == {"none", "key"}


def test_the_short_form_reaches_the_same_repository(
    upstream: Repository, store: Path, ssh_server: SshServer, limits: Limits
) -> None:
    """It has no port, so the one of this server is laid under it."""
    sha = upstream.commit({"a": "1"})
    short = parse_origin("git@127.0.0.1:upstream.git")
    assert short.port == 22

    assert fetch(store, replace(short, port=ssh_server.port), limits=limits).head == sha


def test_an_empty_remote_is_no_trouble(store: Path, ssh_server: SshServer, limits: Limits) -> None:
    assert fetch(store, parse_origin(ssh_server.url()), limits=limits).head is None


def test_the_connection_goes_to_the_address_that_was_checked(
    upstream: Repository, ssh_server: SshServer, limits: Limits
) -> None:
    """The name exists nowhere but in our own look-up, and the host is known by it."""
    sha = upstream.commit({"a": "1"})

    def lookup(host: str, port: int, **_: object) -> list[Any]:
        assert host == "repositories.invalid"
        return [(socket.AF_INET, 1, 6, "", ("127.0.0.1", port))]

    work = Work(limits=limits)
    origin = parse_origin(f"ssh://git@repositories.invalid:{ssh_server.port}/upstream.git")
    contact = make_contact(origin, work, lookup=lookup)

    assert ask_for_refs(contact, work).refs == {"refs/heads/main": sha}
    assert limits.known_hosts is not None
    assert limits.known_hosts.read_text().startswith(f"[repositories.invalid]:{ssh_server.port} ")


@pytest.mark.parametrize("url", ["ssh://git@127.0.0.1:{}/upstream.git", "git@localhost:x.git"])
def test_a_private_network_is_refused_before_anything_is_asked(
    store: Path, ssh_server: SshServer, limits: Limits, url: str
) -> None:
    limits = replace(limits, allow_private=False)

    trouble = trouble_of(store, url.format(ssh_server.port), limits)

    assert trouble.code == "remote-private-address"
    assert ssh_server.connections == 0


@pytest.mark.parametrize(
    "url",
    [
        "ssh://-oProxyCommand=touch%20{}/x",
        "ssh://-oProxyCommand=touch%20{}@127.0.0.1/x",
        "-oProxyCommand=touch {}:x",
        "git@-oProxyCommand=touch {}:x",
        "git@[-oProxyCommand=touch {}]:x",
        "ssh://git@127.0.0.1:-oProxyCommand=touch%20{}/x",
    ],
)
def test_options_in_an_address_are_never_given_to_ssh(url: str, tmp_path: Path) -> None:
    with pytest.raises(NexusError) as refusal:
        parse_origin(url.format(tmp_path / "touched"), allow_local=False)
    assert refusal.value.code.startswith("origin-")


# --- The key -------------------------------------------------------------------------------


def test_a_key_that_the_remote_does_not_know(
    store: Path, ssh_server: SshServer, limits: Limits, tmp_path: Path
) -> None:
    stranger = make_key(tmp_path / "stranger")

    trouble = trouble_of(store, ssh_server.url(), replace(limits, ssh_key=stranger))

    assert trouble.code == "remote-wants-key"
    assert "key" in ssh_server.attempts


def test_without_a_key_none_is_offered(
    store: Path,
    ssh_server: SshServer,
    limits: Limits,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The person who runs the hub has keys too; whoever names an address must not use them."""
    (tmp_path / ".ssh").mkdir()
    shutil.copy(ssh_server.admitted[0], tmp_path / ".ssh" / "id_ed25519")
    monkeypatch.setenv("HOME", str(tmp_path))

    trouble = trouble_of(store, ssh_server.url(), replace(limits, ssh_key=None))

    assert trouble.code == "remote-wants-key"
    assert "NEXUS_SSH_KEY" in trouble.remedy
    assert ssh_server.attempts == ["none"]


def with_passphrase(path: Path) -> Path:
    return make_key(path, passphrase="secret")


def readable_by_all(path: Path) -> Path:
    make_key(path).chmod(0o644)
    return path


def no_key(path: Path) -> Path:
    path.write_text("hello")
    path.chmod(0o600)
    return path


def a_folder(path: Path) -> Path:
    path.mkdir(mode=0o700)
    return path


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (with_passphrase, "It has a passphrase."),
        (readable_by_all, "Others may read its file."),
        (no_key, "The file holds no private key."),
        (a_folder, "The hub's ssh key cannot be used."),
        (lambda path: path, "There is no file of this name."),
    ],
)
def test_a_key_that_cannot_be_used_is_found_before_the_remote_is_asked(
    store: Path,
    ssh_server: SshServer,
    limits: Limits,
    tmp_path: Path,
    make: Callable[[Path], Path],
    words: str,
) -> None:
    bad = make(tmp_path / "bad")

    trouble = trouble_of(store, ssh_server.url(), replace(limits, ssh_key=bad))

    assert (trouble.code, ssh_server.connections) == ("ssh-key", 0)
    assert words in trouble.title
    assert str(tmp_path) not in str(trouble)


def test_a_key_that_never_comes(
    store: Path, key: Path, limits: Limits, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("nexus.repositories.git.ssh._KEY_SECONDS", 0.5)
    os.mkfifo(tmp_path / "pipe", mode=0o600)
    limits = replace(limits, ssh_key=tmp_path / "pipe")

    assert trouble_of(store, "ssh://git@127.0.0.1/x", limits).code == "ssh-key"


def test_a_machine_without_ssh_says_so(
    store: Path, limits: Limits, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "git").symlink_to(shutil.which("git") or "")
    monkeypatch.setenv("PATH", str(tmp_path))
    origin = parse_origin("ssh://git@127.0.0.1/x")

    with pytest.raises(Unavailable) as trouble:
        ssh_environment(origin, "127.0.0.1", limits)
    assert trouble.value.code == "ssh-missing"


def test_files_may_lie_anywhere(
    upstream: Repository,
    store: Path,
    ssh_server: SshServer,
    limits: Limits,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """ssh gives a meaning to blanks, quotes, % and $ in its options; git runs in another folder."""
    folder = tmp_path / '100%d of "it\'s" ${HOME} ~ é'
    folder.mkdir()
    monkeypatch.chdir(folder)
    odd = Path(shutil.move(limits.ssh_key or "", folder / "a key")).relative_to(folder)
    sha = upstream.commit({"a": "1"})
    limits = replace(limits, ssh_key=odd, known_hosts=Path("known hosts"))

    assert fetch(store, parse_origin(ssh_server.url()), limits=limits).head == sha
    assert f":{ssh_server.port} ssh-ed25519 " in (folder / "known hosts").read_text()


# --- The host ------------------------------------------------------------------------------


@pytest.mark.parametrize("host_key", ["ssh-ed25519", "ecdsa-sha2-nistp256"])
def test_a_host_that_is_another_one_is_refused(
    upstream: Repository, store: Path, ssh_server: SshServer, limits: Limits, host_key: str
) -> None:
    """A new host is believed; from then on it must show the same key, of whatever kind."""
    sha = upstream.commit({"a": "1"})
    with serving(SshServer(ssh_server.root, ssh_server.admitted)) as first:
        fetch(store, parse_origin(first.url()), limits=limits)
    assert limits.known_hosts is not None
    known = limits.known_hosts.read_text()
    other = SshServer(first.root, first.admitted, port=first.port, host_key=host_key)

    with serving(other):
        trouble = trouble_of(store, other.url(), limits)
        assert trouble.code == "remote-host-key"
        assert "known_hosts" in trouble.remedy
        assert other.attempts == [], "nobody was told who the hub is"
        assert limits.known_hosts.read_text() == known

        limits.known_hosts.write_text("")
        assert fetch(store, parse_origin(other.url()), limits=limits).head == sha


def test_two_servers_of_one_host_have_their_own_keys(
    upstream: Repository, store: Path, ssh_server: SshServer, limits: Limits
) -> None:
    sha = upstream.commit({"a": "1"})
    with serving(SshServer(ssh_server.root, ssh_server.admitted)) as other:
        for server in (ssh_server, other, ssh_server):
            assert fetch(store, parse_origin(server.url()), limits=limits).head == sha


# --- Servers that misbehave ----------------------------------------------------------------


def test_a_password_is_never_asked_for(
    store: Path, ssh_server: SshServer, limits: Limits, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("SSH_ASKPASS", "GIT_ASKPASS"):
        monkeypatch.setenv(name, "/bin/echo")
    monkeypatch.setenv("SSH_ASKPASS_REQUIRE", "force")
    ssh_server.admitted, ssh_server.wants_password = [], True

    assert trouble_of(store, ssh_server.url(), limits).code == "remote-wants-password"
    assert "password" not in ssh_server.attempts


@pytest.mark.parametrize(
    ("behaviour", "code"),
    [
        (ssh_servers.say_nothing, "remote-timed-out"),
        (ssh_servers.talk_nonsense, "remote-garbled"),
        (ssh_servers.say_that_it_is_not_there, "remote-not-found"),
    ],
)
def test_a_server_that_lets_the_hub_in_and_then_misbehaves(
    store: Path,
    ssh_server: SshServer,
    limits: Limits,
    behaviour: ssh_servers.Behaviour,
    code: str,
) -> None:
    ssh_server.behaviour = behaviour
    if behaviour is ssh_servers.say_nothing:
        limits = replace(limits, silence_seconds=3)

    assert trouble_of(store, ssh_server.url(), limits).code == code


def test_a_server_that_does_not_decide(store: Path, ssh_server: SshServer, limits: Limits) -> None:
    ssh_server.is_slow_to_decide = True

    limits = replace(limits, silence_seconds=3)
    assert trouble_of(store, ssh_server.url(), limits).code == "remote-timed-out"


def test_a_repository_that_is_not_there(store: Path, ssh_server: SshServer, limits: Limits) -> None:
    url = ssh_server.url("other.git")

    assert trouble_of(store, url, limits).code == "remote-not-found"


def test_a_greeting_is_not_taken_for_a_reason(
    store: Path, ssh_server: SshServer, limits: Limits, tmp_path: Path
) -> None:
    ssh_server.greeting = "No space left on device: sessions that timed out need a certificate.\n"
    limits = replace(limits, ssh_key=make_key(tmp_path / "stranger"))

    assert trouble_of(store, ssh_server.url(), limits).code == "remote-wants-key"


def test_a_server_of_another_age(key: Path, store: Path, limits: Limits, tmp_path: Path) -> None:
    with serving(SshServer(tmp_path, [key], key_exchanges=ssh_servers.OUTDATED)) as server:
        assert trouble_of(store, server.url(), limits).code == "remote-insecure"


@pytest.fixture
def odd_server() -> Iterator[Callable[[bytes], int]]:
    """Starts servers that greet an ssh client with some bytes, then say nothing more."""
    opened: list[socket.socket] = []
    threads: list[threading.Thread] = []

    def start(greeting: bytes) -> int:
        listener = socket.create_server(("127.0.0.1", 0))
        opened.append(listener)

        def accept() -> None:
            connection, _ = listener.accept()
            opened.append(connection)
            with contextlib.suppress(ConnectionError):  # it has heard enough
                connection.sendall(greeting)

        threads.append(threading.Thread(target=accept, daemon=True))
        threads[-1].start()
        return int(listener.getsockname()[1])

    yield start
    for thread in threads:
        thread.join(PATIENCE)
    for each in opened:
        each.close()


@pytest.mark.parametrize(
    ("greeting", "code"),
    [
        (b"", "remote-timed-out"),
        (b"SSH-2.0-Odd\r\n", "remote-timed-out"),
        (b"SSH-2.0-Odd\r\n" + b"\xff" * 100, "remote-garbled"),
        (b"nonsense\r\n" * 2000, "remote-garbled"),
    ],
)
def test_a_handshake_that_leads_nowhere(
    store: Path, odd_server: Callable[[bytes], int], limits: Limits, greeting: bytes, code: str
) -> None:
    if code == "remote-timed-out":
        limits = replace(limits, connect_seconds=1, silence_seconds=3)
    url = f"ssh://git@127.0.0.1:{odd_server(greeting)}/x"

    assert trouble_of(store, url, limits).code == code


def test_a_closed_door(store: Path, limits: Limits) -> None:
    with socket.socket() as closed:  # so that nobody else takes the port, and not listening
        closed.bind(("127.0.0.1", 0))
        url = f"ssh://git@127.0.0.1:{closed.getsockname()[1]}/x"

        assert trouble_of(store, url, limits).code == "remote-unreachable"
