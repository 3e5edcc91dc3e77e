"""What a link is called: by its own words where they say it, else by the words before it."""

import re
from dataclasses import dataclass
from urllib.parse import unquote

from nexus.library.extraction.outline import BlockKind, Section
from nexus.library.extraction.passages import CELL_MARK, Passage, plain_words, shortened
from nexus.library.extraction.recommending import heading_recommends
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
    """Names the links of one passage, which stands in ``section``, in their order."""

    passage: Passage
    section: Section
    earlier: str = ""

    def of(self, number: int, address: WebAddress) -> str:
        """What a link, known by its number, is called that leads to ``address``; never empty."""
        link = self.passage.links[number]
        words = _without_pictograms(plain_words(link.text)) if link.text else ""
        name, form = self._named(words, number, address)
        self.earlier = self.earlier or name
        return shortened(f"{name} ({form})" if form and name else name or form, MAX_WORDS)

    def _named(self, words: str, number: int, address: WebAddress) -> tuple[str, str]:
        """What the link leads to, and in which form if that is all that its words say."""
        lowered = words.strip(_AROUND + ")]!").casefold()
        if lowered and _DETERMINER.sub("", lowered) in _FORMS:
            return self._lead(number) or _article(address) or _subject(self.section), words
        if not lowered or lowered in _POINTING or _is_own_name(words, address):
            return self._lead(number) or _article(address) or _short(words, address), ""
        return words, ""

    def _lead(self, number: int) -> str:
        """The words between the link before and this one, where they can be its name."""
        if self.passage.kind is BlockKind.PARAGRAPH:
            return ""
        before = self._before(number)
        if not before or (self.earlier and not before.rstrip(" *_").endswith(":")):
            return self.earlier
        lead = _without_pictograms(plain_words(before)).strip(_AROUND)
        return lead if len(lead) <= _MAX_LEAD else ""

    def _before(self, number: int) -> str:
        """The text between the links; in a row, what its first cell says of the first."""
        links = self.passage.links
        reached = links[number - 1].end if number else 0
        start = links[number].start
        before = self.passage.text[max(reached, start - 2 * _MAX_LEAD) : start]
        if self.passage.kind is BlockKind.TABLE:
            return before.strip(CELL_MARK).partition(CELL_MARK)[0]
        return before


def _subject(section: Section) -> str:
    """The nearest heading that says what the links are about: "Docker" of "Docker, References"."""
    titles = (heading.text for heading in reversed(section.path))
    return next((text for text in titles if heading_recommends(text) is None), "")


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
