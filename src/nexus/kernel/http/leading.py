"""Where the forms of one page may lead besides the hub, for the policy that the page is sent with.

Browsers follow a form through redirects (CSP Level 3, section 6.4.2), so a page whose form ends at
somebody else's says so beforehand.
"""

from django.http import HttpRequest

_KEY = "nexus.form_target"


def let_form_lead_to(request: HttpRequest, origin: str) -> None:
    """Let the forms of the page that answers ``request`` end at ``origin``, too."""
    request.META[_KEY] = origin


def form_target(request: HttpRequest) -> str:
    """Where the forms of this page may lead besides the hub; empty for nowhere."""
    return str(request.META.get(_KEY, ""))
