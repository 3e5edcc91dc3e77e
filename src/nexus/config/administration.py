"""The administration of the hub: every app's desks in one site."""

from nexus.cohorts.admin import CohortDesk, InvitationDesk, MembershipDesk
from nexus.credentials.admin import AppDesk, GrantDesk, TokenDesk
from nexus.kernel.admin import AuditDesk, EventDesk
from nexus.people.admin import MailDesk, PersonDesk
from nexus.repositories.admin import RepositoryDesk, SyncDesk
from nexus.web.administration.site import Administration

DESKS = (
    PersonDesk,
    CohortDesk,
    MembershipDesk,
    InvitationDesk,
    RepositoryDesk,
    SyncDesk,
    TokenDesk,
    AppDesk,
    GrantDesk,
    MailDesk,
    EventDesk,
    AuditDesk,
)

site = Administration(name="admin")
site.take_in(DESKS)
urlpatterns = site.routes
