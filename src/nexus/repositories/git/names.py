"""Names of repositories: as people read them, and as they stand in an address."""

import hashlib
import re
import unicodedata
from urllib.parse import unquote

_MAX_NAME = 100
_MAX_SLUG = 80

ARCHIVE_SUFFIXES = (".tar.gz", ".tgz", ".tar", ".zip")
BUNDLE_SUFFIX = ".bundle"
#: GitHub and GitLab pack a branch as ``name-branch.zip``.
_BRANCH_SUFFIX = re.compile(r"-(?:main|master)$")


def slug_of(name: str) -> str:
    """``name`` as it can stand in an address: small letters, digits and single hyphens.

    Never empty: a name without any Latin letter or digit gets one made from its bytes.

    >>> slug_of("ALX Project_Nexus (Café)")
    'alx-project-nexus-cafe'
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain)[:_MAX_SLUG].strip("-")
    if slug:
        return slug
    digest = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()
    return f"repository-{digest[:8]}"


def readable_name(raw: str) -> str:
    """``raw`` without what does not belong into a name: endings, odd characters, extra length."""
    name = _without_endings(raw.strip())
    name = "".join(c if c.isprintable() else " " for c in name)
    return " ".join(name.split())[:_MAX_NAME].strip() or "repository"


def _without_endings(name: str) -> str:
    for suffix in (*ARCHIVE_SUFFIXES, BUNDLE_SUFFIX):
        if name.lower().endswith(suffix):
            return _BRANCH_SUFFIX.sub("", name[: -len(suffix)])
    return name.removesuffix(".git")


def owner_and_name(path: str) -> tuple[str, str]:
    """Who owns what a path or address leads to, and what it is called; no owner is ``""``.

    Of an address the last two parts count; of a file or folder its name, which may be
    ``owner+name``.

    >>> owner_and_name("LewisMagangi/alx-project-nexus.git")
    ('LewisMagangi', 'alx-project-nexus')
    """
    parts = [unquote(part) for part in path.split("/") if part]
    last = parts[-1] if parts else ""
    owner = parts[-2].removeprefix("~") if len(parts) > 1 else ""
    return (readable_name(owner) if owner else ""), readable_name(last)


def owner_and_name_of_file(name: str) -> tuple[str, str]:
    """The same of a file or folder on this machine.

    >>> owner_and_name_of_file("baydre+alx-project-nexus")
    ('baydre', 'alx-project-nexus')
    """
    owner, _, rest = name.partition("+")
    if owner.strip() and rest.strip() and not rest.startswith("+"):
        return readable_name(owner), readable_name(rest)
    return "", readable_name(name)
