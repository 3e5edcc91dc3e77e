"""From the text of a file to a tree, whether it is JSON or YAML and whatever it is called."""

import json
import re
from collections import Counter
from typing import Any

from nexus.library.extraction.yaml_guard import YamlRefused, safe_yaml
from nexus.library.reference.findings import Findings
from nexus.library.reference.places import repeated
from nexus.library.reference.tree import MAX_DEPTH, Node, plain

#: The largest published contracts (GitHub's, Stripe's) hold some 300,000 values.
MAX_NODES = 500_000
#: In characters; the hub's own limit for text files is lower.
MAX_LENGTH = 16_000_000
#: YAML up to this length is always looked through for names that stand twice, in characters.
MAX_SEARCHED = 10_000

_PATH_KEY = re.compile(r"""^ *["']?(/[^\s:"']*)["']?[ \t]*:""", re.MULTILINE)


def load(text: str, findings: Findings) -> Node | None:
    """The root mapping of ``text``; None, with the reason noted, when it cannot be read."""
    if len(text) > MAX_LENGTH:
        findings.add("contract-refused", f"It is longer than {MAX_LENGTH:,} characters.")
        return None
    text = text.removeprefix("\ufeff")
    is_json = text.lstrip()[:1] in ("{", "[")
    value = _load_json(text, findings) if is_json else _load_yaml(text, findings)
    root = Node(plain(value, findings), findings)
    return root if isinstance(root.value, dict) else None


def _load_json(text: str, findings: Findings) -> object:
    lost: list[int] = []
    try:
        value: object = json.loads(text, object_pairs_hook=lambda pairs: _mapping(pairs, lost))
    except (ValueError, RecursionError) as error:
        # Braces are YAML too, with comments, single quotes and a comma after the last item.
        return _load_yaml(text, findings, instead=error)
    if lost:
        _note_repeated(text, findings)
    return value


def _mapping(pairs: list[tuple[str, Any]], lost: list[int]) -> dict[str, Any]:
    """A mapping; how many of its values are lost because their names stand twice is noted."""
    mapping = dict(pairs)
    if len(mapping) < len(pairs):
        lost.append(len(pairs) - len(mapping))
    return mapping


def _note_repeated(text: str, findings: Findings) -> None:
    for name, line in repeated(text):
        findings.add("contract-duplicate-key", f"{name} stands here again.", line=line)


def _may_repeat(text: str) -> bool:
    """Whether to look for names that stand twice in a YAML text.

    The look costs as much as parsing does. In a long text it is taken only when a path stands
    twice: then whole operations would be lost.
    """
    counts = Counter(_PATH_KEY.findall(text))
    return len(text) <= MAX_SEARCHED or any(count > 1 for count in counts.values())


def _load_yaml(text: str, findings: Findings, *, instead: Exception | None = None) -> object:
    try:
        value = safe_yaml(text, max_nodes=MAX_NODES, max_depth=MAX_DEPTH)
    except YamlRefused as refused:
        if isinstance(instead, json.JSONDecodeError) and refused.code == "yaml-invalid":
            message = f"This is not JSON: {instead.msg} (line {instead.lineno})."
            findings.add("contract-syntax", message, line=instead.lineno)
        else:
            code = "contract-syntax" if refused.code == "yaml-invalid" else "contract-refused"
            findings.add(code, refused.title, line=refused.line)
        return None
    if _may_repeat(text):
        _note_repeated(text, findings)
    return value
