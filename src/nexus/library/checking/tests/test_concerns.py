"""Every problem has its place in the report."""

import pytest

from nexus.library.advice import ADVICE, advice_on
from nexus.library.checking.advice import CHECK_CODES, LINK_CODES, SECRET_CODES
from nexus.library.checking.concerns import CONCERNS, OTHER, Severity, concern_of


@pytest.mark.parametrize("code", ADVICE)
def test_every_code_is_of_some_concern_and_says_what_to_do(code: str) -> None:
    assert concern_of(code) is not OTHER
    assert concern_of(code).why
    assert advice_on(code).remedy


def test_secrets_come_first_and_broken_links_are_errors() -> None:
    assert CONCERNS[0] is concern_of("secret-in-text") is concern_of("secret-file")
    for code in (*SECRET_CODES, *LINK_CODES, "anchor-missing", "link-outside"):
        assert concern_of(code).severity is Severity.ERROR
    for code in ("placeholder", "licence-missing", "encoding-legacy", "fence-unclosed"):
        assert concern_of(code).severity is Severity.WARNING


def test_errors_stand_before_warnings() -> None:
    severities = [concern.severity for concern in CONCERNS]
    assert severities == sorted(severities, key=lambda one: one is Severity.WARNING)


def test_a_code_of_an_older_indexer_has_a_place_too() -> None:
    assert concern_of("unheard-of") is OTHER


def test_what_only_the_whole_shows_is_apart_from_what_each_file_shows() -> None:
    assert LINK_CODES < CHECK_CODES
    assert "secret-in-text" not in CHECK_CODES
    assert "placeholder" not in CHECK_CODES
