"""Following ``$ref`` inside one document. What lies outside is named, never fetched."""

import posixpath
import re
from urllib.parse import unquote

from nexus.library.reference.findings import shortened
from nexus.library.reference.openapi.model import Reference, Target
from nexus.library.reference.places import Pointer
from nexus.library.reference.tree import Json, Node, clean

#: A chain of references that only lead to references is given up after this many.
MAX_HOPS = 20
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:")
_WEB = re.compile(r"https?://[^\s/?#]", re.IGNORECASE)


class References:
    """Reads and follows the references of the document below ``root``."""

    def __init__(self, root: Node) -> None:
        self.root = root
        self._parsed: dict[str, Reference] = {}
        # OpenAPI 3.2: the document's own address, under which it may refer to itself.
        self._self = root.text("$self").partition("#")[0]

    def read(self, node: Node) -> Reference | None:
        """The reference that ``node`` consists of, if it is one."""
        written = node.peek("$ref")
        if written is None:
            return None
        if not isinstance(written, str) or not written.strip():
            node.at("$ref").misshapen("a text that points somewhere")
            return Reference("", "unknown", Target.NOWHERE)
        reference = self._parsed.get(written)
        if reference is None:
            reference = self._parsed[written] = self._parse(written.strip())
        if reference.target is Target.NOWHERE:
            node.report("contract-reference-unusable", f"{written} cannot be followed.")
        return reference

    def by_name(self, name: str) -> Reference:
        """The schema that a discriminator's mapping means: by its name, or as a $ref."""
        for folder in (("components", "schemas"), ("definitions",)):
            reference = Reference(name, name, Target.HERE, (*folder, name))
            if self.find(reference) is not None:
                return reference
        return self._parse(name)

    def _parse(self, written: str) -> Reference:
        address, _, fragment = written.partition("#")
        if not address or address == self._self:
            pointer = parse_pointer(fragment)
            return Reference(written, _name(pointer, address), Target.HERE, pointer)
        return Reference(written, _name(parse_pointer(fragment), address), _outside(address))

    def find(self, reference: Reference) -> Node | None:
        """The place in this document that a reference leads to, if it exists."""
        node = self.root
        for key in reference.pointer:
            value = _step(node.value, key)
            if value is None:
                return None
            node = Node(value, node.findings, parent=node, key=key)
        return node

    def follow(self, node: Node) -> tuple[Node, Reference | None]:
        """What ``node`` stands for.

        When it is a reference that cannot be followed, that reference comes with the node.
        """
        hops = 0
        while (reference := self.read(node)) is not None:
            found = self.find(reference) if reference.target is Target.HERE else None
            hops += 1
            if found is None or hops > MAX_HOPS:
                if reference.target is Target.HERE:
                    report_missing(node, reference)
                return node, reference
            node = found
        return node, None


def report_missing(node: Node, reference: Reference) -> None:
    """Note that nothing stands where a reference points."""
    node.report("contract-reference", f"{shortened(reference.written)} is not in this document.")


def parse_pointer(fragment: str) -> Pointer:
    """The keys of a JSON pointer (RFC 6901) written as the fragment of an address."""
    if not fragment.startswith("/"):
        return (unquote(fragment),) if fragment else ()
    keys = fragment[1:].split("/")
    return tuple(clean(unquote(key)).replace("~1", "/").replace("~0", "~") for key in keys)


def _step(value: Json, key: str) -> Json:
    if isinstance(value, dict):
        return value.get(key)
    if isinstance(value, list) and key.isdecimal() and len(key) < 7 and int(key) < len(value):
        return value[int(key)]
    return None


def _name(pointer: Pointer, address: str) -> str:
    if pointer:
        return pointer[-1] or "unnamed"
    return posixpath.splitext(posixpath.basename(address.rstrip("/")))[0] or "this document"


def _outside(address: str) -> Target:
    if _WEB.match(address):
        return Target.REMOTE
    # A scheme other than the web's, an address without one (//host), a Windows path: no file.
    if _SCHEME.match(address) or address.startswith("//") or "\\" in address:
        return Target.NOWHERE
    return Target.FILE
