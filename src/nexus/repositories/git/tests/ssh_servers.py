"""A real ssh server on this machine, that serves Git to those it knows, and can misbehave.

It is asyncssh, spoken to by the OpenSSH client that the hub uses.
"""

import asyncio
import contextlib
import shlex
import shutil
import subprocess
import threading
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import asyncssh
import pytest

from nexus.repositories.git.environment import git_environment
from nexus.repositories.git.tests.builders import Repository
from tests.services.requirements import require

ADVICE = "ssh is not on this machine: install it with `sudo apt-get install openssh-client`."
#: An algorithm of 1999, that no client takes any more.
OUTDATED = ("diffie-hellman-group1-sha1",)

Process = asyncssh.SSHServerProcess[bytes]
_Source = asyncio.StreamReader | asyncssh.SSHReader[bytes]
_Target = asyncio.StreamWriter | asyncssh.SSHWriter[bytes]
Behaviour = Callable[["SshServer", Process], Awaitable[None]]


async def run_git(server: "SshServer", process: Process) -> None:
    """``git upload-pack`` for the repository that the client names, as any host runs it."""
    program, path = shlex.split(process.command or "")
    assert program == "git-upload-pack"
    environment = git_environment() | {"GIT_PROTOCOL": process.env.get("GIT_PROTOCOL", "")}
    git = await asyncio.create_subprocess_exec(
        "git",
        *("upload-pack", "--strict", server.root / path.lstrip("/")),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment,
    )
    pipes = (process.stdin, git.stdin), (git.stdout, process.stdout), (git.stderr, process.stderr)
    given, *told = [asyncio.create_task(_copy(source, target)) for source, target in pipes]
    await asyncio.gather(*told)
    given.cancel()
    process.exit(await git.wait())


async def _copy(source: _Source | None, target: _Target | None) -> None:
    assert source is not None
    assert target is not None
    with contextlib.suppress(OSError):  # who was written to has gone
        while data := await source.read(65536):
            target.write(data)
            await target.drain()
        if isinstance(target, asyncio.StreamWriter):
            target.write_eof()


async def say_nothing(server: "SshServer", process: Process) -> None:
    """Let the client in, and leave it there."""
    await server.ended.wait()


async def talk_nonsense(server: "SshServer", process: Process) -> None:
    """Answer with what is not Git's protocol, as a shell that greets does."""
    process.stdout.write(b"Welcome to this machine!\n" * 10)
    process.exit(0)


async def say_that_it_is_not_there(server: "SshServer", process: Process) -> None:
    """Answer as GitHub does for a repository that is not there, or not for this key."""
    process.stderr.write(b"ERROR: Repository not found.\n")
    process.exit(1)


@dataclass
class SshServer:
    """Serves the repositories in ``root`` to whoever signs in with a key of ``admitted``.

    ``attempts`` lists who tried to sign in, and how: ``none``, ``key`` or ``password``.
    """

    root: Path
    admitted: list[Path] = field(default_factory=list)
    host_key: str = "ssh-ed25519"
    port: int = 0
    behaviour: Behaviour = run_git
    greeting: str = ""
    wants_password: bool = False
    is_slow_to_decide: bool = False
    key_exchanges: tuple[str, ...] = ()
    attempts: list[str] = field(default_factory=list)
    connections: int = 0
    ended: asyncio.Event = field(default_factory=asyncio.Event)

    def url(self, path: str = "upstream.git", *, user: str = "git") -> str:
        return f"ssh://{user}@127.0.0.1:{self.port}/{path}"

    async def listen(self) -> asyncssh.SSHAcceptor:
        key = asyncssh.generate_private_key(self.host_key)
        acceptor = await asyncssh.listen(
            "127.0.0.1",
            self.port,
            server_host_keys=[key],
            server_factory=lambda: _Door(self),
            process_factory=self._serve,
            encoding=None,
            kex_algs=self.key_exchanges,
            reuse_address=True,
        )
        self.port = acceptor.get_port()
        return acceptor

    async def _serve(self, process: Process) -> None:
        with contextlib.suppress(BrokenPipeError, asyncssh.Error):
            await self.behaviour(self, process)


class _Door(asyncssh.SSHServer):
    """Decides who may come in."""

    def __init__(self, server: SshServer) -> None:
        self._server = server

    def connection_made(self, conn: asyncssh.SSHServerConnection) -> None:
        self._server.connections += 1
        self._conn = conn

    def begin_auth(self, username: str) -> bool:
        self._server.attempts.append("none")
        if self._server.greeting:
            self._conn.send_auth_banner(self._server.greeting)
        return True

    def public_key_auth_supported(self) -> bool:
        return bool(self._server.admitted)

    async def validate_public_key(self, username: str, key: asyncssh.SSHKey) -> bool:
        self._server.attempts.append("key")
        if self._server.is_slow_to_decide:
            await self._server.ended.wait()
        public = [asyncssh.read_public_key(f"{path}.pub") for path in self._server.admitted]
        return key in public

    def password_auth_supported(self) -> bool:
        return self._server.wants_password

    def validate_password(self, username: str, password: str) -> bool:
        self._server.attempts.append("password")
        return False


@contextlib.contextmanager
def serving(server: SshServer) -> Iterator[SshServer]:
    """Let the server run in a thread as long as the context lasts."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    acceptor = asyncio.run_coroutine_threadsafe(server.listen(), loop).result()
    try:
        yield server
    finally:
        asyncio.run_coroutine_threadsafe(_close(server, acceptor), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


async def _close(server: SshServer, acceptor: asyncssh.SSHAcceptor) -> None:
    server.ended.set()
    acceptor.close()
    await acceptor.wait_closed()
    others = asyncio.all_tasks() - {asyncio.current_task()}
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
    await asyncio.get_running_loop().shutdown_default_executor()


def make_key(path: Path, *, passphrase: str = "") -> Path:
    """Make a private key at ``path``, and its public one beside it."""
    options = ["-q", "-t", "ed25519", "-N", passphrase, "-C", "the hub", "-f", str(path)]
    subprocess.run(["ssh-keygen", *options], check=True, stdin=subprocess.DEVNULL)
    return path


@pytest.fixture
def key(tmp_path: Path) -> Path:
    """A private key of the hub's."""
    require(shutil.which("ssh"), ADVICE)
    return make_key(tmp_path / "key")


@pytest.fixture
def ssh_server(key: Path, upstream: Repository) -> Iterator[SshServer]:
    """An ssh server of the folder in which ``upstream`` lies; it knows the hub's key."""
    with serving(SshServer(upstream.path.parent, [key])) as server:
        yield server
