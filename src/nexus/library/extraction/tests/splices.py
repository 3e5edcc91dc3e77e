"""Texts that nobody wrote: the examples, cut and spliced at random."""

from functools import lru_cache
from pathlib import Path
from random import Random

_GLUE = ("", "\n", "\n\n", "```\n", "\n- ", "| ", "](", "<!--", "`", "\n## Resources\n", "\u2028")
_MAX_PIECES, _MAX_PIECE = 8, 2_000


def spliced(examples: Path, *, seed: int) -> str:
    """A few pieces of the Markdown in ``examples``, the same for the same ``seed``."""
    random = Random(seed)
    texts = _texts(examples)
    parts: list[str] = []
    for _ in range(random.randint(1, _MAX_PIECES)):
        text = random.choice(texts)
        start = random.randrange(len(text))
        parts += (text[start : start + random.randint(1, _MAX_PIECE)], random.choice(_GLUE))
    return "".join(parts)


@lru_cache(maxsize=1)
def _texts(examples: Path) -> tuple[str, ...]:
    files = sorted(examples.rglob("*.md"))
    texts = (file.read_bytes().decode("utf-8", "replace") for file in files)
    return tuple(text for text in texts if text)
