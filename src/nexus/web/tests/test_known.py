"""The column of facts: each way in which a fact may be known, and words that cannot be markup."""

import re
from datetime import UTC, datetime
from types import SimpleNamespace as Thing
from typing import Any

import pytest
from django.utils.safestring import SafeString
from hypothesis import given
from hypothesis import strategies as st

from nexus.kernel.moments import told
from nexus.web.templatetags import drawings, known

NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)


def plain(html: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())


def everything(text: str) -> list[Any]:
    value, linked = Thing(text=text, address=""), Thing(text=text, address=text)
    group = Thing(values=[value, linked], source=text, source_address=text, others=text)
    return [
        {"name": text, "value": text, "source": text},
        Thing(name=text, value=text, address=text, source=text, source_address=text),
        Thing(name=text, groups=[group, Thing(values=[value], source=text, others="")]),
    ]


@given(text=st.text("<>&\"'ab ;", min_size=1, max_size=7))
def test_nothing_of_a_fact_is_markup(text: str) -> None:
    html, harmless = known.facts(everything(text)), known.facts(everything("a"))
    assert [html.count(sign) for sign in "<>\"'"] == [harmless.count(sign) for sign in "<>\"'"]
    assert not re.search("&(?!(?:amp|lt|gt|quot|#x27);)", html)


@pytest.mark.parametrize(
    ("fact", "html"),
    [
        ({"name": "Files", "value": 3}, "<dd>3 </dd>"),
        ({"name": "Licence", "value": "MIT", "source": ""}, "<dd>MIT </dd>"),
        ({"name": "Path", "value": "a.md", "source": "Git"}, '<span class="from">Git</span>'),
        (Thing(name="File", value="a.md", address="/a"), '<dd><a href="/a">a.md</a> </dd>'),
        (
            Thing(name="Licence", value="MIT", source="LICENSE", source_address="/l#L1"),
            '<dd>MIT <span class="from"><a href="/l#L1">LICENSE</a></span></dd>',
        ),
        (Thing(name="Changed", value="", moment=NOW), f"<dd>{told(NOW)} </dd>"),
    ],
)
def test_a_fact_has_a_value_and_says_where_it_comes_from(fact: object, html: str) -> None:
    assert html in known.facts([fact])


def test_what_has_several_values_names_the_first_source_and_how_many_more() -> None:
    values = [Thing(text="Django", address=""), Thing(text="site", address="https://a.example")]
    group = Thing(values=values, source="README.md", source_address="/r", others=" and 2 more")
    guess = Thing(values=values[:1], source="Git, a guess", source_address="", others="")
    html = known.facts([Thing(name="Technology", groups=[group, guess])])
    words = "Technology Django, site README.md and 2 more Django Git, a guess"
    assert plain(html).replace(" , ", ", ") == words
    assert 'href="https://a.example" rel="nofollow noopener noreferrer ugc"' in html
    assert html.count("<a ") == 2


def test_markup_and_the_same_words_are_two_links() -> None:
    def drawn(title: str) -> str:
        link = Thing(title=title, address="/x", kind="home", count=None, current=False)
        return drawings.way_around([Thing(title="Rooms", links=[link])])

    assert "<span><b></span>" in drawn(SafeString("<b>"))
    assert "<span>&lt;b&gt;</span>" in drawn("<b>")
    assert "<span><b></span>" in drawn(SafeString("<b>"))
