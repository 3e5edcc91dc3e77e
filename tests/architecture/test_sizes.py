"""The numbers that ARCHITECTURE.md aims at, taken from the best measured codebases."""

import pytest

from tests.architecture.measures import Length, functions, percentile
from tests.architecture.sources import Source, sources

pytestmark = pytest.mark.usefixtures("no_cover")

LONGEST_FUNCTION = 60
LONGEST_FILE = 500


def test_no_function_is_too_long():
    too_long = [one for one in functions(sources()) if one.lines > LONGEST_FUNCTION]

    assert not too_long


def test_functions_are_short_as_a_rule():
    all_of_them = list(functions(sources()))

    assert percentile(all_of_them, 0.5) <= 8
    assert percentile(all_of_them, 0.95) <= 35


def test_no_file_is_too_long():
    too_long = [f"{file.path}: {file.lines}" for file in sources() if file.lines > LONGEST_FILE]

    assert not too_long


def test_files_are_short_as_a_rule():
    assert percentile([Length(file.lines, file.path) for file in sources()], 0.5) <= 100


def test_a_function_is_measured_from_def_to_its_last_line():
    source = Source.of(
        "a.py", "@cache\ndef first():\n    x = 1\n\n    return x\n\nasync def b(): ...\n"
    )

    assert list(functions([source])) == [Length(4, "a.py:2 first"), Length(1, "a.py:7 b")]


def test_percentiles():
    lengths = [Length(lines, "") for lines in (5, 1, 2, 3, 4)]

    assert [percentile(lengths, share) for share in (0, 0.5, 0.95, 1)] == [1, 3, 5, 5]
