"""Invitations: who makes them, whom they let in, and what is told of those that do not work."""

import threading
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.db import connection
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from nexus.cohorts import mailing, services
from nexus.cohorts.models import Invitation, Membership, Role
from nexus.cohorts.secrets import (
    CONSONANTS,
    VOWELS,
    digest_of,
    new_code,
    new_link_secret,
    proquint,
    tidy,
)
from nexus.cohorts.selectors import invitations_of, role_of
from nexus.cohorts.services.accepting import (
    MOST_GUESSES_OF_ADDRESS,
    MOST_GUESSES_OF_PERSON,
    InvitationRefused,
    Slow,
)
from nexus.cohorts.tests.factories import CohortFactory, InvitationFactory, MembershipFactory
from nexus.cohorts.tests.telling import logged, refused, told
from nexus.kernel.audit import asked_from
from nexus.kernel.errors import Conflict, Forbidden, Invalid, NexusError, NotFound
from nexus.kernel.models import AuditRecord, StoredEvent
from nexus.people.models import Mail
from nexus.people.tests.factories import OwnerFactory, PersonFactory

#: RFC 9562 has no proquints; these are the examples of Wilkerson's proposal.
EXAMPLES = {0x7F00: "lusab", 0x0001: "babad", 0x3F54: "gutih", 0xDCC1: "tugad", 0xFFFF: "zuzuz"}


@pytest.fixture
def cohort(db):
    return CohortFactory()


@pytest.fixture
def owner(cohort):
    return MembershipFactory(cohort=cohort, role=Role.OWNER).person


def guess(by, secret="no-such-secret"):
    with pytest.raises(NexusError) as refusal:
        services.accept_invitation(by=by, secret=secret)
    return refusal.value


# --- secrets -----------------------------------------------------------------------------------


@pytest.mark.parametrize(("number", "word"), EXAMPLES.items())
def test_codes_are_made_of_proquints(number, word):
    assert proquint(number) == word


@given(st.integers(0, 0xFFFF))
def test_every_number_has_a_word_of_its_own(number):
    word = proquint(number)
    bits = ""
    for place, letter in enumerate(word):
        letters, width = (VOWELS, 2) if place % 2 else (CONSONANTS, 4)
        bits += f"{letters.index(letter):0{width}b}"
    assert int(bits, 2) == number


@given(st.integers(0, 0xFFFF))
def test_a_code_is_read_however_it_is_typed(number):
    code = f"{proquint(number)}-lusab-babad"
    for typed in (code.upper(), code.replace("-", " "), code.replace("-", ""), f"  {code}\n"):
        assert tidy(typed) == code


def test_a_link_is_taken_as_it_is_and_not_at_any_length():
    secret = new_link_secret()
    assert tidy(f" {secret} ") == secret
    assert len(tidy("x" * 10_000)) == 100
    assert new_code() != new_code()


def test_only_a_digest_is_kept(cohort, owner):
    made = services.invite_by_code(by=owner, cohort=cohort, role="member")
    kept = Invitation.objects.values().get()
    assert kept["digest"] == digest_of(made.secret)
    everything = f"{kept} {list(StoredEvent.objects.values())} {list(AuditRecord.objects.values())}"
    assert made.secret not in everything


def test_an_invitation_outlives_a_change_of_the_hubs_key(cohort, owner, settings):
    made = services.invite_by_code(by=owner, cohort=cohort, role="member")
    ada, before = PersonFactory(), settings.SECRET_KEY
    settings.SECRET_KEY = "another"
    assert guess(ada, made.secret).code == "invitation-refused"

    settings.SECRET_KEY_FALLBACKS = [before]
    services.accept_invitation(by=ada, secret=made.secret)
    assert role_of(ada, cohort) == "member"


# --- making ------------------------------------------------------------------------------------


@pytest.mark.parametrize("make", [services.invite_by_link, services.invite_by_code])
def test_an_invitation_lets_somebody_in_once(cohort, owner, make):
    made = make(by=owner, cohort=cohort, role="guest")
    ada, bob = PersonFactory(), PersonFactory()

    looked = services.look_at_invitation(by=ada, secret=made.secret)
    assert (looked.cohort, looked.made_by, looked.role) == (cohort, owner, "guest")
    services.accept_invitation(by=ada, secret=made.secret)

    assert role_of(ada, cohort) == "guest"
    assert guess(bob, made.secret).code == "invitation-refused"
    assert role_of(bob, cohort) == ""
    assert told() == ["cohorts.invitation_made", "cohorts.member_joined"]
    assert logged() == ["invitation.made", "member.joined", "invitation.refused"]


def test_an_invitation_is_for_as_many_as_it_says(cohort, owner):
    made = services.invite_by_link(by=owner, cohort=cohort, role="member", uses=2)
    for _ in range(2):
        services.accept_invitation(by=PersonFactory(), secret=made.secret)
    assert guess(PersonFactory(), made.secret).code == "invitation-refused"


@pytest.mark.parametrize(
    "terms", [{"uses": 0}, {"uses": 501}, {"days": 0}, {"days": 91}, {"role": "god"}]
)
def test_terms_that_cannot_be_are_refused(cohort, owner, terms):
    with pytest.raises(Invalid):
        services.invite_by_link(by=owner, cohort=cohort, **{"role": "member", **terms})
    assert not Invitation.objects.exists()


@pytest.mark.parametrize("role", Role.values)
@pytest.mark.parametrize("by", [*Role.values, ""])
def test_nobody_lets_people_in_above_themselves(cohort, by, role):
    person = MembershipFactory(cohort=cohort, role=by).person if by else PersonFactory()
    may = by == "owner" or (by == "mentor" and role in ("member", "guest"))
    if may:
        assert services.invite_by_link(by=person, cohort=cohort, role=role).secret
        return
    with pytest.raises(Forbidden):
        services.invite_by_link(by=person, cohort=cohort, role=role)
    assert not Invitation.objects.exists()
    assert refused() == ["cohort.forbidden"]


def test_there_is_an_end_to_inviting(cohort, owner, monkeypatch):
    monkeypatch.setattr("nexus.cohorts.services.invitations.MOST_OPEN", 1)
    services.invite_by_link(by=owner, cohort=cohort, role="member")
    with pytest.raises(Conflict):
        services.invite_by_link(by=owner, cohort=cohort, role="member")


def test_invitations_are_listed_newest_first(cohort, owner, django_assert_num_queries):
    first, second = (
        services.invite_by_link(by=owner, cohort=cohort, role="member").invitation for _ in range(2)
    )
    with django_assert_num_queries(2):
        listed = invitations_of(cohort, limit=10)
        assert [one.made_by for one in listed] == [owner, owner]
    assert listed == [second, first]


# --- e-mail ------------------------------------------------------------------------------------


def test_an_invitation_by_mail_is_for_its_address_alone(cohort, owner):
    made = services.invite_by_email(by=owner, cohort=cohort, role="member", email="Ada@Example.org")
    other = PersonFactory(email="bob@example.org")
    nobody = PersonFactory(email=None)

    for forwarded_to in (other, nobody):
        assert guess(forwarded_to, made.secret).code == "invitation-refused"
        with pytest.raises(InvitationRefused):
            services.look_at_invitation(by=forwarded_to, secret=made.secret)
    ada = PersonFactory(email="ada@example.org")
    services.accept_invitation(by=ada, secret=made.secret)
    assert role_of(ada, cohort) == "member"


@pytest.mark.parametrize(
    "email", ["", "ada", "ada@", "a b@example.org", "a@example.org\nBcc: b@c.d"]
)
def test_what_is_no_address_is_refused(cohort, owner, email):
    with pytest.raises(Invalid):
        services.invite_by_email(by=owner, cohort=cohort, role="member", email=email)
    assert not Invitation.objects.exists()


def test_a_mail_is_posted_with_the_invitation_or_not_at_all(cohort, owner, monkeypatch):
    def invite():
        return services.invite_by_email(
            by=owner,
            cohort=cohort,
            role="mentor",
            email="ada@example.org",
            address_of=lambda secret: f"https://hub.example.org/i/{secret}",
        )

    made = invite()
    mail = Mail.objects.get()
    assert mail.to == "ada@example.org"
    assert f"https://hub.example.org/i/{made.secret}" in mail.body
    assert "as a mentor" in mail.body
    assert owner.name in mail.subject

    monkeypatch.setattr("nexus.cohorts.mailing.post_mail", lambda **_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        invite()
    assert Invitation.objects.count() == 1


def test_the_hub_itself_invites_without_a_name(cohort, settings):
    services.invite_by_email(
        by=None, cohort=cohort, role="owner", email="ada@example.org", address_of=str
    )
    mail = Mail.objects.get()
    assert mail.subject.startswith("You are invited to ")
    assert "as an owner" in mail.body
    assert not mailing.is_sent()
    settings.MAIL_URL = "smtp://mail.example.org"
    assert mailing.is_sent()


def test_an_address_that_nobody_verified_is_nobodys(cohort, owner):
    made = services.invite_by_email(by=owner, cohort=cohort, role="member", email="ada@example.org")
    eve = PersonFactory(email="ada@example.org")
    address = EmailAddress.objects.create(user=eve, email="ada@example.org", verified=False)
    assert guess(eve, made.secret).code == "invitation-refused"
    address.verified = True
    address.save()
    services.accept_invitation(by=eve, secret=made.secret)
    assert role_of(eve, cohort) == "member"


# --- what does not work --------------------------------------------------------------------------


def test_everything_that_does_not_work_gets_the_same_word(cohort, owner):
    """Used, too old, taken back, forwarded, its maker gone, archived, invented."""

    def make(**more):
        return services.invite_by_link(by=owner, cohort=cohort, role="member", **more)

    used, old, revoked, whole = make(), make(), make(), make()
    services.accept_invitation(by=PersonFactory(), secret=used.secret)
    Invitation.objects.filter(pk=old.invitation.pk).update(expires_at=timezone.now())
    services.revoke_invitation(by=owner, cohort=cohort, invitation=revoked.invitation.pk)
    forwarded = services.invite_by_email(by=owner, cohort=cohort, role="member", email="a@b.org")
    mentor = MembershipFactory(cohort=cohort, role=Role.MENTOR)
    of_former_mentor = services.invite_by_code(by=mentor.person, cohort=cohort, role="member")
    services.change_role(by=owner, cohort=cohort, person=mentor.person, role="member")
    of_nobody = make()
    Invitation.objects.filter(pk=of_nobody.invitation.pk).update(made_by=None)
    elsewhere = services.invite_by_link(by=None, cohort=CohortFactory(), role="member")
    services.archive_cohort(by=None, cohort=elsewhere.invitation.cohort)

    made = (used, old, revoked, forwarded, of_former_mentor, of_nobody, elsewhere)
    secrets = ("invented", "lusab-babad-gutih", "", *(one.secret for one in made))
    refusals = {
        (type(fault), str(fault))
        for secret in secrets
        for fault in [guess(PersonFactory(), secret)]
    }
    assert len(refusals) == 1
    told = AuditRecord.objects.filter(action="invitation.refused", is_refusal=True)
    assert told.count() == len(secrets)
    assert services.accept_invitation(by=PersonFactory(), secret=whole.secret)


def test_a_refusal_is_told_to_the_cohort_whose_it_was(cohort, owner):
    made = services.invite_by_link(by=owner, cohort=cohort, role="member")
    services.revoke_invitation(by=owner, cohort=cohort, invitation=made.invitation.pk)
    person = PersonFactory()
    guess(person, made.secret)
    guess(person, "invented")
    found = AuditRecord.objects.filter(action="invitation.refused").order_by("pk")
    assert [(one.scope, one.actor) for one in found] == [
        (cohort.readers, person.pk),
        ("", person.pk),
    ]


def test_who_is_in_the_cohort_spends_nothing(cohort, owner):
    made = services.invite_by_link(by=owner, cohort=cohort, role="mentor")
    member = MembershipFactory(cohort=cohort, role=Role.GUEST).person
    assert guess(member, made.secret).code == "already-member"
    assert role_of(member, cohort) == "guest"
    assert services.accept_invitation(by=PersonFactory(), secret=made.secret)


def test_looking_spends_nothing_and_a_visitor_may_look(cohort, owner):
    made = services.invite_by_email(by=owner, cohort=cohort, role="member", email="a@b.org")
    for _ in range(3):
        assert services.look_at_invitation(by=None, secret=made.secret) == made.invitation
    assert Invitation.objects.get().uses == 0


def test_revoking_holds_for_the_own_cohort_and_once(cohort, owner):
    made = services.invite_by_link(by=owner, cohort=cohort, role="member")
    other = InvitationFactory()
    with pytest.raises(NotFound):
        services.revoke_invitation(by=owner, cohort=cohort, invitation=other.pk)
    for _ in range(2):
        services.revoke_invitation(by=owner, cohort=cohort, invitation=made.invitation.pk)
    assert told() == ["cohorts.invitation_made", "cohorts.invitation_revoked"]
    other.refresh_from_db()
    assert other.revoked_at is None


def test_a_mentor_does_not_take_back_what_only_owners_give(cohort, owner):
    mentor = MembershipFactory(cohort=cohort, role=Role.MENTOR).person
    made = services.invite_by_link(by=owner, cohort=cohort, role="owner")
    with pytest.raises(Forbidden):
        services.revoke_invitation(by=mentor, cohort=cohort, invitation=made.invitation.pk)
    assert Invitation.objects.get().revoked_at is None


# --- guessing ------------------------------------------------------------------------------------


def test_a_person_who_guesses_is_slowed_down_and_told_nothing(cohort, owner):
    made = services.invite_by_link(by=owner, cohort=cohort, role="member")
    person = PersonFactory()
    for _ in range(MOST_GUESSES_OF_PERSON):
        assert guess(person).code == "invitation-refused"
    assert isinstance(guess(person, made.secret), Slow), "the right one is not told apart"
    with pytest.raises(Slow):
        services.look_at_invitation(by=person, secret=made.secret)
    assert role_of(person, cohort) == ""
    assert services.accept_invitation(by=PersonFactory(), secret=made.secret), "others go on"


def test_an_address_that_guesses_is_slowed_down_whoever_asks(cohort, owner):
    made = services.invite_by_link(by=owner, cohort=cohort, role="member")
    with asked_from(door="page", address="2001:db8::1"):
        for _ in range(MOST_GUESSES_OF_ADDRESS):
            with pytest.raises(InvitationRefused):
                services.look_at_invitation(by=None, secret="invented")
    with asked_from(door="page", address="2001:db8::2"), pytest.raises(Slow):
        services.accept_invitation(by=PersonFactory(), secret=made.secret)
    with asked_from(door="page", address="192.0.2.1"):
        assert services.accept_invitation(by=PersonFactory(), secret=made.secret)


def test_guesses_are_forgiven_after_a_while(cohort, owner, monkeypatch):
    made = services.invite_by_link(by=owner, cohort=cohort, role="member")
    person = PersonFactory()
    for _ in range(MOST_GUESSES_OF_PERSON):
        guess(person)
    monkeypatch.setattr("nexus.kernel.audit.WINDOW", timedelta(0))
    assert services.accept_invitation(by=person, secret=made.secret)


@pytest.mark.django_db(transaction=True)
def test_the_last_use_is_taken_once_by_two_at_a_time():
    cohort = CohortFactory()
    made = services.invite_by_link(by=None, cohort=cohort, role="member")
    people = [PersonFactory(), PersonFactory()]
    begin = threading.Barrier(2, timeout=60)
    faults = []

    def come(person):
        try:
            begin.wait()
            services.accept_invitation(by=person, secret=made.secret)
        except NexusError as fault:
            faults.append(fault.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=come, args=(person,)) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert Membership.objects.filter(cohort=cohort).count() == 1
    assert faults == ["invitation-refused"]
    assert Invitation.objects.get().uses == 1


def test_the_hubs_owner_invites_anywhere(cohort):
    made = services.invite_by_link(by=OwnerFactory(), cohort=cohort, role="owner")
    person = PersonFactory()
    services.accept_invitation(by=person, secret=made.secret)
    assert role_of(person, cohort) == "owner"
