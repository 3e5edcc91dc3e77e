"""Pictures: written in one exact shape, and withheld from readers who save data.

Every picture of a document is written as::

    <img src="…" alt="…" … loading="lazy" decoding="async" referrerpolicy="no-referrer">

with the class ``external`` when it lies outside the hub and ``linked`` when it is inside a
link. ``withhold_images`` turns each into words that lead to it, without asking for it.
"""

import re
from html import escape

from selectolax.lexbor import LexborNode

from nexus.library.discretion import MARKED, has_email, hide_emails_in_text
from nexus.library.rendering.hyperlinks import mark_link
from nexus.library.rendering.links import Destination, Kind, picture_destination
from nexus.library.rendering.page import Link
from nexus.library.rendering.workpiece import Workpiece, ancestor, replace

#: Raster formats only: an SVG could hold a script.
_DATA_URL = re.compile(r"data:image/(?:png|jpeg|gif|webp|avif);base64,[A-Za-z0-9+/=\s]+")
_SIZE = re.compile(r"\d{1,4}(?:px|%)?")
_ALIGNMENTS = frozenset({"left", "right", "top", "middle", "bottom", "center"})
_MEDIA = re.compile(r"[\w\s():.,<>=-]{1,200}")
_BETWEEN_CANDIDATES = re.compile(r",\s+|(?<=\d[wx]),")
_DENSITY = re.compile(r"\d{1,5}(?:\.\d{1,3})?[wx]")
_ATTRIBUTES = 'loading="lazy" decoding="async" referrerpolicy="no-referrer"'

_PICTURE = re.compile(r'<img src="([^"]*)" alt="([^"]*)"([^>]*)>')
_SOURCE = re.compile(r"<source [^>]*>")


def finish_pictures(work: Workpiece) -> tuple[Link, ...]:
    """Write every picture of the document in its shape; leave out what cannot be shown.

    Gives those that have an address, as the author wrote them.
    """
    for node in work.body.css("source"):
        replace(node, _source_mark(work, node))
    found = []
    for node in work.body.css("img"):
        src = node.attributes.get("src") or ""
        if src and not src.startswith("data:"):
            found.append(Link(src, "", work.line_of(src)))
        replace(node, _picture_mark(work, node))
    return tuple(found)


def withhold_images(html: str) -> str:
    """A rendered page whose pictures are not fetched: each is a link to its bytes instead.

    Inside a link, where another link cannot stand, and for a picture that is part of the page,
    the words alone are left.
    """
    return _PICTURE.sub(_withheld, _SOURCE.sub("", html))


def image_html(src: str, alt: str, **attributes: str) -> str:
    """The one shape of a picture; ``attributes`` that are empty are left out."""
    extra = "".join(
        f' {name.rstrip("_")}="{escape(value)}"' for name, value in attributes.items() if value
    )
    return f'<img src="{escape(src)}" alt="{escape(alt)}"{extra} {_ATTRIBUTES}>'


def is_safe_data_url(url: str, limit: int) -> bool:
    """Whether ``url`` is a raster picture of at most ``limit`` characters."""
    return len(url) <= limit and _DATA_URL.fullmatch(url) is not None


def _withheld(match: re.Match[str]) -> str:
    src, alt, rest = match.groups()
    words = f"Picture: {alt}" if alt else "Picture"
    if src.startswith("data:"):
        return f'<span class="picture">{words}</span>'
    if re.search(r'class="[^"]*\blinked\b', rest):
        return f'<span class="picture" data-src="{src}">{words}</span>'
    return f'<a class="picture" href="{src}" data-src="{src}">{words}</a>'


def _picture_mark(work: Workpiece, node: LexborNode) -> str:
    attributes = node.attributes
    alt = hide_emails_in_text(attributes.get("alt") or "")
    found = _destination(work, attributes.get("src") or "")
    if not found.href:
        return alt
    link = ancestor(node, frozenset({"a"}))
    tells_address = has_email(found.href)
    html = image_html(
        found.href,
        alt,
        title=hide_emails_in_text(attributes.get("title") or ""),
        **_size(work, attributes, found.path),
        align=_one_of(_ALIGNMENTS, attributes.get("align")),
        class_=_classes(found, linked=tells_address or link is not None),
    )
    if tells_address and link is not None:
        mark_link(link, found.href)
    elif tells_address:
        html = f'<a class="{MARKED}" href="{escape(found.href)}">{html}</a>'
    return work.slots.put(html)


def _destination(work: Workpiece, src: str) -> Destination:
    """Where the picture lies; tells the owner when it cannot be shown."""
    if src.startswith("data:"):
        if is_safe_data_url(src, work.max_data_url):
            return Destination(Kind.HERE, "".join(src.split()))
        work.report("picture-unsafe", "A picture written as data.", near=src[:40])
        return Destination(Kind.UNSAFE)
    found = picture_destination(src, work.place)
    if found.kind is Kind.OUTSIDE:
        work.report("link-outside", f"The picture {_short(src)}.", near=src)
    elif found.kind is Kind.UNSAFE:
        work.report("picture-unsafe", f"The picture {_short(src)}.", near=src)
    return found


def _classes(found: Destination, *, linked: bool) -> str:
    names = ["external"] if found.kind is Kind.ELSEWHERE else []
    return " ".join([*names, "linked"] if linked else names)


def _size(work: Workpiece, attributes: dict[str, str | None], path: str) -> dict[str, str]:
    """The size an author gave, completed by the picture's own so that nothing jumps."""
    given = {name: attributes.get(name) or "" for name in ("width", "height")}
    given = {
        name: value.removesuffix("px") for name, value in given.items() if _SIZE.fullmatch(value)
    }
    own = work.image_sizes(path) if work.image_sizes and path else None
    if own is None or len(given) == 2 or 0 in own:
        return given
    if not given:
        return {"width": str(own[0]), "height": str(own[1])}
    return _in_proportion(given, own)


def _in_proportion(given: dict[str, str], own: tuple[int, int]) -> dict[str, str]:
    ((name, value),) = given.items()
    if value.endswith("%"):
        return given
    pixels = int(value)
    width, height = own
    if name == "width":
        return {"width": str(pixels), "height": str(max(1, round(pixels * height / width)))}
    return {"width": str(max(1, round(pixels * width / height))), "height": str(pixels)}


def _source_mark(work: Workpiece, node: LexborNode) -> str:
    if node.parent is None or node.parent.tag != "picture":
        return ""
    written = _BETWEEN_CANDIDATES.split(node.attributes.get("srcset") or "")
    candidates = [found for text in written if (found := _candidate(work, text))]
    if not candidates:
        return ""
    media = node.attributes.get("media") or ""
    attribute = f' media="{escape(media)}"' if _MEDIA.fullmatch(media) else ""
    return work.slots.put(f'<source srcset="{escape(", ".join(candidates))}"{attribute}>')


def _candidate(work: Workpiece, text: str) -> str:
    url, *sizes = text.split() or [""]
    href = picture_destination(url, work.place).href
    if has_email(href):
        return ""
    return " ".join([href, *(size for size in sizes[:1] if _DENSITY.fullmatch(size))]).strip()


def _one_of(allowed: frozenset[str], value: str | None) -> str:
    return value if value in allowed and value else ""


def _short(target: str) -> str:
    return target if len(target) <= 80 else f"{target[:77]}..."
