"""``nexus check``: before a push, in a CI job, as a hook."""

import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from nexus.config.cli import main
from nexus.config.tests.conftest import Ran
from nexus.repositories.git.tests.builders import git, write_folder

README = "# Shop\n\n" + "A shop that sells quince jelly to everybody who asks for it. " * 12 + "\n"
CLEAN = {"README.md": README, "LICENSE": "All rights reserved.\n"}


@pytest.fixture
def check(capsys):
    """Run ``nexus check``: without a database."""

    def run(*arguments):
        with pytest.raises(SystemExit) as left:
            main(["check", *map(str, arguments)])
        said = capsys.readouterr()
        return Ran(int(left.value.code or 0), said.out, said.err)

    return run


def test_a_clean_folder_passes(check, tmp_path):
    ran = check(write_folder(tmp_path / "shop", CLEAN))
    assert (ran.code, ran.out, ran.err) == (0, "", "2 files read: 0 errors, 0 warnings.\n")


def test_errors_are_told_a_line_each_and_fail(check, tmp_path):
    ran = check(write_folder(tmp_path / "shop", {**CLEAN, "a.md": "# A\n\n[b](b.md)\n"}))
    assert ran.code == 6
    assert ran.out.startswith("a.md:3: link-missing: A link leads to a file")
    assert "The link to b.md. Correct the path" in ran.out
    assert "1 errors, 0 warnings." in ran.err


def test_warnings_fail_when_they_shall(check, tmp_path):
    folder = write_folder(tmp_path / "shop", {"README.md": README})
    assert check(folder).code == 0
    ran = check(folder, "--strict")
    assert ran.code == 6
    assert ran.out.startswith(".: licence-missing: There is no licence.")


def test_programs_get_one_object(check, tmp_path):
    folder = write_folder(tmp_path / "shop", {**CLEAN, "a.md": "[b](b.md)\n[Your Name]\n"})
    ran = check(folder, "--json")
    assert ran.code == 6
    assert (ran.json["files"], ran.json["errors"], ran.json["warnings"]) == (3, 1, 1)
    assert [(p["file"], p["line"], p["code"], p["severity"]) for p in ran.json["problems"]] == [
        ("a.md", 1, "link-missing", "error"),
        ("a.md", 2, "placeholder", "warning"),
    ]


def test_a_mark_in_the_line_excuses_it_but_no_file_that_is_secret_by_its_name(check, tmp_path):
    token = "npm_" + "q7Zk2vX9mB4tR8wL1nY6cJ3hD5fG0pSaEuTA"
    marked = {"a.py": f"use('{token}')  # nexus:allow\n", ".env": "TOKEN=1 # nexus:allow\n"}
    folder = write_folder(tmp_path / "shop", {**CLEAN, **marked})
    git("init", "-q", folder)
    ran = check(folder)
    assert ran.out.startswith(".env: secret-file:")
    assert "1 errors, 0 warnings." in ran.err


def test_what_git_is_told_is_looked_through_with_the_files(check, tmp_path):
    """Messages, and the names of branches: they are in no file, but in every push of all."""
    token = "npm_" + "q7Zk2vX9mB4tR8wL1nY6cJ3hD5fG0pSaEuTA"
    folder = write_folder(tmp_path / "shop", CLEAN)
    git("init", "-q", "--initial-branch=main", folder)
    assert check(folder).code == 0, "it has no commit yet"
    here = ("-C", folder, "-c", "user.name=Ann", "-c", "user.email=ann@example.org")
    git(*here, "commit", "-q", "--allow-empty", "-m", f"Use {token}")
    git(*here, "tag", "-a", "v1", "-m", f"With {token}")
    git(*here, "branch", f"try/{token}")
    sha, tag = (git(*here, "rev-parse", name).strip()[:12] for name in ("HEAD", "v1"))
    ran = check(folder, "--json")
    assert ran.code == 6
    assert token not in ran.out
    assert [(p["code"], p["message"].partition(", in ")[2]) for p in ran.json["problems"]] == [
        ("secret-in-message", f"line 1 of the message of the commit {sha}."),
        ("secret-in-message", f"line 1 of the message of the annotated tag {tag}."),
        ("secret-in-ref", f"the name of the branch “try/••••••••” at {sha}."),
    ]
    below = write_folder(folder / "docs", {"a.md": "# A\n"})
    assert "secret-in" not in check(below).out, "they are the repository's, not the folder's"


def test_it_needs_no_settings_of_a_hub_in_either_form(tmp_path):
    """As whoever installed the command has it: in a process of its own."""
    folder = write_folder(tmp_path / "shop", CLEAN)
    nexus = Path(sys.executable).with_name("nexus")
    environment = {"PATH": os.environ["PATH"], "HOME": str(tmp_path)}
    for form in ([], ["--json"]):
        command = [nexus, "check", folder, *form]
        done = subprocess.run(
            command, env=environment, cwd=tmp_path, capture_output=True, text=True, check=False
        )
        assert (done.returncode, done.stderr.count("Traceback")) == (0, 0), done.stderr
    assert list(tmp_path.iterdir()) == [folder], "it leaves nothing behind"


@pytest.mark.usefixtures("no_cover")
def test_this_repository_holds_no_secret(check):
    ran = check(Path(__file__).parents[4], "--json")
    secrets = [p for p in ran.json["problems"] if p["code"].startswith("secret-")]
    assert secrets == []


def test_a_folder_that_is_not_there_is_wrong_usage(check, tmp_path):
    assert check(tmp_path / "nothing").code == 2


def test_as_a_hook_it_keeps_a_secret_from_being_committed(tmp_path):
    """The hook's own entry, run by Git: pre-commit itself fetches from the network."""
    root = Path(__file__).parents[4]
    (hook,) = yaml.safe_load((root / ".pre-commit-hooks.yaml").read_text())
    assert hook["pass_filenames"] is False
    folder = write_folder(tmp_path / "shop", CLEAN)
    git("init", "-q", "--initial-branch=main", folder)
    command = [str(Path(sys.executable).with_name("nexus")), *shlex.split(hook["entry"])[1:]]
    script = folder / ".git" / "hooks" / "pre-commit"
    script.write_text(f"#!/bin/sh\nexec {shlex.join([*command, *hook['args']])}\n")
    script.chmod(0o755)

    assert commit(folder, "Begin").returncode == 0
    write_folder(folder, {".env": "TOKEN=1\n"})
    refused = commit(folder, "More")
    assert refused.returncode != 0
    assert ".env: secret-file" in refused.stdout + refused.stderr
    (folder / ".env").unlink()
    write_folder(folder, {"b.md": "# B\n"})
    assert commit(folder, "More").returncode == 0


def commit(folder, message):
    git("-C", folder, "add", ".")
    who = ("-c", "user.name=Ada", "-c", "user.email=ada@example.org")
    return subprocess.run(
        ["git", "-C", str(folder), *who, "commit", "-q", "-m", message],
        capture_output=True,
        text=True,
        check=False,
    )
