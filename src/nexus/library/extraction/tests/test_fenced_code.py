"""Promises of finding snippets: true code and lines, a title, one key for the same code."""

import textwrap
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from nexus.library.extraction.code_titles import MAX_TITLE
from nexus.library.extraction.decoding import decode
from nexus.library.extraction.fenced_code import (
    MAX_CODE,
    MAX_LENGTH,
    MAX_LOOKED_AT,
    MAX_SECTION,
    FoundCode,
    code_key,
    find_code,
    normal_code,
)
from nexus.library.extraction.outline import outline
from nexus.library.extraction.tests.effort import is_proportional
from nexus.library.extraction.tests.splices import spliced

_CODE = "def add(a, b):\n    total = a + b\n    log(total)\n    return total"
_PLAIN = "total = a\ntotal += b\nlog(total)\nkeep(total)"
_PIECES = (
    "```", "```python\n", "~~~js\n", "\n```\n", "\n~~~\n", _CODE, _PLAIN, "# a.py\n",
    "## Caching\n",
    "**Bold:**\n", "Do this:\n\n", "- item:\n", "    ", "\t", "\n", "{", "[", "\"",
    "SELECT a FROM b;\n",
    "import a\n", "class B:\n", "├── a\n", "$ ls\n", "é", "\u2028", "\0", "a: b\n", "-- c\n", "#!",
)  # fmt: skip
_MARKDOWN = st.lists(st.sampled_from(_PIECES) | st.text(max_size=3), max_size=40).map("".join)
_LINES = st.lists(
    st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Zs")), max_size=8)
)


def _found(text: str, *, path: str = "README.md") -> tuple[FoundCode, ...]:
    return find_code(outline(text), path=path)


def _fence(code: str = _CODE, info: str = "python") -> str:
    return f"```{info}\n{code}\n```\n"


def _title(text: str) -> str:
    (found,) = _found(text)
    return found.title


def test_a_snippet_says_what_it_is_and_where_it_stands() -> None:
    indented = textwrap.indent(_fence(f"\n{_CODE}  \n\n", "py"), "   ")
    assert _found(f"# Notes\n\n## Sums\n\n1. How to **sum** up:\n\n{indented}") == (
        FoundCode(
            language="Python",
            title="How to sum up",
            code=_CODE,
            line=7,
            section="Sums",
            key=code_key(_CODE),
        ),
    )


def test_obvious_code_needs_no_label_and_other_text_is_none() -> None:
    code = "SELECT a\nFROM b\nWHERE c\nLIMIT 1;"
    text = _fence(code, "") + _fence("just\nsome\nmore\nwords", "") + _fence(_CODE, "text")
    assert [(found.language, found.code) for found in _found(text)] == [("SQL", code)]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Only words.",
        _fence("pip install x\ncd y\nmake\nmake run", "bash"),
        _fence("app/\n├── a\n├── b\n└── c", ""),
        _fence("graph TD\n  a --> b\n  b --> c\n  c --> d", "mermaid"),
        _fence("A=1\nB=2\nC=3\nD=4", "env"),
        f"```python\n{_CODE}\n",
        f"```python\n{_CODE}\n\nWords.\n\n```python\n{_CODE}\n```\n",
        _fence("x = 1\n" * MAX_LENGTH),
        _fence("", "python"),
        "```python\n```",
    ],
)
def test_a_text_with_nothing_of_the_kind_yields_nothing(text: str) -> None:
    assert _found(text) == ()


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (f"Cache it. Then add the two:\n\n{_fence()}", "Then add the two"),
        (f"**Adding two numbers:**\n\n{_fence()}", "Adding two numbers"),
        (f"- Add **numbers**:\n{_fence()}", "Add numbers"),
        (_fence(info='python title="Adding"'), "Adding"),
        (f"# Sums\n\n{_fence(info='python:app/sums.py')}", "Sums: app/sums.py"),
        (f"# Sums\n\n`app/sums.py`:\n\n{_fence()}", "Sums: app/sums.py"),
        (f"# Sums\n\n{_fence(f'# sums.py{chr(10)}{_CODE}')}", "Sums: sums.py"),
        (_fence(f"# Adds two numbers. Then more\n{_CODE}"), "Adds two numbers"),
        (_fence(f'"""Sums of numbers."""\n{_CODE}'), "Sums of numbers"),
        (_fence("/**\n * Adds.\n */\nlet a;\nlet b;\nlet c;", "js"), "Adds"),
        (_fence("<!-- A card -->\n<p>\n<b>\n</b>\n</p>", "html"), "A card"),
        (f"# Sums\n\nSome words.\n\n{_fence()}", "Sums: add"),
        (f"# Sums\n\n{_fence(f'# eslint-disable{chr(10)}{_CODE}')}", "Sums: add"),
        (f"# Sums\n\n{_fence(f'# x = 1{chr(10)}{_CODE}')}", "Sums: add"),
        (f"# Sums\n\n{_fence('class Meta:' + chr(10) + _CODE)}", "Sums: add"),
        (
            "# Tables\n\n" + _fence("CREATE TABLE jobs (\n id int,\n a int\n);", "sql"),
            "Tables: jobs",
        ),
        ("# Sums\n\n" + _fence("export const add = () => {\na\nb\n}", "js"), "Sums: add"),
        (f"# Sums\n\n{_fence(_PLAIN)}", "Sums"),
        (f"# Sums\n\n## Example\n\n{_fence(_PLAIN)}", "Sums: Example"),
        (f"# Sums\n\n## Example usage\n\nFor example:\n\n{_fence()}", "Sums: add"),
        (
            f"# Sums\n\n**sums.py**\n{_fence(_PLAIN)}\n{_fence(_PLAIN + chr(10) + 'x')}",
            "Sums: sums.py",
        ),
        (f"# Sums\n\n{'word ' * 60}:\n\n{_fence()}", "Sums: add"),
        (f"# {'Sums ' * 60}\n\n{_fence(_PLAIN)}", ("Sums " * 24).strip()[: MAX_TITLE - 1] + "…"),
    ],
)
def test_a_title_comes_from_the_words_before_a_comment_or_a_name(text: str, title: str) -> None:
    found = _found(text)[0].title
    assert found == title or (found.endswith("…") and len(found) <= MAX_TITLE and title[-1] == "…")


def test_the_page_is_the_last_resort() -> None:
    assert _found(_fence(_PLAIN), path="docs/adding-numbers.md")[0].title == "Adding numbers"
    assert _found(_fence(_PLAIN), path="docs/sums/README.md")[0].title == "Sums"
    named = find_code(outline(_fence(_PLAIN)), path="a.md", page_title="All sums")
    assert named[0].title == "All sums"


def test_a_bold_line_is_no_section_where_there_is_a_heading() -> None:
    text = f"# Sums\n\n**Adding:**\n\n{_fence()}"
    assert [(found.title, found.section) for found in _found(text)] == [("Adding", "Sums")]
    assert _found(f"**Adding:**\n\n{_fence()}")[0].section == "Adding:"
    assert _found(_fence())[0].section == ""


def test_the_same_code_is_found_once() -> None:
    text = f"{_fence()}\n{_fence(textwrap.indent(_CODE, '  '), 'py')}"
    assert [found.line for found in _found(text)] == [1]


def test_there_is_a_bound() -> None:
    text = "".join(_fence(f"{_CODE}\nx = {number}") for number in range(MAX_CODE + 20))
    assert len(_found(text)) == MAX_CODE


@given(lines=_LINES, indent=st.sampled_from(("", " ", "    ", "\t")), data=st.data())
def test_blanks_that_nobody_sees_do_not_change_the_key(
    lines: list[str], indent: str, data: st.DataObject
) -> None:
    end = data.draw(st.sampled_from(("\n", "\r\n", "\r")))
    blanks = st.sampled_from(("", " ", "\t ", "   "))
    around = st.lists(blanks, max_size=3)
    changed = [
        f"{indent}{line}{data.draw(blanks)}" if line else data.draw(blanks) for line in lines
    ]
    changed = data.draw(around) + changed + data.draw(around)
    assert code_key(end.join(changed)) == code_key("\n".join(lines))


@given(code=st.text(), other=st.text())
@example("a\nb", "a\n\nb")
@example("if a:\n    b", "if a:\n  b")
@example("a b", "a  b")
@example("a", "A")
def test_whatever_else_differs_has_another_key(code: str, other: str) -> None:
    assert (code_key(code) == code_key(other)) is (normal_code(code) == normal_code(other))


@pytest.mark.parametrize(
    "other",
    [
        "a = 1\n\nif a:\n    b()",
        "a = 1\nif a:\n  b()",
        "a = 1\nif a:\n    b( )",
        "a = 2\nif a:\n    b()",
    ],
)
def test_what_readers_see_changes_the_key(other: str) -> None:
    assert code_key("a = 1\nif a:\n    b()") != code_key(other)


@given(st.text())
def test_the_normal_form_is_its_own_normal_form(text: str) -> None:
    assert normal_code(normal_code(text)) == normal_code(text)


def _check(found: tuple[FoundCode, ...], text: str) -> None:
    keys = [code.key for code in found]
    assert len(set(keys)) == len(keys) <= MAX_CODE
    for code in found:
        assert code.key == code_key(code.code)
        assert code.language
        assert 0 < len(code.title) <= MAX_TITLE
        assert len(code.section) <= MAX_SECTION
        assert 1 <= code.line < text.count("\n") + text.count("\r") + 1
        assert "\n" not in code.title


@given(text=_MARKDOWN)
def test_any_text_is_read_without_surprise(text: str) -> None:
    _check(_found(text), text)


@given(seed=st.integers(0, 2**32))
def test_the_examples_cut_and_spliced_are_read_without_surprise(examples: Path, seed: int) -> None:
    text = spliced(examples, seed=seed)
    _check(_found(text), text)


@pytest.mark.parametrize(
    ("name", "languages"),
    [
        ("LewisMagangi+alx-project-nexus", {"HTTP": 1, "JSON": 1}),
        ("ShemaM+alx-project-nexus", {"CSS": 2, "JavaScript": 1, "Python": 1, "TypeScript": 1}),
        ("Redocly+museum-openapi-example", {"YAML": 1}),
        ("baydre+alx-project-nexus", {}),
        ("trekhleb+javascript-algorithms", {}),
        ("EbookFoundation+free-programming-books", {}),
    ],
)
def test_the_examples_yield_what_is_worth_keeping(
    examples: Path, name: str, languages: dict[str, int]
) -> None:
    counted: dict[str, int] = {}
    for file in sorted((examples / name).rglob("*.md")):
        path = file.relative_to(examples / name).as_posix()
        text = decode(file.read_bytes(), path=path).text
        for code in _found(text, path=path):
            assert text.split("\n")[code.line - 1].lstrip().startswith("```")
            counted[code.language] = counted.get(code.language, 0) + 1
    assert counted == languages


def test_only_so_many_blocks_of_code_are_looked_at() -> None:
    plain = _fence("$ ls\n$ cd\n$ ls\n$ cd", info="console")
    assert _found(plain * (MAX_LOOKED_AT - 1) + _fence())
    assert not _found(plain * MAX_LOOKED_AT + _fence())


@pytest.mark.parametrize(
    ("info", "line"),
    [
        ("python", "def f{n}(a):"), ("python", " " * 60), ("", "import a{n}"), ("",
        "SELECT a FRO M"),
        ("", "a:" * 100), ("", "[[[["), ("", "-- a"), ("", "const aaaa{n}"), ("", "type A aa {"),
        ("java", "export default public private static"), ("python", "├ | `"), ("", "name: a"),
        ("python", "# ----"), ("sql", "CREATE UNIQUE INDEX IF"),
    ],
)  # fmt: skip
def test_the_work_is_in_proportion_to_the_text(info: str, line: str) -> None:
    def make(size: int) -> str:
        lines = (line.replace("{n}", str(n)) for n in range(100))
        block = f"The code:\n\n```{info}\n" + "\n".join(lines) + "\n{n}\n```\n\n"
        return "".join(block.replace("{n}", str(n)) for n in range(size // len(block) + 1))

    assert is_proportional(_found, make, size=20_000)
