"""What everybody reads of a repository holds no address."""

from datetime import UTC, datetime

import pytest

from nexus.library.discretion.readings import (
    discreet_commit,
    discreet_contributor,
    discreet_reading,
)
from nexus.library.discretion.tests.forms import forms_of_text, told_by
from nexus.library.extraction.resources import FoundResource
from nexus.library.kinds.base import Reading
from nexus.library.rendering.page import Rendered
from nexus.repositories.git.reading import CommitInfo, Contributor

NOW = datetime(2026, 11, 23, tzinfo=UTC)
FORMS = forms_of_text()


def read(text):
    """A reading that says ``text`` everywhere."""
    link = FoundResource("https://x.example/", "x", text, f"See {text}", f"On {text}", 3)
    return Reading(
        kind="document",
        title=f"By {text}",
        summary=f"Ask {text}  for more",
        rendered=Rendered(html=""),
        code_language=text,
        facts={"version": text, "servers": [text], "authentication": {"basic": (text,)}, "n": 3},
        resources=(link, FoundResource("https://x.example/?a=me%40x.org", "y", "x", "", "", 4)),
    )


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
def test_a_reading_tells_no_address(form):
    discreet = discreet_reading(read(form.written))

    assert told_by(repr(discreet).replace("\\\\", "\\"), [form]) == set()
    assert discreet.facts["n"] == 3
    assert [link.address for link in discreet.resources] == ["https://x.example/"]


def test_other_readings_stay_as_they_are():
    plain = read("nobody")
    assert discreet_reading(plain) == Reading(
        kind="document",
        title="By nobody",
        summary="Ask nobody for more",
        rendered=plain.rendered,
        code_language="nobody",
        facts={**plain.facts, "authentication": {"basic": ["nobody"]}},
        resources=plain.resources[:1],
    )


def test_people_and_messages_tell_no_address():
    names = {"author_name": "me@x.org", "author_email": "me@x.org", "body": ""}
    times = {"authored_at": NOW, "committed_at": NOW}
    commit = CommitInfo("0" * 40, (), "0" * 40, subject="Thank me%40x.org", **names, **times)
    person = Contributor("me@x.org", "me@x.org", 1, NOW, NOW)

    assert discreet_commit(commit).author_name == "[e-mail hidden]"
    assert discreet_commit(commit).subject == "Thank [e-mail hidden]"
    assert discreet_contributor(person).name == "[e-mail hidden]"
