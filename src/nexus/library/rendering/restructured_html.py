"""reStructuredText as the HTML that our Markdown parser would write, by docutils.

The same names for the same things (alerts, formulas, blocks of code) let the same sanitiser and
the same finishing serve both. It is not safe yet.
"""

import re
from io import StringIO

from docutils import nodes
from docutils.core import publish_parts
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


def restructured_to_html(source: str) -> tuple[str, list[tuple[int, str]]]:
    """The body that ``source`` makes, and the mistakes found in it with their lines."""
    messages = StringIO()
    writer = Writer()
    writer.translator_class = _Translator
    settings = {**_SETTINGS, "warning_stream": messages}
    parts = publish_parts(source, writer=writer, settings_overrides=settings)
    found = [(int(line), said) for line, said in _MESSAGE.findall(messages.getvalue())]
    html = str(parts["body"]).replace('"admonition-title"', '"markdown-alert-title"')
    html = html.replace("<aside ", "<div ").replace("</aside>", "</div>")
    return html, found


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
