"""Many documents that read like a hub's: passages of real files, or made-up prose and code."""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from itertools import accumulate
from pathlib import Path

from nexus.search.documents import SearchDocument
from nexus.search.tests.hub import MOMENT

_PASSAGE = 900
_KINDS = ("project", "document", "document", "snippet", "file", "file", "file", "contract")
_LANGUAGES = {"snippet": ("Python", "JavaScript", "SQL"), "file": ("Python", "TypeScript", "Go")}


@dataclass(frozen=True)
class Corpus:
    """Documents made of ``passages``, always the same for the same ``seed``."""

    passages: tuple[str, ...]
    seed: int = 1

    @classmethod
    def of(cls, folder: Path | None) -> "Corpus":
        """The passages of the text files under ``folder``, else made-up ones."""
        texts = list(_texts(folder)) if folder else []
        return cls(tuple(texts or _made_up()))

    def documents(self, count: int) -> Iterator[SearchDocument]:
        """``count`` documents, each of pieces of several passages."""
        chance = random.Random(self.seed)
        for number in range(count):
            yield self._document(number, chance)

    def _document(self, number: int, chance: random.Random) -> SearchDocument:
        kind = chance.choice(_KINDS)
        body = "\n\n".join(chance.choice(self.passages)[: _PASSAGE // 3] for _ in range(3))
        words = re.findall(r"\w+", body) or ["nothing"]
        at = chance.randrange(len(words))
        return SearchDocument(
            key=f"entry:{number}",
            kind=kind,
            title=" ".join(words[at : at + chance.randint(2, 6)]).capitalize(),
            summary=" ".join(words[:12]),
            address=f"/c/commons/{number}",
            audience=chance.choice(["public"] * 8 + ["cohort:1", "cohort:2"]),
            body=body,
            language="en",
            code_language=chance.choice(_LANGUAGES.get(kind, ("",))),
            person=f"person{number % 300}",
            cohort=f"cohort-{number % 20}",
            repository=f"cohort-{number % 20}/nexus-{number % 400}",
            labels={
                "topic": tuple(f"Topic {chance.randrange(60)}" for _ in range(number % 4)),
                "technology": tuple(f"Tool {chance.randrange(40)}" for _ in range(number % 3)),
                "track": ("backend", "frontend")[: number % 3],
            },
            path=f"docs/{words[0]}/{words[-1]}.md",
            updated_at=MOMENT - timedelta(days=chance.randrange(1_000)),
            quality=0.6 if kind == "file" else 1.0,
        )


def _texts(folder: Path) -> Iterator[str]:
    for path in sorted(folder.rglob("*")):
        if path.suffix in (".md", ".yaml", ".json", ".py") and path.is_file():
            text = path.read_bytes().decode("utf-8", "replace")
            yield from (text[at : at + _PASSAGE] for at in range(0, len(text), _PASSAGE))


@cache
def _made_up() -> list[str]:
    """Passages over 20,000 words whose frequencies fall as in real text (Zipf's law)."""
    chance = random.Random(7)
    letters = "etaoinshrdlucmfwypvbgkjqxz"
    words = ["".join(chance.choices(letters, range(26, 0, -1), k=chance.randint(2, 11)))
             for _ in range(20_000)]  # fmt: skip
    words[:8] = ["the", "of", "and", "to", "a", "in", "query", "model"]
    weights = list(accumulate(1 / rank for rank in range(1, len(words) + 1)))
    return [" ".join(chance.choices(words, cum_weights=weights, k=140)) for _ in range(3_000)]
