"""``nexus token`` makes, lists and revokes."""

from nexus.credentials.selectors import token_by_secret
from nexus.people.tests.factories import PersonFactory


def test_a_token_is_made_listed_and_revoked(nexus):
    PersonFactory(handle="ada")
    made = nexus("token", "make", "ada", "--name", "CI", "--scope", "read", "--json").json
    assert token_by_secret(made["token"]).scopes == made["scopes"] == ["read"]
    (listed,) = nexus("token", "list", "ada", "--json").json["tokens"]
    assert (listed["prefix"], listed["name"], listed["last_used"]) == (made["prefix"], "CI", "")
    told = nexus("token", "list", "ada").out
    assert made["prefix"] in told
    assert made["token"] not in told
    assert nexus("token", "revoke", "ada", made["prefix"]).code == 0
    assert nexus("token", "list", "ada", "--json").json == {"tokens": []}
    assert nexus("token", "revoke", "ada", made["prefix"]).code == 3


def test_without_a_scope_it_is_for_git(nexus):
    PersonFactory(handle="ada")
    ran = nexus("token", "make", "ada", "--name", "laptop", "--days", "7")
    assert "nxs_" in ran.out
    assert "git" in ran.out
    assert nexus("token", "make", "ada", "--name", "x", "--days", "9999").code == 4
    assert nexus("token", "make", "nobody", "--name", "x").code == 3
