"""Every problem that rendering reports has its words."""

import re
from pathlib import Path

from nexus.library.rendering import advice

_CODE = re.compile(
    r'"((?:document|fence|link|anchor|picture|markup|maths|output)-'
    r'(?:too-\w+|invalid|unclosed|outside|unsafe|missing|left-out))"'
)


def test_codes_and_advice_are_the_same_set() -> None:
    folder = Path(advice.__file__ or "").parent
    modules = [path for path in folder.glob("*.py") if path.name != "advice.py"]
    written = "".join(path.read_text(encoding="utf-8") for path in modules)
    assert set(_CODE.findall(written)) == set(advice.ADVICE_RENDERING)


def test_advice_says_what_and_what_to_do() -> None:
    for words in advice.ADVICE_RENDERING.values():
        assert words.title.endswith(".")
        assert words.remedy.endswith(".")
