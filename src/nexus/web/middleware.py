"""What every answer carries, and how errors become readable pages."""

from collections.abc import Callable
from itertools import chain
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_cache_control, patch_vary_headers

from nexus.kernel.audit import asked_from
from nexus.kernel.errors import NexusError
from nexus.kernel.http.leading import form_target
from nexus.kernel.once import remembering
from nexus.web.failures import bad_request_of_app, error_page

Handler = Callable[[HttpRequest], HttpResponseBase]

#: Nothing inline, nothing from elsewhere but pictures, no framing by others. Forms may lead to
#: those who vouch for people, as browsers follow a form through redirects.
POLICY = (
    "default-src 'none'; "
    "script-src 'self'; "
    "style-src 'self'; "
    "img-src 'self' https: data:; "
    "connect-src 'self'; "
    "font-src 'self'; "
    "frame-src 'self'; "
    "manifest-src 'self'; "
    "form-action 'self'; "
    "base-uri 'none'; "
    "frame-ancestors 'none'"
)
#: Passkeys are asked for by the hub's own pages; everything else a device has, by nobody.
PERMISSIONS = (
    "camera=(), microphone=(), geolocation=(), display-capture=(), payment=(), usb=(), midi=(), "
    "browsing-topics=(), publickey-credentials-get=(self), publickey-credentials-create=(self)"
)
HEADERS = {
    "Permissions-Policy": PERMISSIONS,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",  # for browsers that do not know frame-ancestors
}


class Remembering:
    """Lets a page that is only read ask each question once."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer; what is written by a form is read anew each time."""
        if request.method not in ("GET", "HEAD"):
            return self.get_response(request)
        with remembering():
            return self.get_response(request)


class SecurityHeaders:
    """Sets the headers that a view did not set itself."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response
        self._forms = " ".join(["form-action 'self'", *settings.FORM_TARGETS])

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, with the headers."""
        response = self.get_response(request)
        for name, value in {**HEADERS, "Content-Security-Policy": self._policy(request)}.items():
            response.headers.setdefault(name, value)
        return response

    def _policy(self, request: HttpRequest) -> str:
        """The policy of one page, as some forms lead to somebody else's in the end."""
        forms = f"{self._forms} {form_target(request)}".strip()
        return POLICY.replace("form-action 'self'", forms)


class GuestPages:
    """Marks what guests see as public, so that it is kept as bytes, and the rest as private.

    A page shown to somebody signed in, a form, an error and anything that sets a cookie
    are never kept.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, with a word on who may keep it."""
        response = self.get_response(request)
        if "Cache-Control" not in response.headers:
            if self._is_public(request, response):
                patch_cache_control(response, public=True, max_age=0, must_revalidate=True)
                patch_vary_headers(response, ("Cookie", "Save-Data"))
            else:
                patch_cache_control(response, private=True, no_cache=True)
        return response

    def _is_public(self, request: HttpRequest, response: HttpResponseBase) -> bool:
        return (
            request.method in ("GET", "HEAD")
            and response.status_code == 200
            and not response.cookies
            and settings.SESSION_COOKIE_NAME not in request.COOKIES
            and "csrf_cookie_needs_update" not in request.META
        )


class AskedFrom:
    """Lets the audit log know from which address somebody asks."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer."""
        with asked_from(door="page", address=request.META.get("REMOTE_ADDR", "")):
            return self.get_response(request)


class PlainText:
    """Refuses an address or a form with a NUL in it: no text has one, and PostgreSQL takes none."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Handler, *_: Any) -> HttpResponse | None:
        """The page for a bad request; None when all of it is text. Files are not looked into.

        An app that asks for tokens is answered in its own words.
        """
        is_exempt = getattr(view, "csrf_exempt", False)
        forms = {"application/x-www-form-urlencoded"}
        if not is_exempt:  # a form with files was read already, for the token in it
            forms.add("multipart/form-data")
        fields = request.POST.lists() if request.content_type in forms else ()
        given = "".join(chain.from_iterable((name, *values) for name, values in fields))
        if "\0" in request.path_info + given or "%00" in request.META.get("QUERY_STRING", ""):
            is_app = request.path.startswith("/oauth/") and is_exempt
            return bad_request_of_app() if is_app else error_page(request, status=400)
        return None


class ReadableErrors:
    """Turns the errors that rooms raise into pages that say what was wrong and what to do."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The page for an expected error; other exceptions go on to Django."""
        if isinstance(exception, NexusError):
            return error_page(
                request,
                status=int(exception.status),
                title=exception.title,
                remedy=exception.remedy,
            )
        if isinstance(exception, PermissionDenied):
            return error_page(request, status=403)
        return None
