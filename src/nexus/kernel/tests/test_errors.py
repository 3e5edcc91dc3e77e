"""Errors say what was wrong and what to do."""

import pytest

from nexus.kernel.errors import Conflict, Forbidden, Invalid, NexusError, NotFound, Unavailable


@pytest.mark.parametrize(
    ("kind", "status"),
    [(Invalid, 422), (Forbidden, 403), (NotFound, 404), (Conflict, 409), (Unavailable, 503)],
)
def test_each_has_its_status_and_its_words(kind, status):
    error = kind("some-code", "It was wrong.", remedy="Do better.")
    assert isinstance(error, NexusError)
    assert error.status == status
    assert (error.code, str(error)) == ("some-code", "It was wrong. Do better.")


def test_without_a_remedy_only_the_title_is_said():
    assert str(Invalid("code", "It was wrong.")) == "It was wrong."
