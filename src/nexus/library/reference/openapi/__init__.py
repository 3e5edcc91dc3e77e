"""OpenAPI documents, from Swagger 2.0 to OpenAPI 3.2, read into one typed model."""

from nexus.library.reference.openapi.model import Contract
from nexus.library.reference.openapi.reading import read_openapi

__all__ = ["Contract", "read_openapi"]
