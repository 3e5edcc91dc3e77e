"""Contracts: recognised by their content, and turned into a reference that people can read."""

from nexus.library.reference.advice import ADVICE_REFERENCE
from nexus.library.reference.reading import ContractReading, read_contract
from nexus.library.reference.recognise import Family, Format, recognise

__all__ = [
    "ADVICE_REFERENCE",
    "ContractReading",
    "Family",
    "Format",
    "read_contract",
    "recognise",
]
