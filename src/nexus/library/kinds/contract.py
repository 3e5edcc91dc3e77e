"""A contract: an OpenAPI or GraphQL document, shown as a readable reference."""

import json
from collections.abc import Iterator

from nexus.library.extraction.endpoints import FoundEndpoint, contract_outline, find_endpoints
from nexus.library.extraction.outline import BlockKind, Outline
from nexus.library.facts.titles import is_generic
from nexus.library.kinds.base import Part, Reading, Source, title_from_name
from nexus.library.kinds.parts import digest_of
from nexus.library.reference.reading import read_contract
from nexus.library.reference.recognise import recognise

OUTLINE = "outline"


class Contract:
    """What a backend and a frontend agree on."""

    name = "contract"
    plural = "contracts"

    def claims(self, source: Source) -> bool:
        """By content, whatever the file is called."""
        return recognise(source.path, source.text) is not None

    def read(self, source: Source) -> Reading | None:
        """The reference; None when the document turns out to be something else."""
        contract = read_contract(source.path, source.text, source.place)
        if contract is None:
            return None
        rendered = contract.rendered
        return Reading(
            kind=self.name,
            title=rendered.title or title_from_name(source.path),
            summary=rendered.summary,
            rendered=rendered,
            facts=contract.facts,
            problems=rendered.problems,
        )

    def parts(self, source: Source, outline: Outline) -> Iterator[Part]:
        """The endpoints that a piece of writing lists, drawn up as the outline of a contract."""
        found = find_endpoints(outline)
        if not found:
            return
        title = f"Endpoints of {_name(source, outline)}"
        document = json.dumps(contract_outline(found, title=title))
        contract = read_contract("outline.json", document, source.place)
        if contract is not None:
            reading = Reading(
                kind=self.name,
                title=title,
                summary=f"{len(found)} endpoints, listed in a text. Not yet a contract.",
                rendered=contract.rendered,
                facts={**contract.facts, OUTLINE: True},
                digest=_digest(found),
            )
            yield Part(name=f"{self.name}-{OUTLINE}", line=found[0].line, reading=reading)


def _name(source: Source, outline: Outline) -> str:
    """What the page with the endpoints is called; its title may be the programme's own name."""
    headings = [b for b in outline.blocks if b.kind is BlockKind.HEADING and b.text]
    telling = (b.text for b in headings if b.level == 1 and not is_generic(b.text))
    found = next(telling, "") or next((b.text for b in headings), "")
    return source.said("title") or found or title_from_name(source.path)


def _digest(found: tuple[FoundEndpoint, ...]) -> str:
    return digest_of("contract", *(f"{each.method} {each.path}" for each in found))
