"""What a GraphQL contract counts."""

from typing import Any

from nexus.library.reference.graphql_sdl import DefinitionKind, SdlContract


def graphql_facts(contract: SdlContract) -> dict[str, Any]:
    """Its operations by what they are, and its types; None for what there is none of."""
    types = [each for each in contract.definitions if each.kind is not DefinitionKind.DIRECTIVE]
    counts = {
        name: len(contract.root_fields(operation)) or None
        for operation, name in (
            ("query", "queries"),
            ("mutation", "mutations"),
            ("subscription", "subscriptions"),
        )
    }
    operations = sum(count or 0 for count in counts.values())
    return {"operations": operations, **counts, "schemas": len(types)}
