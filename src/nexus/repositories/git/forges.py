"""Pages of other hosts of Git on which one changes a file, or proposes a change to it."""

from urllib.parse import quote, urlsplit

#: Host → what follows the repository's address. Who may not write there is offered a copy.
_EDITORS = {
    "github.com": "edit/{branch}/{path}",
    "gitlab.com": "-/edit/{branch}/{path}",
    "codeberg.org": "_edit/{branch}/{path}",
}


def edit_page(origin: str, *, branch: str, path: str) -> str:
    """Where a file is changed at its origin; empty for a host that is not known."""
    parts = urlsplit(origin)
    pattern = _EDITORS.get(parts.hostname or "", "")
    if not pattern or parts.scheme != "https" or not branch:
        return ""
    place = parts.path.strip("/").removesuffix(".git")
    editor = pattern.format(branch=quote(branch), path=quote(path))
    return f"https://{parts.hostname}/{quote(place)}/{editor}"
