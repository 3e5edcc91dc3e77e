"""Templates hold markup only: what runs and what dresses it comes from files."""

import pytest

from tests.architecture.markup import refused
from tests.architecture.sources import ROOT, templates


def test_no_template_needs_a_weaker_policy():
    found = {
        str(path.relative_to(ROOT)): faults
        for path in templates()
        if (faults := list(refused(path.read_text())))
    }

    assert templates()
    assert not found


@pytest.mark.parametrize(
    ("markup", "fault"),
    [
        ("<p>\n<script>alert(1)</script>", "line 2: inline script"),
        ('<script type="module">', "line 1: inline script"),
        ("<style>p{}</style>", "line 1: inline style"),
        ('<p class="a" style="color:red">', "line 1: inline style"),
        ('<a onclick="go()">', "line 1: event handler"),
        ('<a href="javascript:go()">', "line 1: javascript: address"),
        ("{% comment %}\n<style>\n{% endcomment %}<b onload=x>", "line 3: event handler"),
    ],
)
def test_what_a_browser_would_refuse_is_found(markup, fault):
    assert list(refused(markup)) == [fault]


@pytest.mark.parametrize(
    "markup",
    [
        '<script src="/static/built/app.js" type="module"></script>',
        '<script type="application/json" id="data">{}</script>',
        "{# <style> #}{% comment %}<script>{% endcomment %}<!-- onload= -->",
        '<p data-on="x">style = "a"</p>',
    ],
)
def test_what_it_would_not_refuse_is_left_alone(markup):
    assert not list(refused(markup))
