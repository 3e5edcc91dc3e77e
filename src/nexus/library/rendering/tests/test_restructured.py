"""reStructuredText is laid out like Markdown, and can reach nothing."""

import pytest

from nexus.library.rendering.page import Heading, Rendered
from nexus.library.rendering.restructured import render_restructured
from nexus.library.rendering.tests.support import FETCH, PLACE, assert_safe, codes, tree


def render(source: str) -> Rendered:
    """A reStructuredText at the usual place."""
    return render_restructured(source, PLACE)


def test_headings_have_the_same_anchors() -> None:
    page = render("What's new?\n===========\n\nSub\n---\n\nSee `Sub`_ and `What's new?`_.\n")
    assert page.headings == (Heading(1, "What’s new?", "whats-new"), Heading(2, "Sub", "sub")) or (
        page.headings == (Heading(1, "What's new?", "whats-new"), Heading(2, "Sub", "sub"))
    )
    assert page.title == page.headings[0].text
    body = assert_safe(page.html)
    ids = {node.attributes["id"] for node in body.css("[id]")}
    for link in body.css("p a"):
        assert (link.attributes["href"] or "")[1:] in ids


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("``code``", "<code>code</code>"),
        ("`x <../a.py>`_", '<a href="/c/commons/nexus/a.py">x</a>'),
        (
            "`x <https://a.example>`_",
            '<a href="https://a.example" rel="nofollow noopener noreferrer ugc">x</a>',
        ),
        (".. image:: x.png", '<img src="/c/commons/nexus/-/raw/docs/x.png" alt="x.png"'),
        ("me@example.org", '<a class="email" href="mailto:me@example.org">me@example.org</a>'),
        (".. code-block:: python\n\n   x = 1", '<span class="o">=</span>'),
        ("::\n\n   <plain>", "<code>&lt;plain&gt;\n</code>"),
        (">>> 1 + 1\n2", "<code>&gt;&gt;&gt; 1 + 1\n2\n</code>"),
        (":math:`a^2`", '<math display="inline" alttext="a^2">'),
        (".. math:: a^2", '<math display="block" alttext="a^2">'),
        (".. danger:: Hot", '<div class="markdown-alert markdown-alert-caution">'),
        (".. tip:: Do", '<p class="markdown-alert-title" dir="auto">Tip</p>'),
        (".. admonition:: Own\n\n   x", '<p class="markdown-alert-title" dir="auto">Own</p>'),
    ],
)
def test_the_same_things_look_the_same(source: str, html: str) -> None:
    assert html in render(source).html.replace(FETCH, "")


@pytest.mark.parametrize(
    "source",
    [
        ".. raw:: html\n\n   <script>alert(1)</script>",
        ".. include:: /etc/passwd",
        ".. csv-table::\n   :file: /etc/passwd",
        ".. csv-table::\n   :url: https://evil.example",
        ".. literalinclude:: /etc/passwd",
        "`x <javascript:alert(1)>`_",
        ".. image:: javascript:alert(1)",
        ".. role:: raw-html(raw)\n   :format: html\n\n:raw-html:`<script>x</script>`",
        ".. class:: site-header\n\ntext",
        ".. meta::\n   :http-equiv=refresh: 0",
    ],
)
def test_directives_that_reach_out_do_nothing(source: str) -> None:
    html = render(source).html
    assert_safe(html)
    assert "root:" not in html
    assert tree(html).css(".site-header") == []


def test_mistakes_are_told_with_their_line_and_leave_no_mark() -> None:
    page = render_restructured("fine\n\n.. nosuch::\n\nsee |gone| there", PLACE, first_line=10)
    assert {(problem.line, problem.code) for problem in page.problems} == {
        (12, "markup-invalid"),
        (14, "markup-invalid"),
    }
    assert page.headings == ()
    assert "see |gone| there" in page.html


def test_footnotes_lead_there_and_back() -> None:
    body = tree(render("text [1]_\n\n.. [1] the note").html)
    ids = {node.attributes["id"] for node in body.css("[id]")}
    assert {(node.attributes["href"] or "")[1:] for node in body.css("a")} <= ids


def test_what_docutils_fails_on_is_shown_plainly(monkeypatch: pytest.MonkeyPatch) -> None:
    from nexus.library.rendering import restructured_html

    def fail(source: str) -> None:
        raise AssertionError(source)

    monkeypatch.setattr(restructured_html, "restructured_to_html", fail)
    page = render("text")
    assert codes(page) == ["document-invalid"]
    assert "text" in page.html
