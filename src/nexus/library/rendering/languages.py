"""The programming language of a file, by its name.

A short table instead of a library's six hundred: these are the languages that people filter by.
"""

import posixpath

# Name, Pygments' name, endings and whole names (small letters).
_TABLE = """
Assembly | nasm | .asm .s
Bash | bash | .sh .bash .zsh .ksh .bashrc .zshrc .profile
Batch | batch | .bat .cmd
C | c | .c .h
C# | csharp | .cs .csx
C++ | cpp | .cpp .cc .cxx .hpp .hh .hxx .ipp
Clojure | clojure | .clj .cljs .cljc .edn
CMake | cmake | .cmake cmakelists.txt
CoffeeScript | coffeescript | .coffee
CSS | css | .css
Dart | dart | .dart
Diff | diff | .diff .patch
Docker | docker | dockerfile containerfile .dockerfile
Elixir | elixir | .ex .exs
Elm | elm | .elm
Erlang | erlang | .erl .hrl
F# | fsharp | .fs .fsx
Fortran | fortran | .f90 .f95 .f03 .f
Go | go | .go
GraphQL | graphql | .graphql .gql .graphqls
Groovy | groovy | .groovy .gradle jenkinsfile
Haskell | haskell | .hs
HCL | hcl | .tf .tfvars .hcl
HTML | html | .html .htm .xhtml
HTTP | http | .http .rest
INI | ini | .ini .cfg .conf .editorconfig .flake8
Java | java | .java
JavaScript | javascript | .js .mjs .cjs .jsx
Jinja | html+jinja | .jinja .jinja2 .j2
JSON | json | .json .jsonc .json5 .jsonl .webmanifest .babelrc .eslintrc .prettierrc
Julia | julia | .jl
Jupyter Notebook | json | .ipynb
Kotlin | kotlin | .kt .kts
Less | less | .less
Lua | lua | .lua
Makefile | make | .mk makefile gnumakefile
Markdown | markdown | .md .markdown .mdx .mdown .mkd .mkdn
MATLAB | matlab | .m
Nginx | nginx | nginx.conf
Nix | nix | .nix
OCaml | ocaml | .ml .mli
Pascal | pascal | .pas .pp
Perl | perl | .pl .pm
PHP | php | .php .phtml
PowerShell | powershell | .ps1 .psm1 .psd1
Prisma | graphql | .prisma
Prolog | prolog | .pro .prolog
Protocol Buffers | protobuf | .proto
Python | python | .py .pyi .pyw sconstruct
R | r | .r
reStructuredText | rst | .rst .rest
Ruby | ruby | .rb .rake .gemspec gemfile rakefile vagrantfile
Rust | rust | .rs
Sass | sass | .sass
Scala | scala | .scala .sbt
Scheme | scheme | .scm .ss
SCSS | scss | .scss
Solidity | solidity | .sol
SQL | sql | .sql
Svelte | html | .svelte
SVG | xml | .svg
Swift | swift | .swift
TeX | latex | .tex .sty .bib
TOML | toml | .toml pipfile cargo.lock poetry.lock uv.lock
TSX | tsx | .tsx
TypeScript | typescript | .ts .mts .cts
Vim script | vim | .vim .vimrc
Vue | html | .vue
XML | xml | .xml .xsd .xsl .xslt .csproj .plist
YAML | yaml | .yml .yaml .clang-format
Zig | zig | .zig
"""


def _read_table() -> dict[str, tuple[str, str]]:
    languages = {}
    for row in _TABLE.strip().splitlines():
        name, lexer, keys = (cell.strip() for cell in row.split("|"))
        languages.update(dict.fromkeys(keys.split(), (name, lexer)))
    return languages


_LANGUAGES = _read_table()
#: The names of the languages, as people say them.
LANGUAGES = tuple(dict.fromkeys(name for name, _ in _LANGUAGES.values()))


def language_of(path: str) -> str:
    """The name of the language that the file at ``path`` is written in, as people say it.

    Empty for files that are no code, or in a language that is not in the table.
    """
    return _entry(path)[0]


def lexer_of(path: str) -> str:
    """The name by which Pygments knows that language; empty for none."""
    return _entry(path)[1]


def _entry(path: str) -> tuple[str, str]:
    name = posixpath.basename(path).lower()
    suffix = posixpath.splitext(name)[1] or name
    for key in (name, suffix, name.partition(".")[0]):
        if key in _LANGUAGES:
            return _LANGUAGES[key]
    return "", ""
