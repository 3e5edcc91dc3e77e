"""Which code is worth keeping as a snippet: what somebody would look up to use it again.

Commands to copy once, listings of folders, output, settings to fill in and whole files are not.
"""

import re

from nexus.library.extraction.vocabulary import word_set

MIN_LINES, MAX_LINES = 4, 300
#: A longer line is data, not something that a person wrote, in characters.
MAX_LINE = 500
#: So many lines of data before they say anything.
_MIN_DATA_LINES = 6
_MIN_SCRIPT_LINES = 6
_MIN_REAL_LINES = 3
#: So many lines with a mark of a listing or a prompt make the whole one.
_MIN_SHARE = 0.25
_MOSTLY = 0.6
_SHELLS = frozenset({"Bash", "Batch", "PowerShell"})
_NOT_CODE = frozenset({"Diff", "Jupyter Notebook", "Markdown", "reStructuredText", "SVG"})
#: What settings look like that wait for their values, by the languages that they are labelled with.
_SETTINGS = frozenset({"INI", "TOML", "YAML"})
_SETTING = re.compile(r"(?:export[ \t]+)?[A-Z][A-Z0-9_]{1,80}[ \t]*[=:]")
_COMMENT = re.compile(r"[ \t]*(?:#(?!\[|include|define|!)|//|--[ \t]|/\*|\*[ \t/]|<!--|;|%)")
_LISTING = re.compile(r"[^\n├└│┌┐┘▶►]{0,200}[├└│┌┐┘▶►]|[ |]{0,80}[|`+\\]-- ")
_ITEM = re.compile(r"[ \t]*[-*•][ \t]+\S")
_PROMPT = re.compile(
    r"[ \t]*(?:\$ |> |>>> |\.\.\. |In \[\d|Out\[\d|PS [A-Z]:|[A-Z]:\\[^>]{0,80}>"
    r"|\w{1,40}@\S{1,80}[#$] )"
)
_COMMANDS = word_set(
    """
    apt apt-get brew bun cat cd celery chmod conda cp createdb curl deno django-admin docker
    docker-compose flask git gunicorn helm heroku kubectl ls make mkdir mv mysql node npm npx
    pip pip3 pipenv pnpm poetry psql pytest python python3 redis-cli redis-server rm service
    source ssh sudo systemctl terraform touch uv uvicorn vercel virtualenv wget yarn
    """
)
_CONTROL_FLOW = re.compile(
    r"^[ \t]{0,40}(?:if |for |foreach |while |until |case |switch |function \w|param ?\("
    r"|[\w-]{1,60}[ \t]?\(\)[ \t]?\{)",
    re.MULTILINE | re.IGNORECASE,
)


def is_worth_keeping(code: str, *, language: str) -> bool:
    """Whether ``code`` in ``language`` (a canonical name) is a snippet to keep.

    ``code`` is in normal form: without blank lines around it and blanks behind its lines.
    """
    every = code.split("\n")
    lines = [line for line in every if line]
    if language in _NOT_CODE or len(every) > MAX_LINES or len(lines) < MIN_LINES:
        return False
    if max(map(len, lines)) > MAX_LINE or _is_shown(lines):
        return False
    return _says_something(code, lines, language)


def _is_shown(lines: list[str]) -> bool:
    """Whether the lines are a listing, a session with a machine, or Markdown that went on."""
    if any(line.lstrip().startswith("```") for line in lines):
        return True
    if _share(lines, _PROMPT) >= _MIN_SHARE or _PROMPT.match(lines[0]):
        return True
    return _share(lines, _LISTING) >= _MIN_SHARE


def _says_something(code: str, lines: list[str], language: str) -> bool:
    real = [line for line in lines if not _COMMENT.match(line)]
    if language in _SHELLS:
        return len(real) >= _MIN_SCRIPT_LINES and _CONTROL_FLOW.search(code) is not None
    if language == "JSON":
        return len(lines) >= _MIN_DATA_LINES
    if language != "YAML" and _share(real, _ITEM) > _MOSTLY:
        return False  # a list in words
    if language in _SETTINGS and _share(real, _SETTING) > _MOSTLY:
        return False
    return len(real) >= _MIN_REAL_LINES and not _are_commands(real)


def _are_commands(lines: list[str]) -> bool:
    """Whether most lines are for a shell, whatever their label says."""
    commands = sum(line.split(maxsplit=1)[0] in _COMMANDS for line in lines if line[:1].isalpha())
    return commands * 2 > len(lines)


def _share(lines: list[str], pattern: re.Pattern[str]) -> float:
    return sum(pattern.match(line) is not None for line in lines) / max(len(lines), 1)
