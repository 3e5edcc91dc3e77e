"""Code is shown as it was written, in colour where that is known, with lines to link to."""

import html as escaping
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nexus.library.rendering import plain
from nexus.library.rendering.code import MAX_LINES, language_of, render_code, render_plain
from nexus.library.rendering.highlighting import WINDOW, highlight, highlight_lines, language_name
from nexus.library.rendering.languages import lexer_of
from nexus.library.rendering.tests.support import assert_safe, tree

_CODE = st.lists(
    st.sampled_from(
        ["def f(x):\n", '"""doc\nmore"""\n', "x = 1\n", "# me@example.org\n", "<b>&", "\n\n", "\t"]
    )
    | st.text(max_size=10),
    max_size=20,
).map("".join)


def plain_text(html: str) -> str:
    """What a reader would copy."""
    return escaping.unescape(re.sub(r"<[^>]*>", "", html))


@given(_CODE, st.sampled_from(["python", "html", "c", "json", "nothing", ""]))
def test_no_character_is_lost_or_live(text: str, language: str) -> None:
    html = highlight(text, language)
    assert plain_text(html) == text
    assert_safe(html)


@given(_CODE, st.sampled_from(["python", "html", ""]))
def test_lines_are_whole_in_themselves(text: str, language: str) -> None:
    lines = highlight_lines(text, language)
    assert [plain_text(line) for line in lines] == text.split("\n")
    for line in lines:
        assert line.count("<span") == line.count("</span>")


def test_code_longer_than_a_window_is_whole() -> None:
    parts = [f"def f{number}():\n    return {number}\n\n\n" for number in range(WINDOW // 10)]
    for text in (
        "".join(parts),
        "x = 1\n" * WINDOW,
        "    y\n\n" * WINDOW,
        "z" * 1_900 + "\n" + "w" * 1_900,
    ):
        html = highlight(text, "python")
        assert plain_text(html) == text
    assert '<span class="nf">f399</span>' in highlight("".join(parts), "python")


def test_long_lines_stay_plain() -> None:
    assert highlight("x = 1;" * 1_000, "python") == "x = 1;" * 1_000


def test_addresses_are_marked_whole_inside_tokens() -> None:
    html = highlight('s = "to me@example.org, bye"', "python")
    assert '<a class="email" href="mailto:me@example.org">me@example.org</a>' in html
    assert plain_text(html) == 's = "to me@example.org, bye"'


@pytest.mark.parametrize(
    ("info", "name"),
    [("Python", "python"), ("js{1}", "js"), ("c++", "c++"), ("{.py}", ""), ("", "")],
)
def test_language_names(info: str, name: str) -> None:
    assert language_name(info) == name


@pytest.mark.parametrize(
    ("path", "language", "lexer"),
    [
        ("src/app.py", "Python", "python"),
        ("a/b/Dockerfile", "Docker", "docker"),
        ("Dockerfile.dev", "Docker", "docker"),
        ("CMakeLists.txt", "CMake", "cmake"),
        (".bashrc", "Bash", "bash"),
        ("Main.JAVA", "Java", "java"),
        ("app.test.tsx", "TSX", "tsx"),
        ("README.md", "Markdown", "markdown"),
        ("schema.prisma", "Prisma", "graphql"),
        ("notes.txt", "", ""),
        ("LICENSE", "", ""),
        ("", "", ""),
    ],
)
def test_the_language_of_a_file_by_its_name(path: str, language: str, lexer: str) -> None:
    assert language_of(path) == language
    assert lexer_of(path) == lexer


def test_every_language_of_the_table_can_be_coloured() -> None:
    from pygments.lexers import get_lexer_by_name

    from nexus.library.rendering import languages

    for _, lexer in languages._LANGUAGES.values():
        assert get_lexer_by_name(lexer).name


def test_every_line_of_a_file_can_be_linked_to() -> None:
    page = render_code('def f():\n    """a\n    b"""\n', language=None, path="src/app.py")
    assert page.html == (
        '<figure class="code file" data-language="python">'
        '<pre tabindex="0" role="group" aria-label="File: app.py"><code>'
        '<span class="line" id="L1">'
        '<span class="k">def</span> <span class="nf">f</span>():</span>\n'
        '<span class="line" id="L2">    <span class="sd">"""a</span></span>\n'
        '<span class="line" id="L3"><span class="sd">    b"""</span></span>'
        "</code></pre></figure>"
    )
    assert page.text == 'def f(): """a b"""'


def test_a_language_that_is_said_counts_more_than_the_name() -> None:
    page = render_code("x = 1", language="python", path="snippet.txt")
    assert 'data-language="python"' in page.html
    assert '<figure class="code file"><pre' in render_code("x", language=None, path="a.txt").html


def test_an_empty_file_has_one_line() -> None:
    assert 'id="L1"' in render_code("", language=None, path="a.py").html


def test_a_file_of_many_lines_is_cut_with_a_word() -> None:
    page = render_code("x\n" * (MAX_LINES + 5), language=None, path="a.py")
    assert f'id="L{MAX_LINES}"' in page.html
    assert f'id="L{MAX_LINES + 1}"' not in page.html
    assert "<p>Only the first 20,000 lines are shown.</p>" in page.html


def test_addresses_in_a_file_are_marked_and_not_searched() -> None:
    page = render_code("# me@example.org\n", language=None, path="me@example.org.py")
    assert tree(page.html).css("a.email")
    assert "me@" not in page.text
    assert 'aria-label="File: [e-mail hidden]"' in page.html


def test_plain_text_is_shown_as_it_is() -> None:
    page = render_plain("a <b>\n me@example.org")
    assert page.html == (
        '<figure class="code"><pre tabindex="0" role="group" aria-label="Code"><code>'
        'a &lt;b&gt;\n <a class="email" href="mailto:me@example.org">me@example.org</a>'
        "</code></pre></figure>"
    )
    assert page.text == "a <b>"


def test_very_long_text_is_cut_with_a_word(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plain, "MAX_SHOWN", 10)
    html = render_plain("0123456789abc").html
    assert "0123456789</code>" in html
    assert "<p>Only the first 10 characters are shown.</p>" in html
