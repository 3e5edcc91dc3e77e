r"""Paths of a repository as text: safe to show, to store, and to put into an address.

Git's paths are bytes. Almost all of them are plain UTF-8 and stay as they are. What would
hurt is written as ``\xNN`` for each byte (two small hexadecimal digits):

- bytes that are not UTF-8; control characters; characters that turn the direction of text;
- a slash inside a name, and the names ``.`` and ``..`` as a whole, which no well-behaved
  program writes into a tree, but a hostile one can;
- a backslash that would otherwise read as such an escape.

So every path has one text and every text means at most one path: ``raw_path(path_text(p))``
is ``p``, and ``raw_path`` refuses a text that is not the one text of its path. A text never
has an empty part, ``.`` or ``..`` in it, so it can follow any base address.
"""

import re

_UNSAFE = re.compile(
    "[\x00-\x1f/\x7f-\x9f\u2028-\u202e\u2066-\u2069\udc80-\udcff]"  # never shown as they are
    r"|\\(?=x[0-9a-f]{2})"
)
#: Most names by far: plain ASCII, and nothing in it that needs a closer look.
_PLAIN = re.compile(rb"[A-Za-z0-9_ -][A-Za-z0-9_ .-]*")
_ESCAPE = re.compile(rb"\\x([0-9a-f]{2})")


def _escape(character: str) -> str:
    raw = character.encode("utf-8", "surrogateescape")
    return "".join(f"\\x{byte:02x}" for byte in raw)


def name_text(name: bytes) -> str:
    """One name inside a folder, as text."""
    if _PLAIN.fullmatch(name):
        return name.decode()
    text = name.decode("utf-8", "surrogateescape")
    if text in (".", ".."):
        return _escape(text)
    return _UNSAFE.sub(lambda match: _escape(match[0]), text)


def path_text(path: bytes) -> str:
    """A whole path whose names are parted by slashes, as text."""
    return "/".join(name_text(name) for name in path.split(b"/"))


def raw_names(text: str) -> list[bytes] | None:
    """The names of the path that ``text`` stands for; none for the root.

    None if ``text`` is not the text of a path: it leaves the repository, is written in
    another way than ``path_text`` does, or has something in it that no path can have.
    """
    if not text:
        return []
    try:
        names = [_ESCAPE.sub(_unescape, part.encode()) for part in text.split("/")]
    except UnicodeEncodeError:
        return None
    if not all(names) or "/".join(map(name_text, names)) != text:
        return None
    return names


def _unescape(match: re.Match[bytes]) -> bytes:
    return bytes.fromhex(match[1].decode())
