"""Challenges told without labels, below a heading that says what they are."""

import re
from collections.abc import Iterator
from itertools import islice

from nexus.library.extraction.challenges.labels import tidy
from nexus.library.extraction.challenges.model import (
    WORDS_ALONE,
    Draft,
    Form,
    FoundChallenge,
    Passage,
    as_markdown,
    says_something,
    split_title,
)
from nexus.library.extraction.challenges.scopes import Kind, Place
from nexus.library.extraction.challenges.told import split_at_doing, tells_of_doing
from nexus.library.extraction.challenges.vocabulary import role_of
from nexus.library.extraction.outline import Block, BlockKind

_CODE = re.compile(r"`[^`\n]{1,300}`")
_ARROW = re.compile(r"→|➜|➔|⇒|➡|⟶|(?<!-)->|=>")
_STATUS = re.compile(r"\W{0,4}[1-5]\d\d\b")
_DASH = re.compile(r"(?<=\S)(?:[ \t]+(?:–|—|--?)[ \t]+|[ \t]?:[ \t]+)(?=\S)")
_MEANS = re.compile(
    r"(?<!when)(?<!while)(?<!cases)(?<!from)(?<!than)(?<! of)(?<! to)(?<!about)[ ,]"
    r"(?:by(?= \w{2,20}ing)|using|through|via|thanks to|grâce à|"
    r"en(?= \w{2,20}ant))[ ]",
    re.IGNORECASE,
)
#: The longest words before an arrow or a dash that still name a problem, in characters.
_MAX_NAME = 240
#: So many items and paragraphs of a section are looked at.
_MOST_GROUPS = 500


def told_in_items(place: Place) -> list[FoundChallenge]:
    """The challenges in the lists and paragraphs of a section about challenges."""
    if not place.is_about_challenges:
        return []
    blocks = place.section.blocks
    groups = islice(_groups(blocks), _MOST_GROUPS)
    found = [challenge for group in groups if (challenge := _read(group, place))]
    is_prose = all(challenge.form is Form.PROSE for challenge in found)
    if is_prose and place.topic is not None and place.label is None:
        whole = _whole(place, place.topic)
        return [whole] if whole else found
    return found


def _groups(blocks: tuple[Block, ...]) -> Iterator[list[Block]]:
    """Each paragraph alone, each outermost list item with what lies below it."""
    items = [block.level for block in blocks if block.kind is BlockKind.ITEM]
    outermost = min(items, default=0)
    group: list[Block] = []
    for block in blocks:
        is_below = block.kind in {BlockKind.ITEM, BlockKind.FENCE} and block.level > outermost
        if group and (is_below or (block.kind is BlockKind.FENCE and group)):
            group.append(block)
            continue
        if group:
            yield group
        group = [block] if block.kind in {BlockKind.ITEM, BlockKind.PARAGRAPH} else []
    if group:
        yield group


def _read(group: list[Block], place: Place) -> FoundChallenge | None:
    first, below = group[0], group[1:]
    draft = Draft(first.line, place.section.title, Form.PROSE, end_line=group[-1].end_line)
    more = Passage()
    for block in below:
        is_item = block.kind is BlockKind.ITEM
        more.add(as_markdown(block, depth=first.level + 1), is_item=is_item)
    is_item = first.kind is BlockKind.ITEM
    if not _fill(draft, first.text, more, is_solved=place.kind is Kind.SOLVED, is_item=is_item):
        return _open(group, more, place) if is_item else None
    is_whole = says_something(draft.problem.text or draft.title)
    is_whole = is_whole and says_something(draft.action.text)
    return draft.found() if is_whole else None


def _open(group: list[Block], more: Passage, place: Place) -> FoundChallenge | None:
    """An item below "Challenges Faced" that names a problem and says it clearly, unsolved."""
    title, rest = split_title(group[0].text)
    is_named = title != group[0].text and role_of(title) is None
    if not (is_named and place.is_met and says_something(rest, words=WORDS_ALONE)):
        return None
    draft = Draft(group[0].line, place.section.title, Form.TITLE, title=title)
    draft.end_line = group[-1].end_line
    draft.problem.add(rest)
    draft.problem.add(more.text)
    return draft.found()


def _fill(draft: Draft, text: str, more: Passage, *, is_solved: bool, is_item: bool) -> bool:
    """Divide ``text`` into what was hard and what was done; False when it does not say both."""
    if is_item and (parts := _at_arrow(text)):
        draft.form = Form.ARROW
        draft.problem.add(parts[0])
        draft.action.add(parts[1])
    elif parts := _at_title(text, is_item=is_item):
        draft.form = Form.TITLE
        return _titled(draft, parts[0], parts[1], more, is_solved=is_solved)
    elif parts := _prose(text, is_solved=is_solved and is_item):
        draft.problem.add(parts[0])
        draft.action.add(parts[1])
    draft.action.add(more.text)
    return bool(draft.action.text)


def _at_arrow(text: str) -> tuple[str, str] | None:
    hidden = _CODE.sub(lambda match: "_" * len(match[0]), text)
    match = _ARROW.search(hidden)
    if match is None or match.start() > _MAX_NAME:
        return None
    before, after = tidy(text[: match.start()]), tidy(text[match.end() :].lstrip("\ufe0f"))
    if _STATUS.match(before) and not tells_of_doing(after):
        return None  # a list of what a server answers
    return (before, after) if before and after else None


def _at_title(text: str, *, is_item: bool) -> tuple[str, str] | None:
    """A title in bold, or, in a list, before a colon or a dash."""
    title, rest = split_title(text)
    if title != text:
        return None if role_of(title) else (title, rest)
    hidden = _CODE.sub(lambda match: "_" * len(match[0]), text)
    dash = _DASH.search(hidden, 0, _MAX_NAME) if is_item else None
    if dash is None:
        return None
    title = text[: dash.start()].strip()
    return None if role_of(title) else (title, text[dash.end() :].strip())


def _titled(draft: Draft, title: str, rest: str, more: Passage, *, is_solved: bool) -> bool:
    parts = split_at_doing(rest) if rest else None
    draft.title = title
    if parts:
        draft.problem.add(parts[0])
        draft.action.add(parts[1])
        draft.action.add(more.text)
    elif rest and more.text and (is_solved or tells_of_doing(more.text)):
        draft.problem.add(rest)
        draft.action.add(more.text)
    elif is_solved or tells_of_doing(more.text):
        draft.action.add(rest or more.text)
    return bool(draft.action.text)


def _prose(text: str, *, is_solved: bool) -> tuple[str, str] | None:
    """Sentences of which one says what was done; or one that says both."""
    parts = split_at_doing(text)
    if parts and parts[0]:
        return parts if says_something(parts[0], words=4) else None
    if not (parts or is_solved):
        return None
    means = _MEANS.search(text, 0, _MAX_NAME)
    if means is None or not says_something(text[: means.start()], words=2):
        return None
    return _named(text[: means.start()]), text.strip()


def _named(words: str) -> str:
    """What was overcome: "Resolved CORS errors" names "CORS errors"."""
    first, _, rest = words.strip().partition(" ")
    return rest if tells_of_doing(first) and says_something(rest) else words.strip()


def _whole(place: Place, topic: Block) -> FoundChallenge | None:
    """A section of one challenge: its heading is the problem, unless its text says more."""
    draft = Draft(topic.line, _above(place), Form.TITLE, title=topic.text, end_line=topic.line)
    is_doing = False
    for block in place.section.blocks:
        if block.kind is BlockKind.TABLE:
            continue
        parts = None if is_doing else split_at_doing(block.text)
        markdown, is_item = as_markdown(block), block.kind is BlockKind.ITEM
        if parts and parts[0] and block.kind is BlockKind.PARAGRAPH:
            draft.problem.add(parts[0])
            markdown = parts[1]
        is_doing = is_doing or parts is not None
        (draft.action if is_doing else draft.problem).add(markdown, is_item=is_item)
        draft.end_line = block.end_line
    if not is_doing and place.kind is Kind.SOLVED:
        draft.problem, draft.action = Passage(), draft.problem
    return draft.found() if says_something(draft.action.text, words=2) else None


def _above(place: Place) -> str:
    above = [heading for heading in place.section.path if heading is not place.topic]
    return above[-1].text if above else ""
