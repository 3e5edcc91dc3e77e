"""Every problem that reading a file reports has its words."""

import inspect
import re

from nexus.library import preparing
from nexus.library.extraction import decoding, front_matter
from nexus.library.extraction.advice import ADVICE_EXTRACTION

READERS = (decoding, front_matter, preparing)
_CODES = re.compile(r'"((?:encoding|binary|front-matter|secret)-[a-z0-9-]+)"')


def test_codes_and_advice_are_the_same_set() -> None:
    written = "".join(inspect.getsource(module) for module in READERS)
    assert set(_CODES.findall(written)) == set(ADVICE_EXTRACTION)


def test_advice_says_what_and_what_to_do() -> None:
    for advice in ADVICE_EXTRACTION.values():
        assert advice.title.endswith(".")
        assert advice.remedy.endswith(".")
