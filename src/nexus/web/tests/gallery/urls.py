"""The addresses that the templates name, without the views behind them."""

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path

from nexus.config import urls as config


def nothing(request: HttpRequest, **_: str) -> HttpResponse:
    """No page: the gallery needs the names only."""
    return HttpResponse()


def _own(pattern: URLPattern) -> bool:
    """Whether it is of the account or the administration, whose pages name many others."""
    return str(pattern.pattern).startswith(("accounts/", "oauth/", "-/mails", "admin/"))


urlpatterns = [
    path("", nothing, name="home"),
    path("search", nothing, name="search"),
    path("search/suggest", nothing, name="search-suggest"),
    path("add", nothing, name="repository-add"),
    path("p/<handle>", nothing, name="person"),
    path("accounts/profile", nothing, name="profile"),
    path("accounts/profile/pins", nothing, name="profile-pins"),
    path("c/<cohort>/", nothing, name="cohort"),
    path("t/<topic>", nothing, name="topic"),
    path("c/<cohort>/write", nothing, name="write"),
    path("c/<cohort>/write/<kind>", nothing, name="write-entry"),
    path("c/<cohort>/my-repository", nothing, name="my-repository"),
    path("c/<cohort>/week", nothing, name="cohort-week"),
    path("c/<cohort>/counterparts", nothing, name="cohort-counterparts"),
    path("c/<cohort>/projects", nothing, name="cohort-projects"),
    path("c/<cohort>/challenges", nothing, name="cohort-challenges"),
    path("c/<cohort>/resources", nothing, name="cohort-resources"),
    path("c/<cohort>/topics", nothing, name="cohort-topics"),
    path("c/<cohort>/topics/<topic>", nothing, name="cohort-topic"),
    path("c/<cohort>/people", nothing, name="cohort-people"),
    path("c/<cohort>/repositories", nothing, name="cohort-repositories"),
    path("join", nothing, name="join"),
    path("log", nothing, name="hub-log"),
    path("cohorts/new", nothing, name="cohort-new"),
    path("c/<cohort>/join", nothing, name="cohort-join"),
    *(path(str(one.pattern), nothing, name=one.name) for one in config.urlpatterns if _own(one)),
]
