"""Operations in the order in which one reads them: by their tags."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from nexus.library.reference.openapi.model import Contract, Operation, Tag


@dataclass
class Group:
    """The operations of one tag. ``title`` names the tags above it too."""

    title: str
    tag: Tag | None = None
    operations: list[Operation] = field(default_factory=list)


def badges(contract: Contract) -> frozenset[str]:
    """The tags that mark operations rather than group them (OpenAPI 3.2)."""
    return frozenset(tag.name for tag in contract.tags if tag.kind == "badge")


def groups(contract: Contract) -> Iterator[Group]:
    """The operations by their first tag: tags in their order, those undeclared after them.

    An operation is shown once, so that its id is too.
    """
    by_tag: dict[str, list[Operation]] = {}
    marks = badges(contract)
    for operation in contract.operations:
        names = [name for name in operation.tags if name not in marks] or [*operation.tags, ""]
        by_tag.setdefault(names[0], []).append(operation)
    for title, tag in _ordered(contract.tags):
        yield Group(title, tag, by_tag.pop(tag.name, []))
    untagged = by_tag.pop("", [])
    for name, operations in by_tag.items():
        yield Group(name, None, operations)
    if untagged:
        yield Group("Other operations" if contract.tags or by_tag else "Operations", None, untagged)


def _ordered(tags: Iterable[Tag]) -> Iterator[tuple[str, Tag]]:
    """Each tag after its parent, with a title that names both."""
    known = {tag.name: tag for tag in tags}
    children: dict[str, list[Tag]] = {}
    for tag in known.values():
        children.setdefault(tag.parent if tag.parent in known else "", []).append(tag)
    # Tags that are their own ancestors are reached from no other: they lie below the rest.
    waiting = [*reversed(known.values()), *reversed(children.get("", []))]
    reached: set[str] = set()
    while waiting:
        tag = waiting.pop()
        if tag.name not in reached:
            reached.add(tag.name)
            yield _title(tag, known.get(tag.parent)), tag
            waiting += reversed(children.get(tag.name, []))


def _title(tag: Tag, parent: Tag | None) -> str:
    name = tag.summary or tag.name
    return f"{parent.summary or parent.name} / {name}" if parent else name
