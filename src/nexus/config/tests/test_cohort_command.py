"""``nexus cohort``."""

import pytest

from nexus.cohorts import services
from nexus.cohorts.models import Cohort, Invitation
from nexus.cohorts.selectors import role_of
from nexus.cohorts.tests.factories import CohortFactory
from nexus.kernel.models import AuditRecord
from nexus.people.tests.factories import PersonFactory


@pytest.fixture
def ada(transactional_db):
    return PersonFactory(handle="ada", name="Ada", email="ada@example.org")


def test_a_cohort_is_created_with_its_owner(nexus, ada):
    ran = nexus(
        "cohort", "create", "back-end", "--visibility", "invite", "--owner", "ada", "--json"
    )
    assert ran.code == 0, ran.err
    assert ran.json["address"].endswith("/c/back-end/")
    cohort = Cohort.objects.get()
    assert (cohort.name, cohort.visibility) == ("Back end", "invite")
    assert role_of(ada, cohort) == "owner"


def test_nothing_is_created_for_an_owner_who_is_not_there(nexus):
    assert nexus("cohort", "create", "back-end", "--owner", "nobody").code == 3
    assert not Cohort.objects.exists()


@pytest.mark.parametrize(
    ("options", "kind"),
    [([], "link"), (["--code"], "code"), (["--email", "ada@example.org"], "email")],
)
def test_people_are_invited(nexus, ada, options, kind):
    cohort = CohortFactory(slug="back-end", visibility="invite")
    ran = nexus("cohort", "invite", "back-end", "--as", "mentor", *options, "--json")
    assert ran.code == 0, ran.err
    secret = ran.json["link"].rpartition("/i/")[2]
    assert ran.json.get("code", secret) == secret
    assert Invitation.objects.get().kind == kind
    services.accept_invitation(by=ada, secret=secret)
    assert role_of(ada, cohort) == "mentor"


def test_an_invitation_for_an_address_is_for_one(nexus):
    CohortFactory(slug="back-end")
    wrong = ("cohort", "invite", "back-end", "--email", "ada@example.org")
    assert nexus(*wrong, "--uses", "2").code == 2
    assert nexus(*wrong, "--code").code == 2
    assert nexus("cohort", "invite", "nowhere").code == 3


def test_roles_are_said_and_listed(nexus, ada):
    CohortFactory(slug="back-end")
    assert nexus("cohort", "role", "back-end", "ada", "member").code == 0
    ran = nexus("cohort", "role", "back-end", "ada", "owner", "--json")
    assert ran.json == {"handle": "ada", "before": "member", "role": "owner"}
    assert nexus("cohort", "members", "back-end", "--json").json["members"] == [
        {"handle": "ada", "name": "Ada", "role": "owner"}
    ]
    assert "ada" in nexus("cohort", "members", "back-end").out
    last = nexus("cohort", "role", "back-end", "ada", "guest")
    assert last.code == 4
    assert "always has an owner" in last.err
    records = AuditRecord.objects.order_by("pk").filter(action__startswith="member.")
    assert list(records.values_list("action", "actor", "door")) == [
        ("member.added", None, "command line"),
        ("member.role_changed", None, "command line"),
    ]
