"""Which natural language a text is in, well enough to choose how its words are stemmed.

The script decides where only one language is likely; for the Latin, Cyrillic and Arabic
scripts, the small words that every sentence needs decide. A trained model would know more
languages, but the one tried (py3langid) took 95 MB of memory in every process.
"""

import re
from collections import Counter
from collections.abc import Mapping

#: As much text as is looked at, in characters.
SAMPLE = 6_000
#: Fewer small words than this, or a smaller share of all words, say nothing.
_MIN_WORDS = 3
_MIN_SHARE = 0.04
#: A word counts so often and no more: code repeats ``for`` and ``is``, prose varies.
_MAX_COUNT = 4

_SCRIPTS = {
    "latin": "A-Za-z\u00c0-\u024f\u1e00-\u1eff",
    "cyrillic": "\u0400-\u052f",
    "arabic": "\u0600-\u06ff\u0750-\u077f",
    "han": "\u4e00-\u9fff\u3400-\u4dbf",
    "ja": "\u3041-\u30ff",
    "ko": "\uac00-\ud7af\u1100-\u11ff",
    "el": "\u0370-\u03ff\u1f00-\u1fff",
    "he": "\u0590-\u05ff",
    "hi": "\u0900-\u097f",
    "bn": "\u0980-\u09ff",
    "ta": "\u0b80-\u0bff",
    "te": "\u0c00-\u0c7f",
    "th": "\u0e00-\u0e7f",
    "ka": "\u10a0-\u10ff",
    "am": "\u1200-\u137f",
    "hy": "\u0530-\u058f",
}
#: A character of these says as much as about three letters of an alphabet.
_DENSE = frozenset({"han", "ja", "ko"})
_LETTERS = {name: re.compile(f"[{ranges}]+") for name, ranges in _SCRIPTS.items()}
_ASCII = re.compile(r"[\x00-\x7f]+")
_NO_LETTERS = bytes(code for code in range(256) if not chr(code).isalpha() or code > 127)

#: Words of one Latin letter are left out: they are variables as often as words.
_SMALL_WORDS = {
    "latin": {
        "en": "the and of to in is that for it with as on be this are by an from or not you your"
        " can will which we how if have has using their into its when",
        "fr": "le la les des et est une un du dans pour que qui en sur avec pas ce cette sont vous"
        " nous par plus au aux ou être ces votre dans",
        "de": "der die das und ist nicht ein eine zu den von mit auf für im des sich werden wird"
        " dem auch als wie oder durch sind wir einen kann bei aus",
        "es": "el la los las de que en un una es por con para no se del su al como más pero este"
        " esta son tu puede cada también sobre",
        "pt": "os as de que em um uma por ou para não se do da dos das no na ao como mais"
        " mas este esta são você pode seu sua também",
        "it": "il lo la gli le di che è un una per con non si del della dei delle nel alla come"
        " più sono questo questa anche essere ogni può",
        "nl": "de het een en van is dat op te voor met niet zijn die in aan door wordt worden als"
        " ook naar bij deze kan je uit maar",
        "sv": "och att det som en på är av för med till den har inte om ett kan du ska från vi"
        " eller så finns när detta",
        "da": "og at det som en på er af for med til den har ikke om et kan du skal fra vi eller"
        " når dette der blive være",
        "no": "og at det som en på er av for med til den har ikke om et kan du skal fra vi eller"
        " når dette hvis være bli",
        "fi": "ja on ei se että tai kun ovat voi joka myös sekä kuin mutta jos tämä niin olla"
        " hän ole sen",
        "hu": "az és hogy egy nem is van ez meg de vagy mint csak ha lehet kell már amely"
        " el azt ezt",
        "ro": "și de la în cu pe este un care nu din să pentru sunt mai ca sau prin al ale"
        " acest această fi poate",
        "tr": "ve bir bu için ile de da olarak olan gibi daha çok ne en değil veya kadar sonra"
        " her ise mi",
        "pl": "na do się że nie jest to dla jak od po przez oraz lub są może ten co które",
        "cs": "na se je že pro do to jako nebo by jsou pokud které od ale být při",
        "id": "dan yang di untuk dengan ini dari pada adalah dalam tidak akan atau ke itu juga"
        " oleh sebagai dapat anda",
        "vi": "và của là có cho một được các trong không với những để này khi người bạn đã như",
        "sw": "na ya wa kwa ni katika la za kuwa hii cha hiyo au kama yako kutumia hizi yake",
    },
    "cyrillic": {
        "ru": "и в не на что с по как это для из или к у от до но его так же при если есть все"
        " быть может",
        "uk": "і в не на що з та як це для із або до у від але його так ж при якщо є всі бути"
        " може цей",
        "bg": "и в не на че с по как това за от или към до но да се е са при ако има може този",
        "sr": "и у не на да са по како ово за од или до али је се су при ако има може овај",
    },
    "arabic": {
        "ar": "في من على إلى أن هذا هذه التي الذي مع عن أو كل لا ما هو هي كان قد يتم",
        "fa": "در از به که این را با است برای آن یک می و تا بر هم شود",
        "ur": "کے میں کی ہے اور سے کا کو یہ پر ہیں نے کر ایک بھی",
    },
}


def _by_word(table: Mapping[str, str]) -> dict[str, set[str]]:
    """The languages that each small word belongs to."""
    languages: dict[str, set[str]] = {}
    for language, words in table.items():
        for word in words.split():
            languages.setdefault(word, set()).add(language)
    return languages


_VOCABULARY = {script: _by_word(table) for script, table in _SMALL_WORDS.items()}
_WORD = re.compile(r"[^\W\d_]+")


def natural_language(text: str) -> str:
    """The ISO 639-1 code of the language that ``text`` is mostly in; empty if it is not clear."""
    sample = text[:SAMPLE]
    script = _script(sample)
    if script == "han":
        return "zh"
    if script not in _VOCABULARY:
        return script
    return _by_small_words(sample, script)


def _script(sample: str) -> str:
    if sample.isascii():
        return "latin"
    beyond = _ASCII.sub("", sample)  # little, in most texts, and read once for each script
    counts = {
        name: sum(map(len, letters.findall(beyond))) * (3 if name in _DENSE else 1)
        for name, letters in _LETTERS.items()
    }
    counts["latin"] += len(sample.encode("ascii", "ignore").translate(None, _NO_LETTERS))
    # A Japanese text has more Chinese characters than kana, and no other text has kana.
    if counts["ja"] * 10 > counts["han"]:
        counts["ja"] += counts["han"]
    best = max(counts, key=lambda name: counts[name])
    return best if counts[best] else ""


def _by_small_words(sample: str, script: str) -> str:
    words = Counter(_WORD.findall(sample.lower()))
    vocabulary = _VOCABULARY[script]
    scores = dict.fromkeys(_SMALL_WORDS[script], 0)
    for word in words.keys() & vocabulary.keys():
        for language in vocabulary[word]:
            scores[language] += min(words[word], _MAX_COUNT)
    first, second = sorted(scores.values(), reverse=True)[:2]
    total = words.total() - sum(
        count - _MAX_COUNT for count in words.values() if count > _MAX_COUNT
    )
    if first < max(_MIN_WORDS, _MIN_SHARE * total) or first == second:
        return ""
    return max(scores, key=lambda language: scores[language])
