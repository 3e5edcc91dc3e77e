"""reStructuredText as the HTML that our Markdown parser would write, by docutils.

The same names for the same things (alerts, formulas, blocks of code) let the same sanitiser and
the same finishing serve both. It is not safe yet.
"""

import re
from io import StringIO
from typing import Any

from docutils import nodes
from docutils.core import publish_parts
from docutils.parsers.rst import Parser, states
from docutils.writers.html5_polyglot import HTMLTranslator, Writer

_SETTINGS = {
    # Nothing outside the text is read, nothing in it is executed or passed through.
    "_disable_config": True,
    "file_insertion_enabled": False,
    "raw_enabled": False,
    "embed_stylesheet": False,
    "stylesheet_path": None,
    "syntax_highlight": "none",
    "doctitle_xform": False,
    "initial_header_level": "1",
    "input_encoding": "unicode",
    "report_level": 3,
    "halt_level": 6,
}
#: What searching for ends of markup that has none may cost, in characters: some two seconds.
_MAX_SEARCHED = 30_000_000
#: What docutils has to say, of which it takes each back from all the others.
_MAX_MESSAGES = 10_000
_MESSAGE = re.compile(r"^<string>:(\d+): \((?:ERROR|SEVERE)/\d\) (.*)$", re.MULTILINE)
_ALERTS = {
    "note": "note",
    "hint": "tip",
    "tip": "tip",
    "important": "important",
    "attention": "warning",
    "warning": "warning",
    "caution": "caution",
    "danger": "caution",
    "error": "caution",
}


class TooCostly(Exception):
    """Laying the document out would take minutes."""


def restructured_to_html(source: str) -> tuple[str, list[tuple[int, str]]]:
    """The body that ``source`` makes, and the mistakes found in it with their lines.

    Raises ``TooCostly``, and whatever docutils fails with.
    """
    messages = StringIO()
    writer = Writer()
    writer.translator_class = _Translator
    settings = {**_SETTINGS, "warning_stream": messages}
    parts = publish_parts(source, parser=_Parser(), writer=writer, settings_overrides=settings)
    found = [(int(line), said) for line, said in _MESSAGE.findall(messages.getvalue())]
    html = str(parts["body"]).replace('"admonition-title"', '"markdown-alert-title"')
    html = html.replace("<aside ", "<div ").replace("</aside>", "</div>")
    return html, found


class _Parser(Parser):
    """The parser, which gives up on a text that it finds no end of mistakes in."""

    def __init__(self) -> None:
        super().__init__(inliner=_bounded_inliner())
        self._messages = 0

    def parse(self, inputstring: str, document: nodes.document) -> None:
        """Make ``document`` of the text. Raises ``TooCostly``."""
        document.reporter.attach_observer(self._note)
        super().parse(inputstring, document)

    def _note(self, _message: nodes.system_message) -> None:
        self._messages += 1
        if self._messages > _MAX_MESSAGES:
            raise TooCostly


def _bounded_inliner() -> states.Inliner:
    """The reader of what stands in a line, within bounds.

    It looks for the end of each emphasis, literal or name through all that follows in the
    paragraph: where many have none, that takes quadratic time. It cannot be derived from, for
    it makes its patterns of what its own class holds.
    """
    inliner = states.Inliner()
    length = searched = 0
    parse, problematic = inliner.parse, inliner.problematic

    def parse_paragraph(text: str, *rest: Any) -> Any:
        nonlocal length
        length = len(text)
        return parse(text, *rest)

    def note_problem(*about: Any) -> Any:
        nonlocal searched
        searched += length
        if searched > _MAX_SEARCHED:
            raise TooCostly
        return problematic(*about)

    inliner.parse, inliner.problematic = parse_paragraph, note_problem  # type: ignore[method-assign, assignment]
    return inliner


class _Translator(HTMLTranslator):
    """docutils' HTML with our names."""

    def visit_literal(self, node: nodes.Element) -> None:
        self.body.append(f"<code>{self.encode(node.astext())}</code>")
        raise nodes.SkipNode

    def visit_literal_block(self, node: nodes.Element) -> None:
        names = [name for name in node["classes"] if name != "code"]
        language = f' lang="{self.attval(names[0])}"' if names else ""
        self.body.append(f"<pre{language}><code>{self.encode(node.astext())}\n</code></pre>\n")
        raise nodes.SkipNode

    visit_doctest_block = visit_literal_block

    def visit_math(self, node: nodes.Element) -> None:
        self._write_formula(node, "inline")

    def visit_math_block(self, node: nodes.Element) -> None:
        self.body.append("<p>")
        try:
            self._write_formula(node, "display")
        finally:
            self.body.append("</p>\n")

    def _write_formula(self, node: nodes.Element, style: str) -> None:
        tex = self.encode(node.astext())
        self.body.append(f'<span data-math-style="{style}">{tex}</span>')
        raise nodes.SkipNode

    def visit_admonition(self, node: nodes.Element) -> None:
        kind = next((_ALERTS[name] for name in node["classes"] if name in _ALERTS), "note")
        self.body.append(f'<div class="markdown-alert markdown-alert-{kind}">\n')

    def depart_admonition(self, node: nodes.Element | None = None) -> None:
        self.body.append("</div>\n")

    def visit_section(self, node: nodes.Element) -> None:
        if "system-messages" in node["classes"]:
            raise nodes.SkipNode
        super().visit_section(node)  # type: ignore[arg-type]

    def visit_problematic(self, node: nodes.Element) -> None:
        self.body.append(self.encode(node.astext()))
        raise nodes.SkipNode

    def visit_system_message(self, node: nodes.Element) -> None:
        raise nodes.SkipNode
