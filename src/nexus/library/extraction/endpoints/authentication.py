"""Whether a text says that an endpoint needs signing in."""

import re

from nexus.library.extraction.inline import words_of
from nexus.library.extraction.vocabulary import word_set

_HEADERS = word_set("""
    auth authentication authenticated authorization authorisation access permission permissions
    protected security token jwt login role roles private required
    authentification authentifie acces protege connexion droits
""")
_NO = word_set("""
    no not non none never public anyone anonymous open allowany any all everyone false free guest
    aucun aucune libre tous publique
""")
_UNSAID = word_set("optional optionnel facultatif depends varies mixed na")
_YES_SIGNS, _NO_SIGNS = "✅✔☑🔒🔐🛡🔑", "❌✖✗✘🔓🌐🌍🚫"
_NEEDED = re.compile(
    r"🔒|🔐|\b(?:requires?|needs?|require[ds]?)\s+(?:an?\s+)?(?:auth\w*|log\s?in|sign\w*|token|jwt|"
    r"bearer|admin)|\bauth\w*\s+(?:required|only|users?\s+only)|\b(?:admins?|staff|owner|login|jwt|"
    r"token)\s+(?:only|required)|[(\[](?:auth\w*|protected|private|admin)[)\]]|"
    r"\bauthentifi\w+\s+requise?|[(\[]authentifi[ée]e?[)\]]",
    re.IGNORECASE,
)
_NOT_NEEDED = re.compile(
    r"🔓|\b(?:no|without)\s+(?:auth\w*|token|log\s?in)|[(\[](?:public|open|publique?)[)\]]|"
    r"\bsans\s+authentification",
    re.IGNORECASE,
)
_OPENS = {"public": False, "publics": False, "protected": True, "private": True, "proteges": True}


def is_header(cell: str) -> bool:
    """Whether a column below ``cell`` says who may come in."""
    words = words_of(cell)
    # In French, a "rôle" is what something is for.
    return 0 < len(words) <= 4 and not _HEADERS.isdisjoint(words) and "ô" not in cell


def said_in_cell(cell: str, method: str) -> bool | None:
    """What a cell of such a column says of ``method``: ``GET: ❌, others: ✅``."""
    rest: bool | None = None
    if ":" not in cell:
        return _said(cell)
    for part in re.split(r"[,;]", cell[:200]):
        name, _, value = part.partition(":")
        if method in name.upper():
            return _said(value)
        rest = _said(value)
    return rest


def _said(value: str) -> bool | None:
    if any(sign in value for sign in _NO_SIGNS):
        return False
    if any(sign in value for sign in _YES_SIGNS):
        return True
    words = words_of(value)
    if not words or words[0] in _UNSAID or words == ["n", "a"]:
        return None
    return words[0] not in _NO


def said_in_words(text: str) -> bool | None:
    """What a summary or a heading says: ``(admin only)``, ``Public endpoints``."""
    if _NOT_NEEDED.search(text):
        return False
    if _NEEDED.search(text):
        return True
    words = words_of(text)[:3]
    opening = next((_OPENS[word] for word in words if word in _OPENS), None)
    is_list = any(word in {"endpoints", "routes", "endpoint", "api"} for word in words)
    return opening if is_list else None
