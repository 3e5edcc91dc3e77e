"""Fixtures for the tests of discretion."""

import time

import pytest


@pytest.fixture
def processor_seconds():
    """Tells how many seconds of the processor some work takes, whatever else the machine does."""

    def measured(work):
        start = time.process_time()
        work()
        return time.process_time() - start

    return measured
