"""What a link is called: by its own words where they say it, else by the words before it."""

import re
from dataclasses import dataclass
from urllib.parse import unquote

from nexus.library.extraction.inline import InlineLink, plain
from nexus.library.extraction.outline import BlockKind
from nexus.library.extraction.passages import CELL_MARK, Passage, shortened
from nexus.library.extraction.vocabulary import phrase_set
from nexus.library.extraction.web_addresses import WebAddress

MAX_WORDS = 200
_MAX_LEAD = 80
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
#: Words that only point: what is meant stands before them.
_POINTING = phrase_set(
    """
    check it out, click here, go to website, here, ici, le lien, lien, link, more, read more,
    see here, source, this, this link, url, view, visit, voir, website
    """
)
#: Words that say in which form, not what.
_FORMS = phrase_set(
    """
    article, blog, blog post, book, code, course, doc, docs, documentation, download, epub,
    github, gitlab, guide, homepage, html, mirror, mobi, official docs, official documentation,
    official site, official website, pdf, playlist, repo, repository, site, slides, source code,
    tutorial, vidéo, video, wiki, wikipedia, wikipédia, youtube
    """
)
_DETERMINER = re.compile(r"^(?:its|la|le|les|leur|my|sa|son|the|their|this)\s")
_ADDRESS_LIKE = re.compile(r"(?:https?://|www\.)?[\w-]{1,100}(?:\.[\w-]{1,100}){1,10}(?:[/?#]\S*)?")
_AROUND = " \t:-–—|,;.•·→➜➡=>(["
_PICTOGRAMS = re.compile("^[\u2190-\u2bff\ufe0f\u200d\U0001f000-\U0001faff\\s]+")


def as_written(target: str) -> str:
    """The address that a link's target stands for, without the escapes of Markdown and HTML."""
    if "\\" in target:
        target = _ESCAPED.sub(r"\1", target)
    return target.replace("&amp;", "&")


@dataclass(slots=True)
class LinkWords:
    """Names the links of one passage, in their order; ``subject`` is what it is about."""

    passage: Passage
    subject: str = ""
    reached: int = 0
    earlier: str = ""

    def of(self, link: InlineLink, address: WebAddress) -> str:
        """What ``link``, which leads to ``address``, is called; never empty."""
        words = _without_pictograms(plain(link.text)) if link.text else ""
        name, form = self._named(words, link, address)
        self.earlier = self.earlier or name
        self.reached = link.end
        return shortened(f"{name} ({form})" if form and name else name or form, MAX_WORDS)

    def _lead(self, link: InlineLink) -> str:
        """The words between the link before and this one, where they can be its name."""
        if self.passage.kind is BlockKind.PARAGRAPH:
            return ""
        before = self.passage.text[max(self.reached, link.start - 2 * _MAX_LEAD) : link.start]
        if self.passage.kind is BlockKind.TABLE:
            before = before.strip(CELL_MARK).partition(CELL_MARK)[0]
        if self.earlier and not before.rstrip(" *_").endswith(":"):
            return self.earlier
        lead = _without_pictograms(plain(before)).strip(_AROUND)
        return lead if len(lead) <= _MAX_LEAD else ""

    def _named(self, words: str, link: InlineLink, address: WebAddress) -> tuple[str, str]:
        """What the link leads to, and in which form if that is all that its words say."""
        lowered = _DETERMINER.sub("", words.strip(_AROUND + ")]!").casefold())
        if lowered in _FORMS:
            return self._lead(link) or _article(address) or self.subject, words
        if not lowered or lowered in _POINTING or _is_own_name(words, address):
            return self._lead(link) or _article(address) or _short(words, address), ""
        return words, ""


def _without_pictograms(words: str) -> str:
    return _PICTOGRAMS.sub("", words) or words


def _is_own_name(words: str, address: WebAddress) -> bool:
    """Whether the words are but the address again; a site may be called by it: ``Socket.io``."""
    if not _ADDRESS_LIKE.fullmatch(words) or ("/" not in words and words != words.lower()):
        return False
    host = words.lower().partition("://")[2] or words.lower()
    return host.removeprefix("www.").startswith(address.host)


def _article(address: WebAddress) -> str:
    """The title of an encyclopedia's article, which its address holds."""
    if not address.host.endswith(".wikipedia.org") or not address.path.startswith("/wiki/"):
        return ""
    return unquote(address.path.removeprefix("/wiki/")).replace("_", " ")


def _short(words: str, address: WebAddress) -> str:
    """The words if they name the site, else the address in short."""
    return words if words and "/" not in words and "." in words else address.host + address.path
