"""What the documentation says that the audit log tells."""

import re

from nexus.config.urls import urlpatterns
from nexus.kernel.audit import ACTIONS
from scripts.hub_files import HUB

SECURITY = HUB / "documentation" / "explanation" / "security.md"


def test_every_action_that_is_named_is_one():
    told = SECURITY.read_text().partition("## What the log tells")[2].partition("Not told")[0]
    named = set(re.findall(r"`([a-z-]+\.[a-z_-]+)`", told))

    assert urlpatterns, "the doors are there, and name their actions"
    assert len(named) > 20
    assert named - set(ACTIONS) == set()
