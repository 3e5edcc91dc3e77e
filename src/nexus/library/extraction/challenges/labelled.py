"""Challenges told with labels: in lists, in paragraphs, and as headings."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from nexus.library.extraction.challenges.labels import Piece, pieces
from nexus.library.extraction.challenges.model import (
    Draft,
    Form,
    Passage,
    as_markdown,
    split_title,
)
from nexus.library.extraction.challenges.scopes import Kind, Place
from nexus.library.extraction.challenges.vocabulary import Role, is_answer
from nexus.library.extraction.inline import words_of
from nexus.library.extraction.outline import BOLD_LEVEL, Block, BlockKind

#: So many problems are read in one text, told to the end or not.
_MOST_TELLINGS = 400
#: So many blocks before a lone "Solution:" are taken for the problem.
_MOST_LOOSE = 6
#: The longest words before a label that are a title, in characters.
_LONGEST_TITLE = 200
#: A title in a list stands so many lines above what it names, at most.
_NEAR = 2
#: Headings up to this level divide a whole text: a "Solution" there may be the product.
_CHAPTER = 2
_LABELLED = frozenset({BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.QUOTE})


@dataclass(slots=True)
class Telling:
    """A challenge being told, with what is known of how.

    ``name`` is the label of its problem, ``level`` that of the heading above. ``is_titled``: that
    heading names this challenge alone, so the next of its level is about something else.
    ``topic`` is a heading that may be its title.
    """

    draft: Draft
    place: Place
    name: str
    level: int
    is_titled: bool = True
    has_named_problem: bool = False
    is_labelled: bool = True
    topic: Block | None = None

    @property
    def is_solved(self) -> bool:
        """Whether it has been said what was done."""
        return bool(self.draft.action.text)

    def passage(self, role: Role | None) -> Passage | None:
        """Where the words behind a label belong; None when nowhere."""
        if role is Role.ACTION:
            return self.draft.action
        if role is Role.RESULT and self.is_solved:
            return self.draft.result
        # What it led to, said before what was done, is part of the problem.
        return None if self.is_solved else self.draft.problem


@dataclass(slots=True)
class _Open:
    """The passage that what follows may continue.

    ``takes_all``: its label stood alone, as a heading does. ``depth`` is that of the item in
    which the label stood, -1 outside of lists: what lies deeper belongs to it. ``line`` is the
    last line read into it.
    """

    passage: Passage
    takes_all: bool
    depth: int
    line: int

    def continues(self, block: Block, *, is_problem: bool) -> bool:
        """Whether ``block`` belongs to the passage."""
        if block.kind is BlockKind.TABLE:
            return False
        if block.kind is BlockKind.ITEM:
            return self._continues_item(block)
        return self.takes_all or is_problem or block.kind is BlockKind.FENCE

    def _continues_item(self, item: Block) -> bool:
        if self.depth >= 0:
            # Behind a label alone, a list may begin anew: "1. Tokens / **Problem:** / - stolen".
            is_first = self.takes_all and not self.passage.text
            return item.level > self.depth - is_first
        is_below = item.line == self.line + 1 or self.passage.text.endswith(":")
        return self.takes_all or is_below

    def add(self, block: Block) -> None:
        """Continue the passage with ``block``."""
        is_item = block.kind is BlockKind.ITEM
        if is_item and not self.passage.text:
            self.depth = block.level - 1
        depth = max(0, self.depth + 1)
        self.passage.add(as_markdown(block, depth=depth), is_item=is_item)
        self.line = block.end_line


@dataclass(slots=True)
class LabelReader:
    """Reads the sections of a text in order; ``tellings`` are the challenges met so far."""

    tellings: list[Telling] = field(default_factory=list)
    _telling: Telling | None = None
    _open: _Open | None = None
    _item: Block | None = None
    _loose: list[Block] = field(default_factory=list)

    def read(self, place: Place) -> bool:
        """Read one section. Whether any of it is part of a challenge told with labels."""
        self._item = None
        if place.kind is Kind.EXCLUDED:
            self._end()
            return False
        if place.section.heading:
            self._heading(place.section.heading, place)
        count = len(self.tellings)
        was_told = self._telling is not None
        for block in place.section.blocks:
            self._block(block, place)
        return was_told or len(self.tellings) > count

    def _end(self) -> None:
        self._telling = self._open = None
        self._loose = []

    # Headings

    def _heading(self, heading: Block, place: Place) -> None:
        label = place.label
        if label is None:
            self._unknown_heading(heading)
        elif label.is_list and label.role is Role.PROBLEM and not place.topic:
            self._end()
        else:
            piece = Piece(label.role, label.name, label.rest, heading.line, heading.end_line)
            self._labelled_heading(piece, heading, place)

    def _unknown_heading(self, heading: Block) -> None:
        """A heading below the one that began the challenge is part of it; any other ends it."""
        telling = self._telling
        is_below = telling is not None and heading.level > telling.level
        is_headed = telling is not None and (telling.draft.form is Form.HEADINGS or telling.topic)
        if not is_below or not (is_headed or heading.level == BOLD_LEVEL):
            self._end()
        elif self._open and self._open.takes_all:
            self._open.passage.add(f"**{heading.text}**")

    def _labelled_heading(self, piece: Piece, heading: Block, place: Place) -> None:
        telling = self._telling
        is_part = telling is not None and (
            heading.level + (not telling.is_titled) > telling.level
            or self._answers(telling, piece, heading, place)
        )
        if piece.role is Role.PROBLEM and not (is_part and telling and not telling.is_solved):
            self._end()
            telling = self._begin(piece, place, form=Form.HEADINGS, level=_level(place))
            telling.is_titled = bool(piece.text) or heading.level == BOLD_LEVEL
            telling.draft.title = piece.text
            piece = Piece(piece.role, piece.name, "", piece.line, piece.end_line)
        elif telling is not None and not is_part:
            self._end()
        self._take(piece, place, depth=-1)

    @staticmethod
    def _answers(telling: Telling, piece: Piece, heading: Block, place: Place) -> bool:
        """Whether "Solution" beside "Challenge: lost tasks" is this one's, not the product's."""
        is_beside = heading.level == telling.level and telling.draft.form is Form.HEADINGS
        is_told = place.is_about_challenges or heading.level > _CHAPTER
        is_next = piece.role is not Role.RESULT or telling.is_solved
        return (
            is_beside and is_told and is_next and not piece.text and piece.role is not Role.PROBLEM
        )

    # What stands below them

    def _block(self, block: Block, place: Place) -> None:
        may_be_labelled = block.kind in _LABELLED and len(self.tellings) < _MOST_TELLINGS
        parts = pieces(block.text, line=block.line) if may_be_labelled else ()
        if not any(part.role for part in parts):
            self._unlabelled(block)
            return
        depth = block.level if block.kind is BlockKind.ITEM else -1
        if parts[0].role is None:
            self._before_label(parts[0], parts[1], place, depth=depth)
            parts = parts[1:]
        for part in parts:
            self._take(part, place, depth=depth)

    def _before_label(self, before: Piece, after: Piece, place: Place, *, depth: int) -> None:
        """Words before the first label of a block: a title, or the problem itself."""
        if after.role is Role.PROBLEM:
            telling = self._begin(after, place)
            telling.draft.line = before.line
            if len(before.text) < _LONGEST_TITLE:
                telling.draft.title = before.text
        elif self._telling is not None and not self._telling.is_solved:
            self._telling.draft.problem.add(before.text)
        elif after.role is Role.ACTION and place.is_about_challenges:
            loose = [] if depth >= 0 else self._loose  # an item tells of its own problem
            telling = self._begin(before, place, is_labelled=False)
            _add_all(telling.draft.problem, loose)
            telling.draft.problem.add(before.text)

    def _take(self, piece: Piece, place: Place, *, depth: int) -> None:
        """Put a labelled piece where it belongs, and begin a challenge if it is a new problem."""
        if piece.role is Role.PROBLEM and self._is_new(piece):
            telling = self._begin(piece, place)
            self._use_item(telling, depth)
        elif piece.role in {Role.ACTION, Role.CAUSE} and self._telling is None:
            self._begin_untold(piece, place, depth=depth)
        if self._telling is not None:
            self._put(self._telling, piece, depth=depth)

    def _put(self, telling: Telling, piece: Piece, *, depth: int) -> None:
        passage, draft = telling.passage(piece.role), telling.draft
        if passage is None:
            self._open = None
            return
        if piece.title and not draft.title:
            draft.title = piece.title
        is_further = piece.role is not Role.PROBLEM or telling.has_named_problem
        if passage is draft.problem and passage.text and is_further:
            passage.add(f"**{piece.name}:** {piece.text}".rstrip())
        else:
            passage.add(piece.text)
        telling.has_named_problem |= piece.role is Role.PROBLEM and bool(piece.text)
        draft.end_line = max(draft.end_line, piece.end_line)
        self._open = _Open(passage, not piece.text, depth, piece.end_line)

    def _is_new(self, piece: Piece) -> bool:
        telling = self._telling
        if telling is None or telling.is_solved:
            return True
        # "Problem 1" and "Problem 2" are two; "Challenge" and "Issue" tell of one.
        return telling.has_named_problem and words_of(piece.name) == words_of(telling.name)

    def _begin(
        self,
        piece: Piece,
        place: Place,
        *,
        level: int | None = None,
        form: Form = Form.LABELS,
        is_labelled: bool = True,
    ) -> Telling:
        draft = Draft(piece.line, _section(place), form, end_line=piece.end_line)
        level = _level(place) if level is None else level
        telling = Telling(draft, place, piece.name, level, is_labelled=is_labelled)
        telling.topic = place.topic
        self._end()
        self._telling = telling
        self.tellings.append(telling)
        return telling

    def _use_item(self, telling: Telling, depth: int) -> bool:
        """Take the list item above for the title, and what it says more for the problem."""
        item = self._item
        if item is None or not _is_title_of(item, line=telling.draft.line, depth=depth):
            return False
        title, rest = split_title(item.text)
        telling.draft.title, telling.draft.line = title, item.line
        telling.draft.problem.add(rest)
        return True

    def _begin_untold(self, piece: Piece, place: Place, *, depth: int) -> None:
        """A solution whose problem is the item or the heading above it."""
        has_item = self._item is not None and self._item.level < depth
        is_lesson = place.kind is Kind.LESSONS and not has_item and is_answer(piece.name)
        is_told = place.is_about_challenges or is_lesson
        if not is_told or not (has_item or place.topic):
            return
        loose = self._loose
        telling = self._begin(piece, place, is_labelled=False)
        if not self._use_item(telling, depth):
            _add_all(telling.draft.problem, loose)

    def _unlabelled(self, block: Block) -> None:
        telling, open_ = self._telling, self._open
        if (
            telling
            and open_
            and open_.continues(block, is_problem=open_.passage is telling.draft.problem)
        ):
            open_.add(block)
            telling.draft.end_line = block.end_line
            return
        self._open = None
        if block.kind is BlockKind.ITEM:
            if telling:
                self._end()
            if self._item is None or block.level <= self._item.level:
                self._item = block
        if len(self._loose) < _MOST_LOOSE:
            self._loose.append(block)


def _is_title_of(item: Block, *, line: int, depth: int) -> bool:
    """Whether ``item`` names what an item on ``line`` tells: it is less deep, or just above.

    "1) **Rate limits**" may stand right above "- Problem: …", both at the margin.
    """
    if item.level < depth:
        return True
    title, rest = split_title(item.text)
    is_bold = title != item.text and not rest
    return is_bold and item.level == depth and line <= item.end_line + _NEAR


def _add_all(passage: Passage, blocks: Sequence[Block]) -> None:
    for block in blocks:
        passage.add(as_markdown(block), is_item=block.kind is BlockKind.ITEM)


def _level(place: Place) -> int:
    """The level of the section's heading; a bold line is as deep as the heading above it."""
    path = [heading.level for heading in place.section.path]
    if path and path[-1] == BOLD_LEVEL and place.label:
        path.pop()
    return path[-1] if path else 0


def _section(place: Place) -> str:
    """The innermost heading that is neither a label nor the challenge's own title."""
    own = place.section.heading if place.label and not place.label.is_list else None
    path = place.section.path
    above = [each for each in path if each is not own and each is not place.topic]
    return above[-1].text if above else ""
