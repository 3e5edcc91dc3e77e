"""Where a text recommends what it links to: by the name of its file and by its headings."""

import re
from collections.abc import Iterable
from functools import lru_cache

from nexus.library.extraction.outline import Block
from nexus.library.extraction.vocabulary import phrase_set, word_set

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_MAX_WORDS, _MAX_LENGTH = 8, 200
_FOLDERS = frozenset({"resources", "ressources"})
#: Files about the project's own life, by their names without the ending.
_NEVER_FILES = phrase_set(
    """
    authors, changelog, changes, code of conduct, codeowners, contributing, contributors, copying,
    history, licence, license, maintainers, news, privacy policy, release notes, releases,
    security policy
    """
)
#: A heading that consists of these words, whatever else is said before "for" or "on".
_PHRASES = phrase_set(
    """
    additional links, additional material, additional reading, additional readings, awesome,
    background reading, bibliographie, bibliography, blog posts, cheat sheets, cheatsheets, cours,
    deeper dive, dig deeper, documentation links, en savoir plus, external docs,
    external documentation, external links, further information, further learning,
    further reading, further readings, go further, going further, good reads, helpful links,
    important reads, learn more, learning, learning links, learning material, learning materials,
    lectures, liens, liens de documentation, links, literature, livres,
    official documentation links, pour aller plus loin, pour approfondir, pour en savoir plus,
    read more, reading, reading list, reading material, recommended reading,
    recommended reads, recorded talks, related reading,
    see also, sitographie, sources, study material, study materials, suggested reading, talks,
    useful docs, useful documentation, useful links, useful reads, videos, vidéos, voir aussi,
    want to learn more, webographie, what to read next, where to learn more
    """
)
#: A heading that ends in one of these, whatever it is about: "Python tutorials".
_NOUNS = word_set(
    """
    articles bibliographie bibliography books courses ebooks livres moocs podcasts readings
    references références ressources resources tutorials tutoriels
    """
)
#: With these before it, a resource or a reference is something else.
_OTHER_SENSE = word_set(
    """
    allocate api aws azure available clean cleanup cloud compute computing cpu create creating
    cross database delete endpoint endpoints foreign forward gpu hardware http human k8s
    kubernetes limited list live manage managing memory natural nested our page protected rest
    restful server shared static system update wasted web your
    """
)
_OFFICIAL = frozenset({"official", "officielle", "officielles"})
_DOCUMENTATION = frozenset({"docs", "documentation", "documentations"})
#: What French, and English in haste, says behind the noun.
_TRAILING = word_set(
    """
    additionnelles bibliographiques complémentaires conseillées externes officielles optional
    pédagogiques recommandées recommandés supplémentaires utiles
    """
)
_TOPIC = word_set(
    """
    about around by concernant de des dont for from in of on over pour sur to used utilisées
    using with you
    """
)
#: "References & further reading", "Ressources (utiles)": each part promises something.
_JOINTS = re.compile(r"[&/,:;()|–—+]|\b(?:and|et|or|ou)\b")
#: Headings below which links lead to people, whatever else they promise.
_PEOPLE = word_set(
    """
    auteur auteurs author authors connect contact contactez contacts contributors follow
    maintainer maintainers sponsor sponsors team équipe
    """
)
#: Headings below which links lead to the project itself or around the page.
_NOT_READING = word_set(
    """
    acknowledgement acknowledgements acknowledgments badge badges content contents contributing
    demo démo deploy deployment donate index live licence licences license licenses
    sommaire toc
    """
)
_NEVER_PHRASES = frozenset(
    {"live links", "on this page", "project links", "quick links", "table des matières"}
)
#: A heading without any of these says nothing, and most have none.
_TELLING = frozenset().union(
    _NOUNS,
    _DOCUMENTATION,
    _PEOPLE,
    _NOT_READING,
    *(phrase.split() for phrase in _PHRASES | _NEVER_PHRASES),
)


def file_recommends(path: str) -> bool | None:
    """What a file's folder and name say of its links; None if they say nothing."""
    *folders, file = path.lower().split("/")
    name = " ".join(_words(file.partition(".")[0].replace("_", " ")))
    if name in _NEVER_FILES:
        return False
    is_in_folder = bool(_FOLDERS.intersection(folders)) and "src" not in folders
    return True if is_in_folder or heading_recommends(name) else None


def headings_recommend(headings: Iterable[Block]) -> bool | None:
    """What the headings above a text say of its links, the innermost first to be asked.

    None if none of them says either that they are recommended or that they are something else.
    """
    for heading in reversed(tuple(headings)):
        verdict = heading_recommends(heading.text)
        if verdict is not None:
            return verdict
    return None


def heading_recommends(text: str) -> bool | None:
    """What a heading says of the links below it; None if it says nothing of them."""
    return _judge(text[:_MAX_LENGTH].casefold())


@lru_cache(maxsize=2_048)
def _judge(text: str) -> bool | None:
    words = _words(text)
    if len(words) > _MAX_WORDS or not _TELLING.intersection(words):
        return None
    if " ".join(words) in _NEVER_PHRASES or _PEOPLE.intersection(words):
        return False
    if any(_promises_reading(_words(part)) for part in (text, *_JOINTS.split(text))):
        return True
    return False if _NOT_READING.intersection(words) else None


def _promises_reading(words: tuple[str, ...]) -> bool:
    while words and words[-1] in _TRAILING:
        words = words[:-1]
    bare = _without_topic(words)
    if " ".join(words) in _PHRASES or " ".join(bare) in _PHRASES:
        return True
    if _OFFICIAL.intersection(words) and _DOCUMENTATION.intersection(words):
        return True
    return bool(bare) and bare[-1] in _NOUNS and not _OTHER_SENSE.intersection(words)


def _without_topic(words: tuple[str, ...]) -> tuple[str, ...]:
    """What stands before the first "for", "on" or "sur": that is what the heading promises."""
    for place, word in enumerate(words[1:], start=1):
        if word in _TOPIC:
            return words[:place]
    return words


def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(text))
