"""Taking what is readable from a damaged repository on this machine.

Git refuses to fetch from a repository that lacks some of its objects. The rest of it can
still be published, so it is packed as far as it goes.
"""

from collections.abc import Mapping
from pathlib import Path

from nexus.repositories.git.origins import Origin
from nexus.repositories.git.program import Command, Feed, stream
from nexus.repositories.git.progress import Work
from nexus.repositories.git.stores import INCOMING, update_refs


def salvage(store: Path, origin: Origin, refs: Mapping[str, str], work: Work) -> None:
    """Copy what can be reached from ``refs`` into the store, under ``refs/nexus/incoming``.

    Missing files and folders are passed over. Raises ``GitProgramError`` if even the
    history cannot be read.
    """
    pack = Command(
        arguments=["-C", origin.path, "pack-objects", "--revs", "--missing=allow-any", "--stdout"]
    )
    tips = "\n".join(refs.values()).encode()
    index = Command(store=store, arguments=["index-pack", "--stdin"])
    with Feed(index, work) as feed:
        for piece in stream(pack, work, given=tips, max_output=work.limits.max_bytes):
            feed.write(piece)
    names = {INCOMING + name.removeprefix("refs/"): oid for name, oid in refs.items()}
    update_refs(store, dict(names))
