"""What the template tags promise."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from inspect import signature
from types import SimpleNamespace as Thing

import pytest
from django import forms
from django.template import Context, Template
from django.utils.safestring import SafeString
from hypothesis import given
from hypothesis import strategies as st

from nexus.library.presenting import Link, Section
from nexus.library.presenting import Named as Somebody
from nexus.web.templatetags import drawings
from nexus.web.templatetags import nexus as tags


def rendered(source: str, **context: object) -> str:
    return Template(source).render(Context(context))


class Letter(forms.Form):
    to = forms.CharField(label="To", help_text="A handle.")
    text = forms.CharField(label="Text")
    site = forms.URLField(label="Site", assume_scheme="https")
    copies = forms.MultipleChoiceField(
        label="Copies", choices=[("me", "Me")], widget=forms.CheckboxSelectMultiple
    )


FIELD = '{% include "components/field.html" with field=field hint=hint only %}'
BOXES = '{% include "components/boxes.html" with field=field hint="For whom?" only %}'


def test_whoever_hears_a_control_hears_its_hint_and_its_fault() -> None:
    html = rendered(FIELD, field=Letter({})["to"], hint="Whom?")
    assert 'aria-describedby="id_to_helptext id_to_error"' in html
    assert '<p class="hint" id="id_to_helptext">Whom?</p>' in html
    assert '<div id="id_to_error">' in html
    assert 'aria-describedby="id_copies_helptext"' in rendered(BOXES, field=Letter()["copies"])


def test_a_field_says_the_hint_of_its_form_when_the_page_has_none() -> None:
    assert ">A handle.</p>" in rendered(FIELD, field=Letter()["to"])
    assert "helptext" not in rendered(FIELD, field=Letter()["text"])


def test_the_first_field_with_a_fault_has_the_focus() -> None:
    form = Letter({"to": "ada"})
    focused = [name for name in ("to", "text") if "autofocus" in rendered(FIELD, field=form[name])]
    assert focused == ["text"]
    assert "autofocus" not in rendered(FIELD, field=Letter()["to"])


def test_words_run_the_way_of_their_own_script() -> None:
    assert 'dir="auto"' in rendered(FIELD, field=Letter()["to"])
    assert "dir=" not in rendered(FIELD, field=Letter()["site"])


def test_what_is_wrong_with_a_whole_form_is_said_first() -> None:
    form = Letter({"to": "ada"})
    form.add_error(None, "Nobody takes letters today.")
    html = rendered('{% include "components/faults.html" with form=form only %}', form=form)
    assert 'role="alert" tabindex="-1" autofocus' in html
    assert "Nobody takes letters today." in html


def test_an_asset_is_found_by_the_name_it_has_in_the_source() -> None:
    address = rendered('{% asset "core.css" %}')
    assert address.startswith("/static/built/core-")
    assert address.endswith(".css")


def test_an_icon_without_a_label_is_left_out_by_readers_of_the_page() -> None:
    html = rendered('{% icon "search" %}')
    assert 'aria-hidden="true"' in html
    assert html.count("#search") == 1


def test_an_icon_with_a_label_is_a_picture_with_a_name() -> None:
    html = rendered("{% icon 'search' label %}", label='Find "it" <here>')
    assert 'role="img" aria-label="Find &quot;it&quot; &lt;here&gt;"' in html


def test_a_kind_without_a_drawing_looks_like_a_file() -> None:
    assert "#file" in rendered('{% icon "some-new-kind" %}')


def test_a_date_is_the_same_for_every_reader_until_a_script_turns_it_into_words() -> None:
    moment = datetime(2026, 11, 20, 1, 3, tzinfo=timezone(timedelta(hours=3)))
    assert rendered("{% when moment %}", moment=moment) == (
        '<time datetime="2026-11-19T22:03:00Z" title="Thursday 19 November 2026, 22:03 UTC">'
        "19 Nov 2026</time>"
    )


def test_no_date_leaves_no_trace() -> None:
    assert rendered("{% when moment %}", moment=None) == ""


@pytest.mark.parametrize(
    ("kind", "count", "words"),
    [("document", 1, "document"), ("document", 2, "documents"), ("document", 0, "documents")],
)
def test_a_kind_is_named_for_one_and_for_several(kind: str, count: int, words: str) -> None:
    assert rendered("{{ kind|plural:count }}", kind=kind, count=count) == words


def test_a_kind_nobody_registered_still_has_a_plural() -> None:
    assert tags.plural("riddle") == "riddles"


def test_a_commit_is_called_by_its_first_seven_digits() -> None:
    assert tags.short("9f2c41d7ab03e6c5") == "9f2c41d"


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Amina Odhiambo", "AO"),
        ("amina", "A"),
        ("Hubert Blaine Senior", "HS"),
        ("dependabot[bot]", "D"),
        ("lewis-magangi", "LM"),
        ("ተስፋዬ በቀለ", "ተበ"),
        ("", "?"),
    ],
)
def test_initials_stand_for_a_person(name: str, letters: str) -> None:
    assert drawings.initials(name) == letters


@given(st.text(max_size=60))
def test_whatever_a_person_is_called_their_initials_are_one_or_two_letters(name: str) -> None:
    html = tags.avatar(name)
    assert html == tags.avatar(name), "the ground is always theirs"
    assert html.count("<") == 2, "nothing of the name is markup"


#: All that is drawn, with the same text wherever it may be somebody else's.
DRAWINGS: dict[str, Callable[[str], str]] = {
    "drawn": lambda text: drawings.drawn('<i title="%s">%s</i>', text, text),
    "joined": lambda text: drawings.joined([drawings.drawn("<i>%s</i>", text)]),
    "icon": lambda text: drawings.icon(text, text),
    "way_around": lambda text: drawings.way_around(
        [Thing(title=text, links=[leading_to(text, count=None), leading_to(text, count=text)])]
    ),
    "filters": lambda text: drawings.filters(
        [
            Thing(
                title=text, options=[option(text), option(text, text), option(text, selected=True)]
            )
        ],
        plural=str,
    ),
    "crumbs": lambda text: drawings.crumbs([leading_to(text), leading_to(text)]),
    "contents": lambda text: drawings.contents(
        [{"level": 2, "text": text, "anchor": text}], prefix=text, repeated=""
    ),
    "kind_badge": drawings.kind_badge,
    "person": lambda text: drawings.person(Thing(name=text, handle="ada")),
    "avatar": lambda text: drawings.avatar(text, text),
}


def leading_to(text: str, count: object = None) -> Thing:
    return Thing(title=text, address=text, kind=text, current=True, count=count)


def test_every_drawing_is_known() -> None:
    public = {name: one for name, one in vars(drawings).items() if name[0] != "_" and callable(one)}
    drawn = {
        name
        for name, one in public.items()
        if not isinstance(one, type) and signature(one).return_annotation is SafeString
    }
    assert drawn == set(DRAWINGS)


@given(st.text("<>&\"'ab ;", min_size=1, max_size=12))
def test_nothing_that_is_drawn_is_markup(text: str) -> None:
    for name, draw in DRAWINGS.items():
        html, plain = draw(text), draw("a")
        assert [html.count(sign) for sign in "<>\"'"] == [plain.count(sign) for sign in "<>\"'"], (
            name
        )
        assert not re.search("&(?!(?:amp|lt|gt|quot|#x27);)", html), name


def test_a_large_avatar_says_so() -> None:
    assert "avatar-large" in tags.avatar("Amina", "large")


@pytest.mark.parametrize(
    "opening",
    [
        '<h1 id="user-content-queries">Queries &amp; more</h1>',
        '\n<h1 id="user-content-queries">Queries <em>&amp;</em>\n more'
        '<a class="anchor" href="#x"></a></h1>',
        '<h1 id="user-content-queries">QUERIES &amp; MORE</h1>',
    ],
)
def test_a_heading_that_repeats_the_title_is_taken_out(opening: str) -> None:
    body = tags.body_of(f"{opening}<p>Text</p>", "Queries & more")
    assert body.html == "<p>Text</p>"
    assert body.anchor == "user-content-queries"


@pytest.mark.parametrize(
    "html",
    ["<p>First</p><h1>Title</h1>", "<h1>Another title</h1><p>x</p>", "<h2>Title</h2>", ""],
)
def test_a_text_that_does_not_begin_with_the_title_stays_whole(html: str) -> None:
    body = tags.body_of(html, "Title")
    assert body.html == html
    assert body.anchor == ""


def test_a_title_without_an_anchor_is_taken_out_all_the_same() -> None:
    assert tags.body_of("<h1>Title</h1>rest", "Title") == tags.Body(html=SafeString("rest"))


def test_the_prefix_of_the_headings_ids_is_found() -> None:
    html = '<h2 id="user-content-setup">Setup</h2>'
    assert tags.body_of(html, "Title", "setup").prefix == "user-content-"
    assert tags.body_of('<h2 id="setup">Setup</h2>', "Title", "setup").prefix == ""
    assert tags.body_of(html, "Title").prefix == ""


@given(st.text(max_size=200), st.text(max_size=50))
def test_no_text_and_no_title_break_a_page(html: str, title: str) -> None:
    assert tags.body_of(html, title).html in html


def test_a_moment_in_another_zone_is_the_same_moment() -> None:
    utc = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
    assert tags.when(utc) == tags.when(utc.astimezone(timezone(timedelta(hours=-7))))


def test_the_way_around_is_drawn_with_words_that_cannot_be_markup() -> None:
    links = [
        Link("<b>Notes</b>", '/c/x/?a="b', "document", count=3),
        Link("Here", "/c/x/", "home", current=True),
    ]
    drawn = rendered("{% way_around rooms %}", rooms=[Section("A & B", links)])
    assert "<h2>A &amp; B</h2>" in drawn
    assert "&lt;b&gt;Notes&lt;/b&gt;" in drawn
    assert 'href="/c/x/?a=&quot;b"' in drawn
    assert '<span class="count">3</span>' in drawn
    assert drawn.count('aria-current="page"') == 1
    assert drawn.index("Here") > drawn.index('aria-current="page"')


def option(title: str, kind: str = "", *, selected: bool = False) -> Thing:
    address = f'/c/x/?a="b&track={title}'
    return Thing(title=title, kind=kind, count=3, address=address, selected=selected)


def test_filters_are_drawn_with_words_that_cannot_be_markup() -> None:
    options = [option("<b>"), option("C++", selected=True)]
    html = rendered("{% filters groups %}", groups=[Thing(title="A&B", options=options)])
    one, other = html.split("</li><li>")
    assert "<h2>A&amp;B</h2>" in one
    assert 'href="/c/x/?a=&quot;b&amp;track=&lt;b&gt;"><span>&lt;b&gt;</span>' in one
    assert '<span class="count">3</span>' in one
    assert "aria-current" not in one
    assert ' aria-current="true"><span>C++</span>' in other
    assert 'aria-label="Remove"' in other
    assert "count" not in other


def test_a_kind_among_the_filters_has_its_picture_and_its_many() -> None:
    kinds = Thing(title="Kind", options=[option("project", "project"), option("?", "?")])
    html = rendered("{% filters groups %}", groups=[kinds])
    assert '<a class="kind-project"' in html
    assert "#project" in html
    assert "<span>Projects</span>" in html


def test_the_way_to_a_page_ends_with_the_page_itself() -> None:
    html = rendered("{% breadcrumb crumbs %}", crumbs=[Link("A & B", "/a?b&c"), Link("<here>", "")])
    assert '<li><a href="/a?b&amp;c">A &amp; B</a></li>' in html
    assert '<li><span aria-current="page">&lt;here&gt;</span></li>' in html
    assert rendered("{% breadcrumb crumbs %}") == ""


CONTENTS = "{% body_of html title first as body %}{% contents_of headings body %}"


def test_contents_lead_to_the_headings_but_not_to_the_one_that_repeats_the_title() -> None:
    said = [(1, "Title", "title"), (2, "A <b>", "a"), (3, "Deep", "deep"), (4, "Deeper", "deeper")]
    headings = [{"level": level, "text": text, "anchor": to} for level, text, to in said]
    html = rendered(
        CONTENTS,
        html='<h1 id="user-content-title">Title</h1><p>x</p>',
        title="Title",
        first="title",
        headings=headings,
    )
    assert html.count("<li>") == 2
    assert '<li><a class="level-2" href="#user-content-a">A &lt;b&gt;</a></li>' in html
    assert 'href="#user-content-deep"' in html


def test_one_heading_needs_no_contents() -> None:
    one = [{"level": 2, "text": "Only", "anchor": "only"}]
    assert rendered(CONTENTS, html="<p>x</p>", title="T", first="only", headings=one) == ""


def test_somebody_with_an_account_leads_to_their_page_and_a_name_out_of_git_nowhere() -> None:
    ada = rendered("{% person_chip one %}", one=Somebody("Ada <3", "ada"))
    assert ada.startswith('<a class="person" href="/p/ada">')
    assert '<span class="person-name">Ada &lt;3</span>' in ada
    assert "href" not in rendered("{% person_chip one %}", one=Somebody("Ada"))


def test_a_kind_has_its_hue_its_icon_and_its_word() -> None:
    html = rendered("{% kind_badge kind %}", kind="snippet")
    assert html.startswith('<span class="kind kind-snippet"><svg')
    assert html.endswith(" Snippet</span>")
