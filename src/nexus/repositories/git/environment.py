"""The strictest environment for the git program.

Nothing of the machine's own configuration reaches it: no home folder, no credentials, no
agent, no proxy, no hooks. See ``hardened.gitconfig`` for the settings of every run.
"""

import os
import shlex
from pathlib import Path

from nexus.repositories.git.limits import Limits

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


def ssh_command(host: str, address: str, limits: Limits) -> str:
    """What Git runs for ssh: connects to ``address``, and knows the host as ``host``.

    No configuration, agent or key of the machine's user is used, only the key in
    ``limits``: otherwise whoever names an address could read with the rights of the person
    who runs the hub.
    """
    known_hosts = limits.known_hosts or "/dev/null"
    identity = limits.ssh_key or "/dev/null"
    options = {
        "BatchMode": "yes",
        "ClearAllForwardings": "yes",
        "ConnectTimeout": str(max(1, round(limits.connect_seconds))),
        "ConnectionAttempts": "1",
        "ControlPath": "none",
        "GlobalKnownHostsFile": "/dev/null",
        "HostKeyAlias": host,
        "HostName": address,
        "IdentitiesOnly": "yes",
        "IdentityAgent": "none",
        "IdentityFile": f'"{identity}"',
        "PermitLocalCommand": "no",
        "PubkeyAuthentication": "yes" if limits.ssh_key else "no",
        "ServerAliveInterval": "15",
        "StrictHostKeyChecking": "accept-new",
        "UpdateHostKeys": "no",
        "UserKnownHostsFile": f'"{known_hosts}"',
    }
    settings = [f"-o{name}={value}" for name, value in sorted(options.items())]
    return shlex.join(["ssh", "-F", "/dev/null", *settings])
