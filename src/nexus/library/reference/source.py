"""From the text of a file to a tree, whether it is JSON or YAML and whatever it is called."""

import json
from collections import Counter
from typing import Any

from nexus.library.extraction.yaml_guard import YamlRefused, safe_yaml
from nexus.library.reference.findings import Findings
from nexus.library.reference.tree import MAX_DEPTH, Node, plain

#: The largest published contracts (GitHub's, Stripe's) hold some 300,000 values.
MAX_NODES = 500_000
#: In characters; the hub's own limit for text files is lower.
MAX_LENGTH = 16_000_000


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
    repeated: list[str] = []
    try:
        value: object = json.loads(text, object_pairs_hook=lambda pairs: _mapping(pairs, repeated))
    except (ValueError, RecursionError) as error:
        # Braces are YAML too, with comments, single quotes and a comma after the last item.
        return _load_yaml(text, findings, instead=error)
    for name in repeated:
        findings.add("contract-duplicate-key", f"{name} stands twice in one place.")
    return value


def _mapping(pairs: list[tuple[str, Any]], repeated: list[str]) -> dict[str, Any]:
    mapping = dict(pairs)
    if len(mapping) < len(pairs):
        counts = Counter(name for name, _ in pairs)
        repeated.extend(name for name, count in counts.items() if count > 1)
    return mapping


def _load_yaml(text: str, findings: Findings, *, instead: Exception | None = None) -> object:
    try:
        return safe_yaml(text, max_nodes=MAX_NODES, max_depth=MAX_DEPTH)
    except YamlRefused as refused:
        if isinstance(instead, json.JSONDecodeError) and refused.code == "yaml-invalid":
            message = f"This is not JSON: {instead.msg} (line {instead.lineno})."
            findings.add("contract-syntax", message, line=instead.lineno)
        else:
            code = "contract-syntax" if refused.code == "yaml-invalid" else "contract-refused"
            findings.add(code, refused.title, line=refused.line)
        return None
