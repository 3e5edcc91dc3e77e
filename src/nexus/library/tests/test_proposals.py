"""Proposals: kept until they are answered, accepted by a commit, answered once."""

import contextlib
import threading

import pytest
from django.db import connection
from django.utils import timezone

from nexus.cohorts.models import Role
from nexus.kernel.errors import Conflict, Forbidden, Invalid, NexusError, NotFound
from nexus.kernel.models import AuditRecord, StoredEvent
from nexus.library.models import Entry, Proposal
from nexus.library.selectors import proposals as selectors
from nexus.library.services import proposals
from nexus.library.services.changing import Clash
from nexus.library.tests.desks import PATH, TEXT, Desk
from nexus.library.tests.factories import ProposalFactory
from nexus.people.tests.factories import OwnerFactory, PersonFactory
from nexus.repositories.git.stores import set_head_branch, update_refs
from nexus.repositories.git.tests.builders import git
from nexus.repositories.models import Repository

pytestmark = pytest.mark.django_db(transaction=True)
BETTER = TEXT.replace("First", "At first")
TOKEN = "ghp_" + "q7Zk2vX9mB4tR8wL1nY6cJ3hD5fG0pSaEuTAb"[:36]


@pytest.fixture
def desk(home):
    made = Desk()
    made.put(TEXT.encode())
    return made


@pytest.fixture
def bob(desk):
    return desk.member(person__handle="bob", person__name="Bob")


@pytest.fixture
def proposal(desk, bob):
    return desk.propose(bob, BETTER, message="Say it  better")


def accept(desk, proposal, **more):
    given = {"edition": proposal.edition, **more}
    return proposals.accept_proposal(by=desk.ada, proposal=proposal, **given)


def test_an_accepted_one_is_a_commit_by_its_author_and_shown_at_once(desk, proposal, tmp_path):
    sha = accept(desk, proposal)
    git("clone", "-q", desk.store, tmp_path / "clone")
    told = git("-C", tmp_path / "clone", "log", "-1", "--format=%H %an <%ae> %cn <%ce> %s")
    assert told.strip() == (
        f"{sha} Bob <bob@people.nexus.invalid> Ada <ada@people.nexus.invalid> Say it better"
    )
    assert (tmp_path / "clone" / PATH).read_text() == BETTER
    assert Entry.objects.get(repository=desk.repository, path=PATH).versions.count() == 2
    proposal.refresh_from_db()
    assert (proposal.state, proposal.commit, proposal.answered_by) == ("accepted", sha, desk.ada)
    assert "At first" in Entry.objects.get(path=PATH).rendering.html
    told = AuditRecord.objects.filter(action__startswith="proposal.").values_list(
        "action", "actor_name", "subject_name"
    )
    assert set(told) == {("proposal.made", "bob", "ada"), ("proposal.accepted", "ada", "bob")}
    answers = StoredEvent.objects.filter(type="library.proposal_answered")
    assert [one.payload["answer"] for one in answers] == ["accepted"]


def test_nothing_of_a_proposal_is_in_the_store_before_it_is_accepted(desk, bob):
    objects = desk.git("count-objects")
    desk.propose(bob, BETTER)
    assert desk.git("count-objects") == objects
    assert "proposal" not in desk.git("for-each-ref")


def test_what_changed_elsewhere_in_the_file_is_kept(desk, proposal):
    desk.put(TEXT.replace("Second", "Then").encode())
    assert proposals.joined_now(proposal).is_clean
    accept(desk, proposal)
    assert desk.shown() == BETTER.replace("Second", "Then")


def test_a_clash_changes_nothing_until_the_owner_has_joined_both_by_hand(desk, proposal):
    desk.put(TEXT.replace("First", "Firstly").encode())
    before = desk.head()
    with pytest.raises(Clash) as clash:
        accept(desk, proposal)
    proposal.refresh_from_db()
    assert (proposal.state, desk.head()) == ("open", before)
    joined = clash.value.joined
    assert {"Firstly.", "At first."} <= set(joined.text.splitlines())
    by_hand = TEXT.replace("First", "At first, firstly")
    accept(desk, proposal, text=by_hand, made_from=joined.file.oid)
    assert desk.shown() == by_hand
    assert desk.git("log", "-1", "--format=%an %cn").strip() == "Bob Ada"


def test_it_follows_a_file_that_was_renamed_and_waits_where_it_was_removed(desk, proposal):
    desk.put(TEXT.encode(), path="docs/way.md")
    desk.put(None)
    renamed = proposals.path_now(proposal)
    if renamed == PATH:  # the two commits were read as a copy and a removal
        with pytest.raises(Clash) as clash:
            accept(desk, proposal)
        assert clash.value.code == "file-gone"
        accept(desk, proposal, text=BETTER, made_from="")
    else:
        accept(desk, proposal)
    assert BETTER in {desk.git("cat-file", "blob", f"HEAD:{path}") for path in (PATH, renamed)}


def test_what_is_there_already_is_accepted_without_a_commit(desk, proposal):
    desk.put(BETTER.encode())
    before = desk.head()
    assert accept(desk, proposal) == before
    proposal.refresh_from_db()
    assert (proposal.state, desk.head()) == ("accepted", before)


def test_nobody_accepts_another_text_than_the_one_they_read(desk, bob, proposal):
    read = proposal.edition
    other = BETTER.replace("At first", "Buy here")
    change = {"edition": 1, "text": other, "base_commit": desk.head()}
    proposals.change_proposal(by=bob, proposal=proposal, **change)
    with pytest.raises(Conflict) as refused:
        accept(desk, proposal, edition=read)
    assert (refused.value.code, desk.shown()) == ("proposal-changed", TEXT)
    with pytest.raises(Conflict):
        proposals.change_proposal(by=bob, proposal=proposal, **change)
    proposal.refresh_from_db()
    assert (proposal.text, proposal.edition) == (other, 2)


def test_of_two_who_answer_at_once_one_is_told(desk, bob, proposal):
    told = []
    ready = threading.Barrier(3)
    answers = [
        lambda: accept(desk, Proposal.objects.get()),
        lambda: proposals.decline_proposal(by=desk.ada, proposal=Proposal.objects.get(), edition=1),
        lambda: proposals.withdraw_proposal(by=bob, proposal=Proposal.objects.get()),
    ]

    def give(answer):
        with contextlib.closing(connection):
            ready.wait(60)
            try:
                answer()
            except Conflict as refused:
                told.append(refused.code)

    threads = [threading.Thread(target=give, args=[answer]) for answer in answers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    proposal.refresh_from_db()
    assert told == ["proposal-answered"] * 2
    assert (desk.shown() == BETTER) is (proposal.state == "accepted")
    assert StoredEvent.objects.filter(type="library.proposal_answered").count() == 1
    assert AuditRecord.objects.filter(action__startswith="proposal.").count() == 2


def test_a_declined_one_is_kept_with_the_word_and_answered_no_more(desk, bob, proposal):
    proposals.decline_proposal(by=desk.ada, proposal=proposal, edition=1, answer=" Not now. ")
    proposal.refresh_from_db()
    assert (proposal.state, proposal.answer, proposal.text) == ("declined", "Not now.", BETTER)
    for again in (
        lambda: accept(desk, proposal),
        lambda: proposals.withdraw_proposal(by=bob, proposal=proposal),
    ):
        with pytest.raises(Conflict) as refused:
            again()
        assert "declined" in str(refused.value)
    assert desk.shown() == TEXT
    desk.propose(bob, BETTER)


def test_a_withdrawn_one_is_kept_and_nobody_else_withdraws_it(desk, bob, proposal):
    for other in (desk.ada, desk.member()):
        with pytest.raises(NotFound):
            proposals.withdraw_proposal(by=other, proposal=proposal)
    proposals.withdraw_proposal(by=bob, proposal=proposal)
    proposal.refresh_from_db()
    assert (proposal.state, proposal.text) == ("withdrawn", BETTER)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (TEXT, "nothing-changed"),
        (TEXT.replace("\n", "\r\n") + "\r\n", "nothing-changed"),
        (BETTER + TOKEN, "secret-written"),
        ("x" * 500_001, "text-too-long"),
        ("<<<<<<< as it is now\n", "clash-left"),
    ],
)
def test_what_is_no_proposal_is_refused_and_leaves_nothing(desk, bob, text, code):
    with pytest.raises(Invalid) as refused:
        desk.propose(bob, text)
    assert refused.value.code == code
    assert not Proposal.objects.exists()
    assert not StoredEvent.objects.filter(type__startswith="library.proposal").exists()


def test_a_secret_in_its_message_is_refused_too(desk, bob):
    with pytest.raises(Invalid):
        desk.propose(bob, BETTER, message=f"Use {TOKEN}")


def test_whoever_does_not_see_all_of_a_file_does_not_write_the_whole_of_it(desk):
    guest = desk.member(Role.GUEST)
    desk.propose(guest, BETTER)
    desk.put(f"{TEXT}\nWrite to ann@example.com.\n".encode())
    other = desk.member(Role.GUEST)
    with pytest.raises(Forbidden) as refused:
        desk.propose(other, BETTER)
    assert refused.value.code == "partly-hidden"
    desk.propose(desk.member(), BETTER)


def test_what_was_never_published_cannot_be_begun_from(desk, bob):
    blob = git("-C", desk.store, "hash-object", "-w", "--stdin", given=b"secret\n").strip()
    for base in (blob, "0" * 40, "HEAD", "x", "--all"):
        with pytest.raises(NexusError):
            desk.propose(bob, BETTER, base_commit=base)
    assert not Proposal.objects.exists()


def test_a_history_that_was_given_up_is_no_base_but_what_was_proposed_stays(desk, bob, proposal):
    old = desk.head()
    desk.put(b"# Other\n")
    new = desk.head()
    update_refs(desk.store, {"refs/heads/fresh": old, "refs/nexus/kept/x": new})
    set_head_branch(desk.store, "fresh")
    assert desk.shown() == TEXT
    other = desk.member()
    with pytest.raises(Conflict) as refused:
        desk.propose(other, BETTER, base_commit=new)
    assert refused.value.code == "base-unknown"
    accept(desk, proposal)
    assert desk.shown() == BETTER


def test_nobody_heaps_up_proposals(desk, bob, monkeypatch):
    desk.propose(bob, BETTER)
    with pytest.raises(Conflict) as refused:
        desk.propose(bob, BETTER + "\nMore.\n")
    assert refused.value.code == "proposed-already"
    for limit in ("MOST_OPEN_OF_ONE", "MOST_OPEN", "MOST_A_DAY"):
        with monkeypatch.context() as patched:
            patched.setattr(proposals, limit, 2)
            Proposal.objects.all().delete()
            who = PersonFactory() if limit == "MOST_OPEN" else bob
            ProposalFactory.create_batch(2, repository=desk.repository, by=who)
            with pytest.raises(Conflict) as refused:
                desk.propose(bob, BETTER)
            assert refused.value.code == "too-many-proposals"


def test_of_two_at_once_one_finds_the_last_place(desk, bob, monkeypatch):
    monkeypatch.setattr(proposals, "MOST_OPEN", 1)
    people, told = [bob, desk.member()], []
    ready = threading.Barrier(2)

    def propose(who):
        with contextlib.closing(connection):
            ready.wait(60)
            try:
                desk.propose(who, BETTER)
            except Conflict as refused:
                told.append(refused.code)

    threads = [threading.Thread(target=propose, args=[who]) for who in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert told == ["too-many-proposals"]
    assert Proposal.objects.count() == 1


def test_only_two_see_a_proposal_and_only_while_they_see_the_cohort(home):
    desk = Desk(visibility="members")
    desk.put(TEXT.encode())
    bob = desk.member()
    proposal = desk.propose(bob, BETTER)
    repository = desk.repository

    def sees(reader):
        listed = proposal in selectors.proposals_of(repository, reader=reader)
        try:
            selectors.proposal_by_number(repository, proposal.pk, reader=reader)
        except NotFound:
            return listed and "listed only"
        return listed

    others = [None, PersonFactory(), OwnerFactory(), desk.member(Role.OWNER), desk.member()]
    assert [sees(one) for one in (desk.ada, bob, *others)] == [True, True] + [False] * 5
    assert (selectors.count_waiting(desk.ada), selectors.count_waiting(bob)) == (1, 0)
    assert [p.pk for p in selectors.proposals_around(bob)] == [proposal.pk]
    desk.cohort.memberships.filter(person=bob).delete()
    assert selectors.proposals_around(bob) == []
    with pytest.raises(NotFound):
        selectors.proposal_by_number(repository, proposal.pk, reader=bob)
    with pytest.raises(NotFound):
        proposals.withdraw_proposal(by=bob, proposal=proposal)
    accept(desk, proposal)
    assert desk.shown() == BETTER


def test_an_archived_cohort_keeps_them_as_they_are(desk, bob, proposal):
    desk.cohort.archived_at = timezone.now()
    desk.cohort.save()
    acts = [
        lambda: accept(desk, proposal),
        lambda: proposals.decline_proposal(by=desk.ada, proposal=proposal, edition=1),
        lambda: proposals.withdraw_proposal(by=bob, proposal=proposal),
    ]
    for act in acts:
        with pytest.raises(Conflict) as refused:
            act()
        assert refused.value.code == "cohort-archived"
    proposal.refresh_from_db()
    assert proposal.state == "open"


def test_to_a_repository_that_is_being_removed_nothing_is_proposed(desk, bob):
    read, base = desk.repository, desk.head()
    read.refresh_from_db()
    Repository.objects.get().delete()  # its store goes after it
    with pytest.raises(NotFound) as refused:
        proposals.propose(by=bob, repository=read, path=PATH, text=BETTER, base_commit=base)
    assert refused.value.code == "repository-unknown"
    assert not Proposal.objects.exists()


def test_it_goes_with_its_repository(proposal):
    Proposal.objects.get().repository.delete()
    assert not Proposal.objects.exists()
