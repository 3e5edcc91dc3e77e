"""Markdown looks as on GitHub."""

import pytest

from nexus.library.rendering.markdown import render_markdown
from nexus.library.rendering.tests.support import PLACE, codes, laid_out, render, tree


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("~~gone~~", '<p dir="auto"><del>gone</del></p>'),
        ("H~2~O", '<p dir="auto">H<del>2</del>O</p>'),
        ("a  \nb", '<p dir="auto">a<br>\nb</p>'),
        ("a\\\nb", '<p dir="auto">a<br>\nb</p>'),
        ("<kbd>Ctrl</kbd> H<sub>2</sub>O", '<p dir="auto"><kbd>Ctrl</kbd> H<sub>2</sub>O</p>'),
        ("3) three", '<ol start="3" dir="auto">\n<li>three</li>\n</ol>'),
        ("> quote", '<blockquote dir="auto">\n<p dir="auto">quote</p>\n</blockquote>'),
        ("---", "<hr>"),
        (":tada: `:tada:` :nosuch:", '<p dir="auto">🎉 <code>:tada:</code> :nosuch:</p>'),
        ("<b>:tada:</b>", '<p dir="auto"><b>🎉</b></p>'),
        ("<div align=center>x</div>", '<div align="center">x</div>'),
        ("<p dir=rtl>שלום</p>", '<p dir="rtl">שלום</p>'),
        ("<center>x</center>", "x"),
        ("&copy; &#0;", '<p dir="auto">© \ufffd</p>'),
    ],
)
def test_the_small_things(source: str, html: str) -> None:
    assert laid_out(source) == html


def test_a_table_is_aligned_headed_and_scrollable() -> None:
    assert laid_out("| a | b |\n|:-:|--:|\n| 1 | `x\\|y` |") == (
        '<div class="table" tabindex="0" role="group" aria-label="Table"><table>\n<thead>\n<tr>\n'
        '<th align="center" scope="col" dir="auto">a</th>\n'
        '<th align="right" scope="col" dir="auto">b</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n'
        '<td align="center" dir="auto">1</td>\n'
        '<td align="right" dir="auto"><code>x|y</code></td>\n</tr>\n</tbody>\n</table></div>'
    )


def test_a_header_cell_without_words_heads_nothing() -> None:
    body = tree(laid_out("| | b |\n|-|-|\n| 1 | 2 |"))
    assert [node.tag for node in body.css("thead tr > *")] == ["td", "th"]


def test_header_cells_of_rows_say_so() -> None:
    html = laid_out("<table><tbody><tr><th>a</th><td>1</td></tr></tbody></table>")
    assert '<th scope="row" dir="auto">a</th>' in html


def test_task_lists_have_named_boxes() -> None:
    assert laid_out("- [ ] to do\n- [x] *done*") == (
        '<ul class="contains-task-list" dir="auto">\n'
        '<li class="task-list-item">'
        '<input type="checkbox" disabled aria-label="Incomplete task"> to do</li>\n'
        '<li class="task-list-item">'
        '<input type="checkbox" disabled aria-label="Completed task" checked> <em>done</em></li>\n'
        "</ul>"
    )


def test_other_inputs_are_dropped() -> None:
    assert laid_out('a <input type="text" value="x"> b') == '<p dir="auto">a  b</p>'


@pytest.mark.parametrize("kind", ["NOTE", "TIP", "IMPORTANT", "WARNING", "CAUTION"])
def test_alerts(kind: str) -> None:
    assert laid_out(f"> [!{kind}]\n> Mind this.") == (
        f'<div class="markdown-alert markdown-alert-{kind.lower()}">\n'
        f'<p class="markdown-alert-title" dir="auto">{kind.capitalize()}</p>\n'
        '<p dir="auto">Mind this.</p>\n</div>'
    )


def test_an_unknown_alert_is_a_quote() -> None:
    assert "<blockquote" in laid_out("> [!FOO]\n> x")


def test_footnotes_lead_there_and_back() -> None:
    body = tree(laid_out("text[^1] and again[^1]\n\n[^1]: the note"))
    (section,) = body.css("section")
    assert section.attributes == {"class": "footnotes", "aria-label": "Footnotes"}
    ids = {node.attributes["id"] for node in body.css("[id]")}
    links = body.css("sup > a, a.footnote-backref")
    assert len(links) == 4
    assert all((link.attributes["href"] or "")[1:] in ids for link in links)
    backrefs = body.css("a.footnote-backref")
    assert {link.attributes["aria-label"] for link in backrefs} == {"Back to the text"}


def test_code_is_in_colour_and_can_be_reached() -> None:
    assert laid_out("```python\nx = 1\n```") == (
        '<figure class="code" data-language="python">'
        '<pre tabindex="0" role="group" aria-label="Code: python"><code>'
        'x <span class="o">=</span> <span class="mi">1</span>\n</code></pre></figure>'
    )


@pytest.mark.parametrize(
    ("fence", "language"),
    [("js{1,2}", "js"), ("c++", "c++"), ('py title="a b"', "py"), ("jsonc", "jsonc"), ("C#", "c#")],
)
def test_the_language_is_the_first_word_of_the_fence(fence: str, language: str) -> None:
    (figure,) = tree(laid_out(f"```{fence}\nx\n```")).css("figure")
    assert figure.attributes["data-language"] == language


def test_code_without_a_language_stays_plain() -> None:
    html = laid_out("    if x < 1:\n        y & z")
    assert html.startswith('<figure class="code"><pre ')
    assert "<code>if x &lt; 1:\n    y &amp; z\n</code>" in html


def test_a_language_nobody_knows_stays_plain() -> None:
    assert "<code>x = 1\n</code>" in laid_out("```klingon\nx = 1\n```")


def test_html_code_blocks_keep_their_markup_or_their_language() -> None:
    assert "a <b>bold</b>" in laid_out("<pre>a <b>bold</b></pre>")
    assert 'data-language="python"' in laid_out('<pre lang="python">x = 1</pre>')


def test_a_code_block_is_never_inside_a_link() -> None:
    for source in ("<a href=x><pre>code</pre></a>", "<div>\n<a href=x>\n<pre>code</pre></a></div>"):
        body = tree(laid_out(source))
        assert body.css("a pre") == []
        assert "code" in body.text()


def test_diagrams_keep_their_source() -> None:
    page = render("```mermaid\ngraph TD; A-->B\n```")
    assert page.html.strip() == (
        '<figure class="diagram" data-diagram="mermaid">'
        '<pre tabindex="0" role="group" aria-label="Diagram: mermaid"><code>'
        "graph TD; A--&gt;B\n</code></pre></figure>"
    )
    assert page.features == {"mermaid"}


def test_right_to_left_text_follows_its_letters() -> None:
    body = tree(laid_out("# عنوان\n\nمرحبا\n\n- بند\n\n| أ |\n|-|\n| ب |"))
    blocks = body.css("h1, p, ul, th, td")
    assert len(blocks) == 5
    assert {node.attributes["dir"] for node in blocks} == {"auto"}


def test_pieces_of_html_that_readers_open() -> None:
    html = laid_out("<details>\n<summary>More</summary>\n\n**bold**\n\n</details>")
    assert html == (
        '<details>\n<summary dir="auto">More</summary>\n'
        '<p dir="auto"><strong>bold</strong></p>\n</details>'
    )


def test_nothing_comes_of_nothing() -> None:
    page = render("")
    assert (page.html, page.text, page.title, page.summary) == ("", "", "", "")


def test_the_words_for_search_have_code_but_no_markup_and_no_address() -> None:
    page = render("# Title\n\nSome *words*, me@example.org.\n\n```py\nprint(1)\n```\n\n<b>x</b>")
    assert page.text == "Title Some words , . print(1) x"


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ("a\n\n```py\nnever closed\n", [3]),
        ("```\nclosed\n```\n", []),
        ("> ```\n> in a quote\n\nafter it\n", [1]),
        ("- ```\n  in a list\n  ```\n\n~~~\nopen", [5]),
        ("````\n```\n````\n", []),
        ("```py\nx\n```js\ny\n", [1]),
        ("    ```\n", []),
        ("no fence", []),
        ('```\n\n<pre data-sourcepos="900:1-901:1">', [1]),
    ],
)
def test_fences_that_are_never_closed_are_told(source: str, lines: list[int]) -> None:
    problems = render(source).problems
    assert [problem.line for problem in problems if problem.code == "fence-unclosed"] == lines


def test_lines_are_those_of_the_file() -> None:
    page = render_markdown("a\n\n[x](../../../y)\n\n```\nopen", PLACE, first_line=5)
    assert [(problem.line, problem.code) for problem in page.problems] == [
        (9, "fence-unclosed"),
        (7, "link-outside"),
    ]
    assert {problem.path for problem in page.problems} == {PLACE.path}


def test_an_owner_is_told_fifty_things_at_most() -> None:
    assert len(codes(render("".join(f"[x](#no{n})\n\n" for n in range(80))))) == 50
