"""Which sections of a text are about challenges, and which only look like it."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from nexus.library.extraction.challenges.labels import pieces
from nexus.library.extraction.challenges.vocabulary import (
    Role,
    is_plural,
    role_of,
)
from nexus.library.extraction.inline import SHORT, words_of
from nexus.library.extraction.outline import BOLD_LEVEL, Block, Section
from nexus.library.extraction.vocabulary import word_set


class Kind(Enum):
    """What a section lets us expect."""

    #: Advice to the reader, plans, exercises: nothing of it has happened to the author.
    EXCLUDED = 0
    #: What a product does or shall do. Below challenges, it is a topic like any other.
    PRODUCT = 5
    #: Anything: only what is labelled counts.
    OPEN = 1
    #: Lessons: what is labelled counts, the rest are maxims.
    LESSONS = 2
    #: Challenges, perhaps with what was done about them.
    CHALLENGES = 3
    #: Challenges and solutions: whatever stands there is one.
    SOLVED = 4


# No set: such a value is found sooner by itself than by its hash.
ABOUT_CHALLENGES = (Kind.CHALLENGES, Kind.SOLVED)


@dataclass(frozen=True, slots=True)
class Label:
    """What a heading announces: its role, the label as written, and the words behind it."""

    role: Role
    name: str
    rest: str

    @property
    def is_list(self) -> bool:
        """Whether it announces several things, as "Challenges" does."""
        return not self.rest and is_plural(self.name)


@dataclass(frozen=True, slots=True)
class Place:
    """A section and where it stands.

    ``topic`` is the innermost heading that names one thing; ``label`` is what the section's own
    heading announces.
    """

    section: Section
    kind: Kind
    topic: Block | None = None
    label: Label | None = None

    @property
    def is_about_challenges(self) -> bool:
        """Whether a heading above says that challenges are told here."""
        return self.kind in ABOUT_CHALLENGES

    @property
    def is_met(self) -> bool:
        """Whether its heading says of challenges that somebody met them: "Challenges Faced"."""
        return self.is_about_challenges and not _WERE_MET.isdisjoint(words_of(self.section.title))


_ADVICE = word_set("""
    troubleshooting troubleshoot faq faqs depannage roadmap potential possible anticipated expected
    changelog anticipes anticipees prevus upcoming potentiels potentielles previsibles
""")
_ADVICE_PHRASES = (
    *(
        "next step",
        "what s next",
        "bug fix",
        "release note",
        "frequently asked",
        "foire aux questions",
    ),
    *("known issue", "known problem", "known bug", "problemes connus"),
    *("common issue", "common problem", "common error", "common challenge"),
    *("problemes courants", "problemes frequents", "erreurs courantes", "erreurs frequentes"),
)
_ADVISING = re.compile("|".join(_ADVICE_PHRASES))
_EXERCISES = word_set("""
    coding programming daily weekly monthly ctf leetcode hackerrank codewars katas kata algorithm
    algorithms practice practise bonus stretch extra mini hackathon hackathons exercise exercises
    quiz quizzes interview join yourself submit submission active community gameplay badges
    leaderboard days exercices
""")
#: What has not happened yet; the name of a text may be a todo list.
_PLANS = word_set("future todo planned perspectives ameliorations")
#: A section of these tells of the product, unless it says that challenges were solved.
_PRODUCT = word_set("""
    features feature risk risks limitations limitation objectives objective goals goal requirements
    fonctionnalites fonctionnalite risques objectifs
""")
_CHALLENGES = word_set("""
    challenges defis difficultes difficulties obstacles hurdles struggles roadblocks blockers
""")
#: Words that mean a challenge when it is said that they were met or solved.
_TROUBLES = word_set("problems problemes challenge defi difficulty difficulte")
#: These are also fixed in every change log: only those who met them tell of them.
#: And "Problem and solution" is how products are praised.
_BUGS = word_set("issues issue bugs bug errors error erreurs erreur bogues problem probleme")
_MET = word_set("""
    faced encountered rencontres rencontrees rencontre rencontree met identified identifies
    identifiees had how
""")
#: Of these, what is hardly said of anything else.
_WERE_MET = word_set("""
    faced encountered rencontres rencontrees rencontre rencontree
""")
_SOLVED = word_set("""
    solution solutions solved resolved resolutions resolution overcome overcame overcoming fixed
    fixes fix how resolus resolues corriges corrigees surmontes surmontees
""")
_LESSONS = word_set("""
    lessons lesson lecons lecon learned learnt learnings takeaways retrospective postmortem
    apprentissages reflections insights
""")


def places(sections: Iterable[Section]) -> Iterator[Place]:
    """Each section with where it stands."""
    read: dict[int, tuple[Kind, Label | None]] = {}
    title: Block | None = None
    for section in sections:
        if section.heading:
            title = title or section.heading
            is_title = section.heading is title and title.level == 1
            read[section.heading.line] = _read(section.heading, is_title=is_title)
        yield _place(section, read)


def _place(section: Section, read: dict[int, tuple[Kind, Label | None]]) -> Place:
    kind, topic = Kind.OPEN, None
    for heading in section.path:
        own, label = read[heading.line]
        is_within = kind in ABOUT_CHALLENGES
        if own is Kind.EXCLUDED:
            return Place(section, Kind.EXCLUDED)
        if own is Kind.PRODUCT and not is_within:
            kind, topic = own, None
            continue
        if kind is Kind.PRODUCT and own is not Kind.SOLVED:
            continue  # "Challenges" of a product are part of it, those with solutions are not
        if label and (is_within or own is Kind.OPEN):
            continue
        if own not in (Kind.OPEN, Kind.PRODUCT):
            kind, topic = own, None
        else:
            topic = heading if is_within or 3 <= heading.level < BOLD_LEVEL else None
    if kind is Kind.PRODUCT:
        return Place(section, Kind.EXCLUDED)
    label = read[section.heading.line][1] if section.heading else None
    return Place(section, kind, topic, label)


def _read(heading: Block, *, is_title: bool) -> tuple[Kind, Label | None]:
    label = _label(heading)
    if label and not label.is_list:
        return Kind.OPEN, label
    return _kind(heading.text[:SHORT], is_title=is_title), label


@lru_cache(maxsize=2_048)
def _kind(title: str, *, is_title: bool) -> Kind:
    words = words_of(title)
    own, phrase = set(words), " ".join(words)
    if own & _ADVICE or _ADVISING.search(phrase):
        return Kind.EXCLUDED
    if own & _PLANS and not is_title:
        return Kind.EXCLUDED
    # The name of a whole text says "Challenges": "Backend challenge" is a test for a job.
    is_solved = bool(own & _SOLVED)
    is_met = (own & _TROUBLES and own & (_MET | _SOLVED)) or (own & _BUGS and own & _MET)
    is_told = own & _CHALLENGES or (is_met and not is_title)
    if own & _EXERCISES and own & (_CHALLENGES | _TROUBLES):
        return Kind.EXCLUDED
    if own & _PRODUCT and not is_title and not (is_told and is_solved):
        return Kind.PRODUCT
    if is_told:
        return Kind.SOLVED if is_solved else Kind.CHALLENGES
    return Kind.LESSONS if own & _LESSONS else Kind.OPEN


def _label(heading: Block) -> Label | None:
    parts = pieces(heading.text, line=heading.line)
    if parts and parts[0].role is not None:
        return Label(parts[0].role, parts[0].name, " ".join(part.text for part in parts).strip())
    role = role_of(heading.text)
    return Label(role, heading.text, "") if role else None
