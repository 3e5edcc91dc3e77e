"""What to do when a test needs something that is not on this machine."""

import os

import pytest


def required() -> bool:
    """Whether a missing server or browser fails the run instead of skipping a test."""
    return bool(os.environ.get("CI") or os.environ.get("NEXUS_REQUIRE_SERVICES"))


def require(found: object, advice: str) -> None:
    """Skip the test with ``advice`` when nothing was ``found``; fail it where all must run."""
    if found:
        return
    if required():
        pytest.fail(advice, pytrace=False)
    pytest.skip(advice)
