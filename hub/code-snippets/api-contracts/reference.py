# A reference keeps what was written and where it leads, and is looked up when needed.
# Quoted from src/nexus/library/reference/openapi/model.py#L25-L35

@dataclass(frozen=True, slots=True)
class Reference:
    """A ``$ref``: what was written, the name to show for it, and where it leads.

    ``pointer`` is the place in this document; only references that lead ``HERE`` have one.
    """

    written: str
    name: str
    target: Target
    pointer: Pointer = ()
