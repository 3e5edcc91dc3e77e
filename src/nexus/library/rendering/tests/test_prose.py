"""A document is called what its author calls it, and is summed up in its own words."""

import time

import pytest

from nexus.library.rendering.prose import MAX_SUMMARY, shortened
from nexus.library.rendering.tests.support import render

PARAGRAPH = "This project helps people to share what they have learnt."


@pytest.mark.parametrize(
    ("source", "title"),
    [
        ("# First\n\n# Second", "First"),
        ("## Before\n\n# The title", "The title"),
        ("### Only this\n\n## And that", "Only this"),
        ('<div align="center"><h1>In HTML</h1></div>\n\n## Install', "In HTML"),
        ("**Bold title**\n\ntext", "Bold title"),
        ("text\n\n**Bold line**\nand more", "Bold line"),
        ("__Bold__  \nand more", "Bold"),
        ("**Overview:**\n\ntext", "Overview"),
        ("# :rocket: *My* `project` [link](x)", "🚀 My project link"),
        ("# ![logo](x.png)\n\n# Named", "Named"),
        ("**Bold** in a sentence", ""),
        ("just text", ""),
        ("ok\n", ""),
        ("Setext\n===", "Setext"),
    ],
)
def test_titles(source: str, title: str) -> None:
    assert render(source).title == title


@pytest.mark.parametrize(
    "before",
    [
        "# Title\n\n",
        "[![CI](https://x.example/ci.svg)](https://x.example) ![b](b.svg)\n\n",
        "- [Install](#install)\n- [Use it well please](#use)\n\n",
        "> A quote that somebody famous once said.\n\n",
        "**A line that is all in bold here**\n\n",
        "Short label:\n\n",
        "[one link](a) | [another link](b) | [a third link](c)\n\n",
        "Read this in other languages: [Deutsch](de.md), [Português](pt.md)\n\n",
        "> [!NOTE]\n> This note is not what the project is about.\n\n",
        "{% include some-template.html name=value other=thing %}\n\n",
        '<p align="center">A tagline that was laid out in HTML.</p>\n\n',
        "| a table with some words | b |\n|-|-|\n| and more words in it | c |\n\n",
        "<details><summary>words that can be opened</summary></details>\n\n",
    ],
)
def test_the_summary_is_the_first_paragraph_of_prose(before: str) -> None:
    assert (
        render(f"{before}{PARAGRAPH}\n\nAnother paragraph with other words.").summary == PARAGRAPH
    )


@pytest.mark.parametrize(
    ("source", "summary"),
    [
        ("<p><script>alert('one two three four')</script></p>", ""),
        ("<p><script>alert(1, 2, 3, 4)</script>" + PARAGRAPH + "</p>", PARAGRAPH),
        ("<xmp>some words that are not laid out</xmp>\n\n" + PARAGRAPH, PARAGRAPH),
        ("<plaintext>this and that and all the rest\n\n" + PARAGRAPH, PARAGRAPH),
        ("Said <SCRIPT>alert(1)</ScRiPt > by all of us here.", "Said by all of us here."),
        ("One <style>p{}</style> and <script>2</script> make three.", "One and make three."),
        ("The first half of it <script>alert(1)</script", "The first half of it"),
        ("Put it between `<script>` and `</script>` tags.",) * 2,
        ("Never write <script> into a template of ours.",) * 2,
        ("A table of a < b and c > d is below.",) * 2,
    ],
)
def test_a_summary_has_no_markup_that_is_only_written_out(source: str, summary: str) -> None:
    assert render(source + "\n").summary == summary.replace("`", "")


@pytest.mark.parametrize("unit", ["<script ", "<script></style>", "</script>", "<script></script>"])
def test_markup_without_end_is_looked_through_once(unit: str) -> None:
    began = time.process_time()
    render(f"Some words before {unit * 20_000}\n\n{PARAGRAPH}")
    assert time.process_time() - began < 20


def test_prose_laid_out_in_html_is_better_than_none() -> None:
    assert render('<div align="center"><p>The tagline of a project.</p></div>').summary == (
        "The tagline of a project."
    )


def test_a_summary_has_no_markup_and_no_address() -> None:
    summary = render("Write *to* [us](x) or me@example.org about `code` and :tada:.").summary
    assert summary == "Write to us or about code and 🎉."


def test_scripts_without_spaces_have_sentences_too() -> None:
    assert render("# 题\n\n这个项目是一个用来分享知识的应用程序。").summary.startswith("这个项目")


def test_a_document_without_prose_has_no_summary() -> None:
    assert render("# Title\n\n- a\n- b\n\nok").summary == ""


def test_a_summary_is_cut_between_words() -> None:
    summary = render("word " * 100).summary
    assert len(summary) <= MAX_SUMMARY
    assert summary.endswith("word…")


@pytest.mark.parametrize(
    ("words", "cut"),
    [
        ("short", "short"),
        ("aaaa bbbb, cccc", "aaaa bbbb…"),
        ("aaaaaaaaaaaaaaaaaaa", "aaaaaaaaaaa…"),
    ],
)
def test_shortening(words: str, cut: str) -> None:
    assert shortened(words, 12) == cut
