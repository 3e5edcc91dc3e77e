"""Speaking to ssh remotes: the command that Git runs for it, and the one key of the hub.

The OpenSSH client does the speaking (``man ssh_config`` explains its options). Nothing of
the machine's user reaches it, neither configuration nor agent nor key: otherwise whoever
names an address could read with the rights of the person who runs the hub.
"""

import shlex
import shutil
import subprocess
from pathlib import Path

from nexus.kernel.errors import Unavailable
from nexus.repositories.git.environment import git_environment
from nexus.repositories.git.limits import Limits
from nexus.repositories.git.origins import Origin
from nexus.repositories.git.troubles import trouble

_USUAL_PORT = 22
_NOTHING = Path("/dev/null")
#: Reading a key takes milliseconds; one that lies in a pipe would never come.
_KEY_SECONDS = 30
#: What ssh-keygen says of a key that it cannot use, and what the owner of the hub is told.
_KEY_SIGNS = (
    ("no such file", "There is no file of this name."),
    ("bad permissions", "Others may read its file."),
    ("permission denied", "The hub may not read its file."),
    ("passphrase", "It has a passphrase."),
    ("load key", "The file holds no private key."),
)


def ssh_environment(origin: Origin, address: str, limits: Limits) -> dict[str, str]:
    """What Git needs in its environment to reach an ssh remote at ``address``, checked before.

    The host is known by its name, whatever its address. One that was never met is believed
    and remembered in ``limits.known_hosts``; one that shows another key later is refused.

    Raises:
        Unavailable: ``ssh-missing``, or ``ssh-key`` if the key in ``limits`` cannot be used.
    """
    if shutil.which("ssh") is None:
        raise trouble(Unavailable, "ssh-missing")
    if limits.ssh_key:
        _check_key(limits.ssh_key)
    return {
        "GIT_SSH_COMMAND": _command(origin, address, limits),
        "GIT_SSH_VARIANT": "ssh",
        # By way of variables: in an option, a blank, a quote or a % would mean something.
        "NEXUS_IDENTITY": str((limits.ssh_key or _NOTHING).absolute()),
        "NEXUS_KNOWN_HOSTS": str((limits.known_hosts or _NOTHING).absolute()),
    }


def _command(origin: Origin, address: str, limits: Limits) -> str:
    options = {
        "BatchMode": "yes",
        "ClearAllForwardings": "yes",
        "ConnectTimeout": str(max(1, round(limits.connect_seconds))),
        "ConnectionAttempts": "1",
        "ControlPath": "none",
        "GlobalKnownHostsFile": "/dev/null",
        "HostKeyAlias": _known_as(origin),
        "HostName": address,
        "IdentitiesOnly": "yes",
        "IdentityAgent": "none",
        "IdentityFile": "${NEXUS_IDENTITY}",
        "PermitLocalCommand": "no",
        "Port": str(origin.port),
        "PubkeyAuthentication": "yes" if limits.ssh_key else "no",
        "ServerAliveInterval": "15",
        "StrictHostKeyChecking": "accept-new",
        "UpdateHostKeys": "no",
        "UserKnownHostsFile": "${NEXUS_KNOWN_HOSTS}",
    }
    settings = [f"-o{name}={value}" for name, value in options.items()]
    return shlex.join(["ssh", "-F", "/dev/null", *settings])


def _known_as(origin: Origin) -> str:
    """The name in the file of known hosts, as ssh itself writes it: each port has its keys."""
    return origin.host if origin.port == _USUAL_PORT else f"[{origin.host}]:{origin.port}"


def _check_key(key: Path) -> None:
    """Raise ``Unavailable`` (``ssh-key``) if ssh could not use a key without asking anybody."""
    try:
        done = subprocess.run(
            ["ssh-keygen", "-y", "-P", "", "-f", key.absolute()],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            env=git_environment(),
            start_new_session=True,
            timeout=_KEY_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        raise trouble(Unavailable, "ssh-key") from None
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").lower()
        detail = next((words for sign, words in _KEY_SIGNS if sign in said), "")
        raise trouble(Unavailable, "ssh-key", detail)
