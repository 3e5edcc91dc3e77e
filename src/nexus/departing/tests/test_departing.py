"""Deleting an account: what goes at once, what goes step by step, what stays without a name."""

import threading

import pytest
from allauth.account.models import EmailAddress
from allauth.idp.oidc.models import Client as App
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.db import connection
from django.test import Client

from nexus.cohorts import services as cohorts
from nexus.cohorts.models import Invitation, JoinRequest, Membership, Role
from nexus.cohorts.selectors import audiences
from nexus.cohorts.tests.factories import CohortFactory, MembershipFactory
from nexus.credentials.models import AccessToken, AppGrant
from nexus.credentials.tests.factories import AccessTokenFactory
from nexus.departing import services
from nexus.departing.models import Departure, Export
from nexus.departing.places import archive_of
from nexus.departing.selectors import hindrances_of
from nexus.departing.tests.factories import ExportFactory
from nexus.kernel.errors import Conflict, Forbidden, Invalid
from nexus.kernel.models import AuditRecord, StoredEvent
from nexus.library.models import Correction, Entry, Fact, Proposal, ReturnedProposal
from nexus.library.services.proposals import propose
from nexus.library.services.starting import start_repository
from nexus.library.services.writing import publish_files
from nexus.library.tests.factories import ProposalFactory
from nexus.people.administering import restore_person, suspend_person
from nexus.people.models import Mail, Person, Profile, SignInLink
from nexus.people.services import ensure_page_of, make_sign_in_link, refuse_handle
from nexus.people.tests.factories import OwnerFactory, PersonFactory
from nexus.people.tests.flows import is_signed_in, sign_in
from nexus.repositories.limits import store_of
from nexus.repositories.models import Repository
from nexus.repositories.pushing import reception_of
from nexus.repositories.tests.factories import RepositoryFactory
from nexus.search.results import SearchRequest

pytestmark = pytest.mark.django_db(transaction=True)


def leave(person, *, take=(), by=None):
    """Close an account and do all that is left of it."""
    services.begin_departure(by=by, person=person, handle=person.handle, take=take)
    assert services.carry_on(person.pk)


def found(engine, words, **filters):
    """The addresses of what has these words, once the index has followed."""
    engine.catch_up()
    request = SearchRequest(words=words, audiences=audiences(None), **filters)
    return {hit.address for hit in engine.search(request).hits}


def test_everything_that_opens_something_stops_at_once(scene):
    client = Client()
    client.force_login(scene.ada)
    assert is_signed_in(client)
    services.begin_departure(by=scene.ada, person=scene.ada, handle="Ada", take=[])
    assert not is_signed_in(client)
    sign_in(client)
    assert not is_signed_in(client)
    assert client.get(f"/accounts/link/{scene.link}").status_code == 422
    gone = (AccessToken, AppGrant, App, SignInLink, Authenticator, SocialAccount)
    for model in (*gone, Profile, EmailAddress):
        assert not model.objects.exists(), model
    assert not Membership.objects.filter(person=scene.ada).exists()
    assert not JoinRequest.objects.filter(person=scene.ada).exists()
    assert Invitation.objects.get(pk=scene.invitation.pk).revoked_at
    assert not Invitation.objects.filter(email__iexact="ada@example.org").exists()
    with pytest.raises(Forbidden):
        reception_of(by=fresh(scene.ada), repository=scene.hosted, address="")
    with pytest.raises(Conflict):
        make_sign_in_link(by=None, person=fresh(scene.ada))


def fresh(person):
    return Person.objects.get(pk=person.pk)


def test_nothing_that_says_who_it_was_is_left(scene, db_text):
    scene.write()
    scene.correct()
    assert "ada lovelace" in db_text()
    leave(scene.ada, take=[scene.hosted.pk], by=scene.ada)
    Mail.objects.all().delete()  # the farewell, which goes within days
    for word in ("lovelace", "ada@example", "192.0.2.7", "i keep geese", "my geese"):
        assert word not in db_text(), word
    assert fresh(scene.ada).skeleton == "ada"
    kept = Departure.objects.get(person=scene.ada)
    assert (kept.handle, kept.name, kept.addresses, kept.took) == ("", "", [], [])


@pytest.fixture
def db_text():
    """Everything that stands in the tables, in small letters."""
    from django.apps import apps
    from django.core import serializers

    def text():
        rows = (row for model in apps.get_models() for row in model._base_manager.all())
        return serializers.serialize("json", rows, ensure_ascii=False).lower()

    return text


def test_the_logs_keep_what_was_done_by_a_former_member(scene):
    leave(scene.ada, by=scene.ada)
    name = f"former-member-{scene.ada.pk}"
    assert fresh(scene.ada).handle == name
    invited = AuditRecord.objects.get(action="invitation.made")
    assert (invited.actor, invited.actor_name, invited.address) == (scene.ada.pk, name, "")
    assert invited.details["email"] == "carol@example.org"  # somebody else's
    added = AuditRecord.objects.get(action="member.added")
    assert (added.actor_name, added.subject_name) == ("", name)
    deleted = AuditRecord.objects.get(action="account.deleted")
    assert (deleted.actor_name, deleted.subject_name) == (name, name)
    told = StoredEvent.objects.order_by("pk").values_list("type", flat=True)
    assert [one for one in told if one.startswith("departing")] == [
        "departing.account_closed",
        "departing.account_erased",
    ]
    numbers = list(StoredEvent.objects.exclude(number=None).values_list("number", flat=True))
    assert len(set(numbers)) == len(numbers) == max(numbers)  # none is given twice


def test_the_handle_is_nobody_elses(scene):
    leave(scene.ada, take=[scene.hosted.pk])
    for handle in ("ada", "Ada", "a-da", "former-member-7"):
        with pytest.raises(Conflict):
            refuse_handle(handle, by_owner=False)
    assert Client().get("/p/ada").status_code == 404
    page = Client().get(f"/p/former-member-{scene.ada.pk}")
    assert page.status_code == 200
    assert "A former member" in page.content.decode()
    assert "Ada" not in page.content.decode()
    mirrored = ensure_page_of("ada")  # of whoever is called so elsewhere
    assert mirrored.pk != scene.ada.pk
    assert mirrored.skeleton is None


def test_a_handle_of_former_members_that_is_taken_is_left_to_who_has_it(scene):
    PersonFactory(handle=f"former-member-{scene.ada.pk}")  # from before they were kept
    leave(scene.ada)
    assert fresh(scene.ada).handle == f"former-member-{scene.ada.pk}-x"


def test_what_came_in_the_very_moment_goes_too(scene):
    services.begin_departure(by=None, person=scene.ada, handle="ada", take=[])
    late = ExportFactory(person=scene.ada)
    archive_of(late.key).write_bytes(b"zip")
    AccessTokenFactory(person=scene.ada)
    MembershipFactory(person=scene.ada)
    assert services.carry_on(scene.ada.pk)
    for model in (Export, AccessToken, Membership):
        assert not model.objects.filter(person=scene.ada).exists()
    assert not archive_of(late.key).exists()


def test_a_mail_confirms_it_to_the_address_that_is_erased(scene):
    leave(scene.ada)
    (mail,) = Mail.objects.all()
    assert (mail.to, mail.subject) == ("ada@example.org", "Your account is deleted")
    assert "ada" in mail.body
    nobody = PersonFactory(handle="nobody-has-mail")
    leave(nobody)
    assert Mail.objects.count() == 1


def test_what_is_left_to_the_cohort_stays_under_no_name(scene, engine):
    scene.write()
    scene.recommend()
    scene.correct()
    former = f"former-member-{scene.ada.pk}"
    geese = f"/c/commons/{scene.hosted.slug}/geese.md"
    assert geese in found(engine, "south", people=("ada",))
    assert found(engine, "geese", kinds=("resource",))
    leave(scene.ada)
    scene.hosted.refresh_from_db()
    assert scene.hosted.name == f"Nexus of {former}"
    page = Client().get(geese)
    assert page.status_code == 200
    assert "They fly south." in page.content.decode()
    assert Correction.objects.get().by is None
    assert Fact.objects.get(certainty="corrected", name="summary").source == ""
    assert not found(engine, "", people=("ada",))
    assert geese in found(engine, "south", people=(former,))
    assert found(engine, "geese", kinds=("resource",))


def test_what_is_taken_along_is_gone_everywhere(scene, engine):
    scene.write()
    scene.recommend()
    assert found(engine, "south")
    store, mirror_store = store_of(scene.hosted.pk), store_of(scene.mirror.pk)
    assert store.exists()
    leave(scene.ada, take=[scene.hosted.pk, scene.mirror.pk])
    assert not Repository.objects.filter(owner=scene.ada).exists()
    assert not store.exists()
    assert not mirror_store.exists()
    assert Client().get(f"/c/commons/{scene.hosted.slug}/geese.md").status_code == 404
    assert not found(engine, "south")
    assert not found(engine, "geese", kinds=("resource",))
    removed = StoredEvent.objects.filter(type="repositories.repository_removed")
    assert {one.payload["repository"] for one in removed} == {scene.hosted.pk, scene.mirror.pk}


def test_what_others_published_the_same_stands_on_its_own_then(scene, engine):
    code = "# Ask\n\nAsk the cache first:\n\n```python\n" + "value = cache.get(key)\n" * 4 + "```\n"
    scene.write("docs/ask.md", code)
    original = Entry.objects.get(kind="snippet")
    other = MembershipFactory(cohort=scene.cohort).person
    theirs = start(other, scene.cohort)
    files = {"docs/ask.md": code.encode()}
    publish_files(
        by=other, repository=theirs, files=files, message="Ask", expected={"docs/ask.md": ""}
    )
    copy = Entry.objects.get(kind="snippet", repository=theirs)
    assert copy.original == original
    leave(scene.ada, take=[scene.hosted.pk])
    copy.refresh_from_db()
    assert copy.original is None
    (address,) = found(engine, "cache", kinds=("snippet",))
    assert theirs.slug in address


def test_what_others_proposed_goes_back_to_them_without_what_it_was_made_from(scene):
    scene.write("docs/geese.md", "# Wild geese\n\nMy secret meadow.\n")
    scene.hosted.refresh_from_db()
    propose(
        by=scene.bob,
        repository=scene.hosted,
        path="docs/geese.md",
        text="# Wild geese\n\nMy secret meadow.\n\nThey fly south.\n",
        base_commit=scene.hosted.indexed,
        message="Say where",
    )
    leave(scene.ada, take=[scene.hosted.pk])
    back = ReturnedProposal.objects.get()
    assert (back.by, back.path, back.message) == (scene.bob, "docs/geese.md", "Say where")
    assert back.text == "They fly south."
    bob = Client()
    bob.force_login(scene.bob)
    assert "docs/geese.md" in bob.get("/accounts/proposals").content.decode()
    leave_alone(scene)
    assert not ReturnedProposal.objects.exists()


def leave_alone(scene):
    """Let Bob go as well, once the cohort is somebody else's."""
    MembershipFactory(cohort=scene.cohort, role=Role.OWNER)
    leave(scene.bob)


def test_an_answer_stays_with_whoever_gave_it(scene):
    kept = ProposalFactory(by=scene.ada, state="declined", answer="Mine is shorter.")
    ProposalFactory(by=scene.ada, state="declined")
    leave(scene.ada)
    assert Proposal.objects.get() == kept


def start(person, cohort):
    return start_repository(by=person, cohort=cohort)


# --- refusals --------------------------------------------------------------------------------


def test_only_oneself_and_the_command_line_delete_an_account(scene):
    for by in (scene.bob, scene.hub_owner):
        with pytest.raises(Forbidden):
            services.begin_departure(by=by, person=scene.ada, handle="ada", take=[])
    assert fresh(scene.ada).is_active


def test_a_wrong_handle_or_somebody_elses_repository_changes_nothing(scene, db_text):
    theirs = RepositoryFactory(owner=scene.bob)
    before = db_text()
    for handle, take in (("adda", []), ("ada", [theirs.pk]), ("ada", [4711])):
        with pytest.raises(Invalid):
            services.begin_departure(by=scene.ada, person=scene.ada, handle=handle, take=take)
    assert db_text() == before


def test_the_only_owner_of_a_cohort_hands_it_on_first(scene):
    own = CohortFactory(name="Geese")
    cohorts.add_member(by=None, cohort=own, person=scene.ada, role=Role.OWNER)
    alone = CohortFactory(name="Alone")
    cohorts.add_member(by=None, cohort=alone, person=scene.ada, role=Role.OWNER)
    assert hindrances_of(scene.ada) == []  # nobody else is in them
    heir = MembershipFactory(cohort=own, role=Role.GUEST).person
    (hindrance,) = hindrances_of(scene.ada)
    assert "Geese" in hindrance.title
    assert hindrance.heirs == (heir.handle,)
    with pytest.raises(Conflict) as refused:
        services.begin_departure(by=scene.ada, person=scene.ada, handle="ada", take=[])
    assert refused.value.code == "sole-owner"
    assert fresh(scene.ada).is_active
    cohorts.transfer_ownership(by=scene.ada, cohort=own, to=heir)
    leave(scene.ada)
    assert not alone.memberships.exists()


def test_a_suspended_account_is_deleted_by_command_and_never_restored(scene):
    suspend_person(by=scene.hub_owner, person=scene.ada)
    with pytest.raises(Forbidden):
        leave(fresh(scene.ada), by=fresh(scene.ada))
    leave(fresh(scene.ada))
    with pytest.raises(Conflict):
        restore_person(by=scene.hub_owner, person=fresh(scene.ada))
    assert fresh(scene.ada).is_former


def test_somebody_always_runs_the_hub(scene):
    with pytest.raises(Conflict) as refused:
        leave(scene.hub_owner)
    assert refused.value.code == "last-hub-owner"
    OwnerFactory()
    leave(scene.hub_owner)
    assert not fresh(scene.hub_owner).is_owner


def test_an_account_is_deleted_once(scene):
    leave(scene.ada)
    with pytest.raises(Conflict) as refused:
        leave(fresh(scene.ada))
    assert refused.value.code == "person-left"


# --- at the same time ------------------------------------------------------------------------


def at_once(*acts):
    """Do these at the same moment; what each came to."""
    gate, outcomes = threading.Barrier(len(acts)), []

    def run(act):
        gate.wait()
        try:
            act()
            outcomes.append("done")
        except Conflict as refused:
            outcomes.append(refused.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(outcomes)


def begin(person):
    return lambda: services.begin_departure(by=person, person=person, handle=person.handle, take=[])


def test_two_at_once_delete_an_account_once(scene):
    assert at_once(begin(scene.ada), begin(scene.ada)) == ["done", "person-left"]
    assert Departure.objects.count() == 1


def test_of_two_owners_who_go_at_once_one_stays(scene):
    other = OwnerFactory()
    assert at_once(begin(scene.hub_owner), begin(other)) == ["done", "last-hub-owner"]
    assert Person.objects.filter(is_owner=True, is_active=True).count() == 1


def test_of_two_owners_of_a_cohort_who_go_at_once_one_stays(scene):
    cohorts.change_role(by=None, cohort=scene.cohort, person=scene.ada, role=Role.OWNER)
    MembershipFactory(cohort=scene.cohort)
    assert at_once(begin(scene.ada), begin(scene.bob)) == ["done", "sole-owner"]
    owners = Membership.objects.filter(cohort=scene.cohort, role=Role.OWNER)
    assert owners.count() == 1
