"""What one repository may use up, and whom the hub may talk to for it."""

from dataclasses import dataclass
from pathlib import Path

KIB = 1024
MIB = 1024 * KIB
GIB = 1024 * MIB


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Bounds for fetching, importing, reading and serving. Sizes in bytes, times in seconds."""

    #: What the store of one repository may occupy on disk.
    max_bytes: int = 1 * GIB
    #: Branches and tags that one origin may have.
    max_refs: int = 20_000
    #: Files of an imported folder or archive; also of an exported tree.
    max_files: int = 200_000
    #: One file of an imported folder or archive; a larger one is left out and reported.
    max_file_bytes: int = 100 * MIB
    #: A .zip or .tar.gz file itself, before unpacking.
    max_archive_bytes: int = 512 * MIB
    #: Bytes of one path inside a repository, and folders it may be deep.
    max_path_bytes: int = 4096
    max_depth: int = 100

    #: A fetch or an import as a whole.
    total_seconds: float = 900
    #: A remote that says nothing for so long is given up.
    silence_seconds: float = 60
    #: Making one connection.
    connect_seconds: float = 10
    #: Redirects that are followed, each checked like the first address.
    max_redirects: int = 5
    #: Address space of one run of Git (Linux only).
    memory_bytes: int = 4 * GIB

    #: What a client that clones may send, after decompression.
    max_request_bytes: int = 16 * MIB
    #: Answering one clone or fetch as a whole.
    serving_seconds: float = 3600

    #: Taking in and judging one push, and the memory for it.
    receiving_seconds: float = 300
    receiving_memory_bytes: int = 1 * GIB
    #: What one push may bring, and the branches and tags that a hosted repository may have.
    max_pushed_objects: int = 200_000
    max_pushed_refs: int = 200

    #: Unencrypted http remotes.
    allow_http: bool = False
    #: Remotes on loopback and private networks: for development and tests only.
    allow_private: bool = False

    #: OpenSSH known-hosts file that new hosts are added to. None believes every host anew.
    known_hosts: Path | None = None
    #: Private key to sign in to ssh remotes with. None: no key and no agent is ever used.
    ssh_key: Path | None = None


#: Limits that suit a hub on a small machine.
DEFAULT = Limits()
