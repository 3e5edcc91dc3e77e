"""Challenges told with labels: in lists, in paragraphs, and as headings."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from nexus.library.extraction.challenges.labels import Piece, pieces
from nexus.library.extraction.challenges.model import (
    Draft,
    Form,
    FoundChallenge,
    Passage,
    as_markdown,
    headline,
    says_something,
)
from nexus.library.extraction.challenges.scopes import Kind, Place
from nexus.library.extraction.challenges.told import tells_of_doing
from nexus.library.extraction.challenges.vocabulary import Role, is_strong
from nexus.library.extraction.outline import BOLD_LEVEL, Block, BlockKind

#: A labelled problem without a solution is kept when it has so many words.
_WORDS_ALONE = 12
#: So many problems are read in one text, told to the end or not.
_MOST_TELLINGS = 600
_LABELLED = frozenset({BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.QUOTE})


@dataclass(slots=True)
class _Open:
    """The passage that what follows may continue.

    ``takes_all``: its label stood alone, as a heading does. ``depth`` is that of the item in
    which the label stood, -1 outside of lists. ``line`` is the last line read into it.
    """

    passage: Passage
    takes_all: bool
    depth: int
    line: int


@dataclass(slots=True)
class _Telling:
    """A draft with what is known of how it was told.

    ``name`` is the label of its problem, ``level`` that of the heading above. ``is_titled``: that
    heading names this challenge alone, so the next of its level is about something else.
    """

    draft: Draft
    place: Place
    name: str
    level: int
    is_titled: bool = True
    has_named_problem: bool = False
    is_labelled: bool = True
    topic: Block | None = None


@dataclass(slots=True)
class LabelReader:
    """Reads the sections of a text in order; ``tellings`` are the challenges met so far."""

    tellings: list[_Telling] = field(default_factory=list)
    _telling: _Telling | None = None
    _open: _Open | None = None
    _title_item: Block | None = None

    def read(self, place: Place) -> None:
        """Read one section."""
        self._title_item = None
        if place.kind is Kind.EXCLUDED:
            self._end()
            return
        if place.section.heading:
            self._heading(place.section.heading, place)
        for block in place.section.blocks:
            self._block(block, place)

    def _end(self) -> None:
        self._telling = self._open = None

    def _heading(self, heading: Block, place: Place) -> None:
        label = place.label
        if label is None:
            self._unknown_heading(heading)
        elif label.is_list and label.role is Role.PROBLEM and not place.topic:
            self._end()
        else:
            piece = Piece(label.role, label.name, label.rest, heading.line, heading.end_line)
            self._labelled_heading(piece, heading.level, place)

    def _unknown_heading(self, heading: Block) -> None:
        """A heading below the one that began the challenge is part of it; any other ends it."""
        telling = self._telling
        is_below = telling is not None and heading.level > telling.level
        is_headed = telling is not None and (telling.draft.form is Form.HEADINGS or telling.topic)
        if not is_below or not (is_headed or heading.level == BOLD_LEVEL):
            self._end()
        elif self._open and self._open.takes_all:
            self._open.passage.add(f"**{heading.text}**")

    def _labelled_heading(self, piece: Piece, level: int, place: Place) -> None:
        telling = self._telling
        is_part = telling is not None and level + (not telling.is_titled) > telling.level
        if piece.role is Role.PROBLEM and not (is_part and self._is_unsolved()):
            self._begin(piece, place, level=level, form=Form.HEADINGS, is_titled=bool(piece.text))
            if self._telling and piece.text:
                self._telling.draft.title = piece.text
                piece = Piece(piece.role, piece.name, "", piece.line, piece.end_line)
        elif not is_part:
            self._end()
        self._take(piece, place, depth=-1)

    def _block(self, block: Block, place: Place) -> None:
        may_be_labelled = block.kind in _LABELLED and len(self.tellings) < _MOST_TELLINGS
        parts = pieces(block.text, line=block.line) if may_be_labelled else ()
        if not any(part.role for part in parts):
            self._unlabelled(block)
            return
        depth = block.level if block.kind is BlockKind.ITEM else -1
        if parts[0].role is None:
            self._before_label(parts[0], parts[1], place, depth=depth)
        for part in parts:
            if part.role:
                self._take(part, place, depth=depth)

    def _before_label(self, before: Piece, after: Piece, place: Place, *, depth: int) -> None:
        """Words before the first label of a block: a title, or the problem itself."""
        if after.role is Role.PROBLEM:
            self._begin(after, place, level=_level(place))
            if self._telling and len(before.text) < 200:
                self._telling.draft.title = before.text
        elif after.role is Role.ACTION and place.is_about_challenges and depth >= 0:
            self._begin(before, place, level=_level(place))
            if self._telling:
                self._telling.draft.problem.add(before.text)

    def _take(self, piece: Piece, place: Place, *, depth: int) -> None:
        """Put a labelled piece where it belongs, and begin a challenge if it is a new problem."""
        if piece.role is Role.PROBLEM and self._is_new(piece):
            self._begin(piece, place, level=_level(place), depth=depth)
        elif piece.role is Role.ACTION and self._telling is None:
            self._begin_untold(piece, place, depth=depth)
        telling = self._telling
        if telling is None:
            return
        passage = _passage(telling.draft, piece.role)
        if passage is None:
            self._open = None
            return
        is_further = piece.role is not Role.PROBLEM or telling.has_named_problem
        if passage is telling.draft.problem and passage.text and piece.text and is_further:
            passage.add(f"**{piece.name}:** {piece.text}")
        else:
            passage.add(piece.text)
        telling.has_named_problem |= piece.role is Role.PROBLEM and bool(piece.text)
        telling.draft.end_line = max(telling.draft.end_line, piece.end_line)
        self._open = _Open(passage, not piece.text, depth, piece.end_line)

    def _is_new(self, piece: Piece) -> bool:
        if self._telling is None:
            return True
        is_same_label = piece.name.casefold() == self._telling.name.casefold()
        return not self._is_unsolved() or (is_same_label and self._telling.has_named_problem)

    def _is_unsolved(self) -> bool:
        return self._telling is not None and not self._telling.draft.action.text

    def _begin(
        self,
        piece: Piece,
        place: Place,
        *,
        level: int,
        depth: int = -1,
        form: Form = Form.LABELS,
        is_titled: bool = True,
    ) -> None:
        draft = Draft(piece.line, _section(place), form, end_line=piece.end_line)
        item = self._title_item
        if item and item.level < depth:
            draft.title, draft.line = headline(item.text), item.line
        self._telling = _Telling(draft, place, piece.name, level, is_titled)
        if not draft.title and place.topic:
            self._telling.topic = place.topic
        self.tellings.append(self._telling)

    def _begin_untold(self, piece: Piece, place: Place, *, depth: int) -> None:
        """A solution whose problem is the item or the heading above it."""
        item = self._title_item
        has_title = (item is not None and item.level < depth) or place.topic is not None
        if place.is_about_challenges and has_title:
            self._begin(piece, place, level=_level(place), depth=depth)
            if self._telling:
                self._telling.is_labelled = False

    def _unlabelled(self, block: Block) -> None:
        if self._open and self._continues(block, self._open):
            depth = max(0, self._open.depth + 1)
            is_item = block.kind is BlockKind.ITEM
            self._open.passage.add(as_markdown(block, depth=depth), is_item=is_item)
            self._open.line = block.end_line
            if self._telling:
                self._telling.draft.end_line = block.end_line
            return
        self._open = None
        if block.kind is BlockKind.ITEM:
            self._end()
            if self._title_item is None or block.level <= self._title_item.level:
                self._title_item = block

    def _continues(self, block: Block, open_: _Open) -> bool:
        if block.kind is BlockKind.TABLE:
            return False
        if block.kind is BlockKind.ITEM and open_.depth >= 0:
            return block.level > open_.depth
        if open_.takes_all or block.kind is BlockKind.FENCE:
            return True
        is_problem = self._telling is not None and open_.passage is self._telling.draft.problem
        is_list_below = block.kind is BlockKind.ITEM and (
            block.line == open_.line + 1 or open_.passage.text.endswith(":")
        )
        return is_list_below or (is_problem and block.kind is not BlockKind.ITEM)


def _level(place: Place) -> int:
    return place.section.heading.level if place.section.heading else 0


def _section(place: Place) -> str:
    """The innermost heading that is neither a label nor the challenge's own title."""
    own = place.section.heading if place.label and not place.label.is_list else None
    path = place.section.path
    above = [each for each in path if each is not own and each is not place.topic]
    return above[-1].text if above else ""


def _passage(draft: Draft, role: Role | None) -> Passage | None:
    if role is Role.ACTION:
        return draft.action
    if role is Role.RESULT and draft.action.text:
        return draft.result
    # What it led to, said before what was done, is part of the problem.
    return None if draft.action.text else draft.problem


def told_with_labels(places: Iterable[Place]) -> list[FoundChallenge]:
    """The challenges told with labels."""
    reader = LabelReader()
    headings = labels = 0
    for place in places:
        reader.read(place)
        if place.section.heading and place.section.heading.level < BOLD_LEVEL:
            headings += 1
            labels += place.label is not None
    is_one_telling = 2 * labels >= headings - 1
    _name_topics(reader.tellings)
    count = sum(telling.place.kind is Kind.OPEN for telling in reader.tellings)
    return [
        telling.draft.found()
        for telling in reader.tellings
        if _is_told(telling, is_one_telling=is_one_telling, is_alone=count < 2)
    ]


def _name_topics(tellings: list[_Telling]) -> None:
    """A heading is the title of the one challenge below it, and the section of several."""
    counts = Counter(telling.topic.line for telling in tellings if telling.topic)
    for telling in tellings:
        if telling.topic and counts[telling.topic.line] == 1:
            telling.draft.title = telling.topic.text
            telling.draft.line = min(telling.draft.line, telling.topic.line)
        elif telling.topic:
            telling.draft.section = telling.topic.text


def _is_told(telling: _Telling, *, is_one_telling: bool, is_alone: bool) -> bool:
    draft = telling.draft
    if not says_something(draft.problem.text or draft.title, words=2):
        return False
    if telling.place.kind is not Kind.OPEN:
        return says_something(draft.action.text, words=2) or (
            telling.place.is_about_challenges
            and telling.is_labelled
            and not draft.action.text
            and says_something(draft.problem.text, words=_WORDS_ALONE)
        )
    if not says_something(draft.action.text, words=3):
        return False
    if draft.form is Form.HEADINGS and telling.level <= 2:
        return is_one_telling
    has_done = tells_of_doing(draft.action.text)
    return is_strong(telling.name) or (has_done and not (is_alone and telling.topic is None))
