# The HTML that an author may write: what is listed, and nothing else.
# Quoted from src/nexus/library/rendering/sanitising.py#L66-L75

_CLEANER = nh3.Cleaner(
    tags=_TAGS,
    clean_content_tags=_SILENT_TAGS,
    attributes=_ATTRIBUTES,
    allowed_classes=_CLASSES,
    # Inline pictures are data URLs; what may be in one is checked where pictures are written.
    url_schemes=LINK_SCHEMES | {"data"},
    id_prefix=ID_PREFIX,
    link_rel=None,
)
