"""Waiting in tests: for what must happen as long as any machine may need, and then no longer.

What must *not* happen is not waited for: a test brings about what comes after it, and looks.
"""

import time
from collections.abc import Callable

#: Seconds. A test that passes waits for a small part of this, also where all is very slow.
PATIENCE = 120.0
_LOOK_EVERY = 0.01


def eventually(holds: Callable[[], object]) -> bool:
    """Whether ``holds`` comes true while there is patience; looked at least twice."""
    deadline = time.monotonic() + PATIENCE
    while not holds():
        if time.monotonic() > deadline:
            return bool(holds())
        time.sleep(_LOOK_EVERY)
    return True
