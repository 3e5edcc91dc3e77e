"""What HTML an author may write: the elements and attributes that GitHub lets through.

nh3 (Ammonia) parses as a browser does and keeps only what is listed here. Of ``style`` and
``class`` nothing stays but the classes that our own Markdown parser writes, so a document can
neither dress up as a part of the hub nor move over it; every ``id`` gets a prefix, so it can
neither clash with the page's own nor shadow a name that scripts use.
"""

import re

import nh3

#: Stands before every ``id`` of a document, as on GitHub.
ID_PREFIX = "user-content-"
LINK_SCHEMES = frozenset({"http", "https", "mailto", "xmpp", "irc", "ircs"})

_TAG_NAMES = (
    "a abbr b bdi bdo blockquote br caption cite code col colgroup dd del details dfn div dl dt em"
    " figcaption figure h1 h2 h3 h4 h5 h6 hr i img input ins kbd li mark ol p picture pre q rp rt"
    " ruby s samp section small source span strike strong sub summary sup table tbody td tfoot th"
    " thead time tr tt ul var wbr"
)
_TAGS = frozenset(_TAG_NAMES.split())
#: Dropped with everything inside them.
_SILENT_NAMES = (
    "script style template svg math object embed noscript iframe noembed noframes xmp plaintext"
    " textarea title select"
)
_SILENT_TAGS = frozenset(_SILENT_NAMES.split())
_ALIGNED = "h1 h2 h3 h4 h5 h6 p div table thead tbody tfoot tr th td img hr col colgroup caption"
_ATTRIBUTES: dict[str, set[str]] = {
    "*": {"id", "dir", "title"},
    "a": {"href", "name"},
    "img": {"src", "alt", "width", "height"},
    "source": {"srcset", "media"},
    "input": {"type", "checked"},
    "ol": {"start", "reversed"},
    "li": {"value"},
    "td": {"colspan", "rowspan", "valign", "width"},
    "th": {"colspan", "rowspan", "valign", "width"},
    "col": {"span", "width"},
    "colgroup": {"span"},
    "table": {"width"},
    "details": {"open"},
    "time": {"datetime"},
    "pre": {"lang", "data-math-style"},
    "code": {"data-math-style"},
    "span": {"data-math-style"},
}
for _tag in _ALIGNED.split():
    _ATTRIBUTES.setdefault(_tag, set()).add("align")

_ALERTS = ("note", "tip", "important", "warning", "caution")
_CLASSES = {
    "div": {"markdown-alert", *(f"markdown-alert-{kind}" for kind in _ALERTS)},
    "p": {"markdown-alert-title"},
    "section": {"footnotes"},
    "sup": {"footnote-ref"},
    "a": {"footnote-backref"},
    "ul": {"contains-task-list"},
    "ol": {"contains-task-list"},
    "li": {"task-list-item"},
    "input": {"task-list-item-checkbox"},
}

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

#: The raw HTML that GFM disallows is shown, not followed
#: (https://github.github.com/gfm/#disallowed-raw-html-extension-).
_DISALLOWED = re.compile(
    r"<(?=/?(?:title|textarea|style|xmp|iframe|noembed|noframes|script|plaintext)(?:[\s/>]|\Z))",
    re.IGNORECASE,
)


def has_disallowed(source: str) -> bool:
    """Whether there may be such tags in what is made of ``source``, its code included."""
    return _DISALLOWED.search(source) is not None


def show_disallowed(html: str) -> str:
    """``html`` with the tags that GFM disallows written out as text.

    The parser can do this itself, but takes quadratic time for it.
    """
    return _DISALLOWED.sub("&lt;", html)


def sanitise(html: str) -> str:
    """``html`` with only what an author may write."""
    return _CLEANER.clean(html)
