"""Words brought to their stem by the rules of their language (Snowball, within tantivy)."""

from collections.abc import Iterable
from functools import cache
from itertools import chain

from tantivy import Filter, TextAnalyzer, TextAnalyzerBuilder, Tokenizer

from nexus.kernel.remembering import Remembered
from nexus.search.text import fold

#: What text of an unknown language is taken for: most programming prose is English.
DEFAULT_LANGUAGE = "en"

#: ISO 639-1 to the stemmer's name. A language that is not here is searched by whole words.
STEMMERS = {
    "ar": "arabic", "da": "danish", "nl": "dutch", "en": "english", "fi": "finnish",
    "fr": "french", "de": "german", "el": "greek", "hu": "hungarian", "it": "italian",
    "no": "norwegian", "nb": "norwegian", "nn": "norwegian", "pt": "portuguese",
    "ro": "romanian", "ru": "russian", "es": "spanish", "sv": "swedish", "ta": "tamil",
    "tr": "turkish",
}  # fmt: skip

#: So many words of each language are remembered with their stems, unless they are long.
_REMEMBERED, _LONGEST = 20_000, 30

_STOP_WORDS = (
    "da", "nl", "en", "fi", "fr", "de", "hu", "it", "no", "pt", "ru", "es", "sv",
)  # fmt: skip

#: What people put around the words that matter when they ask in a sentence.
_ASKING = frozenset({
    "about", "can", "could", "do", "does", "did", "from", "how", "i", "me", "my", "should", "we",
    "what", "when", "where", "which", "who", "why", "you", "your",
})  # fmt: skip


def stems(words: list[str], language: str) -> list[str]:
    """The folded stem of every word of ``words``, in order.

    ``words`` are in lower case with their accents, which the rules need; ``language`` is
    ISO 639-1, empty for unknown. Without rules for it the words themselves come back.
    """
    name = STEMMERS.get(language or DEFAULT_LANGUAGE)
    if name is None:
        return fold(" ".join(words)).split()
    return list(chain.from_iterable(map(_stems(name).__getitem__, words)))


def stem_variants(word: str, languages: Iterable[str]) -> set[str]:
    """The stems that ``word`` has in any of ``languages``."""
    return {stem for language in languages for stem in stems([word], language)}


def is_stop_word(word: str, languages: tuple[str, ...]) -> bool:
    """Whether ``word`` says too little, in one of ``languages``, to be demanded."""
    return _stops(languages)[word]


@cache
def _stops(languages: tuple[str, ...]) -> Remembered[bool]:
    """Whether a word is one of those that say too little."""
    stoppers = [_stopper(STEMMERS[each]) for each in languages if each in _STOP_WORDS]

    def stops(word: str) -> bool:
        return word in _ASKING or any(not stopper.analyze(word) for stopper in stoppers)

    return Remembered(stops, most=_REMEMBERED, longest=_LONGEST)


@cache
def _stems(name: str) -> Remembered[tuple[str, ...]]:
    """The folded stem of each word that a text of the language may hold."""
    stemmer = _stemmer(name)

    def stems_of(word: str) -> tuple[str, ...]:
        return tuple(fold(" ".join(stemmer.analyze(word))).split())

    return Remembered(stems_of, most=_REMEMBERED, longest=_LONGEST)


@cache
def _stemmer(name: str) -> TextAnalyzer:
    return TextAnalyzerBuilder(Tokenizer.whitespace()).filter(Filter.stemmer(name)).build()


@cache
def _stopper(name: str) -> TextAnalyzer:
    return TextAnalyzerBuilder(Tokenizer.whitespace()).filter(Filter.stopword(name)).build()
