# What contract a text is, told by its root keys and not by its name.
# Quoted from src/nexus/library/reference/recognise.py#L56-L73

def recognise(path: str, text: str) -> Format | None:
    """What contract ``text`` is, or None when it is none.

    Args:
        path: The file's path; only its ending is looked at.
        text: The file's content, decoded.
    """
    ending = posixpath.splitext(path)[1].lower()
    if ending in GRAPHQL_ENDINGS:
        return Format(Family.GRAPHQL) if _is_schema(text) else None
    if ending not in DATA_ENDINGS and ending not in LOOSE_ENDINGS:
        return None
    if "openapi" not in text and "swagger" not in text:
        return None
    text = text.removeprefix("\ufeff")
    if text.lstrip()[:1] == "{":
        return _recognise_braces(text)
    return _recognise_blocks(text, first=ending in LOOSE_ENDINGS)
