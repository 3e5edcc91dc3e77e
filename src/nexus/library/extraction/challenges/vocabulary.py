"""The words by which people mark what was hard, what they did and what came of it.

English and French. Words are compared without accents and capitals, so they stand here without.
"""

from enum import StrEnum
from functools import lru_cache

from nexus.library.extraction.inline import SHORT, all_words_of, words_of
from nexus.library.extraction.vocabulary import word_set


class Role(StrEnum):
    """What a labelled piece of text is."""

    PROBLEM = "problem"
    CAUSE = "cause"
    ACTION = "action"
    RESULT = "result"


_PROBLEM = """
    challenge challenges problem problems issue issues obstacle obstacles difficulty difficulties
    hurdle hurdles blocker blockers bug bugs error errors symptom symptoms struggle struggles
    situation roadblock roadblocks
    defi defis probleme problemes difficulte difficultes problematique problematiques erreur
    erreurs blocage blocages symptome symptomes bogue bogues constat
"""
_CAUSE = "cause causes why reason reasons raison raisons diagnosis diagnostic pourquoi"
_ACTION = """
    solution solutions fix fixes resolution resolutions approach approaches action actions
    workaround workarounds mitigation mitigations remedy resolved solved fixed answer strategy
    implementation implementations overcome response
    correction corrections correctif correctifs approche approches contournement remede mesure
    mesures resolu corrige
"""
_RESULT = """
    result results outcome outcomes impact impacts benefit benefits effect learned learnt lesson
    lessons learning learnings takeaway takeaways gain gains
    resultat resultats bilan effet effets lecon lecons apprentissage apprentissages appris
    benefice benefices
"""
_PHRASES = {
    "pain point": Role.PROBLEM,
    "pain points": Role.PROBLEM,
    "what i saw": Role.PROBLEM,
    "what we saw": Role.PROBLEM,
    "what happened": Role.PROBLEM,
    "what went wrong": Role.PROBLEM,
    "ce qui s est passe": Role.PROBLEM,
    "ce que j ai constate": Role.PROBLEM,
    "root cause": Role.CAUSE,
    "cause racine": Role.CAUSE,
    "steps taken": Role.ACTION,
    "what i did": Role.ACTION,
    "what we did": Role.ACTION,
    "ce que j ai fait": Role.ACTION,
    "ce que nous avons fait": Role.ACTION,
    "what i learned": Role.RESULT,
    "what i learnt": Role.RESULT,
    "what we learned": Role.RESULT,
    "ce que j ai appris": Role.RESULT,
    "ce que nous avons appris": Role.RESULT,
}
_ROLES = {
    **dict.fromkeys(_PROBLEM.split(), Role.PROBLEM),
    **dict.fromkeys(_CAUSE.split(), Role.CAUSE),
    **dict.fromkeys(_ACTION.split(), Role.ACTION),
    **dict.fromkeys(_RESULT.split(), Role.RESULT),
}
#: Words that leave a label what it is: "technical solution implemented", "défi rencontré n° 2".
_MODIFIERS = word_set("""
    the a an my our your their this key main major technical biggest specific real world faced
    encountered implemented applied used found proposed adopted chosen taken description statement
    experienced final suggested initial actual core it i we them n no how was were is so far
    le la les l un une des du de d mon ma mes notre nos principal principale principaux rencontre
    rencontree rencontres rencontrees trouve trouvee trouvees apporte apportee apportees applique
    appliquee appliquees retenu retenue retenues propose proposee proposees adopte adoptee mis mise
    identifie identifiee identifies original originale implemente implementee implementees choisie
    effectuee finale by with par avec to
    mises en place oeuvre technique techniques initiale c je nous
""")
#: Words for a problem that are hardly ever used for what a product is for.
_STRONG = word_set("""
    challenge challenges obstacle obstacles difficulty difficulties hurdle hurdles blocker blockers
    defi defis difficulte difficultes blocage blocages roadblock roadblocks
""")
#: What is done also where nothing went wrong.
_NEUTRAL = word_set("""
    implementation implementations approach approaches approche approches strategy action actions
    answer response mesure mesures
""")
_ANSWERS = word_set(_ACTION) - _NEUTRAL
_TOWARDS = frozenset({"to", "pour"})
_OVERCOMING = word_set("""
    overcome solve fix address resolve tackle handle mitigate resoudre surmonter corriger contourner
""")
_MOST_WORDS = 6
#: Of these words a label has one at least; of a phrase it is the last.
_TELLING = frozenset(_ROLES) | frozenset(phrase.rpartition(" ")[2] for phrase in _PHRASES)


def may_hold_label(text: str) -> bool:
    """A quick look: False when no word of any label is in ``text``."""
    return not _TELLING.isdisjoint(all_words_of(text))


def role_of(label: str) -> Role | None:
    """What a label announces: ``Challenge 1`` a problem, ``Solution apportée`` what was done."""
    return _role_of(label[:SHORT])


@lru_cache(maxsize=4_096)
def _role_of(label: str) -> Role | None:
    words = words_of(label)
    if not 0 < len(words) <= _MOST_WORDS:
        return None
    if role := _PHRASES.get(" ".join(words)):
        return role
    if words[0] in _TOWARDS and len(words) > 1 and words[1] in _OVERCOMING:
        return Role.ACTION  # "To solve this challenge:"
    role = None
    for word in words:
        if word in _MODIFIERS and word not in _ROLES:
            continue
        own = _ROLES.get(word)
        if own is None or (role is not None and own is not role):
            return None
        role = own
    return role


def is_plural(label: str) -> bool:
    """Whether a label announces several: ``Challenges``, ``Solutions apportées``."""
    return any(word in _ROLES and word.endswith("s") for word in words_of(label))


def is_strong(label: str) -> bool:
    """Whether a label means something that somebody had to overcome."""
    return not _STRONG.isdisjoint(words_of(label))


def is_answer(label: str) -> bool:
    """Whether a label of what was done says that something had been wrong: no "Approach" does."""
    words = frozenset(words_of(label))
    return words.isdisjoint(_NEUTRAL) or not words.isdisjoint(_ANSWERS)
