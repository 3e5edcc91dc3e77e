"""What a new repository begins with: the five folders, and in each a word on what goes there."""

from __future__ import annotations

_README = """\
# {title}

What I learn, build and solve, as I go.

- `projects/`: what I build, a page or a folder each.
- `code-snippets/`: code worth finding again.
- `documentation/`: concepts, in my own words.
- `resources/`: what helped me, and why.
- `collaboration/`: what I look for, and contracts I agree on with others.
"""

#: Folder → the text of its README. It names no topic: nobody knows one because the hub said it.
FOLDERS: dict[str, str] = {
    "projects": """\
# Projects

A page or a folder for each thing that I build. Its README says what it does, what it is made
with, what was hard, and whether it looks for a frontend or a backend.
""",
    "code-snippets": """\
# Code snippets

Short pieces of code that work, each with a sentence on what it is for.
""",
    "documentation": """\
# Documentation

What I understood, in my own words: concepts, challenges and how I solved them, good practice.
""",
    "resources": """\
# Resources

Pages, books and talks that helped me, each with a word on why.
""",
    "collaboration": """\
# Collaboration

Whom I look for, what I offer, and the contracts that a backend and a frontend agree on.
""",
}


def starter_files(title: str) -> dict[str, bytes]:
    """The files of a new repository called ``title``, by their paths."""
    readme = {"README.md": _README.format(title=" ".join(title.split()))}
    folders = {f"{folder}/README.md": text for folder, text in FOLDERS.items()}
    return {path: text.encode() for path, text in (readme | folders).items()}
