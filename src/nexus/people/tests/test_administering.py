"""Accounts are looked after by whoever runs the hub, and the audit log tells it."""

import pytest
from allauth.core import context
from django.test import Client, RequestFactory

from nexus.kernel.errors import Conflict, Forbidden, Invalid
from nexus.kernel.models import AuditRecord, StoredEvent
from nexus.people import administering, services
from nexus.people.models import Mail, Person, SignInLink
from nexus.people.tests import flows
from nexus.people.tests.factories import MailFactory, OwnerFactory, PersonFactory

pytestmark = pytest.mark.django_db

ACTS = {
    "suspend": lambda by, person: administering.suspend_person(by=by, person=person),
    "restore": lambda by, person: administering.restore_person(by=by, person=person),
    "sign out": lambda by, person: administering.sign_out_everywhere(by=by, person=person),
    "unlock": lambda by, person: administering.end_lock_out(by=by, person=person),
    "mail": lambda by, person: administering.mail_sign_in_link(by=by, person=person),
    "send": lambda by, _: administering.send_again(by=by, mail=MailFactory.create()),
}


@pytest.fixture
def owner():
    return OwnerFactory(handle="ruth")


@pytest.fixture
def lewis():
    return flows.settled("lewis")


@pytest.fixture
def asked(owner):
    """A request of the owner's, by which addresses are made."""
    with context.request_context(RequestFactory().get("/", SERVER_NAME="localhost")):
        yield


def log():
    """What the audit log tells: what, by whom, to whom, whether it was refused."""
    fields = ("action", "actor_name", "subject_name", "is_refusal")
    return list(AuditRecord.objects.order_by("pk").values_list(*fields))


def events():
    return list(StoredEvent.objects.order_by("pk").values_list("type", "audience"))


def sign_in(**given):
    """A new browser in which somebody tried to sign in."""
    browser = Client()
    flows.sign_in(browser, "lewis", **given)
    return browser


@pytest.mark.parametrize("act", ACTS)
def test_nobody_else_looks_after_an_account(lewis, act):
    other = PersonFactory(handle="mary")
    before = Person.objects.values().get(pk=lewis.pk)
    with pytest.raises(Forbidden):
        ACTS[act](other, lewis)
    assert Person.objects.values().get(pk=lewis.pk) == before
    assert not events()
    if act != "send":
        assert log() == [("person.forbidden", "mary", "lewis", True)]


def test_a_suspended_account_opens_nothing_until_it_is_restored(owner, lewis):
    here = sign_in()
    assert flows.is_signed_in(here)
    secret = services.make_sign_in_link(by=owner, person=lewis)

    administering.suspend_person(by=owner, person=lewis)

    assert not flows.is_signed_in(here)
    assert not flows.is_signed_in(sign_in())
    assert not SignInLink.objects.exists()
    with pytest.raises(Invalid):
        services.use_sign_in_link(secret)
    with pytest.raises(Invalid):
        services.use_sign_in_link(services.make_sign_in_link(by=None, person=lewis))
    assert ("person.suspended", "ruth", "lewis", False) in log()
    assert ("people.person_suspended", f"person:{lewis.pk}") in events()

    administering.restore_person(by=owner, person=lewis)

    assert flows.is_signed_in(sign_in())
    assert ("person.restored", "ruth", "lewis", False) in log()


def test_what_is_so_already_is_not_told_again(owner, lewis):
    administering.restore_person(by=owner, person=lewis)
    administering.suspend_person(by=owner, person=lewis)
    administering.suspend_person(by=owner, person=lewis)
    assert [line[0] for line in log()] == ["person.suspended"]


def test_nobody_suspends_themselves_or_the_last_who_runs_the_hub(owner):
    with pytest.raises(Conflict, match="yourself"):
        administering.suspend_person(by=owner, person=owner)
    with pytest.raises(Conflict, match="Nobody else runs the hub"):
        administering.suspend_person(by=None, person=owner)
    assert Person.objects.get(pk=owner.pk).is_active


def test_an_account_that_was_deleted_is_not_brought_back(owner):
    gone = PersonFactory(is_active=False)
    for act in ("suspend", "restore"):
        with pytest.raises(Conflict, match="deleted"):
            ACTS[act](owner, gone)
    assert not Person.objects.get(pk=gone.pk).is_active


def test_every_session_ends(owner, lewis):
    browsers = [sign_in(), sign_in()]
    assert administering.sign_out_everywhere(by=owner, person=lewis) == 2
    assert not any(map(flows.is_signed_in, browsers))
    assert flows.is_signed_in(sign_in())
    assert ("person.signed-out", "ruth", "lewis", False) in log()


def test_a_lock_out_ends_before_its_time(owner, lewis, django_capture_on_commit_callbacks):
    for _ in range(6):
        sign_in(password="wrong")
    assert not flows.is_signed_in(sign_in())

    with django_capture_on_commit_callbacks(execute=True):
        administering.end_lock_out(by=owner, person=lewis)

    assert flows.is_signed_in(sign_in())
    assert ("person.lock-out-ended", "ruth", "lewis", False) in log()


def test_a_link_goes_to_the_accounts_own_address_and_nowhere_else(owner, lewis, asked):
    administering.mail_sign_in_link(by=owner, person=lewis)
    mail = Mail.objects.get()
    link = next(word for word in mail.body.split() if "/accounts/link/" in word)
    assert mail.to == "lewis@example.org"
    assert services.use_sign_in_link(link.rpartition("/")[2]) == lewis
    assert link.rpartition("/")[2] not in str(list(AuditRecord.objects.values()))
    assert ("people.sign_in_link_mailed", f"person:{lewis.pk}") in events()


def test_there_is_no_link_for_who_has_no_address_or_is_suspended(owner, lewis, asked):
    with pytest.raises(Invalid, match="no e-mail address"):
        administering.mail_sign_in_link(by=owner, person=PersonFactory())
    administering.suspend_person(by=owner, person=lewis)
    with pytest.raises(Conflict, match="opens nothing"):
        administering.mail_sign_in_link(by=owner, person=lewis)
    assert not Mail.objects.exists()
    assert not SignInLink.objects.exists()


def test_a_mail_that_was_sent_is_not_sent_again(owner, settings):
    settings.MAIL_URL = "smtp://mail.example.org"
    sent = MailFactory.create(sent_at="2026-01-05T00:00Z")
    with pytest.raises(Conflict, match="sent already"):
        administering.send_again(by=owner, mail=sent)
    assert not log()
