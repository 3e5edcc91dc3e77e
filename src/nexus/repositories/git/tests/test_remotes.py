"""Remotes over http: honest ones are followed, the others get a clear word."""

import os
import shutil
import socket
import ssl
import subprocess
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from nexus.kernel.errors import NexusError, Unavailable
from nexus.repositories.git.advertised import ask_for_refs
from nexus.repositories.git.contacts import make_contact
from nexus.repositories.git.fetching import Fetched, fetch
from nexus.repositories.git.limits import Limits
from nexus.repositories.git.origins import Origin, parse_origin
from nexus.repositories.git.probing import ask
from nexus.repositories.git.program import git_version
from nexus.repositories.git.progress import Progress, Work
from nexus.repositories.git.stores import read_refs, size_of
from nexus.repositories.git.tests import servers
from nexus.repositories.git.tests.builders import Repository, refs_of
from nexus.repositories.git.tests.servers import Server, serving
from nexus.repositories.git.troubles import OriginRefused, RemoteTrouble, Stopped
from tests.services.patience import PATIENCE

#: What a test on loopback needs; a hub on the internet has neither.
LOCAL = Limits(
    allow_http=True,
    allow_private=True,
    silence_seconds=PATIENCE,
    connect_seconds=PATIENCE,
    total_seconds=PATIENCE,
)
#: For those that never answer; whoever does might be late as well, on a slow machine.
HURRIED = replace(LOCAL, silence_seconds=0.5)


def remote(url: str) -> Origin:
    return parse_origin(url, allow_http=True)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """A web server of the folder in which ``upstream`` lies."""
    with serving(tmp_path) as server:
        yield server


def limits_for(code: str) -> Limits:
    return HURRIED if code == "remote-timed-out" else LOCAL


def trouble_of(action: Callable[[], Fetched]) -> NexusError:
    with pytest.raises(NexusError) as trouble:
        action()
    assert trouble.value.title
    assert trouble.value.remedy
    return trouble.value


def test_a_remote_is_mirrored(upstream: Repository, store: Path, server: Server) -> None:
    upstream.commit({"a": "1"})
    origin = remote(server.url("upstream.git"))
    told: list[Progress] = []

    first = fetch(store, origin, limits=LOCAL, on_progress=told.append)
    assert first.changed
    assert refs_of(store) == refs_of(upstream.path)
    assert {"connecting", "comparing", "receiving"} <= {progress.stage for progress in told}

    sha = upstream.commit({"a": "2"})
    assert fetch(store, origin, limits=LOCAL).head == sha


def test_an_unchanged_remote_is_asked_and_sends_nothing(
    upstream: Repository, store: Path, server: Server
) -> None:
    upstream.commit({"a": "1"})
    origin = remote(server.url("upstream.git"))
    fetch(store, origin, limits=LOCAL)
    server.requests.clear()

    assert fetch(store, origin, limits=LOCAL).changed is False
    assert len(server.requests) == 3
    assert sum(request.startswith("POST") for request in server.requests) == 1


def test_private_networks_are_refused_before_anything_is_asked(
    upstream: Repository, store: Path, server: Server
) -> None:
    upstream.commit({"a": "1"})
    limits = replace(LOCAL, allow_private=False)
    for host in ("127.0.0.1", "localhost"):
        origin = remote(server.url("upstream.git", host))
        trouble = trouble_of(partial(fetch, store, origin, limits=limits))
        assert trouble.code == "remote-private-address"
    assert server.requests == []


@pytest.mark.parametrize(
    ("behaviour", "code"),
    [
        (servers.hang, "remote-timed-out"),
        (servers.drip, "remote-timed-out"),
        (servers.ask_for_password, "remote-wants-password"),
        (servers.talk_nonsense, "remote-garbled"),
        (servers.talk_git_nonsense, "remote-garbled"),
        (lambda handler: handler.answer(403), "remote-refused"),
        (lambda handler: handler.answer(429), "remote-refused"),
        (lambda handler: handler.answer(404), "remote-not-found"),
        (lambda handler: handler.answer(410), "remote-not-found"),
        (lambda handler: handler.answer(500), "remote-unreachable"),
        (lambda handler: handler.answer(204), "remote-not-git"),
        (
            lambda handler: handler.answer(200, b"<html>", Content_Type="text/html"),
            "remote-not-git",
        ),
        (lambda handler: handler.answer(200, b"1\tHEAD"), "remote-not-git"),
        (lambda handler: handler.answer(302), "remote-not-git"),
        (lambda handler: handler.answer(302, Location="/sign-in"), "remote-not-git"),
        (lambda handler: None, "remote-unreachable"),
        (servers.redirect_to("/x"), "remote-redirects"),
        (servers.redirect_to("file:///etc"), "origin-transport"),
        (servers.redirect_to("https://u:p@host.example/x"), "origin-credentials"),
        (servers.redirect_to("ssh://127.0.0.1:1/x"), "remote-redirects"),
        (servers.redirect_to("http://127.0.0.1:1/x"), "remote-unreachable"),
        (servers.redirect_to("http://no-such-host.invalid/x"), "remote-host-unknown"),
    ],
)
def test_remotes_that_misbehave(
    upstream: Repository, store: Path, server: Server, behaviour: servers.Behaviour, code: str
) -> None:
    sha = upstream.commit({"a": "1"})
    fetch(store, upstream.origin)
    server.behaviours["/x"] = behaviour

    limits = limits_for(code)
    trouble = trouble_of(lambda: fetch(store, remote(server.url("x")), limits=limits))

    assert trouble.code == code
    assert refs_of(store) == {"refs/heads/main": sha}


@pytest.mark.parametrize(
    ("behaviour", "code"),
    [
        (servers.hang, "remote-timed-out"),
        (servers.ask_for_password, "remote-wants-password"),
        (servers.talk_nonsense, "remote-"),
        (servers.talk_git_nonsense, "remote-"),
        (lambda handler: handler.answer(403), "remote-refused"),
        (lambda handler: handler.answer(404), "remote-not-found"),
        (lambda handler: handler.answer(503), "remote-unreachable"),
        (lambda handler: None, "remote-"),
        (servers.redirect_to("http://127.0.0.1:1"), "remote-"),
    ],
)
def test_remotes_that_misbehave_later(
    upstream: Repository, store: Path, server: Server, behaviour: servers.Behaviour, code: str
) -> None:
    upstream.commit({"a": "1"})
    server.behaviours["/upstream.git/git-upload-pack"] = behaviour

    limits = limits_for(code)
    trouble = trouble_of(lambda: fetch(store, remote(server.url("upstream.git")), limits=limits))

    assert trouble.code.startswith(code)
    assert trouble.code != "remote-failed"


def test_a_remote_that_redirects_into_a_private_network(
    upstream: Repository, store: Path, server: Server
) -> None:
    """The first host passes as public; only where it leads is private."""
    server.behaviours["/x"] = servers.redirect_to("http://127.0.0.1:9/secret")
    addresses = {"public.example": "127.0.0.1"}
    origin = remote(server.url("x", "public.example"))

    hop = ask(origin, (addresses["public.example"],), LOCAL)

    assert hop.location == "http://127.0.0.1:9/secret"
    with pytest.raises(RemoteTrouble) as trouble:
        make_contact(remote(hop.location), Work(limits=replace(LOCAL, allow_private=False)))
    assert trouble.value.code == "remote-private-address"


def test_git_itself_follows_no_redirect(upstream: Repository, server: Server) -> None:
    """A remote may answer us well and then send Git elsewhere."""
    upstream.commit({"a": "1"})
    origin = remote(server.url("upstream.git"))
    contact = make_contact(origin, Work(limits=LOCAL))
    server.behaviours["/upstream.git/info"] = servers.redirect_to("/elsewhere.git")

    with pytest.raises(NexusError):
        ask_for_refs(contact, Work(limits=LOCAL))
    assert not any("elsewhere" in request for request in server.requests)


def test_git_connects_to_the_address_that_was_checked(upstream: Repository, server: Server) -> None:
    """The name exists nowhere but in our own look-up: only a pinned address can be reached."""
    sha = upstream.commit({"a": "1"})

    def lookup(host: str, port: int, **_: object) -> list[Any]:
        assert host == "repositories.invalid"
        return [(socket.AF_INET, 1, 6, "", ("127.0.0.1", port))]

    work = Work(limits=LOCAL)
    origin = remote(server.url("upstream.git", "repositories.invalid"))
    contact = make_contact(origin, work, lookup=lookup)

    assert ask_for_refs(contact, work).refs == {"refs/heads/main": sha}


def test_the_next_address_is_tried_when_one_does_not_answer(
    upstream: Repository, server: Server
) -> None:
    upstream.commit({"a": "1"})
    hop = ask(remote(server.url("upstream.git")), ("127.99.99.99", "127.0.0.1"), LOCAL)

    assert hop.location is None


@pytest.mark.parametrize(("status", "permanent"), [(301, True), (308, True), (302, False)])
def test_a_remote_that_has_moved_is_followed(
    upstream: Repository, store: Path, server: Server, status: int, permanent: bool
) -> None:
    sha = upstream.commit({"a": "1"})
    server.behaviours["/old.git"] = servers.redirect_to("/upstream.git", status)

    fetched = fetch(store, remote(server.url("old.git")), limits=LOCAL)

    assert fetched.head == sha
    assert fetched.moved_to == (server.url("upstream.git") if permanent else None)


def test_an_address_that_only_gets_an_ending_has_not_moved(
    upstream: Repository, store: Path, server: Server
) -> None:
    upstream.commit({"a": "1"})
    server.behaviours["/upstream/info"] = servers.redirect_to("/upstream.git", 301)

    assert fetch(store, remote(server.url("upstream")), limits=LOCAL).moved_to is None


def test_an_origin_that_moves_on_while_it_is_fetched(
    upstream: Repository, store: Path, server: Server
) -> None:
    """Its default branch is renamed between the first question and the second."""
    sha = upstream.commit({"a": "1"})
    questions: list[bytes] = []

    def behave(handler: servers.Handler) -> None:
        questions.append(handler.content)
        if sum(b"command=ls-refs" in question for question in questions) == 2:
            upstream.git("update-ref", "refs/heads/trunk", sha)
            upstream.git("update-ref", "-d", "refs/heads/main")
        handler.run_git()

    server.behaviours["/upstream.git/git-upload-pack"] = behave
    fetched = fetch(store, remote(server.url("upstream.git")), limits=LOCAL)

    assert (fetched.branch, fetched.head, fetched.changed) == ("trunk", sha, True)
    assert refs_of(store) == {"refs/heads/trunk": sha}


def test_data_without_an_end_is_cut_off(upstream: Repository, store: Path, server: Server) -> None:
    upstream.commit({"a": "1"})
    server.behaviours["/upstream.git/git-upload-pack"] = servers.send_for_ever
    limits = replace(LOCAL, max_bytes=5_000_000)

    trouble = trouble_of(lambda: fetch(store, remote(server.url("upstream.git")), limits=limits))

    assert trouble.code == "remote-too-large"
    assert size_of(store) < 1_000_000
    assert read_refs(store) == {}


def test_data_without_an_end_can_be_stopped(
    upstream: Repository, store: Path, server: Server
) -> None:
    upstream.commit({"a": "1"})
    stop = threading.Event()

    def behave(handler: servers.Handler) -> None:
        if b"command=fetch" in handler.content:
            stop.set()
        servers.send_for_ever(handler)

    server.behaviours["/upstream.git/git-upload-pack"] = behave
    with pytest.raises(Stopped):
        fetch(store, remote(server.url("upstream.git")), limits=LOCAL, should_stop=stop.is_set)


def test_a_damaged_remote_says_so(upstream: Repository, store: Path, server: Server) -> None:
    upstream.commit({"lost": "lost"})
    upstream.commit({"more": "more"})
    upstream.remove_object(upstream.git("rev-parse", "main:lost"))

    trouble = trouble_of(lambda: fetch(store, remote(server.url("upstream.git")), limits=LOCAL))

    assert trouble.code == "remote-damaged"


def test_a_remote_that_vanished_leaves_the_last_state(
    upstream: Repository, store: Path, server: Server
) -> None:
    sha = upstream.commit({"a": "1"})
    origin = remote(server.url("upstream.git"))
    fetch(store, origin, limits=LOCAL)
    upstream.path.rename(upstream.path.with_name("gone"))

    assert trouble_of(lambda: fetch(store, origin, limits=LOCAL)).code == "remote-not-found"
    assert refs_of(store) == {"refs/heads/main": sha}


def test_an_empty_remote_is_no_trouble(upstream: Repository, store: Path, server: Server) -> None:
    fetched = fetch(store, remote(server.url("upstream.git")), limits=LOCAL)

    assert (fetched.head, fetched.changed) == (None, False)


def test_a_closed_door(store: Path) -> None:
    with socket.socket() as closed:  # so that nobody else takes the port, and not listening
        closed.bind(("127.0.0.1", 0))
        origin = remote(f"http://127.0.0.1:{closed.getsockname()[1]}/x")

        assert trouble_of(lambda: fetch(store, origin, limits=LOCAL)).code == "remote-unreachable"


def test_what_is_not_encrypted_is_no_secure_connection(store: Path, server: Server) -> None:
    origin = remote(server.url("x").replace("http://", "https://"))

    assert trouble_of(lambda: fetch(store, origin, limits=LOCAL)).code == "remote-insecure"


def test_a_git_that_cannot_pin_addresses_is_not_used(
    store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "git").write_text("#!/bin/sh\necho git version 2.30.2\n")
    (tmp_path / "git").chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    git_version.cache_clear()
    try:
        with pytest.raises(Unavailable) as trouble:
            make_contact(parse_origin("https://github.com/o/r"), Work())
    finally:
        git_version.cache_clear()
    assert trouble.value.code == "git-missing"


@pytest.mark.skipif(shutil.which("openssl") is None, reason="needs the openssl program")
def test_a_certificate_that_nobody_vouches_for(store: Path, server: Server, tmp_path: Path) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    subject = ["-subj", "/CN=localhost", "-days", "1", "-nodes", "-newkey", "rsa:2048"]
    files = ["-keyout", str(key), "-out", str(certificate)]
    command = ["openssl", "req", "-x509", *subject, *files]
    subprocess.run(command, check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    server.socket = context.wrap_socket(server.socket, server_side=True)

    origin = remote(server.url("upstream.git", "localhost").replace("http://", "https://"))

    assert trouble_of(lambda: fetch(store, origin, limits=LOCAL)).code == "remote-insecure"
    assert server.requests == []


def test_http_is_refused_on_the_way(server: Server) -> None:
    server.behaviours["/x"] = servers.redirect_to("http://127.0.0.1:1/y")
    limits = replace(LOCAL, allow_http=False)
    with pytest.raises(OriginRefused) as trouble:
        make_contact(remote(server.url("x")), Work(limits=limits))
    assert trouble.value.code == "origin-transport"
