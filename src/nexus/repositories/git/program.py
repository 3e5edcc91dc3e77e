"""Running the git program: bounded in time, silence, output and memory; killed with its children.

Git starts helpers (``git-remote-https``, ``index-pack``, ``ssh``). So each run is a process
group of its own, and ends as a whole: when it is done, when a limit is reached, when
somebody asks to stop, or when nobody wants its output any more.
"""

import contextlib
import os
import re
import selectors
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import IO

from nexus.kernel.errors import Unavailable
from nexus.repositories.git.environment import git_environment
from nexus.repositories.git.limits import KIB, MIB
from nexus.repositories.git.progress import ProgressListener, Work
from nexus.repositories.git.standard_error import StandardError
from nexus.repositories.git.troubles import GitProgramError, RemoteTrouble, trouble

__all__ = ["Command", "Feed", "ProgressListener", "git_version", "run", "stream"]

_TICK = 0.2
_CHUNK = 256 * 1024
_GRACE = 2.0
#: For Git to end once it has closed its output: at once, but a machine may have much else to do.
_ENDING = 30.0
#: A shell bounds the memory and becomes Git: between fork and exec, Python must not run.
_BOUNDED = 'ulimit -v {kilobytes} 2>/dev/null; exec "$@"'


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """One run of Git: its arguments, the store it works on, and what it may do.

    ``protocol`` is the one transport it may use; ``settings`` are ``name=value`` pairs of
    configuration; ``environment`` is added to the hardened one.
    """

    arguments: Sequence[str | Path]
    store: Path | None = None
    protocol: str = "none"
    settings: Sequence[str] = ()
    environment: Mapping[str, str] = field(default_factory=dict)

    def argv(self) -> list[str]:
        """The program and its arguments. Raises ``Unavailable`` (``git-missing``)."""
        program = shutil.which("git")
        if program is None:
            raise trouble(Unavailable, "git-missing")
        where = [f"--git-dir={self.store}"] if self.store else []
        settings = [part for setting in self.settings for part in ("-c", setting)]
        return [program, *where, *settings, *map(str, self.arguments)]

    def start(
        self,
        work: Work,
        *,
        stdin: int | IO[bytes],
        stdout: int,
        stderr: int | IO[bytes],
    ) -> subprocess.Popen[bytes]:
        """Start it as a process group of its own, its memory bounded.

        Raises ``Unavailable`` (``git-missing``) where there is no git program.
        """
        environment = git_environment(self.protocol) | dict(self.environment)
        bounded = _BOUNDED.format(kilobytes=work.limits.memory_bytes // KIB)
        return subprocess.Popen(
            ["/bin/sh", "-c", bounded, "sh", *self.argv()],
            stdin=stdin,
            stdout=stdout,
            stderr=stderr,
            env=environment,
            cwd="/",
            start_new_session=True,
        )


def run(
    command: Command,
    work: Work | None = None,
    *,
    given: bytes = b"",
    max_output: int = 64 * MIB,
    silence: float | None = None,
) -> bytes:
    """Run Git to its end; returns its standard output. See ``stream``."""
    pieces = stream(command, work, given=given, max_output=max_output, silence=silence)
    return b"".join(pieces)


def stream(
    command: Command,
    work: Work | None = None,
    *,
    given: bytes | IO[bytes] = b"",
    max_output: int | None = None,
    silence: float | None = None,
) -> Iterator[bytes]:
    """Run Git and give its standard output as it comes. Closing the iterator ends the run.

    Args:
        command: what to run.
        work: its limits, who hears of its progress, and who may stop it.
        given: its standard input: bytes, or an open file.
        max_output: the most bytes that it may put out.
        silence: seconds without a byte after which it is given up; None for no such limit.

    Raises:
        GitProgramError: it ended badly.
        RemoteTrouble: ``took-too-long``, ``remote-timed-out`` or ``remote-too-large``.
        Stopped: somebody asked for it.
    """
    work = work or Work()
    with _standard_input(given) as stdin:
        pipe = subprocess.PIPE
        process = command.start(work, stdin=stdin, stdout=pipe, stderr=pipe)
        running = _Running(process, work, max_output=max_output, silence=silence)
        try:
            yield from running.output()
        finally:
            end(process)


@contextlib.contextmanager
def _standard_input(given: bytes | IO[bytes]) -> Iterator[IO[bytes]]:
    if not isinstance(given, bytes):
        yield given
        return
    with tempfile.TemporaryFile() as file:
        file.write(given)
        file.seek(0)
        yield file


def end(process: subprocess.Popen[bytes]) -> None:
    """End a process and all that it started: politely, so that locks are removed, then not.

    The process is reaped last of all: until then its number cannot belong to another one.
    """
    if process.returncode is None:
        _signal_group(process, signal.SIGTERM)
        with contextlib.suppress(ChildProcessError):
            _wait_unreaped(process.pid, _GRACE)
        _signal_group(process, signal.SIGKILL)
        process.wait()
    for pipe in (process.stdin, process.stdout, process.stderr):
        if pipe:
            with contextlib.suppress(BrokenPipeError):
                pipe.close()


def _signal_group(process: subprocess.Popen[bytes], number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, number)


def _wait_unreaped(pid: int, seconds: float) -> None:
    """Wait until a child has ended, and leave it a zombie."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT | os.WNOHANG):
            return
        time.sleep(0.005)


class _Running:
    """Watches one process while its output is read."""

    def __init__(
        self,
        process: subprocess.Popen[bytes],
        work: Work,
        *,
        max_output: int | None,
        silence: float | None,
    ) -> None:
        self._process = process
        self._work = work
        self._left = max_output
        self._silence = silence
        self._stderr = StandardError(work)

    def output(self) -> Iterator[bytes]:
        """Standard output as it comes; raises if the process ends badly."""
        stdout, stderr = self._process.stdout, self._process.stderr
        with selectors.DefaultSelector() as selector:
            for pipe in (stdout, stderr):
                assert pipe is not None  # noqa: S101 - both are pipes, see stream()
                selector.register(pipe, selectors.EVENT_READ)
            while selector.get_map():
                for file in self._wait(selector):
                    data = os.read(file.fileno(), _CHUNK)
                    if not data:
                        selector.unregister(file)
                    elif file is stderr:
                        self._stderr.hear(data)
                    else:
                        yield self._counted(data)
        self._finish()

    def _wait(self, selector: selectors.BaseSelector) -> list[IO[bytes]]:
        """The pipes that have something to read; only time spent here counts as silence."""
        since = time.monotonic()
        while True:
            self._work.check()
            ready = selector.select(_TICK)
            if ready:
                return [key.fileobj for key, _ in ready]  # type: ignore[misc]
            if self._silence is not None and time.monotonic() - since > self._silence:
                raise trouble(RemoteTrouble, "remote-timed-out")

    def _counted(self, data: bytes) -> bytes:
        if self._left is not None:
            self._left -= len(data)
            if self._left < 0:
                raise trouble(RemoteTrouble, "remote-too-large")
        return data

    def _finish(self) -> None:
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(_ENDING)
        if self._process.returncode != 0:
            raise GitProgramError(self._process.returncode or -1, self._stderr.text())


class Feed:
    """A run of Git that is written to piece by piece. A context manager.

    Leaving it waits for Git to take in everything, and raises ``GitProgramError`` if Git
    could not; leaving it by an error ends Git.
    """

    def __init__(self, command: Command, work: Work | None = None) -> None:
        self._command = command
        self._work = work or Work()
        self._files = contextlib.ExitStack()

    def __enter__(self) -> "Feed":
        self._stderr = self._files.enter_context(tempfile.TemporaryFile())
        with contextlib.ExitStack() as on_failure:
            on_failure.push(self._files)
            self._process = self._command.start(
                self._work, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=self._stderr
            )
            on_failure.pop_all()
        self._files.callback(end, self._process)
        return self

    def write(self, data: bytes) -> None:
        """Hand ``data`` to Git."""
        assert self._process.stdin is not None  # noqa: S101 - a pipe, see __enter__()
        try:
            self._process.stdin.write(data)
        except BrokenPipeError:
            self._fail()

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        with self._files:
            if kind is None:
                self._close()

    def _close(self) -> None:
        assert self._process.stdin is not None  # noqa: S101
        try:
            self._process.stdin.close()
        except BrokenPipeError:
            self._fail()
        while self._process.poll() is None:
            self._work.check()
            time.sleep(0.005)
        if self._process.returncode != 0:
            self._fail()

    def _fail(self) -> None:
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(_ENDING)
        self._stderr.seek(0)
        heard = StandardError(self._work)
        heard.hear(self._stderr.read(_CHUNK))
        raise GitProgramError(self._process.returncode or -1, heard.text())


@cache
def git_version() -> tuple[int, ...]:
    """The version of the git program, such as ``(2, 39, 5)``."""
    text = run(Command(arguments=["version"])).decode("utf-8", "replace")
    match = re.search(r"\d+(?:\.\d+)+", text)
    return tuple(map(int, match[0].split("."))) if match else ()
