"""What the tests in a browser have in common."""

import pytest


@pytest.fixture(autouse=True)
def _uncounted(no_cover: None) -> None:
    """Count no lines: the tests of the rooms go over them, and to drive a browser is work."""
