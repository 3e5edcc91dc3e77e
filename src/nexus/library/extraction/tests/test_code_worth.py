"""Promises of what is kept as a snippet: code to use again, not commands, listings or output."""

import pytest

from nexus.library.extraction.code_worth import MAX_LINE, MAX_LINES, is_worth_keeping

_FUNCTION = "def add(a, b):\n    total = a + b\n    log(total)\n    return total"
_SCRIPT = (
    "set -e\nfor file in *.md; do\n  name=$(basename $file)\n  check $name\n  count $name\ndone"
)


@pytest.mark.parametrize(
    ("code", "language"),
    [
        (_FUNCTION, "Python"),
        ("SELECT a\nFROM b\nWHERE c\nLIMIT 1;", "SQL"),
        ("- name: a\n- name: b\n- name: c\n- name: d", "YAML"),
        ("services:\n  web:\n    build: .\n    ports: [80]", "YAML"),
        ("FROM python\nWORKDIR /app\nRUN pip install x\nCMD run", "Docker"),
        ("server {\n  listen 80;\n  root /var;\n}", "Nginx"),
        (".a {\n  color: red;\n  margin: 0;\n}", "CSS"),
        ("type A {\n  id: ID!\n  b: Int\n}", "GraphQL"),
        ("GET /a HTTP/1.1\nHost: b\nAccept: c\nX: d", "HTTP"),
        ('{\n"a": 1,\n"b": 2,\n"c": 3,\n"d": 4\n}', "JSON"),
        ("DEBUG = True\nSECRET_KEY = key()\nALLOWED = []\nCACHES = {}", "Python"),
        ("environment:\n  POSTGRES_DB: a\n  POSTGRES_USER: b\n  PORT: 1", "YAML"),
        (_SCRIPT, "Bash"),
        ("function check() {\n a\n b\n c\n d\n}\ncheck", "Bash"),
        (f"# ── parts ──\n{_FUNCTION}", "Python"),
    ],
)
def test_code_is_worth_keeping(code: str, language: str) -> None:
    assert is_worth_keeping(code, language=language)


@pytest.mark.parametrize(
    ("code", "language"),
    [
        ("a = 1\nb = 2\nc = 3", "Python"),
        ("a = 1\n\n\n\nb = 2", "Python"),
        ("# a\n# b\n# c\n# d\ne = 1", "Python"),
        ('{\n"a": 1,\n"b": 2,\n"c": 3\n}', "JSON"),
        ("x = 1\n" * (MAX_LINES + 1), "Python"),
        (_FUNCTION + "\nx = '" + "a" * MAX_LINE + "'", "Python"),
        ("# Title\n\nwords\nmore\nand more", "Markdown"),
        ("- id: the key\n- author: of whom\n- text: what\n- made: when", "Python"),
        ("--- a\n+++ b\n-c\n+d\n e", "Diff"),
        ("", "Python"),
    ],
)
def test_too_little_too_much_and_no_code_are_not(code: str, language: str) -> None:
    assert not is_worth_keeping(code, language=language)


@pytest.mark.parametrize(
    ("code", "language"),
    [
        ("cd app\npip install -r requirements.txt\npython manage.py migrate\nmake run", "Bash"),
        ("git clone x\ncd x\nnpm install\nnpm run dev", "JavaScript"),
        ("pip install django\npython manage.py migrate\nx = 1\npython manage.py run", "Python"),
        ("if true; then\n  a\nfi\nb", "Bash"),
        ("# for each\na\nb\nc\nd\ne\nf", "Bash"),
    ],
)
def test_commands_are_not(code: str, language: str) -> None:
    assert not is_worth_keeping(code, language=language)


@pytest.mark.parametrize(
    "code",
    [
        "app/\n├── a.py\n├── b.py\n│   └── c.py\n└── d.py",
        "app\n|-- a\n|-- b\n`-- c",
        "┌────┐\n│ ab │\n└────┘\n  x",
        ">>> a = 1\n>>> a\n1\n>>> b\n2",
        "$ nexus add x\nadded\nfine\nyes",
        "ada@host:~$ ls\na\nb\nc\nd\ne",
        "a = 1\n```\nmore\nwords\nhere",
        "PS C:\\> dir\na\nb\nc",
    ],
)
def test_listings_sessions_and_what_ran_on_are_not(code: str) -> None:
    assert not is_worth_keeping(code, language="Python")


@pytest.mark.parametrize("language", ["INI", "TOML", "YAML"])
def test_settings_to_fill_in_are_not(language: str) -> None:
    code = "SECRET_KEY=x\nDEBUG=True\nexport DATABASE_URL=y\nPORT=80\n# more"
    assert not is_worth_keeping(code, language=language)
