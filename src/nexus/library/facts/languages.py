"""Which languages a project is written in, by size."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from nexus.library.facts.trees import own_files
from nexus.library.rendering.languages import language_of

#: So many languages are named; the rest is too little to matter.
MAX_LANGUAGES = 12
#: A larger file is data, in bytes.
MAX_FILE = 1_000_000
#: Prose, data and settings are not what a project is written in.
_NOT_CODE = frozenset(
    {
        "",
        "Diff",
        "HTTP",
        "INI",
        "JSON",
        "Markdown",
        "reStructuredText",
        "SVG",
        "TOML",
        "XML",
        "YAML",
    }
)
_SAME = {"TSX": "TypeScript"}


@dataclass(frozen=True, slots=True)
class LanguageShare:
    """A language with its bytes and their share of all code, above 0 and at most 1."""

    name: str
    share: float
    size_bytes: int


def languages(tree: Iterable[tuple[str, int]]) -> tuple[LanguageShare, ...]:
    """The languages of the files ``tree``, (path, size in bytes), the largest share first.

    Vendored and generated files do not count, nor do prose, data and settings.
    """
    sizes = {path: size for path, size in tree if 0 < size <= MAX_FILE}
    counts: Counter[str] = Counter()
    for path in own_files(sizes):
        language = language_of(path)
        if language not in _NOT_CODE:
            counts[_SAME.get(language, language)] += sizes[path]
    total = counts.total()
    largest = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:MAX_LANGUAGES]
    return tuple(LanguageShare(name, round(size / total, 4), size) for name, size in largest)
