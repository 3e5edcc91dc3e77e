"""Ada, who has a bit of everything that the hub can know of somebody."""

from datetime import timedelta

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.contrib.admin.models import LogEntry
from django.utils import timezone

from nexus.cohorts import services as cohorts
from nexus.cohorts.models import Cohort, Place, RequestMails, Role
from nexus.cohorts.tests.factories import (
    CohortFactory,
    InvitationFactory,
    JoinRequestFactory,
    MembershipFactory,
)
from nexus.credentials.provider.services.granting import own_grant
from nexus.credentials.provider.tests.factories import make_app
from nexus.credentials.tests.factories import make_token
from nexus.kernel.audit import asked_from
from nexus.library.services import facts, starting
from nexus.library.services.writing import publish_files
from nexus.library.tests.factories import ProposalFactory, ReturnedProposalFactory
from nexus.people import recording, services
from nexus.people.models import Person
from nexus.people.tests.factories import MailFactory, OwnerFactory, ProfileFactory, WishFactory
from nexus.people.tests.flows import settled
from nexus.repositories.models import Repository
from nexus.repositories.tests.factories import RepositoryFactory

_ELSEWHERE = "https://docs.djangoproject.com/en/5.2/topics/cache/"
READING = f"# Reading\n\n- [About geese]({_ELSEWHERE}): all of them.\n"
#: What opens something, of which nothing may ever be given out.
TOTP_SECRET = "sealed-secret-of-an-app"  # nexus:allow
GOOSE = "# Wild geese\n\nThey fly south.\n"


class Scene:
    """Ada, her cohort with Bob in it, who owns it, and her repositories."""

    def __init__(self) -> None:
        self.hub_owner = OwnerFactory(handle="root-of-the-hub")
        self.cohort: Cohort = CohortFactory.create(slug="commons")
        self.bob: Person = MembershipFactory.create(cohort=self.cohort, role=Role.OWNER).person
        self.ada = settled("ada", name="Ada Lovelace", skeleton="ada")
        cohorts.add_member(by=None, cohort=self.cohort, person=self.ada, role="mentor")
        self.link = services.make_sign_in_link(by=None, person=self.ada)
        self.token, self.secret = make_token(self.ada)
        self.app, self.app_secret = make_app(self.ada, kind="confidential")
        own_grant(app=self.app, scopes=["read"])
        with asked_from(door="page", address="192.0.2.7"):
            recording.record_sign_in(self.ada, how=["password"], address="192.0.2.7")
            self._act()
        with asked_from(door="page", address="198.51.100.9"):  # somebody guesses
            recording.record_failure(self.ada, how="password", address="198.51.100.9")

    def _act(self) -> None:
        person = self.ada.pk
        Authenticator.objects.create(user_id=person, type="totp", data={"secret": TOTP_SECRET})
        SocialAccount.objects.create(user_id=person, provider="github", uid="4711")
        ProfileFactory(person=self.ada, about="I keep geese.")
        WishFactory(person=self.ada)
        LogEntry.objects.create(user_id=person, action_flag=2, object_repr=self.bob.handle)
        MailFactory(to="ada@example.org", subject="Choose a new password")
        self.invitation = cohorts.invite_by_email(
            by=self.ada, cohort=self.cohort, role="member", email="carol@example.org"
        ).invitation
        InvitationFactory(kind="email", email="Ada@Example.org", cohort__slug="secret-club")
        JoinRequestFactory(person=self.ada, message="Please let me in")
        JoinRequestFactory(
            answer="declined", answered_by=self.ada, answered_at=timezone.now() - timedelta(days=1)
        )
        Place.objects.create(person=self.ada, invitation=InvitationFactory.create())
        RequestMails.objects.create(person=self.ada)
        self.hosted = starting.start_repository(by=self.ada, cohort=self.cohort)
        self.mirror: Repository = RepositoryFactory.create(cohort=self.cohort, owner=self.ada)
        ProposalFactory(by=self.ada, repository__cohort=self.cohort)
        ReturnedProposalFactory(by=self.ada)

    def recommend(self) -> None:
        """Let Ada say what others should read."""
        self.write("resources/reading.md", READING)

    def write(self, path: str = "geese.md", text: str = GOOSE) -> None:
        """Publish something of Ada's."""
        publish_files(
            by=self.ada,
            repository=self.hosted,
            files={path: text.encode()},
            message="Write about geese",
            expected={path: ""},
        )

    def correct(self) -> None:
        """Let Ada say what her project is about."""
        facts.correct_fact(
            by=self.ada, repository=self.hosted, name="summary", values=["All of my geese."]
        )
