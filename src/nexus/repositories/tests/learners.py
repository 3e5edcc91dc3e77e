"""What a learner does on their own machine, and what a worker does about it."""

import subprocess

from nexus.library.services import run_sync
from nexus.repositories.git.environment import git_environment
from nexus.repositories.selectors import waiting_syncs


def clients_git(*arguments, check=True):
    """Run Git as a person would; nothing is asked on the terminal. Returns all that it said."""
    environment = git_environment("http") | {"GIT_CONFIG_GLOBAL": "/dev/null"}
    # the server of the tests reads no body that comes in pieces
    settings = ["-c", "http.postBuffer=20000000", "-c", "user.name=Ada", "-c", "user.email=a@b.c"]
    done = subprocess.run(
        ["git", *settings, *map(str, arguments)], env=environment, capture_output=True, check=False
    )
    said = (done.stdout + done.stderr).decode()
    assert not check or done.returncode == 0, said
    assert check or done.returncode != 0, said
    return said


def publish():
    """What a worker does."""
    for sync in waiting_syncs():
        assert run_sync(sync) is None
