"""Which topics a text is about. One pass over its words, whatever it holds."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import compress, count
from typing import NamedTuple

from nexus.library.extraction.outline import Block, BlockKind, Outline, outline
from nexus.library.topics.catalogue import Name, TopicKind, catalogue
from nexus.library.topics.words import STOP, Words, words_of

#: A text has no more topics than this.
MAX_TOPICS = 12
#: What one mention counts by where it stands. Code names what it uses at every turn, so there
#: it counts little, and no more than ``_MOST_FROM_CODE`` for one topic.
_TITLE, _HEADING, _PROSE, _CODE = 6.0, 3.0, 1.0, 0.25
_MOST_FROM_CODE = 2.0
#: More mentions than this in one paragraph, item or table are no more about it.
_MOST_A_BLOCK = 2
#: What a mention counts for the topic that its topic is a part of.
_FOR_BROADER = 0.5
#: A text of so many words is about everything that it names; a longer one must name it more
#: often, once more for every ``_WORDS_A_MENTION``, but never more often than ``_MOST_ASKED``.
_SHORT = 80
_WORDS_A_MENTION = 300
_MOST_ASKED = 5.0
#: So many mentions of a text are read: several times what the densest list of links has.
MAX_MENTIONS = 10_000
#: How near another technology makes an ambiguous word clear, in words.
_NEAR = 12


class TopicMatch(NamedTuple):
    """A topic of a text; ``weight`` is above 0, at most 1, and grows with how much it is about."""

    slug: str
    weight: float


class Mention(NamedTuple):
    """A topic named in a text: the pieces from ``start`` to before ``end``."""

    slug: str
    start: int
    end: int


def topics_of(
    text: str | Outline, *, title: str = "", front_matter_topics: Sequence[str] = ()
) -> tuple[TopicMatch, ...]:
    """The topics of a Markdown text, the weightiest first, at most ``MAX_TOPICS``.

    ``front_matter_topics`` are what its author says it is about: those that the hub knows come
    first, with full weight. An ``Outline`` that is at hand saves making it again.
    """
    named = (topic_named(words) for words in front_matter_topics)
    said = dict.fromkeys(slug for slug in named if slug)
    tally = _tally(outline(text) if isinstance(text, str) else text, title)
    found = [
        TopicMatch(slug, round(score / (score + tally.needed), 3))
        for slug, score in tally.scores().items()
        if score >= tally.needed and slug not in said
    ]
    found.sort(key=lambda match: (-match.weight, match.slug))
    return (*(TopicMatch(slug, 1.0) for slug in said), *found)[:MAX_TOPICS]


def topic_named(words: str) -> str | None:
    """The slug of the topic that ``words`` are a name of: ``N+1 problem``, ``k8s``, ``JWTs``."""
    topic = catalogue().named(words)
    return topic.slug if topic else None


def topics_named_in(text: str) -> tuple[str, ...]:
    """Every topic that a piece of Markdown names, in the order of their first mention."""
    return tuple(dict.fromkeys(mention.slug for mention in mentions(words_of([text]))))


def mentions(words: Words) -> list[Mention]:
    """Where topics are named: the longest name wins, and ambiguous ones need company."""
    begins = map(catalogue().first_words.__contains__, words.keys)
    clear: list[Mention] = []
    unclear: list[Mention] = []
    reached = 0
    for place in compress(count(), begins):
        if place < reached:
            continue
        if len(clear) + len(unclear) >= MAX_MENTIONS:
            break
        mention, is_clear = _mention_at(words, place)
        if mention:
            (clear if is_clear else unclear).append(mention)
            reached = mention.end
    if not unclear:
        return clear
    places = [mention.start for mention in clear if _is_technology(mention.slug)]
    company = [mention for mention in unclear if _has_company(mention.start, places)]
    return sorted([*clear, *company], key=lambda mention: mention.start)


def _mention_at(words: Words, place: int) -> tuple[Mention | None, bool]:
    """The longest name that begins at ``place``, and whether it can mean nothing else."""
    for end, name in catalogue().names_at(words.keys, place):
        if _is_clear(name, words, place, end):
            return Mention(name.slug, place, end), True
        if tuple(words.written[place:end]) in name.ambiguous and not _begins(words, place, end):
            return Mention(name.slug, place, end), False
    return None, False


def _is_clear(name: Name, words: Words, start: int, end: int) -> bool:
    return (
        name.is_plain
        or (name.in_code and words.is_in_code(start))
        or tuple(words.written[start:end]) in name.cased
    )


def _begins(words: Words, start: int, end: int) -> bool:
    """Whether a capital is there for the sentence's sake: ``Go to the settings``."""
    is_first = start == 0 or words.keys[start - 1] == STOP
    return is_first and words.written[end].islower()


def _is_technology(slug: str) -> bool:
    return catalogue().topics[slug].kind is TopicKind.TECHNOLOGY


def _has_company(place: int, others: Sequence[int]) -> bool:
    """Whether one of ``others``, in ascending order, is near ``place``."""
    after = bisect_left(others, place - _NEAR)
    return after < len(others) and others[after] <= place + _NEAR


@dataclass(slots=True)
class _Tally:
    """What the mentions of a text come to: by topic, in its prose and in its code."""

    prose: dict[str, float] = field(default_factory=dict)
    code: dict[str, float] = field(default_factory=dict)
    length: int = 0

    @property
    def needed(self) -> float:
        """The score that makes a topic of what is named."""
        if self.length <= _SHORT:
            return _PROSE
        return min(_MOST_ASKED, 1 + self.length / _WORDS_A_MENTION)

    def count(self, slug: str, weight: float, *, in_code: bool) -> None:
        scores = self.code if in_code else self.prose
        scores[slug] = scores.get(slug, 0.0) + weight

    def scores(self) -> Mapping[str, float]:
        prose, code = _with_broader(self.prose), _with_broader(self.code)
        return {
            slug: prose.get(slug, 0.0) + min(code.get(slug, 0.0), _MOST_FROM_CODE)
            for slug in dict.fromkeys((*prose, *code))
        }


def _with_broader(scores: Mapping[str, float]) -> dict[str, float]:
    """The scores, each counted for the topics that its topic is a part of, too."""
    whole: dict[str, float] = {}
    for slug, score in scores.items():
        for steps, topic in enumerate((slug, *catalogue().broader(slug))):
            whole[topic] = whole.get(topic, 0.0) + score * _FOR_BROADER**steps
    return whole


def _tally(text: Outline, title: str) -> _Tally:
    parts = [*_parts(text, title)]
    words = words_of(content for content, _ in parts)
    weights = [weight for _, weight in parts]
    lengths = zip(words.lengths(), weights, strict=True)
    tally = _Tally(length=sum(length for length, weight in lengths if weight != _CODE))
    named = Counter((words.text_of(mention.start), mention.slug) for mention in mentions(words))
    for (part, slug), times in named.items():
        tally.count(slug, weights[part] * min(times, _MOST_A_BLOCK), in_code=weights[part] == _CODE)
    return tally


def _parts(text: Outline, title: str) -> Iterator[tuple[str, float]]:
    """The text in parts with what a mention in each counts."""
    if title:
        yield title, _TITLE
    yield from map(_part, text.blocks)


def _part(block: Block) -> tuple[str, float]:
    if block.kind is BlockKind.FENCE:
        return f"{block.info} | {block.text}", _CODE
    if block.kind is BlockKind.TABLE:
        return " | ".join(cell for row in block.rows for cell in row), _PROSE
    return block.text, _HEADING if block.kind is BlockKind.HEADING else _PROSE
