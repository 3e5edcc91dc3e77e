"""What programs that watch the hub ask, and the frame in which diagrams are drawn."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from nexus.kernel import events
from nexus.search.services import current_engine

#: Mermaid writes styles into its drawings, so the frame alone may hold inline ones. It has no
#: origin (``sandbox``), so whatever a diagram does stays in it.
DIAGRAM_POLICY = (
    "default-src 'none'; script-src 'self' {host}; style-src 'self' {host} 'unsafe-inline'; "
    "img-src data:; font-src 'self' {host}; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'self'; sandbox allow-scripts"
)


def live(_: HttpRequest) -> HttpResponse:
    """The process answers."""
    return JsonResponse({"status": "live"})


def ready(_: HttpRequest) -> HttpResponse:
    """The database answers, and search is not far behind; what it could not read is counted."""
    number = events.last_number()
    index = current_engine().status()
    answer = {
        "status": "ready",
        "events": number,
        "search": index.state,
        "behind": index.behind_by,
        "left_out": index.left_out,
    }
    return JsonResponse(answer)


def robots(_: HttpRequest) -> HttpResponse:
    """What crawlers should leave alone: searches without end, and other views of the same."""
    words = "User-agent: *\nDisallow: /search\nDisallow: /c/*/-/\nDisallow: /accounts/\n"
    return HttpResponse(words, content_type="text/plain")


def diagram(request: HttpRequest) -> HttpResponse:
    """The sandboxed page that draws one diagram."""
    response = render(request, "embed/diagram.html")
    host = f"{request.scheme}://{request.get_host()}"
    response.headers["Content-Security-Policy"] = DIAGRAM_POLICY.format(host=host)
    response.headers["X-Frame-Options"] = "SAMEORIGIN"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response
