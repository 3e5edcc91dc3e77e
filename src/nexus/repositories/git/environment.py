"""The strictest environment for the git program.

Nothing of the machine's own configuration reaches it: no home folder, no credentials, no
agent, no proxy, no hooks. See ``hardened.gitconfig`` for the settings of every run.
"""

import os
from pathlib import Path

_CONFIG = Path(__file__).with_name("hardened.gitconfig")
_NOWHERE = "/nonexistent"
_PASSED_ON = ("PATH", "TMPDIR", "LD_LIBRARY_PATH")


def git_environment(protocol: str = "none") -> dict[str, str]:
    """Environment variables for one run of Git.

    ``protocol`` is the only transport that it may use: ``https``, ``http``, ``ssh``,
    ``file``, or ``none``.
    """
    passed_on = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    return passed_on | {
        "GIT_ALLOW_PROTOCOL": protocol,
        "GIT_ASKPASS": "false",
        "GIT_ATTR_NOSYSTEM": "1",
        "GIT_CONFIG_GLOBAL": str(_CONFIG),
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_LFS_SKIP_SMUDGE": "1",
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_NO_REPLACE_OBJECTS": "1",
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_PROTOCOL_FROM_USER": "0",
        "GIT_SSH_COMMAND": "false",
        "GIT_TERMINAL_PROMPT": "0",
        "HOME": _NOWHERE,
        "LC_ALL": "C",
        "SSH_ASKPASS": "false",
        "SSH_ASKPASS_REQUIRE": "never",
        "XDG_CONFIG_HOME": _NOWHERE,
    }
