"""What an origin has: its branches, its tags and its default branch, asked in one comparison."""

import os
import re
from dataclasses import dataclass

from nexus.repositories.git.contacts import Contact
from nexus.repositories.git.limits import MIB
from nexus.repositories.git.program import Command, run
from nexus.repositories.git.progress import Work
from nexus.repositories.git.stores import BRANCHES, TAGS, Refs
from nexus.repositories.git.troubles import RemoteTrouble, trouble

#: Default branches by custom, for an origin that does not say.
_USUAL = ("main", "master", "trunk", "develop")
_LINE = re.compile(rb"^(?P<oid>[0-9a-f]{40,64}|ref: [^\t\n]+)\t(?P<name>.+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Advertised:
    """What an origin has.

    ``refs`` are its branches and tags by full name; ``head`` is the branch that its HEAD
    names, and ``head_commit`` the commit; either may be None.
    """

    refs: Refs
    head: str | None
    head_commit: str | None

    def default_branch(self, current: str) -> str | None:
        """Which branch to show; ``current`` is the one shown until now. None if there is none.

        What the origin says counts first; else the branch whose newest commit its HEAD
        has checked out; else the one shown until now; else one with a usual name.
        """
        branches = {
            name.removeprefix(BRANCHES): oid
            for name, oid in self.refs.items()
            if name.startswith(BRANCHES)
        }
        there = [branch for branch, oid in branches.items() if oid == self.head_commit]
        wanted = [self.head, *(b for b in (current, *_USUAL) if b in there), *sorted(there)]
        wanted += [current, *_USUAL, *sorted(branches)]
        return next((branch for branch in wanted if branch in branches), None)


def ask_for_refs(contact: Contact, work: Work) -> Advertised:
    """Ask an origin for its branches and tags.

    Raises:
        GitProgramError: Git could not.
        RemoteTrouble: there are too many, or the answer does not come.
    """
    patterns = ["HEAD", f"{BRANCHES}*", f"{TAGS}*"]
    command = Command(
        arguments=["ls-remote", "--symref", "--end-of-options", contact.url, *patterns],
        protocol=contact.protocol,
        settings=contact.settings,
        environment=contact.environment,
    )
    limits = work.limits
    output = run(command, work, max_output=16 * MIB, silence=limits.silence_seconds)
    advertised = _read(output)
    if len(advertised.refs) > limits.max_refs:
        raise trouble(RemoteTrouble, "remote-too-large", "It has too many branches and tags.")
    return advertised


def _read(output: bytes) -> Advertised:
    refs: Refs = {}
    head = head_commit = None
    for match in _LINE.finditer(output):
        oid, name = match["oid"].decode(errors="replace"), os.fsdecode(match["name"])
        if name == "HEAD" and oid.startswith("ref: "):
            head = os.fsdecode(match["oid"]).removeprefix("ref: ").removeprefix(BRANCHES)
        elif name == "HEAD":
            head_commit = oid
        elif name.startswith((BRANCHES, TAGS)) and not name.endswith("^{}"):
            refs[name] = oid
    return Advertised(refs, head, head_commit)
