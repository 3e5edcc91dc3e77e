"""The words for every problem that reading a contract can report."""

from nexus.library.problems import Advice

ADVICE_REFERENCE: dict[str, Advice] = {
    "contract-syntax": Advice(
        "The contract cannot be read: it is neither JSON nor YAML.",
        "Mend the place that is named. Most often it is the indentation, a colon or a quote.",
    ),
    "contract-refused": Advice(
        "The contract is nested too deeply, too large, or contains itself.",
        "Split it into smaller documents, and write out YAML aliases that multiply.",
    ),
    "contract-version": Advice(
        "The contract names a version that Nexus does not know.",
        "It was read as the nearest version. Name one of 2.0, 3.0, 3.1 or 3.2.",
    ),
    "contract-incomplete": Advice(
        "The contract lacks something that every contract must have.",
        "Add what is named: readers and tools look for it first.",
    ),
    "contract-shape": Advice(
        "A part of the contract does not have the form it should have.",
        "It was left out. Compare it with the specification of the version you use.",
    ),
    "contract-duplicate-key": Advice(
        "The same name stands twice in one place; only the last is read.",
        "Rename one of them, or merge the two.",
    ),
    "contract-duplicate-operation": Advice(
        "Two operations have the same operationId.",
        "Give each its own: clients name their functions after it.",
    ),
    "contract-reference": Advice(
        "A $ref points at nothing in this document.",
        "Mend the path after #, or add what it names.",
    ),
    "contract-reference-unusable": Advice(
        "A $ref is not an address that a contract can use.",
        "Point it into this document (#/components/…), or at a file in this repository.",
    ),
    "contract-method": Advice(
        "A path has an entry that is neither a method nor another known part.",
        "Use get, put, post, delete, options, head, patch or trace (query from 3.2 on).",
    ),
    "contract-shortened": Advice(
        "The contract is too long to show in full on one page.",
        "All of it is in the raw file. Consider splitting it by subject.",
    ),
    "contract-more": Advice(
        "The contract has more problems than are listed.",
        "Mend those that are listed; the others follow.",
    ),
    "graphql-syntax": Advice(
        "The schema has a mistake in its syntax, so it cannot be shown as a reference.",
        "Mend the line that is named. The raw file is still there to read.",
    ),
    "graphql-refused": Advice(
        "The schema is too large or too deeply nested to be read.",
        "Split it into smaller files.",
    ),
    "graphql-rule": Advice(
        "The schema breaks a rule of the GraphQL specification.",
        "It is shown as it is written. Servers will refuse it until this is mended.",
    ),
}
