"""Links that name their address elsewhere: ``[words][label]`` and ``[label]: https://…``.

After GitHub Flavored Markdown, 4.7 and 6.6 (https://github.github.com/gfm/), for web addresses.
"""

import re
from dataclasses import dataclass, field

from nexus.library.extraction.outline import BlockKind, Outline

_DEFINITION = re.compile(
    r"^[ \t]*\[(?!\^)([^\[\]\n]{1,200})\]:[ \t]*<?(https?://[^\s<>]{1,2000})>?[^\n]*$",
    re.IGNORECASE | re.MULTILINE,
)
_USE = re.compile(r"(?<![!\]])\[([^\[\]\n]{1,500})\](?:\[([^\[\]\n]{0,200})\])?(?![\[(:])")


@dataclass(slots=True)
class LinkReferences:
    """The addresses that a text keeps apart from the words that link to them."""

    addresses: dict[str, str] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)

    def resolved(self, text: str) -> str:
        """``text`` with its definitions taken out and each label's first use written out.

        Only the first: so a long address that is used often cannot make a text grow. Line feeds
        stay where they are between the words.
        """
        if not self.addresses or "[" not in text:
            return text
        return _USE.sub(self._written_out, _DEFINITION.sub("", text))

    def _written_out(self, match: re.Match[str]) -> str:
        label = _label(match[2] or match[1])
        if label not in self.addresses or label in self.used:
            return match[0]
        self.used.add(label)
        return f"[{match[1]}]({self.addresses[label]})"


def read_link_references(outline: Outline) -> LinkReferences:
    """The definitions of a text; where a label is defined twice, the first counts."""
    found = LinkReferences()
    for block in outline.blocks:
        if block.kind in (BlockKind.PARAGRAPH, BlockKind.ITEM) and "]:" in block.text:
            for label, address in _DEFINITION.findall(block.text):
                found.addresses.setdefault(_label(label), address)
    return found


def _label(words: str) -> str:
    return " ".join(words.casefold().split())
