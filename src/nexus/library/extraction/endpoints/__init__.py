"""Endpoints that a text lists, and the outline of a contract made of them."""

from nexus.library.extraction.endpoints.contract import contract_outline
from nexus.library.extraction.endpoints.finding import find_endpoints
from nexus.library.extraction.endpoints.model import FoundEndpoint

__all__ = ["FoundEndpoint", "contract_outline", "find_endpoints"]
