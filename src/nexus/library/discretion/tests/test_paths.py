"""Names of files that hold an address are replaced in addresses, and found again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nexus.library.discretion import around_addresses, discreet_path, has_email, undisguised
from nexus.library.discretion.tests.forms import forms_of_names, named_by

NAMES = forms_of_names()
_NAME = st.sampled_from(
    ["a.md", "docs", "e-mail-hidden-00000000", "of me@x.org", "me@x.org@y.org", "x.org", "me@y.org"]
)


def test_most_paths_stay_as_they_are():
    for path in ("", "docs/a.md", "src/@types/x.d.ts", "logo@2x.png", "docs/e-mail-hidden.md"):
        assert discreet_path(path) == path
        assert around_addresses(path) is None


@pytest.mark.parametrize("form", NAMES, ids=lambda form: form.name)
def test_no_path_tells_an_address(form):
    for path in (f"docs/{form.written}.md", f"{form.written}/a", f"of {form.written}"):
        discreet = discreet_path(path)
        assert discreet != path
        assert named_by(discreet, NAMES) == set()
        assert discreet_path(discreet) == discreet
        before, after = around_addresses(discreet)
        assert path.startswith(before)
        assert path.endswith(after)


@given(st.lists(st.lists(_NAME, min_size=1, max_size=3), min_size=1, max_size=6))
def test_the_way_back_leads_to_the_file(paths):
    tree = {"/".join(names) for names in paths}

    def names_in(folder):
        inside = f"{folder}/" if folder else ""
        below = [path.removeprefix(inside) for path in tree if path.startswith(inside)]
        return {path.split("/")[0] for path in below}

    for path in tree:
        assert undisguised(discreet_path(path), names_in) == path
        assert not has_email(discreet_path(path))


def test_what_is_not_there_is_not_found():
    assert undisguised("docs/e-mail-hidden-00000000", lambda _: ["a.md", "me@x.org"]) is None
    assert undisguised("docs/a.md", lambda _: []) == "docs/a.md", "nobody needs to look"
