"""Names that Git, or a careless checkout of it, would take for its own.

The same that ``git fsck`` finds (``hasDotgit``), for what is written without it: names that are
``.git`` once a Macintosh has dropped what it does not see, or Windows what it does not keep.
"""

import re
import unicodedata

#: What HFS+ leaves out of a name when it compares (Git's ``utf8.c: next_hfs_char``).
_UNSEEN = re.compile("[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]")
#: Windows' short name for it, and what follows a name without being part of it.
_WINDOWS = re.compile(r"(?:\.git|git~\d)[ .]*(?::.*)?", re.DOTALL)
_WRITTEN_BY_GIT = frozenset({".gitmodules"})


def is_gits_own(name: bytes) -> bool:
    """Whether one name inside a folder may be taken for something of Git's."""
    text = name.decode("utf-8", "replace")
    seen = unicodedata.normalize("NFKC", _UNSEEN.sub("", text)).casefold()
    return bool(_WINDOWS.fullmatch(seen)) or seen in _WRITTEN_BY_GIT or "\\" in text
