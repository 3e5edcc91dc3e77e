# Pages of guests are public; everything else is private.
# Quoted from src/nexus/web/middleware.py#L83-L111

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
