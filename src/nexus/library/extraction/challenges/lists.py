"""Challenges in one list and their solutions, in the same order, in the next."""

from collections.abc import Sequence
from itertools import pairwise

from nexus.library.extraction.challenges.labels import pieces
from nexus.library.extraction.challenges.model import (
    Draft,
    Form,
    FoundChallenge,
    as_markdown,
    says_something,
    split_title,
)
from nexus.library.extraction.challenges.scopes import Kind, Place
from nexus.library.extraction.challenges.vocabulary import Role
from nexus.library.extraction.outline import Block, BlockKind


def told_in_two_lists(places: Sequence[Place]) -> list[FoundChallenge]:
    """The challenges of sibling sections such as "Challenges" and "Solutions".

    Only lists of the same length belong together: who knows which of three solves which of two?
    """
    return [
        found
        for first, second in pairwise(places)
        if _belong_together(first, second)
        for found in _pairs(first, second)
    ]


def _belong_together(first: Place, second: Place) -> bool:
    if Kind.EXCLUDED in {first.kind, second.kind} or not (first.label and second.label):
        return False
    roles = (first.label.role, second.label.role)
    levels = {place.section.heading.level for place in (first, second) if place.section.heading}
    return roles == (Role.PROBLEM, Role.ACTION) and first.label.is_list and len(levels) == 1


def _pairs(first: Place, second: Place) -> list[FoundChallenge]:
    problems, actions = _items(first), _items(second)
    if len(problems) != len(actions) or len(problems) < 2:
        return []
    return [
        _pair(problem, action, first.section.title)
        for problem, action in zip(problems, actions, strict=True)
    ]


def _pair(problem: list[Block], action: list[Block], section: str) -> FoundChallenge:
    draft = Draft(problem[0].line, section, Form.LISTS, end_line=action[-1].end_line)
    title, rest = split_title(problem[0].text)
    is_named = bool(rest)
    draft.title = title if is_named else ""
    for blocks, passage in ((problem, draft.problem), (action, draft.action)):
        # The name of a problem is its title; that of what was done says the same again.
        words = split_title(blocks[0].text)[1] if is_named else ""
        passage.add(words or blocks[0].text, is_item=True)
        for block in blocks[1:]:
            passage.add(as_markdown(block, depth=blocks[0].level + 1), is_item=True)
    return draft.found()


def _items(place: Place) -> list[list[Block]]:
    """The outermost items, each with what lies below it; none when they tell more by themselves."""
    groups: list[list[Block]] = []
    for block in place.section.blocks:
        if block.kind is BlockKind.ITEM and (not groups or block.level <= groups[0][0].level):
            groups.append([block])
        elif groups and block.kind is BlockKind.ITEM:
            groups[-1].append(block)
    if any(pieces(block.text, line=block.line) for group in groups for block in group):
        return []
    return [group for group in groups if says_something(group[0].text)]
