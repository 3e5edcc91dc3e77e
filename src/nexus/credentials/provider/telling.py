"""What the audit log tells of apps whose requests were refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

from oauthlib.oauth2.rfc6749 import errors

from nexus.credentials.audit import APP_GRANT_REFUSED, APP_REQUEST_REFUSED
from nexus.credentials.provider.selectors import app_by_id
from nexus.kernel.audit import record_refusal

if TYPE_CHECKING:
    from nexus.people.models import Person

#: What an app is answered → what the log says. An app that waits for a device or a person, or that
#: asks in a way which this hub does not know, has tried nothing.
_TOLD = {
    errors.InvalidGrantError.error: APP_GRANT_REFUSED,
    errors.InvalidRequestError.error: APP_REQUEST_REFUSED,
    errors.InvalidScopeError.error: APP_REQUEST_REFUSED,
    errors.UnauthorizedClientError.error: APP_REQUEST_REFUSED,
}


def tell_of_error(error: str, *, app: str | None, by: Person | None, way: str) -> None:
    """Write down that the app with this id was answered ``error`` when it came by ``way``."""
    action, found = _TOLD.get(error), app_by_id(app)
    if action is not None and found is not None:
        details = {"app": found.name, "id": found.pk, "way": way[:60], "error": error}
        record_refusal(action, by=by, subject=found.owner, details=details)
