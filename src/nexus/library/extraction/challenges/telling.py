"""Which of the challenges that labels mark are told in earnest."""

from collections import Counter
from collections.abc import Sequence

from nexus.library.extraction.challenges.labelled import LabelReader, Telling
from nexus.library.extraction.challenges.model import (
    WORDS_ALONE,
    Form,
    FoundChallenge,
    Passage,
    says_something,
)
from nexus.library.extraction.challenges.scopes import Kind, Place
from nexus.library.extraction.challenges.told import split_at_doing, tells_of_doing
from nexus.library.extraction.challenges.vocabulary import is_strong
from nexus.library.extraction.outline import BOLD_LEVEL


def told_with_labels(places: Sequence[Place]) -> tuple[list[FoundChallenge], set[int]]:
    """The challenges told with labels, and the numbers of the places that have part in one."""
    reader = LabelReader()
    told = {number for number, place in enumerate(places) if reader.read(place)}
    for telling in reader.tellings:
        _divide(telling)
    topics = {id(telling.topic) for telling in reader.tellings if not telling.is_labelled}
    told |= {n for n, place in enumerate(places) if id(place.section.heading) in topics}
    _name_topics(reader.tellings)
    is_one_telling = _is_one_telling(places)
    is_alone = sum(telling.place.kind is Kind.OPEN for telling in reader.tellings) < 2
    found = [
        telling.draft.found()
        for telling in reader.tellings
        if _is_told(telling, is_one_telling=is_one_telling, is_alone=is_alone)
    ]
    return found, told


def _is_one_telling(places: Sequence[Place]) -> bool:
    """Whether most headings of a text are labels: the text as a whole tells one challenge."""
    headed = [place for place in places if place.section.heading]
    real = [place for place in headed if place.section.path[-1].level < BOLD_LEVEL]
    return 2 * sum(place.label is not None for place in real) >= len(real) - 1


def _divide(telling: Telling) -> None:
    """What was done may stand behind the problem without a label of its own."""
    draft = telling.draft
    if draft.action.text or not telling.place.is_about_challenges:
        return
    parts = split_at_doing(draft.problem.text)
    if parts and parts[0]:
        draft.problem, draft.action = Passage(parts[0]), Passage(parts[1])


def _name_topics(tellings: Sequence[Telling]) -> None:
    """A heading is the title of the one challenge below it, and the section of several."""
    counts = Counter(telling.topic.line for telling in tellings if telling.topic)
    for telling in tellings:
        draft, topic = telling.draft, telling.topic
        if topic is None:
            continue
        if counts[topic.line] > 1 or draft.title:
            draft.section = topic.text
        else:
            draft.title, draft.line = topic.text, min(draft.line, topic.line)


def _is_told(telling: Telling, *, is_one_telling: bool, is_alone: bool) -> bool:
    draft = telling.draft
    if not says_something(draft.problem.text or draft.title):
        return False
    if telling.place.kind is not Kind.OPEN:
        return says_something(draft.action.text) or _is_worth_alone(telling)
    if not says_something(draft.action.text, words=2, is_prose=True):
        return False
    if draft.form is Form.HEADINGS and telling.level <= 2 and not draft.title:
        # What a product is for is told below the same headings, but with others beside them.
        return is_one_telling
    has_done = tells_of_doing(draft.action.text)
    return is_strong(telling.name) or (has_done and not (is_alone and telling.topic is None))


def _is_worth_alone(telling: Telling) -> bool:
    """Whether a problem that nobody solved is said clearly enough to be kept."""
    draft = telling.draft
    is_alone = telling.is_labelled and not draft.action.text
    is_clear = says_something(draft.problem.text, words=WORDS_ALONE)
    return is_alone and is_clear and telling.place.is_about_challenges
