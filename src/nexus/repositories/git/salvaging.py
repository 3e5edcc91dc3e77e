"""Taking what is readable from a damaged repository on this machine.

Git refuses to fetch from a repository that lacks some of its objects. The rest of it can
still be published, so it is packed as far as it goes.
"""

import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import IO

from nexus.repositories.git.origins import Origin
from nexus.repositories.git.program import Command, Feed, stream
from nexus.repositories.git.progress import Work
from nexus.repositories.git.stores import INCOMING, update_refs


def salvage(store: Path, origin: Origin, refs: Mapping[str, str], work: Work) -> None:
    """Copy what can be reached from ``refs`` into the store, under ``refs/nexus/incoming``.

    Missing files and folders are passed over. Raises ``GitProgramError`` if even the
    history cannot be read.
    """
    with tempfile.TemporaryFile() as objects:
        _list_readable(origin, refs, objects, work)
        pack = Command(arguments=["-C", origin.path, "pack-objects", "--stdout", "--quiet"])
        index = Command(store=store, arguments=["index-pack", "--stdin"])
        with Feed(index, work) as feed:
            for piece in stream(pack, work, given=objects, max_output=work.limits.max_bytes):
                feed.write(piece)
    names = {INCOMING + name.removeprefix("refs/"): oid for name, oid in refs.items()}
    update_refs(store, dict(names))


def _list_readable(origin: Origin, refs: Mapping[str, str], objects: IO[bytes], work: Work) -> None:
    """Write the ids of all objects that can be reached and read into a file."""
    options = ["--objects", "--no-object-names", "--missing=allow-any", "--stdin"]
    walk = Command(arguments=["-C", origin.path, "rev-list", *options])
    tips = "\n".join(refs.values()).encode()
    for piece in stream(walk, work, given=tips, max_output=work.limits.max_bytes):
        objects.write(piece)
    objects.seek(0)
