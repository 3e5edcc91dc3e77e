"""Git runs in the strictest environment, and ends as a whole when a limit is reached."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from nexus.kernel.errors import NexusError, Unavailable
from nexus.repositories.git.environment import git_environment
from nexus.repositories.git.limits import Limits
from nexus.repositories.git.program import Command, Feed, git_version, run, stream
from nexus.repositories.git.progress import STAGES, Progress, Work
from nexus.repositories.git.troubles import GitProgramError, RemoteTrouble, Stopped
from tests.services.patience import eventually


def shell(script: str) -> Command:
    """A run of Git that runs a shell script, so that Git has a child as its helpers are."""
    return Command(arguments=["-c", f"alias.script=!{script}", "script"])


def is_gone(pid: int) -> bool:
    """Whether a process has ended, or does so soon; it may be a zombie that nobody reaps."""
    status = Path(f"/proc/{pid}/stat")

    def has_ended() -> bool:
        try:
            return status.read_text().rpartition(")")[2].split()[0] == "Z"
        except OSError:
            return True

    return eventually(has_ended)


def once(written: Path) -> Callable[[], None]:
    """Begins to check a run when its script has written a whole line: it might come up slowly."""

    def check() -> None:
        assert eventually(lambda: written.exists() and written.read_text().endswith("\n"))

    return check


def test_the_machine_of_the_hub_stays_out_of_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / ".gitconfig").write_text("[user]\nname = Somebody")
    for name in ("GIT_DIR", "GIT_SSH", "GIT_PROXY_COMMAND", "https_proxy", "SSH_AUTH_SOCK"):
        monkeypatch.setenv(name, "/from/outside")
    monkeypatch.setenv("HOME", str(tmp_path))

    environment = run(shell("env")).decode()
    settings = run(Command(arguments=["config", "--list"])).decode()

    assert "/from/outside" not in environment
    assert "Somebody" not in settings
    assert "GIT_ALLOW_PROTOCOL=none" in environment
    assert "core.hookspath=/dev/null" in settings


def test_output_settings_and_standard_input() -> None:
    command = Command(arguments=["config", "nexus.word"], settings=["nexus.word=hello"])

    assert run(command) == b"hello\n"
    assert run(shell("cat"), given=b"given") == b"given"
    assert run(Command(arguments=["--version"], environment={"X": "1"})).startswith(b"git")


def test_a_failure_tells_its_reason_without_control_characters() -> None:
    script = r"printf 'Receiving objects: 5%% (1/20)\rfatal: \033[31mno\n' >&2; exit 3"
    with pytest.raises(GitProgramError) as failure:
        run(shell(script))

    assert failure.value.returncode == 3
    assert failure.value.stderr == "fatal:  [31mno"


def test_progress_is_passed_on() -> None:
    heard: list[Progress] = []
    script = r"printf 'remote: Counting objects: 50%% (1/2)\rOdd things: 5%% (1/20)\n' >&2"

    run(shell(script), Work(on_progress=heard.append))

    assert heard == [Progress("counting", 1, 2)]
    assert heard[0].stage in STAGES


@pytest.fixture
def children(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """A script that hangs with a child of its own, and the file of their process ids."""
    pids = tmp_path / "pids"
    yield f"sleep 60 & echo $! $$ > {pids}; echo ready; wait", pids
    assert all(is_gone(int(pid)) for pid in pids.read_text().split())


def test_the_time_of_a_run_is_bounded(children: tuple[str, Path]) -> None:
    script, pids = children
    work = Work(limits=Limits(total_seconds=0.5), also_check=once(pids))
    with pytest.raises(RemoteTrouble) as trouble:
        run(shell(script), work)
    assert trouble.value.code == "took-too-long"


def test_silence_is_bounded(children: tuple[str, Path]) -> None:
    script, pids = children
    with pytest.raises(RemoteTrouble) as trouble:
        run(shell(script), Work(also_check=once(pids)), silence=0.3)
    assert trouble.value.code == "remote-timed-out"


def test_somebody_may_ask_to_stop(children: tuple[str, Path]) -> None:
    script, pids = children
    with pytest.raises(Stopped):
        run(shell(script), Work(also_check=once(pids), should_stop=lambda: True))


def test_nobody_wants_the_output_any_more(children: tuple[str, Path]) -> None:
    pieces = stream(shell(children[0]))
    assert next(pieces) == b"ready\n"
    pieces.close()  # type: ignore[attr-defined]


def test_one_who_does_not_listen_is_killed(tmp_path: Path) -> None:
    pid = tmp_path / "pid"
    script = f"trap '' TERM; echo $$ > {pid}; while :; do sleep 0.1; done"

    with pytest.raises(RemoteTrouble):
        run(shell(script), Work(limits=Limits(total_seconds=0.5), also_check=once(pid)))
    assert is_gone(int(pid.read_text()))


def test_one_who_takes_its_time_to_end_has_not_failed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """As on a machine that does much else: the output is closed, the process still there."""
    (tmp_path / "git").write_text("#!/bin/sh\necho done\nexec >&- 2>&-\nsleep 2.2\n")
    (tmp_path / "git").chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")

    assert run(Command(arguments=[])) == b"done\n"


def test_output_is_bounded() -> None:
    with pytest.raises(RemoteTrouble) as trouble:
        run(shell("yes"), max_output=100_000)
    assert trouble.value.code == "remote-too-large"


def test_memory_is_bounded() -> None:
    limits = Limits(memory_bytes=2**30)

    assert run(shell("ulimit -v"), Work(limits=limits)).decode().strip() == str(2**20)


def test_a_machine_without_git_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(Unavailable) as trouble, Feed(shell("true")):
        pass
    assert trouble.value.code == "git-missing"


def test_the_version_is_known() -> None:
    assert git_version() >= (2, 37)


def test_a_feed_takes_in_everything(store: Path) -> None:
    command = Command(store=store, arguments=["fast-import", "--quiet"])
    with Feed(command) as feed:
        feed.write(b"commit refs/heads/main\ncommitter A <a@b> 0 +0000\ndata 0\n")

    assert run(Command(store=store, arguments=["rev-parse", "main"]))


@pytest.mark.parametrize("size", [1, 10_000_000])
def test_a_feed_tells_why_it_failed(store: Path, size: int) -> None:
    command = Command(store=store, arguments=["fast-import", "--quiet"])
    with pytest.raises(GitProgramError) as failure, Feed(command) as feed:
        feed.write(b"nonsense\n" * size)
    assert "nonsense" in failure.value.stderr


def test_a_feed_ends_git_when_its_writer_fails(tmp_path: Path) -> None:
    pid = tmp_path / "pid"

    def fail() -> None:
        with Feed(shell(f"echo $$ > {pid}; cat >/dev/null")):
            once(pid)()
            raise LookupError

    with pytest.raises(LookupError):
        fail()
    assert is_gone(int(pid.read_text()))


def test_a_feed_that_hangs_at_its_end_is_stopped() -> None:
    work = Work(limits=Limits(total_seconds=0.3))
    with pytest.raises(RemoteTrouble), Feed(shell("sleep 60"), work):
        pass


def test_the_environment_has_nothing_that_was_not_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_SSL_NO_VERIFY", "1")

    assert "GIT_SSL_NO_VERIFY" not in git_environment()
    assert git_environment()["PATH"] == os.environ["PATH"]


def test_every_error_is_one_that_a_person_understands() -> None:
    with pytest.raises(NexusError) as failure:
        run(Command(arguments=["no-such-command"]))
    assert failure.value.title
    assert failure.value.remedy
