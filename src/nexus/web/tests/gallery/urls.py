"""The addresses that the templates name, without the views behind them."""

from django.http import HttpRequest, HttpResponse
from django.urls import path


def nothing(request: HttpRequest, **_: str) -> HttpResponse:
    """No page: the gallery needs the names only."""
    return HttpResponse()


urlpatterns = [
    path("", nothing, name="home"),
    path("search", nothing, name="search"),
    path("search/suggest", nothing, name="search-suggest"),
    path("add", nothing, name="repository-add"),
    path("p/<handle>", nothing, name="person"),
    path("c/<cohort>/", nothing, name="cohort"),
    path("t/<topic>", nothing, name="topic"),
    path("c/<cohort>/write", nothing, name="write"),
    path("c/<cohort>/write/<kind>", nothing, name="write-entry"),
    path("c/<cohort>/my-repository", nothing, name="my-repository"),
    path("accounts/tokens", nothing, name="tokens"),
    path("accounts/tokens/<prefix>", nothing, name="token-revoke"),
    path("accounts/profile", nothing, name="profile"),
    path("accounts/profile/pins", nothing, name="profile-pins"),
    path("c/<cohort>/week", nothing, name="cohort-week"),
    path("c/<cohort>/projects", nothing, name="cohort-projects"),
    path("c/<cohort>/challenges", nothing, name="cohort-challenges"),
    path("c/<cohort>/resources", nothing, name="cohort-resources"),
    path("c/<cohort>/topics", nothing, name="cohort-topics"),
    path("c/<cohort>/topics/<topic>", nothing, name="cohort-topic"),
    path("c/<cohort>/people", nothing, name="cohort-people"),
    path("c/<cohort>/repositories", nothing, name="cohort-repositories"),
    path("join", nothing, name="join"),
    path("log", nothing, name="hub-log"),
    path("admin/", nothing, name="admin"),
    path("cohorts/new", nothing, name="cohort-new"),
    path("c/<cohort>/join", nothing, name="cohort-join"),
    path("accounts/sign-in", nothing, name="sign-in"),
    path("accounts/", nothing, name="account"),
    path("accounts/sign-out", nothing, name="sign-out"),
]
