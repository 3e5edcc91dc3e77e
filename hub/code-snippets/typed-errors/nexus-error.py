# An expected failure: a code, what was wrong, what to do.
# Quoted from src/nexus/kernel/errors.py#L11-L27

class NexusError(Exception):
    """An expected failure that a person can understand and act on.

    ``code`` is stable and machine-readable; ``title`` says what was wrong in one
    line; ``remedy`` says what to do about it.
    """

    status: ClassVar[HTTPStatus] = HTTPStatus.INTERNAL_SERVER_ERROR

    def __init__(self, code: str, title: str, *, remedy: str = "") -> None:
        super().__init__(title)
        self.code = code
        self.title = title
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.title} {self.remedy}".strip()
