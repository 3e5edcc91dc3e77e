"""Git clients of any version get every byte back, and nobody gets more than that."""

import contextlib
import gzip
import io
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from nexus.repositories.git.answering import Answer
from nexus.repositories.git.fetching import fetch
from nexus.repositories.git.limits import Limits
from nexus.repositories.git.serving import respond
from nexus.repositories.git.stores import KEPT
from nexus.repositories.git.tests.builders import Repository, git, refs_of, tree_of
from nexus.repositories.git.tests.servers import Handler, Server, serving
from tests.services.patience import eventually

REQUEST = "application/x-git-upload-pack-request"


def ask(
    store: Path,
    suffix: str,
    *,
    method: str = "GET",
    query: str = "",
    body: bytes = b"",
    limits: Limits | None = None,
    **headers: str,
) -> tuple[Answer, bytes]:
    answer = respond(
        store,
        method=method,
        path_suffix=suffix,
        query=query,
        headers={name.replace("_", "-"): value for name, value in headers.items()},
        body=io.BytesIO(body),
        limits=limits or Limits(),
    )
    return answer, b"".join(answer.chunks)


@pytest.fixture
def hub(store: Path) -> Iterator[Server]:
    """A web server that hands every request to ``respond``."""

    def behave(handler: Handler) -> None:
        suffix, _, query = handler.path.removeprefix("/notes.git/").partition("?")
        answer = respond(
            store,
            method=handler.command,
            path_suffix=suffix,
            query=query,
            headers=dict(handler.headers),
            body=io.BytesIO(handler.content),
        )
        handler.send_response(answer.status)
        for name, value in answer.headers.items():
            handler.send_header(name, value)
        handler.send_header("Connection", "close")
        handler.end_headers()
        for chunk in answer.chunks:
            handler.wfile.write(chunk)

    with serving(store) as server:
        server.behaviours["/notes.git/"] = behave
        yield server


@pytest.mark.parametrize("version", ["0", "1", "2"])
def test_a_clone_and_a_fetch_give_every_byte_back(
    upstream: Repository, store: Path, hub: Server, tmp_path: Path, version: str
) -> None:
    upstream.commit({f"f{n}.txt": os.urandom(500).hex() for n in range(300)})
    upstream.commit({"b": "1"}, branch="topic")
    upstream.git("tag", "v1", "main")
    fetch(store, upstream.origin)
    clone = tmp_path / "clone.git"
    protocol = ["-c", f"protocol.version={version}"]

    git(*protocol, "clone", "-q", "--mirror", hub.url("notes.git"), clone)
    assert refs_of(clone) == refs_of(upstream.path)
    assert tree_of(clone) == tree_of(upstream.path)
    assert git(f"--git-dir={clone}", "symbolic-ref", "HEAD").strip() == "refs/heads/main"
    git(f"--git-dir={clone}", "fsck", "--strict")

    upstream.commit({"news": "1"})
    fetch(store, upstream.origin)
    git(*protocol, f"--git-dir={clone}", "fetch", "-q")
    assert refs_of(clone) == refs_of(upstream.path)


def test_kept_tips_are_not_handed_out(
    upstream: Repository, store: Path, hub: Server, tmp_path: Path
) -> None:
    lost = upstream.commit({"a": "secret"})
    fetch(store, upstream.origin)
    upstream.commit({"a": "1"}, parents=[])
    assert fetch(store, upstream.origin).kept == (lost,)

    for version in ("0", "2"):
        told = git("-c", f"protocol.version={version}", "ls-remote", hub.url("notes.git"))
        assert KEPT not in told
        assert lost not in told
    git("clone", "-q", "--mirror", hub.url("notes.git"), tmp_path / "clone.git")
    assert (
        git(f"--git-dir={tmp_path / 'clone.git'}", "cat-file", "-t", lost, check=False) != "commit"
    )


def test_a_clone_for_costly_connections(
    upstream: Repository, store: Path, hub: Server, tmp_path: Path
) -> None:
    upstream.commit({"large": os.urandom(300_000)})
    upstream.commit({"large": "small now"})
    fetch(store, upstream.origin)

    for name, option in (("partial", "--filter=blob:none"), ("shallow", "--depth=1")):
        git("clone", "-q", "--bare", option, hub.url("notes.git"), tmp_path / name)
        packs = (tmp_path / name / "objects").rglob("*.pack")
        assert sum(path.stat().st_size for path in packs) < 100_000
    refused = git(
        "clone", "--filter=sparse:oid=main:large", hub.url("notes.git"), tmp_path / "x", check=False
    )
    assert "not supported" in refused


def test_an_empty_repository_can_be_cloned(store: Path, hub: Server, tmp_path: Path) -> None:
    git("clone", "-q", "--bare", hub.url("notes.git"), tmp_path / "clone.git")
    assert refs_of(tmp_path / "clone.git") == {}


def test_a_push_is_refused_in_words(
    upstream: Repository, store: Path, hub: Server, tmp_path: Path
) -> None:
    sha = upstream.commit({"a": "1"})
    fetch(store, upstream.origin)
    upstream.commit({"a": "2"})

    said = git(f"--git-dir={upstream.path}", "push", hub.url("notes.git"), "main", check=False)

    assert "does not take pushes" in said
    assert refs_of(store) == {"refs/heads/main": sha}
    answer, _ = ask(store, "git-receive-pack", method="POST")
    assert answer.status == 403


def test_a_large_request_comes_compressed(
    upstream: Repository, store: Path, hub: Server, tmp_path: Path
) -> None:
    for n in range(60):
        upstream.commit({"a": str(n)}, branch=f"b{n}", parents=[])
    upstream.git("symbolic-ref", "HEAD", "refs/heads/b1")
    fetch(store, upstream.origin)

    git("-c", "protocol.version=0", "clone", "-q", "--mirror", hub.url("notes.git"), tmp_path / "c")
    assert len(refs_of(tmp_path / "c")) == 60


def test_the_first_answer_is_never_cached(upstream: Repository, store: Path) -> None:
    upstream.commit({"a": "1"})
    fetch(store, upstream.origin)
    answer, body = ask(store, "info/refs", query="service=git-upload-pack")

    assert answer.status == 200
    assert answer.headers["Content-Type"] == "application/x-git-upload-pack-advertisement"
    assert "no-cache" in answer.headers["Cache-Control"]
    assert body.startswith(b"001e# service=git-upload-pack\n0000")
    assert ask(store, "info/refs", query="service=git-upload-pack", method="HEAD")[1] == b""


@pytest.mark.parametrize("protocol", ["version=2; rm -rf", "version=9", "x" * 1000, "version=2\n"])
def test_an_odd_protocol_is_version_0(store: Path, protocol: str) -> None:
    _, body = ask(store, "info/refs", query="service=git-upload-pack", Git_Protocol=protocol)
    assert body.startswith(b"001e# service=")


@pytest.mark.parametrize(
    ("suffix", "how", "status"),
    [
        ("info/refs", {}, 403),
        ("info/refs", {"query": "service=git-upload-archive"}, 403),
        ("info/refs", {"query": "service=git-receive-pack"}, 403),
        ("info/refs", {"method": "POST", "query": "service=git-upload-pack"}, 405),
        ("git-upload-pack", {}, 405),
        ("git-upload-pack", {"method": "POST"}, 415),
        ("git-upload-pack", {"method": "POST", "Content_Type": REQUEST, "body": b"junk"}, 400),
        (
            "git-upload-pack",
            {"method": "POST", "Content_Type": REQUEST, "Content_Encoding": "br"},
            415,
        ),
        (
            "git-upload-pack",
            {"method": "POST", "Content_Type": REQUEST, "Content_Encoding": "gzip", "body": b"x"},
            400,
        ),
        (
            "git-upload-pack",
            {
                "method": "POST",
                "Content_Type": REQUEST,
                "Content_Encoding": "gzip",
                "body": gzip.compress(b"0" * 1000)[:-9],
            },
            400,
        ),
        (
            "git-upload-pack",
            {
                "method": "POST",
                "Content_Type": REQUEST,
                "Content_Encoding": "gzip",
                "body": b"not compressed at all",
            },
            400,
        ),
        (
            "git-upload-pack",
            {
                "method": "POST",
                "Content_Type": REQUEST,
                "Content_Encoding": "gzip",
                "body": gzip.compress(b"0" * 50_000_000),
            },
            413,
        ),
        (
            "git-upload-pack",
            {"method": "POST", "Content_Type": REQUEST, "body": b"0" * 200_000},
            413,
        ),
        ("HEAD", {}, 404),
        ("objects/info/packs", {}, 404),
        ("../other.git/config", {}, 404),
        ("config", {}, 404),
    ],
)
def test_refusals_are_answers(
    store: Path, suffix: str, how: dict[str, object], status: int
) -> None:
    limits = Limits(max_request_bytes=100_000)
    answer, body = ask(store, suffix, limits=limits, **how)  # type: ignore[arg-type]

    assert answer.status == status
    assert answer.headers["Content-Type"].startswith("text/plain")
    assert len(body) > 5
    answer.close()


def test_there_has_to_be_a_store(tmp_path: Path) -> None:
    answer, _ = ask(tmp_path, "info/refs", query="service=git-upload-pack")
    assert answer.status == 404


def test_a_store_that_cannot_be_read_says_so(store: Path) -> None:
    (store / "config").write_text("[core")
    answer, _ = ask(store, "info/refs", query="service=git-upload-pack")
    assert answer.status == 503


def wanting(sha: str) -> bytes:
    line = f"want {sha} side-band-64k\n".encode()
    return b"%04x%s00000009done\n" % (len(line) + 4, line)


def test_git_ends_when_the_client_goes_away(upstream: Repository, store: Path) -> None:
    sha = upstream.commit({"large": os.urandom(5_000_000)})
    fetch(store, upstream.origin)
    answer = respond(
        store,
        method="POST",
        path_suffix="git-upload-pack",
        query="",
        headers={"content-type": REQUEST},
        body=io.BytesIO(wanting(sha)),
    )
    assert answer.status == 200
    chunks = iter(answer.chunks)
    assert next(chunks)
    assert _runs_of_git(store)

    answer.close()

    assert eventually(lambda: not _runs_of_git(store))


def _runs_of_git(store: Path) -> list[bytes]:
    """The processes that give out a store."""
    commands = []
    for process in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):
            commands.append(process.read_bytes())
    return [line for line in commands if b"upload-pack" in line and bytes(store) in line]


def test_a_pack_that_takes_too_long_is_refused_or_ends_early(
    upstream: Repository, store: Path
) -> None:
    sha = upstream.commit({"a": "1"})
    fetch(store, upstream.origin)
    answer, _ = ask(
        store,
        "git-upload-pack",
        method="POST",
        body=wanting(sha),
        limits=Limits(serving_seconds=0),
        Content_Type=REQUEST,
    )
    assert answer.status == 503


def test_a_pack_that_cannot_be_finished_ends_early(upstream: Repository, store: Path) -> None:
    sha = upstream.commit({"a": "1", "b": "2"})
    fetch(store, upstream.origin)
    Repository(store).remove_object(Repository(store).git("rev-parse", f"{sha}:a"))

    answer, body = ask(
        store, "git-upload-pack", method="POST", body=wanting(sha), Content_Type=REQUEST
    )

    assert answer.status == 200
    assert b"unable to read" in body or b"corruption" in body or not body.endswith(b"0000")


def test_an_object_that_nobody_may_see_is_not_given_to_version_0(
    upstream: Repository, store: Path
) -> None:
    lost = upstream.commit({"a": "secret"})
    fetch(store, upstream.origin)
    upstream.commit({"a": "1"}, parents=[])
    fetch(store, upstream.origin)

    _, body = ask(store, "git-upload-pack", method="POST", body=wanting(lost), Content_Type=REQUEST)

    assert b"not our ref" in body


def test_version_2_does_not_get_what_the_origin_gave_up(
    upstream: Repository, store: Path, hub: Server, tmp_path: Path
) -> None:
    lost = upstream.commit({"a": "secret"})
    blob = upstream.git("rev-parse", f"{lost}:a").strip()
    fetch(store, upstream.origin)
    upstream.commit({"a": "1", "large": "x" * 5_000}, parents=[])
    old = upstream.commit({"a": "2", "large": "now small"})
    fetch(store, upstream.origin)
    upstream.commit({"a": "3"})
    fetch(store, upstream.origin)
    clone = tmp_path / "clone"
    git("clone", "-q", "--filter=blob:none", "--no-checkout", hub.url("notes.git"), clone)
    large = git("-C", clone, "rev-parse", "HEAD~2:large").strip()
    _, body = ask(
        store,
        "git-upload-pack",
        method="POST",
        body=_fetch_of(large),
        Content_Type=REQUEST,
        Git_Protocol="version=2",
    )
    assert b"packfile" in body, "what is reached is given, of whatever age"

    for hidden in (lost, blob, lost.upper()):
        refused = git("-C", clone, "fetch", hub.url("notes.git"), hidden.lower(), check=False)
        assert "403" in refused
        _, body = ask(
            store,
            "git-upload-pack",
            method="POST",
            body=_fetch_of(hidden),
            Content_Type=REQUEST,
            Git_Protocol="version=2",
        )
        assert b"packfile" not in body
    git("-C", clone, "fetch", hub.url("notes.git"), old)
    assert git("-C", clone, "rev-parse", "FETCH_HEAD").strip() == old


def _fetch_of(oid: str) -> bytes:
    """A request of version 2 for one object."""
    lines = ("command=fetch\n", "", f"want {oid}\n", "done\n")
    return b"".join(b"%04x%s" % (len(x) + 4, x.encode()) if x else b"0001" for x in lines) + b"0000"


@pytest.mark.parametrize("body", [b"zzzz", b"0003", b"00ffshort", b"00"])
def test_a_request_that_cannot_be_read_is_not_handed_on(
    upstream: Repository, store: Path, body: bytes
) -> None:
    upstream.commit({"a": "1"})
    fetch(store, upstream.origin)
    upstream.commit({"a": "2"}, parents=[])
    fetch(store, upstream.origin)
    answer, _ = ask(
        store,
        "git-upload-pack",
        method="POST",
        body=body,
        Content_Type=REQUEST,
        Git_Protocol="version=2",
    )
    assert answer.status == 400
