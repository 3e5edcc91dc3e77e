"""What an author says of a file in YAML at its top, and the text that follows."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from nexus.library.extraction.yaml_guard import YamlRefused, safe_yaml
from nexus.library.problems import Problem

MAX_BYTES = 16 * 1024
MAX_NODES = 1_000
MAX_DEPTH = 20

_BLOCK = re.compile(r"---[ \t]*\n(?P<yaml>(?:.*\n)*?)(?:---|\.\.\.)[ \t]*(?:\n|\Z)")
_NAME = re.compile(r"^(?P<quote>[\"']?)(?P<name>[\w-]+)(?P=quote)[ \t]*:(?:\s|$)", re.MULTILINE)
_FIELD = re.compile(r"^[\w-]+[ \t]*:(?:\s|$)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """A text in two parts.

    ``data`` holds only what JSON can hold. ``body`` begins at line ``body_line`` of the text,
    counted from 1.
    """

    data: Mapping[str, object] = field(default_factory=dict)
    body: str = ""
    body_line: int = 1
    problems: tuple[Problem, ...] = ()


def split_front_matter(text: str, *, path: str = "") -> FrontMatter:
    """Split the YAML block at the top of ``text`` from the rest.

    The block stands between a first line ``---`` and a line ``---`` or ``...``. A block that
    means to be front matter but cannot be used stays in the body as a code block, so that it
    can be read, and ``problems`` (for the file ``path``) says why. Two rules with prose between
    them are no front matter.
    """
    match = _BLOCK.match(text)
    if match is None:
        return FrontMatter(body=text)
    source = match["yaml"]
    if len(source.encode()) > MAX_BYTES:
        message = f"It has more than {MAX_BYTES // 1024} KB."
        return _unused(text, match, Problem(path, 1, "front-matter-too-large", message))
    try:
        value = safe_yaml(source, max_nodes=MAX_NODES, max_depth=MAX_DEPTH)
    except YamlRefused as error:
        return _refused(text, match, path, error)
    if value is None or isinstance(value, dict):
        data = _with_text_keys(value or {})
        problems = tuple(_repeated(source, path))
        return FrontMatter(data, text[match.end() :], 1 + match[0].count("\n"), problems)
    return FrontMatter(body=text)


def _repeated(source: str, path: str) -> Iterator[Problem]:
    """One problem for each name that was said before; YAML takes the last one."""
    said: set[str] = set()
    for found in _NAME.finditer(source):
        name = found["name"]
        if name in said:
            line = 2 + source.count("\n", 0, found.start())  # the dashes are the first
            yield Problem(path, line, "front-matter-repeated", f"It says “{name[:60]}” again.")
        said.add(name)


def _refused(text: str, match: re.Match[str], path: str, error: YamlRefused) -> FrontMatter:
    if not _FIELD.search(match["yaml"]):
        return FrontMatter(body=text)
    # The block's first line is the second line of the file.
    line = error.line + 1 if error.line else 1
    code = "front-matter-too-large" if error.code == "yaml-too-large" else "front-matter-invalid"
    return _unused(text, match, Problem(path, line, code, error.title))


def _unused(text: str, match: re.Match[str], problem: Problem) -> FrontMatter:
    """Keep the block readable; the fences take the lines of the dashes, so lines still count."""
    runs = re.findall(r"~+", match["yaml"])
    fence = "~" * max([3, *(len(run) + 1 for run in runs)])
    body = f"{fence}yaml\n{match['yaml']}{fence}\n{text[match.end() :]}"
    return FrontMatter(body=body, problems=(problem,))


def _with_text_keys(value: Mapping[object, object]) -> dict[str, object]:
    return {str(key): _plain(item) for key, item in value.items()}


def _plain(value: object) -> object:
    if isinstance(value, dict):
        return _with_text_keys(value)
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value
