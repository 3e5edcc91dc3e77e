"""Every address of the hub."""

from django.urls import URLPattern, path
from django.views.generic import RedirectView

from nexus.config import administration
from nexus.credentials import pages as credentials
from nexus.credentials.provider import endpoints as oauth
from nexus.credentials.provider import pages as consent
from nexus.credentials.provider import registry
from nexus.credentials.rest import me, signing_in
from nexus.departing import pages as departing
from nexus.library.pages import (
    facts,
    files,
    history,
    proposals,
    proposing,
    raw,
    reading,
    removing,
    report,
    starting,
    status,
    uploading,
    writing,
)
from nexus.people import urls as people
from nexus.repositories import pages as repositories
from nexus.web.pages import (
    adding,
    cohorts,
    counterparts,
    gallery,
    home,
    operations,
    portfolio,
    profile,
    searching,
    topics,
    weeks,
)
from nexus.web.pages import people as persons
from nexus.web.pages.governing import invitations, joining, log, members, requests
from nexus.web.pages.governing import settings as cohort_settings

_REPOSITORY = "c/<slug:cohort>/<slug:repository>"

urlpatterns: list[URLPattern] = [
    path("", home.home, name="home"),
    path("robots.txt", operations.robots, name="robots"),
    path("c/", RedirectView.as_view(pattern_name="home"), name="cohorts"),
    path("p/", RedirectView.as_view(pattern_name="home"), name="persons"),
    path("search", searching.search, name="search"),
    path("search/suggest", searching.suggest, name="search-suggest"),
    path("add", adding.add, name="repository-add"),
    *people.urlpatterns,
    path("accounts/proposals", proposals.mine, name="my-proposals"),
    path("accounts/tokens", credentials.tokens, name="tokens"),
    path("accounts/tokens/<str:prefix>/revoke", credentials.revoke, name="token-revoke"),
    path("accounts/apps", registry.apps, name="apps"),
    path("accounts/apps/<str:name>", registry.app, name="app"),
    path("accounts/apps/<str:name>/secret", registry.secret, name="app-secret"),
    path("accounts/apps/<str:name>/delete", registry.delete, name="app-delete"),
    path("accounts/let-in", registry.let_in, name="apps-let-in"),
    path("accounts/let-in/<str:name>/end", registry.end, name="app-end"),
    path("oauth/authorize", consent.authorize, name="authorize"),
    path("oauth/device", consent.device, name="device"),
    path("oauth/device-code", oauth.device_code, name="oauth-device-code"),
    path("oauth/token", oauth.token, name="oauth-token"),
    path("oauth/revoke", oauth.revoke, name="oauth-revoke"),
    path("oauth/userinfo", oauth.userinfo, name="oauth-userinfo"),
    path("oauth/keys.json", oauth.keys, name="oauth-keys"),
    path(".well-known/openid-configuration", oauth.configuration, name="openid-configuration"),
    path(".well-known/oauth-authorization-server", oauth.configuration, name="oauth-configuration"),
    path("accounts/export", departing.export, name="account-export"),
    path("accounts/export/status.json", departing.export_status, name="account-export-status"),
    path("accounts/export/<str:key>.zip", departing.download, name="account-export-file"),
    path("accounts/delete", departing.delete, name="account-delete"),
    path("accounts/deleted", departing.deleted, name="account-deleted"),
    path("p/<str:handle>", portfolio.person, name="person"),
    path("accounts/profile", profile.edit, name="profile"),
    path("accounts/profile/pins", profile.pins, name="profile-pins"),
    path("join", joining.join, name="join"),
    path("i/<str:secret>", joining.invitation, name="invitation"),
    path("log", log.hub_log, name="hub-log"),
    path("cohorts/new", cohort_settings.new_cohort, name="cohort-new"),
    path("c/<slug:slug>/", cohorts.cohort, name="cohort"),
    path("c/<slug:slug>/-/join", joining.cohort_join, name="cohort-join"),
    path("c/<slug:slug>/-/members", members.members, name="cohort-members"),
    path("c/<slug:slug>/-/invitations", invitations.invitations, name="cohort-invitations"),
    path("c/<slug:slug>/-/requests", requests.requests, name="cohort-requests"),
    path("c/<slug:slug>/-/settings", cohort_settings.settings, name="cohort-settings"),
    path("c/<slug:slug>/-/log", log.cohort_log, name="cohort-log"),
    path("c/<slug:slug>/-/projects", gallery.projects, name="cohort-projects"),
    path("counterparts", counterparts.counterparts, name="counterparts"),
    path(
        "c/<slug:slug>/-/counterparts",
        counterparts.cohort_counterparts,
        name="cohort-counterparts",
    ),
    path("c/<slug:slug>/-/challenges", gallery.challenges, name="cohort-challenges"),
    path("c/<slug:slug>/-/resources", gallery.resources, name="cohort-resources"),
    path("c/<slug:slug>/-/week", weeks.week, name="cohort-week"),
    path("c/<slug:slug>/-/feed.atom", weeks.feed, name="cohort-feed"),
    path("t/<slug:topic>", topics.hub_topic, name="topic"),
    path("c/<slug:slug>/-/topics", topics.topics, name="cohort-topics"),
    path("c/<slug:slug>/-/topics/<slug:topic>", topics.topic, name="cohort-topic"),
    path("c/<slug:slug>/-/my-repository", starting.mine, name="my-repository"),
    path("c/<slug:slug>/-/write", writing.write, name="write"),
    path("c/<slug:slug>/-/write/<slug:kind>", writing.write, name="write-entry"),
    path("c/<slug:slug>/-/people", persons.people, name="cohort-people"),
    path("c/<slug:slug>/-/repositories", cohorts.repositories, name="cohort-repositories"),
    path(f"{_REPOSITORY}/-/status", status.status, name="repository-status"),
    path(f"{_REPOSITORY}/-/status.json", status.status_json, name="repository-status-json"),
    path(f"{_REPOSITORY}/-/report", report.report, name="repository-report"),
    path(f"{_REPOSITORY}/-/sync", status.sync, name="repository-sync"),
    path(f"{_REPOSITORY}/-/remove", removing.remove, name="repository-remove"),
    path(f"{_REPOSITORY}/-/raw/<path:path>", raw.raw, name="raw"),
    path(f"{_REPOSITORY}/-/source/<path:path>", files.source, name="source"),
    path(f"{_REPOSITORY}/-/files/", files.browse, name="files"),
    path(f"{_REPOSITORY}/-/files/<path:path>", files.browse, name="folder"),
    path(f"{_REPOSITORY}/-/history/", history.history, name="project-history"),
    path(f"{_REPOSITORY}/-/history/<path:path>", history.history, name="history"),
    path(f"{_REPOSITORY}/-/diff/", history.compare, name="project-diff"),
    path(f"{_REPOSITORY}/-/diff/<path:path>", history.compare, name="diff"),
    path(f"{_REPOSITORY}/-/at/<slug:commit>/<path:path>", history.version, name="version"),
    path(f"{_REPOSITORY}/-/facts", facts.facts, name="facts"),
    path(f"{_REPOSITORY}/-/upload", uploading.upload, name="upload"),
    path(f"{_REPOSITORY}/-/edit/<path:path>", writing.edit, name="edit"),
    path(f"{_REPOSITORY}/-/propose/<path:path>", proposing.propose, name="propose"),
    path(f"{_REPOSITORY}/-/proposals", proposals.listing, name="proposals"),
    path(f"{_REPOSITORY}/-/proposals/<int:number>", proposals.proposal, name="proposal"),
    path(
        f"{_REPOSITORY}/-/proposals/<int:number>/change", proposing.change, name="proposal-change"
    ),
    path(f"{_REPOSITORY}/-/proposals/<int:number>/join", proposals.join, name="proposal-join"),
    path(f"{_REPOSITORY}/-/remove-file/<path:path>", writing.remove_file, name="remove-file"),
    path(f"{_REPOSITORY}/-/part/<slug:part>/", reading.part, name="project-part"),
    path(f"{_REPOSITORY}/-/part/<slug:part>/<path:path>", reading.part, name="part"),
    path(f"{_REPOSITORY}/", reading.page, name="project"),
    path(f"{_REPOSITORY}/<path:path>", reading.page, name="entry"),
    path("git/<slug:cohort>/<slug:repository>.git/<path:suffix>", repositories.git, name="git"),
    path("api/v1/me", me.me, name="api-me"),
    *signing_in.urlpatterns,
    path("embed/diagram", operations.diagram, name="diagram"),
    *administration.urlpatterns,
    path("health/live", operations.live, name="health-live"),
    path("health/ready", operations.ready, name="health-ready"),
]

handler400 = "nexus.web.failures.bad_request"
handler403 = "nexus.web.failures.forbidden"
handler404 = "nexus.web.failures.not_found"
handler429 = "nexus.web.failures.too_many_requests"
handler500 = "nexus.web.failures.server_error"
