"""The table of facts, made from the code that looks for them."""

from scripts.reference_tables import table


def facts() -> str:
    """Every fact of a project: what it says, how many it may have, what an owner may answer."""
    from nexus.library.facts.correcting import CHOICES
    from nexus.library.facts.fact import MEANINGS, REPEATED, FactName
    from nexus.library.pages.facts import LABELS

    rows = [
        (
            f"`{name}`",
            LABELS[name],
            MEANINGS[name],
            "several" if name in REPEATED else "one",
            ", ".join(f"`{choice}`" for choice in CHOICES.get(name, ())) or "text",
        )
        for name in FactName
    ]
    return table(
        ("fact", "on the page", "what it says", "how many", "the owner answers with"), rows
    )
