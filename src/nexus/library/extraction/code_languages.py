"""Which programming language a block of code is in: as it is labelled, or where it is obvious.

The names are those of ``nexus.library.rendering.languages``.
"""

import json
import re
from collections.abc import Callable
from functools import lru_cache

from nexus.library.rendering.languages import language_of

#: Words for a language that are not an ending of its files, and a file that is in it.
_LABELS = """
app.js | es6 javascript node nodejs react
app.ts | typescript
app.py | ipython py3 python python3 python2
app.sql | mysql plpgsql plsql postgres postgresql psql sqlite sqlite3 tsql
app.sh | shell terminal-script zsh
app.ps1 | posh powershell pwsh
app.bat | batch dos
app.cs | c#
app.cpp | c++
app.fs | f# fsharp
app.go | golang
app.rs | rust
app.rb | rails ruby
app.kt | kotlin
app.hs | haskell
app.ex | elixir
app.erl | erlang
app.clj | clojure
app.jl | julia
app.pl | perl
app.m | matlab
app.scm | lisp scheme
app.asm | assembly
app.coffee | coffeescript
app.sol | solidity
app.vim | viml vimscript
app.tex | latex
app.proto | protobuf protocol-buffers
app.tf | hashicorp terraform
app.yml | compose docker-compose github-actions openapi
app.json | geojson jsonld
app.jinja | django html+django html+jinja htmldjango jinja-html twig
app.html | html5
app.md | markdown
app.rst | restructuredtext
app.http | https
app.ini | properties
dockerfile | docker
makefile | make
nginx.conf | nginx
cmakelists.txt | cmake
"""
_FILES = {
    label: file.strip()
    for file, labels in (row.split("|") for row in _LABELS.strip().splitlines())
    for label in labels.split()
}
_LABEL = re.compile(r"\{?\.?(?:lang(?:uage)?-)?([\w#+.-]{1,40})")

_PYTHON = re.compile(
    r"^[ \t]{0,40}(?:(?:async )?def \w+\(|class \w+[(:]|from [\w.]+ import |import [\w.]+"
    r"|if __name__ ==|@\w[\w.]*)",
    re.MULTILINE,
)
_PYTHON_BLOCK = re.compile(r"^[^#\n]{1,300}:[ \t]{0,9}(?:#[^\n]{0,300})?$", re.MULTILINE)
_JAVASCRIPT = re.compile(
    r"^[ \t]{0,40}(?:(?:export )?(?:const|let) [\w{\[][^\n=]{0,200}=|import [^\n]{1,200} from ['\"]"
    r"|(?:export )?(?:default )?(?:async )?function \w*\(|module\.exports\b|console\.log\()",
    re.MULTILINE,
)
_SQL = re.compile(
    r"(?:--[^\n]{0,300}\n|\s){0,20}(?:SELECT\s[^;]{1,2000}?\sFROM\s|INSERT INTO\s|DELETE FROM\s"
    r"|UPDATE\s\S{1,100}\sSET\s|WITH \w{1,60} AS\s|EXPLAIN\s|BEGIN;"
    r"|(?:CREATE|ALTER|DROP) (?:OR REPLACE )?(?:UNIQUE )?"
    r"(?:TABLE|INDEX|VIEW|FUNCTION|TRIGGER|TYPE|EXTENSION|DATABASE)\s)"
)
_HTTP = re.compile(
    r"(?:HTTP/[\d.]{1,3} \d{3}\b|(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS) \S{1,500}"
    r"(?: HTTP/[\d.]{1,3})?[ \t]*\n[A-Za-z-]{1,60}: )"
)
_DOCKER = re.compile(r"(?:#[^\n]{0,300}\n|ARG [^\n]{0,300}\n|\s){0,20}FROM \S{1,300}", re.ASCII)
_DOCKER_STEP = re.compile(r"^(?:RUN|COPY|WORKDIR|CMD|ENTRYPOINT) ", re.MULTILINE)
_GRAPHQL = re.compile(
    r"(?:(?:type|input|extend type|interface|fragment) \w|(?:query|mutation|subscription)\b)"
    r"[^\n=;]{0,200}\{[ \t]*\n"
    r"[ \t]+\w+(?:\([^\n]{0,200}\))?(?::[ \t]*[\[\w]|[ \t]*[{\n])"
)
_YAML = re.compile(
    r"(?:---[ \t]*\n|#[^\n]{0,300}\n|version:[^\n]{0,100}\n|name:[^\n]{0,100}\n|\s){0,20}"
    r"(?:services|apiVersion|openapi|asyncapi|swagger|on|jobs|stages|networks|volumes):(?:[ \t]|\n)"
)
_NGINX = re.compile(
    r"^[ \t]{0,40}(?:server|location [^\n{]{1,200}|upstream \w{1,60}) ?\{", re.MULTILINE
)
_GO = re.compile(r"^(?:package \w+$|func (?:\([^\n)]{1,80}\) )?\w+\()", re.MULTILINE)
_SHEBANGS = (("python", "Python"), ("node", "JavaScript"), ("ruby", "Ruby"), ("sh", "Bash"))


def labelled_language(info: str) -> str | None:
    """The language that the words behind an opening fence name.

    Empty when they name none; None when it is one that Nexus does not know, or no language.
    """
    match = _LABEL.match(info)
    return _language_called(match[1].lower()) if match else ""


@lru_cache(maxsize=1_024)
def _language_called(label: str) -> str | None:
    if label in _FILES:
        return language_of(_FILES[label])
    return language_of(f"app.{label}") or language_of(label) or None


def obvious_language(code: str) -> str:
    """The language of ``code`` if nobody could take it for another; empty if one could."""
    return next((name for name, is_it in _SIGNS if is_it(code)), "") or _by_first_line(code)


def _by_first_line(code: str) -> str:
    first = code.partition("\n")[0]
    if first.startswith("#!"):
        return next((name for word, name in _SHEBANGS if word in first), "")
    return "PHP" if first.startswith("<?php") else ""


def _is_json(code: str) -> bool:
    if code[:1] not in ("{", "["):
        return False
    try:
        return isinstance(json.loads(code), dict | list)
    except (ValueError, RecursionError):
        return False


def _is_python(code: str) -> bool:
    return len(_PYTHON.findall(code)) > 1 and _PYTHON_BLOCK.search(code) is not None


def _is_html(code: str) -> bool:
    return code[:15].lower().startswith(("<!doctype html", "<html"))


_SIGNS: tuple[tuple[str, Callable[[str], object]], ...] = (
    ("JSON", _is_json),
    ("HTML", _is_html),
    ("HTTP", _HTTP.match),
    ("SQL", _SQL.match),
    ("Docker", lambda code: _DOCKER.match(code) and _DOCKER_STEP.search(code)),
    ("Go", lambda code: code.startswith("package ") and len(_GO.findall(code)) > 1),
    ("YAML", _YAML.match),
    ("GraphQL", _GRAPHQL.match),
    ("Nginx", lambda code: _NGINX.search(code) and ";\n" in code),
    ("Python", _is_python),
    ("JavaScript", lambda code: len(_JAVASCRIPT.findall(code)) > 1),
)
