"""A repository that says a text in every place where a repository can say something, for tests."""

import json
import re
from urllib.parse import quote

from nexus.library.discretion.tests.forms import forms_of_names
from nexus.repositories.git.tests.builders import Link

NAMES = forms_of_names()
ANN = "Ann <ann@example.com>"
#: Forms that leave the address itself to be seen in a heading, so that GitHub's anchor holds it.
_SEEN_WHOLE = {"plain", "bold host", "tag", "decimal reference", "linked host", "soft hyphens"}


def commits(forms):
    """(files, message, author) of commits that say ``forms`` everywhere, one after the other."""
    yield {**texts(forms), **titled(forms), **named(NAMES)}, "Begin", ANN
    for n, form in enumerate(forms):
        author = "Ann" if "<" in form.written else form.written
        again = {f"docs/titled/{n}.md": f"# Notes of {form.written}\n\nAgain.\n"}
        yield again, f"Thank {form.written} for it", f"{author} <ann{n}@example.com>"
    changed = {
        "src/all.py": lines(forms, "# now {}"),
        f"names/{NAMES[0].written}.md": None,
        f"names/{NAMES[1].written}.md": None,
        "names/one.md": "Words of number 1.\n",
    }
    yield changed, f"Thank {forms[0].written}", ANN


def texts(forms):
    """Files of every kind that say ``forms``."""
    drawing = "<svg xmlns='http://www.w3.org/2000/svg'><text>{}</text></svg>"
    description = paragraphs(forms, "Write to {}.").replace('"', "")
    return {
        "README.md": markdown(forms),
        "docs/once.md": "# Once\n\n" + paragraphs(forms, "Write to {}."),
        "docs/all.rst": "Writing to people\n=================\n\n" + paragraphs(forms, "To {}."),
        "docs/all.ipynb": notebook(forms),
        "docs/openapi.json": contract(forms),
        "docs/schema.graphql": f'"""{description}"""\ntype Query {{\n  hello: String\n}}\n',
        "src/all.py": lines(forms, "# {}"),
        "src/all.json": json.dumps([form.written for form in forms], indent=1),
        "src/all.html": lines(forms, "<p title='{0}'>{0}</p>"),
        "src/all.txt": lines(forms, "{}").encode("utf-16"),
        "LICENSE": "MIT License\n\n" + lines(forms, "Copyright {}"),
        "drawing.svg": drawing.format(lines(forms, "{}")),
        "link": Link(forms[0].address),
    }


def titled(forms):
    """Files whose title, summary, first words or first comment say them."""
    pages = {
        f"docs/titled/{n}.md": f"# Notes of {form.written}\n\nWrite to {form.written} about them.\n"
        for n, form in enumerate(forms)
    }
    said = {
        f"docs/said/{n}.md": "---\n"
        f"title: {json.dumps(f'By {form.written}')}\n"
        f"summary: {json.dumps(f'Written by {form.written}')}\n"
        f"language: {json.dumps(form.written)}\n"
        "kind: snippet\n---\nWords.\n"
        for n, form in enumerate(forms[::3])
    }
    code = {
        f"code-snippets/{n}.py": f"# By {form.written} and others\nprint()\n"
        for n, form in enumerate(forms[1::3])
    }
    return {**pages, **said, **code}


def named(forms):
    """Files and folders whose names say them."""
    files = {f"names/{form.written}.md": f"Words of number {n}.\n" for n, form in enumerate(forms)}
    for n, form in enumerate(forms[::4]):
        files[f"names/{form.written}.txt"] = f"{n}\n"
        files[f"names/of {form.written}/README.md"] = f"# Folder {n}\n\n[up](../one.md)\n"
        files[f"names/code-snippets/{form.written}.py"] = f"print({n})\n"
        files[f"names/{form.written}.png"] = b"\x89PNG\r\n\x1a\n" + bytes(40)
    return files


def lines(forms, pattern):
    """One line for each form."""
    return "\n".join(pattern.format(form.written) for form in forms) + "\n"


def paragraphs(forms, pattern):
    """One paragraph for each form."""
    return lines(forms, pattern).replace("\n", "\n\n")


def markdown(forms):
    """Every form in every place of a document."""
    fenced = {"": "{}", "python": "# {}", "json": '"{}"', "html": "<p>{}</p>", "mermaid": "A[{}]"}
    return "\n\n".join(
        (
            "# Writing to people",
            paragraphs(forms, "Please write to {} when you can."),
            paragraphs(forms, "## Write to {} now"),
            *(
                f"[below](#write-to-{re.sub('[^a-z0-9]', '', form.address)}-now)"
                for form in forms
                if form.name in _SEEN_WHOLE
            ),
            lines(forms, "- {}"),
            lines(forms, "> {}"),
            "| a | b |\n|---|---|\n" + lines(forms, "| x | {} |"),
            "".join(f"See[^{n}]. " for n in range(len(forms))),
            "\n".join(f"[^{n}]: {form.written}" for n, form in enumerate(forms)),
            *(f"```{name}\n{lines(forms, line)}```" for name, line in fenced.items()),
            lines(forms, "    {}"),
            f"<details><summary>{lines(forms, '{}')}</summary>x</details>",
            f"<pre>{lines(forms, '{} <b>x</b>')}</pre>",
            paragraphs(forms, "[{0}](x.md) ![{0}](y.png) <i title='{0}'>z</i>"),
        )
    )


def notebook(forms):
    """A notebook of text, code and outputs."""
    text, code = paragraphs(forms, "Write to {}."), lines(forms, "# {}")
    outputs = [
        {"output_type": "stream", "name": "stdout", "text": code},
        {"output_type": "display_data", "metadata": {}, "data": {"text/html": f"<p>{text}</p>"}},
    ]
    cells = [
        {"cell_type": "markdown", "metadata": {}, "source": text},
        {"cell_type": "code", "metadata": {}, "source": code, "outputs": outputs},
    ]
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})


def contract(forms):
    """An OpenAPI document that says them everywhere."""
    paths = {
        f"/users/{n}": {
            "get": {
                "operationId": f"get {form.written}",
                "summary": form.written,
                "description": f"Ask {form.written} for it.",
                "tags": [form.written],
                "responses": {"200": {"description": form.written}},
            }
        }
        for n, form in enumerate(forms)
    }
    paths |= {f"/mail/{form.written}": {"get": {"responses": {}}} for form in NAMES}
    info = {
        "title": f"Mail to {forms[0].written}",
        "version": f"1 {forms[0].written}",
        "description": paragraphs(forms, "Write to {}."),
        "contact": {"name": forms[0].written, "email": forms[0].address},
    }
    servers = [{"url": f"https://x.example/{quote(form.address)}"} for form in forms]
    return json.dumps({"openapi": "3.1.0", "info": info, "servers": servers, "paths": paths})
