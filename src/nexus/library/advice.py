"""Every code the hub can report about a file, with the words that belong to it."""

from nexus.library.checking.advice import ADVICE_CHECKING
from nexus.library.extraction.advice import ADVICE_EXTRACTION
from nexus.library.problems import Advice
from nexus.library.reference.advice import ADVICE_REFERENCE
from nexus.library.rendering.advice import ADVICE_RENDERING

#: A test fails when a code is missing from the documentation.
ADVICE: dict[str, Advice] = {
    **ADVICE_EXTRACTION,
    **ADVICE_RENDERING,
    **ADVICE_REFERENCE,
    **ADVICE_CHECKING,
    "document-failed": Advice(
        "The hub failed while it read this file.",
        "It is shown as plain text. The fault is the hub's: tell whoever runs it; "
        "the log says more.",
    ),
}
_UNKNOWN = Advice(title="Something is not right", remedy="Look at the file.")


def advice_on(code: str) -> Advice:
    """The words for a problem's code; general ones for a code of an older indexer."""
    return ADVICE.get(code, _UNKNOWN)
