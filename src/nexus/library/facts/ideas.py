"""What is being built, in one sentence: the project's idea."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise, zip_longest

from nexus.library.extraction.outline import BlockKind
from nexus.library.facts.fact import Fact, FactName
from nexus.library.facts.page import Page, Passage, is_courtesy, prose, sentences
from nexus.library.facts.programme import before_the_programme
from nexus.library.facts.titles import is_generic
from nexus.library.facts.wordlists import set_of, words_of
from nexus.library.rendering.prose import shortened
from nexus.library.topics.catalogue import TopicKind, catalogue

#: How far into a README the idea is looked for, in paragraphs.
_MAX_PARAGRAPHS = 60
#: How near the article what is built must be named, in words.
_NEAR = 16
_MAX_TITLE_WORDS = 9
#: So many of the first paragraphs may say what is built without an article.
_MOST_WITHOUT_ARTICLE = 3
#: Without an article, what is built must be named at once, in words.
_AT_ONCE = 7
#: A text that leads over to a list is looked at from its end, in characters.
_MAX_LEADING = 400

_ARTICLES = frozenset({"a", "an", "un", "une"})
#: French says what a project is for by a verb alone: "Développer une boutique …".
_AIMS = frozenset({"bâtir", "concevoir", "construire", "créer", "développer", "réaliser"})
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
#: What may stand between what a product is made with and its name: "a Django REST API".
_KINDS_OF_PRODUCTS = frozenset({"graphql", "rest", "restful", "web", "websocket"})
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
_CALLED = re.compile(
    r"[*_\"'“”]{0,3}(?P<name>[^\W\d_][^\W_]{0,20}(?:[A-Z]|-[^\W_])[^\W_]{0,20})[*_\"'“”]{0,3}"
    r" (?:is|est) (?:an?|une?)\b"
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
    """A title out of an idea: ``This is a robust poll app that counts`` gives ``Poll app``.

    What is called by a name of its own is called so: ``PollBox is a poll app``.
    """
    if name := _own_name(sentence):
        return name
    words = sentence.split()
    at = _article_of([word.strip("*_`\"'“”.,").casefold() for word in words])
    if at is None:
        return ""
    after = " ".join(words[at + 1 :])
    return _name(_CLAUSE.split(after, maxsplit=1)[0]) or _name(_END.split(after, maxsplit=1)[0])


def _own_name(sentence: str) -> str:
    """The name of a thing in "QuizNest is a …": capitals inside, or a hyphen, tell a name."""
    match = _CALLED.match(sentence)
    name = match["name"] if match else ""
    is_known = name.casefold() in set_of("products") or catalogue().named(name) is not None
    return "" if not name or is_known or is_generic(name) else name


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
            if _is_idea(sentence) and not _is_beside(sentence):
                yield sentence, part.line
    for part in paragraphs[:_MOST_WITHOUT_ARTICLE]:
        sentence = next(sentences(part.text), "")
        if _is_named_at_once(sentence) and not _is_beside(sentence):
            yield sentence, part.line


def _is_beside(sentence: str) -> bool:
    return is_of_the_programme(sentence) or is_courtesy(sentence)


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
    naming = words[at + 1 : at + 1 + _NEAR] if at is not None else []
    return _names_product(naming) and not _is_of_the_author(naming)


def _is_of_the_author(naming: Sequence[str]) -> bool:
    """Whether somebody's skills are named before a product: "a proof of my skill in apps"."""
    first = next((at for at, word in enumerate(naming) if word in set_of("own_skills")), None)
    return first is not None and not _names_product(naming[:first])


def _is_named_at_once(sentence: str) -> bool:
    """``Django API for …``, ``Full-stack shop built with …``: the name of a thing, no article.

    It begins with a word that describes, or with a technology; a verb would order something.
    """
    words = words_of(sentence)
    if len(words) < _AT_ONCE or not _describes(words[0]):
        return False
    return any(
        word in set_of("products") and following in set_of("joining")
        for word, following in pairwise(words[: _AT_ONCE + 1])
    )


def named_with(sentence: str) -> str:
    """The product that a sentence names, with the word that says how it is made.

    ``This is a Flask web app`` gives ``flask web app``; empty when it names none.
    """
    words = words_of(sentence)
    at = _article_of(words)
    if at is None and not _is_named_at_once(sentence):
        return ""
    naming = words[0 if at is None else at + 1 :][:_AT_ONCE]
    end = next((place for place, word in enumerate(naming) if word in set_of("products")), 0)
    first = end
    while first and naming[first - 1] in _KINDS_OF_PRODUCTS:
        first -= 1
    return " ".join(naming[max(first - 1, 0) : end + 1]) if end else ""


def _describes(word: str) -> bool:
    if word in set_of("describing") or word in set_of("praise"):
        return True
    topic = catalogue().named(word)
    return topic is not None and topic.kind is TopicKind.TECHNOLOGY


def _article_of(words: Sequence[str]) -> int | None:
    """Where the article stands that begins the naming of a thing; None when there is none."""
    for at, word in enumerate(words[:60]):
        before = words[at - 1] if at else ""
        if word in _ARTICLES and (not at or before in _ANNOUNCING or (at == 1 and before in _AIMS)):
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
