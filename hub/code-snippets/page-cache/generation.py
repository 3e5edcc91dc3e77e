# One number that every publication raises; pages of an older one are not served.
# Quoted from src/nexus/kernel/http/generation.py#L6-L32

class Generation:
    """A counter that every publication raises; calling it gives the present number.

    Raise it right after a transaction commits, from any thread. A process that hears of the
    others by the numbers of their events calls :meth:`follow` with the last one it saw.
    """

    def __init__(self) -> None:
        self._value = 0
        self._followed = 0
        self._lock = threading.Lock()

    def __call__(self) -> int:
        """The present generation."""
        return self._value

    def bump(self) -> None:
        """What was rendered so far is out of date."""
        with self._lock:
            self._value += 1

    def follow(self, number: int) -> None:
        """Bump if ``number``, the last event's, is one that was not seen before."""
        with self._lock:
            if number > self._followed:
                self._followed = number
                self._value += 1
