"""What is being built, in one sentence: the project's idea."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice, zip_longest

from nexus.library.extraction.outline import BlockKind
from nexus.library.facts.fact import Fact, FactName
from nexus.library.facts.page import Page, Passage, is_courtesy, prose, sentences
from nexus.library.facts.programme import before_the_programme
from nexus.library.facts.titles import is_generic
from nexus.library.facts.wordlists import set_of, words_of
from nexus.library.rendering.prose import shortened

#: How far into a README the idea is looked for, in paragraphs.
_MAX_PARAGRAPHS = 60
#: How near the article what is built must be named, in words.
_NEAR = 16
_MAX_TITLE_WORDS = 9
#: A text that leads over to a list is looked at from its end, in characters.
_MAX_LEADING = 400

_ARTICLES = frozenset({"a", "an", "un", "une"})
_ANNOUNCING = frozenset(
    {
        "is", "are", "provides", "provide", "offers", "powers", "implements", "delivers", "builds",
        "build", "building", "built", "create", "created", "creates", "creating", "develop",
        "developed", "developing", "est",
        "fournit", "propose", "represents", "features",
    }
)  # fmt: skip
#: What ends the naming of a thing and begins the praise of it.
_CLAUSE = re.compile(
    r"[,;:(–—]|\.(?=\s|\Z)|\s-\s|\b(?:that|which|designed|built|using|with|where|allowing|featuring|focusing"
    r"|focused|demonstrating|showcasing|developed|powered|enabling|made|qui|avec|permettant|conçue?|inspired|intended"
    r"|in order|to (?:help|demonstrate|showcase|provide|manage|connect))\b",
    re.IGNORECASE,
)
#: What joins one word of praise to the next: "a robust and scalable shop".
_JOINTS = frozenset({"and", "but", "et", "mais", "yet", "&"})
#: What only leads over to a list: "… a shop that allows people to:".
_LEADING_OVER = re.compile(
    r"(?P<said>.*[^\s,])[\s,]+(?:that|which|where|with|featuring|including|designed to|qui|avec)\b"
    r"[^.:,;]{0,80}:"
)
#: "Welcome to Hexa, a shop": behind the name stands what it is.
_INTRODUCED = re.compile(
    r"(?:this is|welcome to|voici|bienvenue sur)\b[^,]{1,80},\s+(?P<what>(?:an?|une?)\s.+)",
    re.IGNORECASE,
)
_END = re.compile(r"[,;:(–—]|\.(?=\s|\Z)|\s-\s|\b(?:using|with|built)\b", re.IGNORECASE)
_LABEL = re.compile(
    r"[*_]{0,3}(?P<label>[^*_:\n]{3,40})(?:[*_]{0,3}:[*_]{0,3}|:)\s+(?P<idea>.+)", re.DOTALL
)


def idea_fact(page: Page) -> Fact | None:
    """The sentence that says what is built: labelled as such, else the first of that form."""
    for text, line in _candidates(page):
        idea = shortened(without_leading_over(text))
        return Fact(FactName.IDEA, idea, page.path, line, is_guess=True)
    return None


def title_of_idea(sentence: str) -> str:
    """A title out of an idea: ``This is a robust poll app that counts`` gives ``Poll app``."""
    words = sentence.split()
    at = _article_of([word.strip("*_`\"'“”.,").casefold() for word in words])
    if at is None:
        return ""
    after = " ".join(words[at + 1 :])
    return _name(_CLAUSE.split(after, maxsplit=1)[0]) or _name(_END.split(after, maxsplit=1)[0])


def _name(naming: str) -> str:
    """What is built, without praise; empty when it is no name: too long, or anybody's."""
    named = naming.split()
    while named and _is_praise(named[0]):
        named.pop(0)
    if not 2 <= len(named) <= _MAX_TITLE_WORDS or not _names_product(named):
        return ""
    title = " ".join(named).strip("*_`\"'“”")
    return "" if is_generic(title) else title[:1].upper() + title[1:]


def _is_praise(word: str) -> bool:
    bare = word.strip(",").casefold()
    return bare in set_of("praise") or bare in _JOINTS


def without_leading_over(text: str) -> str:
    """``text`` without the words at its end that only lead over to a list."""
    if not text.endswith(":"):
        return text
    match = _LEADING_OVER.fullmatch(text[-_MAX_LEADING:])
    said = text[:-_MAX_LEADING] + match["said"] if match else ""
    return said if says_what_is_built(said) else text.rstrip(" :")


def says_what_is_built(text: str) -> bool:
    """Whether a sentence of ``text`` names something that people build."""
    return any(_is_idea(sentence) for sentence in sentences(text))


def is_of_the_programme(text: str) -> bool:
    """Whether ``text`` has a phrase of the programme, and nothing that is built before it."""
    before = before_the_programme(text)
    return before is not None and not says_what_is_built(before)


def _candidates(page: Page) -> Iterator[tuple[str, int]]:
    yield from _labelled(page)
    first = islice(page.paragraphs(), _MAX_PARAGRAPHS)
    paragraphs = [part for part in first if not part.is_how_to]
    announced = [part for part in paragraphs if _is_announced(part)]
    for part in (*announced, *paragraphs):
        for sentence in sentences(part.text):
            is_beside = is_of_the_programme(sentence) or is_courtesy(sentence)
            if _is_idea(sentence) and not is_beside:
                yield sentence, part.line


def _labelled(page: Page) -> Iterator[tuple[str, int]]:
    """``Project idea: …`` in a paragraph or an item."""
    for block in page.outline.blocks:
        if block.kind not in (BlockKind.PARAGRAPH, BlockKind.ITEM):
            continue
        match = _LABEL.match(block.text[:1_000])
        is_label = match and " ".join(words_of(match["label"])) in _IDEA_LABELS
        if match and is_label and len(words_of(idea := prose(match["idea"]))) > 1:
            yield idea, block.line


#: As labels, "about" and "overview" announce anything; these announce an idea.
_IDEA_LABELS = frozenset({"project idea", "idea", "idée", "idée du projet", "my idea", "our idea"})


def _is_announced(part: Passage) -> bool:
    return bool(part.headings) and " ".join(words_of(part.headings[-1])) in set_of("idea_labels")


def _is_idea(sentence: str) -> bool:
    """``… is a …`` or ``A …`` with something that people build soon after the article."""
    introduced = _INTRODUCED.match(sentence)
    words = words_of(introduced["what"] if introduced else sentence)
    at = _article_of(words)
    return at is not None and _names_product(words[at + 1 : at + 1 + _NEAR])


def _article_of(words: Sequence[str]) -> int | None:
    """Where the article stands that begins the naming of a thing; None when there is none."""
    for at, word in enumerate(words[:60]):
        if word in _ARTICLES and (at == 0 or words[at - 1] in _ANNOUNCING):
            return at
    return None


def _names_product(words: Sequence[str]) -> bool:
    """Whether something that people build is named; in "frontend skills" it is not."""
    parts = [part for word in words for part in words_of(word)]
    return any(
        part in set_of("products")
        and not (part in set_of("sides") and following in set_of("side_nouns"))
        for part, following in zip_longest(parts, parts[1:], fillvalue="")
    )
