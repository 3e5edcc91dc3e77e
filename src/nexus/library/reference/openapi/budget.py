"""A bound on how much is read out of one document, however its references multiply."""

#: Schemas, parameters, bodies, responses, operations and the like, together.
MAX_PARTS = 150_000


class Budget:
    """Counts the parts that were read; once it is spent, nothing more is."""

    def __init__(self, parts: int) -> None:
        self._left = parts

    @property
    def spent(self) -> bool:
        """Whether something had to be left out."""
        return self._left < 0

    def spend(self) -> bool:
        """Take one part; False when there is none left."""
        self._left -= 1
        return self._left >= 0
