"""What can go wrong with an origin or a store, in words that help.

Every trouble has a stable code. ``WORDS`` holds the general words of each; a
particular trouble may add a detail.
"""

from typing import TypeVar

from nexus.kernel.errors import Conflict, Invalid, NexusError, NotFound, Unavailable

#: Title and remedy of every code that this package raises.
WORDS: dict[str, tuple[str, str]] = {
    # The origin, before anything is asked of it.
    "origin-empty": ("No address was given.", "Give an https address, or a path on this machine."),
    "origin-unreadable": (
        "The address cannot be read.",
        "Write it as https://host/owner/name or git@host:owner/name.",
    ),
    "origin-transport": (
        "The hub does not fetch in this way.",
        "Use an https or ssh address.",
    ),
    "origin-credentials": (
        "The address holds a password or a token.",
        "Leave it out, and change it if anybody else may have seen it.",
    ),
    "origin-local": (
        "Paths on this machine are not accepted here.",
        "Give an https or ssh address, or upload an archive.",
    ),
    "origin-missing": (
        "There is nothing at this path.",
        "Check the spelling; a remote needs its whole address, with https://.",
    ),
    "origin-kind": (
        "This is neither a repository, nor a folder, nor an archive.",
        "Give a Git repository, a folder, or a .zip, .tar.gz, .tgz or .tar file.",
    ),
    # The remote.
    "remote-private-address": (
        "The address leads into a private network.",
        "Use a repository that the whole internet can reach.",
    ),
    "remote-host-unknown": ("No host has this name.", "Check the spelling of the address."),
    "remote-unreachable": ("The remote cannot be reached.", "Try again later."),
    "remote-timed-out": (
        "The remote did not answer in time.",
        "Try again later.",
    ),
    "took-too-long": (
        "This took longer than the hub allows.",
        "Try again when less is going on, or raise the time limit.",
    ),
    "remote-not-found": ("There is no repository at this address.", "Check the address."),
    "remote-wants-password": (
        "The remote asks for a password.",
        "Make the repository public, or check the address: "
        "many hosts ask for a password where there is no repository.",
    ),
    "remote-wants-key": (
        "The remote does not let the hub in by ssh.",
        "Use the https address of a public repository; for a private one, "
        "let the key in NEXUS_SSH_KEY read it there.",
    ),
    "remote-not-git": (
        "The remote does not answer as a Git repository.",
        "Check the address; servers of Git's old plain-file protocol are not supported.",
    ),
    "remote-refused": (
        "The remote does not let the hub in.",
        "Make the repository public; some hosts turn hubs away that ask too often.",
    ),
    "remote-garbled": (
        "The remote's answer makes no sense.",
        "Try again later; if it stays so, tell who runs the remote.",
    ),
    "remote-insecure": (
        "A secure connection could not be made.",
        "The remote's certificate, or its ssh server, has to be put right.",
    ),
    "remote-host-key": (
        "The ssh host is not the one it was before.",
        "If its key was changed on purpose, remove the host's line from the file known_hosts "
        "in NEXUS_HOME.",
    ),
    "remote-redirects": ("The remote redirects too often.", "Use the address it leads to."),
    "remote-too-large": (
        "The repository is larger than the hub allows.",
        "Make it smaller, or raise the limit.",
    ),
    "remote-damaged": (
        "The origin lacks some of its own objects.",
        "Run git fsck there, and push a whole copy.",
    ),
    "remote-emptied": (
        "The origin has no branches any more.",
        "What was fetched before is kept; push a branch to go on.",
    ),
    "remote-failed": ("Git could not fetch this repository.", "Try again later."),
    # Folders and archives.
    "import-unreadable": ("The folder or file cannot be read.", "Check its permissions."),
    "import-empty": (
        "There are no files in it any more.",
        "What was imported before is kept; put files there to go on.",
    ),
    "import-too-large": (
        "There is more in it than the hub allows.",
        "Leave out what is not yours, such as installed packages, or raise the limit.",
    ),
    "archive-damaged": ("The archive cannot be read.", "Pack it again."),
    "archive-bomb": (
        "The archive unpacks to far more than it should.",
        "Pack only what is needed, or raise the limit.",
    ),
    # The store.
    "store-busy": (
        "This repository is being worked on already.",
        "Wait until that is done, then try again.",
    ),
    "store-missing": ("The hub has no copy of this repository.", "Fetch it again."),
    "store-damaged": (
        "The hub's copy of this repository is damaged.",
        "Fetch it again from its origin; what is readable can be exported as a folder or a zip.",
    ),
    "object-missing": ("This part of the repository is missing.", "The origin may lack it too."),
    "file-too-large": ("The file is too large to show.", "Clone the repository to read it."),
    "disk-full": ("The disk of the hub is full.", "Make room, then try again."),
    "ssh-missing": ("The ssh program is missing.", "Install the OpenSSH client."),
    "ssh-key": (
        "The hub's ssh key cannot be used.",
        "Let NEXUS_SSH_KEY name a private key without a passphrase, in a file that the hub's "
        "user alone may read.",
    ),
    "git-missing": ("The git program is missing or too old.", "Install Git 2.37 or later."),
    "git-failed": ("Git failed.", "Look into the log of the hub."),
    "stopped": ("The work was stopped.", "Start it again when it suits."),
    # Giving back.
    "export-exists": (
        "There is something at the destination already.",
        "Choose another destination; nothing is ever overwritten.",
    ),
    "export-empty": ("There is nothing in this repository yet.", "Fetch it first."),
    "export-too-large": (
        "The files of this repository take more room than the hub allows.",
        "Clone it, or export it as a bundle.",
    ),
    "export-format": (
        "There is no such format.",
        "Use bundle, bare, folder, zip or tar.gz.",
    ),
    "export-impossible": ("The destination cannot be written.", "Check its permissions."),
}


class RemoteTrouble(Unavailable):
    """The remote did not give what was asked; the last state stays readable."""


class OriginRefused(Invalid):
    """The hub does not take repositories from there, or not in this way."""


class ImportRefused(Invalid):
    """A folder or an archive cannot be taken in as a whole."""


class StoreBusy(Conflict):
    """Somebody else is writing to the store."""


class StoreMissing(NotFound):
    """There is no store, or no such object in it."""


class ExportRefused(Conflict):
    """Nothing was written, since something stands in the way."""


class Stopped(Conflict):
    """Somebody asked for the work to be stopped."""

    def __init__(self) -> None:
        super().__init__("stopped", WORDS["stopped"][0], remedy=WORDS["stopped"][1])


class GitProgramError(NexusError):
    """A run of Git ended badly: its exit code and the end of what it said."""

    def __init__(self, returncode: int, stderr: str, *, code: str = "git-failed") -> None:
        title, remedy = WORDS[code]
        super().__init__(code, title, remedy=remedy)
        self.returncode = returncode
        self.stderr = stderr


E = TypeVar("E", bound=NexusError)


def trouble(kind: type[E], code: str, detail: str = "") -> E:
    """An error of ``kind`` with the words of ``code``, and a detail after its title."""
    title, remedy = WORDS[code]
    return kind(code, f"{title} {detail}".strip(), remedy=remedy)
