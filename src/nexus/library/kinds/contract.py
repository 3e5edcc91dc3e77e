"""A contract: an OpenAPI or GraphQL document, shown as a readable reference."""

from nexus.library.kinds.base import Reading, Source, WholeFiles, title_from_name
from nexus.library.reference.reading import read_contract
from nexus.library.reference.recognise import recognise


class Contract(WholeFiles):
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
