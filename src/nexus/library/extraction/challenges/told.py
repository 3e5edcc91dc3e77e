"""How people say that they did something about a problem, in English and French."""

import re
from itertools import islice, zip_longest

from nexus.library.extraction.inline import words_of
from nexus.library.extraction.vocabulary import word_set

#: Words of the past that say what happened to somebody, not what somebody did.
_SUFFERED = word_set("""
    limited unexpected complicated distributed nested needed need shared outdated undocumented
    unused required failed delayed repeated broken missed struggled faced encountered experienced
    confused advanced mixed unhandled untested deprecated speed embed feed seed indeed restricted
    noticed wanted realised realized crashed stopped timed duplicated hardcoded exposed misaligned
    misconfigured mismatched unauthorised unauthorized uncaught unresolved unsupported unstructured
    increased decreased turned expired lacked
""")
_IRREGULAR = word_set("""
    built wrote made set moved chose overcame overcome ran split put kept learnt rewrote
    broke found dealt sped cut began brought switched rebuilt
""")
#: French participles and nouns that begin what was done.
_FRENCH = word_set("""
    utilisation ajout mise creation configuration passage remplacement suppression correction
    integration implementation optimisation refonte migration renommage modification desactivation
    activation deplacement redaction separation containerisation resolu resolue resolus corrige
    corrigee corriges gere geree geres gerees utilise ajoute cree remplace supprime optimise
    implemente mis configure deplace change regle reglee limite
""")
#: "Mise en page cassée" is no "mise en place".
_LAYOUT = ["mise", "en", "page"]
_ACTORS = frozenset({"i", "we", "j", "je", "nous", "on"})
_MEANS = frozenset({"by", "using", "through", "via", "thanks", "grace", "en", "par"})
#: What stands between the actor and the verb.
_BETWEEN = word_set("""
    then eventually finally also therefore first later instead just ve have had ended up was were
    is are been this it they that issue problem so after now ai avons a ont ete donc ensuite
    finalement puis the
""")
_PURPOSES = re.compile(
    r"(?:to|pour)\s+(?:overcome|address|solve|fix|tackle|resolve|mitigate|handle|prevent|avoid|"
    r"combat|counter|remedy|r[ée]soudre|surmonter|corriger|y\s+rem[ée]dier|[ée]viter|contourner|"
    r"rem[ée]dier)\b",
    re.IGNORECASE,
)
_ANNOUNCED = re.compile(
    r"(?:the|my|our|la|ma|notre)\s+(?:solution|fix|workaround|answer|approach|correction)\b",
    re.IGNORECASE,
)
_FIXED_IT = re.compile(
    r"\b(?:fixed|solved|resolved|overcame|helped)\s+(?:this|it|that|the\s+(?:issue|problem))\b"
    r"|\b(?:saved\s+(?:me|us)|did\s+the\s+trick)\b",
    re.IGNORECASE,
)
#: "Since it was slow, I had to": what was done stands behind the comma.
_BECAUSE = re.compile(
    r"(?:since|because|as|after|when|once|puisque|comme|après)\s[^,]{3,150},\s(?=(?:I|we)\s|j['’e])",
    re.IGNORECASE,
)
_HAD_TO = re.compile(r"(?:I|we)\s(?:had|decided|managed|chose|learned|learnt)\sto\s", re.IGNORECASE)
#: "Using the new router was unlike …": that says how it was, not what was done.
_IS_SUBJECT = re.compile(
    r"using\s(?:[^\s,.;:]{1,30}\s){1,6}?(?:was|were|is|are|proved|turned out|felt)\s", re.IGNORECASE
)
_SENTENCE = re.compile(r"[.!?;][)\"'*_]{0,3}\s+(?=[^\W\d_]|`)")
#: So many sentences of a text are looked at.
_MOST_SENTENCES = 80
_MARKS = " \t\n*_`✅✔️☑🎉👉💡🔧🛠-–—→:"


def tells_of_doing(text: str) -> bool:
    """Whether ``text`` begins by saying what was done: "Added an index", "J'ai ajouté …"."""
    start = text.lstrip(_MARKS)[:200]
    if because := _BECAUSE.match(start):
        start = start[because.end() :]
    if _PURPOSES.match(start) or _ANNOUNCED.match(start) or _HAD_TO.match(start):
        return True
    words = words_of(start)[:6]
    if not words or words[:3] == _LAYOUT:
        return False
    if words[0] in _MEANS:
        return not _IS_SUBJECT.match(start)
    acted = words[0] in _ACTORS
    for word in words:
        if word in _ACTORS or word in _BETWEEN:
            continue
        return _is_done(word) or (acted and word == "used")
    return False


def _is_done(word: str) -> bool:
    if word in _SUFFERED:
        return False
    return word.endswith("ed") or word in _IRREGULAR or word in _FRENCH


def split_at_doing(text: str) -> tuple[str, str] | None:
    """The sentences before the first one that says what was done, and the rest.

    None when there is no such sentence. The first part is empty when the text begins with it.
    """
    if tells_of_doing(text):
        return "", text.strip()
    breaks = list(islice(_SENTENCE.finditer(text), _MOST_SENTENCES))
    for sentence, following in zip_longest(breaks, breaks[1:]):
        own = text[sentence.end() : following.start() if following else len(text)][:240]
        if tells_of_doing(own) or _FIXED_IT.search(own):
            before = text[: sentence.start() + 1].rstrip(" ;")
            return before.strip(), text[sentence.end() :].strip()
    return None
