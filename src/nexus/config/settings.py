"""Django's settings, made from the environment. What can be set is in ``environment.py``."""

import logging
import sys
from datetime import timedelta
from urllib.parse import urlsplit

import structlog

from nexus.config.databases import cache, database
from nexus.config.environment import environment
from nexus.config.identity import (
    APPS,
    PROVIDER_ORIGINS,
    configured_providers,
    identity,
    provider_apps,
    provider_settings,
)
from nexus.config.logs import keep_secrets_out_of_logs
from nexus.config.protection import refuse_unprotected

ENVIRONMENT = environment()
NEXUS_HOME = ENVIRONMENT.made_home()
refuse_unprotected(ENVIRONMENT)

DEBUG = ENVIRONMENT.debug
SECRET_KEY = ENVIRONMENT.secret()
SECRET_KEY_FALLBACKS = list(ENVIRONMENT.secret_key_fallbacks)
PUBLIC_URL = ENVIRONMENT.public_url
PUBLIC = urlsplit(PUBLIC_URL)
HTTPS = PUBLIC.scheme == "https"
ALLOWED_HOSTS = [
    "localhost",
    "127.0.0.1",
    "[::1]",
    *ENVIRONMENT.allowed_hosts,
    *([PUBLIC.hostname] if PUBLIC.hostname else []),
]
CSRF_TRUSTED_ORIGINS = [f"{PUBLIC.scheme}://{PUBLIC.netloc}"] if PUBLIC.netloc else []

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "nexus.kernel",
    "nexus.people",
    "nexus.credentials",
    "nexus.cohorts",
    "nexus.repositories",
    "nexus.library",
    "nexus.departing",
    "nexus.search",
    "nexus.web",
    "nexus.config",
    # After ours, whose templates it shows. It looks for no desks by itself: django-allauth's would
    # show secrets.
    "django.contrib.admin.apps.SimpleAdminConfig",
    *APPS,
    *provider_apps(ENVIRONMENT),
]
MIDDLEWARE = [
    "nexus.web.middleware.Remembering",
    "django.middleware.security.SecurityMiddleware",
    "nexus.web.middleware.SecurityHeaders",
    "nexus.web.middleware.AskedFrom",
    "nexus.web.middleware.GuestPages",
    "nexus.people.session_store.SessionsOfCookies",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "nexus.web.middleware.PlainText",
    "nexus.web.middleware.ReadableErrors",
    "nexus.web.refusals.TellsOfRefusals",
    "nexus.web.forwarding.Forwarding",
]
ROOT_URLCONF = "nexus.config.urls"
WSGI_APPLICATION = "nexus.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "nexus.web.context.site",
            ],
            "builtins": ["nexus.web.templatetags.nexus"],
        },
    }
]

DATABASES = {"default": database(ENVIRONMENT)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "people.Person"
# A handle is unique whatever its case, by a constraint that this check does not see; and who comes
# into the administration is told by no permission of Django's that a template would ask for.
SILENCED_SYSTEM_CHECKS = ["auth.E003", "auth.W004", "admin.E402"]
LOGIN_URL = "/accounts/sign-in"
globals().update(identity())
SOCIALACCOUNT_PROVIDERS = provider_settings(ENVIRONMENT)
SIGN_UP = ENVIRONMENT.sign_up
IDENTITY_KEYS = ENVIRONMENT.identity_keys
IDENTITY_KEY_FILE = ENVIRONMENT.kept_identity_key
MAIL_URL = ENVIRONMENT.mail_url
DEFAULT_FROM_EMAIL = ENVIRONMENT.mail_from
#: Where a form may lead besides the hub: to those who vouch for people.
FORM_TARGETS = [PROVIDER_ORIGINS[name] for name in configured_providers(ENVIRONMENT)]
# A name that begins like this is taken by browsers only with Secure, from this host and for all
# of it: no neighbouring host can plant such a cookie (RFC 6265bis, section 4.1.3.2).
_HOST = "__Host-" if HTTPS else ""
SESSION_ENGINE = "nexus.people.session_store"
SESSION_COOKIE_NAME = f"{_HOST}nexus_session"
SESSION_COOKIE_AGE = int(timedelta(days=30).total_seconds())
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_NAME = f"{_HOST}nexus_csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "nexus.web.failures.csrf_failure"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = ENVIRONMENT.hsts_seconds if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = ENVIRONMENT.hsts_subdomains

MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"

CACHES = {"default": cache(ENVIRONMENT)}

USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "en-gb"
USE_I18N = False
STATIC_URL = "/static/"

DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_500_000

LOGGING_CONFIG = None
# A scanner that asks for another host gets its 400; a traceback each would fill the log.
logging.getLogger("django.security.DisallowedHost").disabled = True
keep_secrets_out_of_logs()
structlog.configure(
    wrapper_class=structlog.make_filtering_bound_logger(ENVIRONMENT.log_level.lower()),
    logger_factory=structlog.WriteLoggerFactory(file=sys.stderr),
)

REPOSITORIES_FOLDER = ENVIRONMENT.repositories
SEARCH_FOLDER = ENVIRONMENT.search_index
SURVEY_FOLDER = ENVIRONMENT.surveys
REPOSITORY_LIMIT_BYTES = ENVIRONMENT.repository_limit_bytes
HOSTED_LIMIT_BYTES = ENVIRONMENT.hosted_limit_bytes
PERSON_LIMIT_BYTES = ENVIRONMENT.person_limit_bytes
PREPARING_WORKERS = ENVIRONMENT.preparing_workers
UPLOAD_LIMIT_BYTES = ENVIRONMENT.upload_limit_bytes
FETCH_TIMEOUT_SECONDS = ENVIRONMENT.fetch_timeout_seconds
FETCH_INTERVAL_SECONDS = ENVIRONMENT.fetch_interval_seconds
SSH_KEY = ENVIRONMENT.ssh_key
ALLOW_PRIVATE_NETWORKS = ENVIRONMENT.allow_private_networks
CHECK_LINKS = ENVIRONMENT.check_links
ALLOW_LOCAL_PATHS_FROM_PAGES = ENVIRONMENT.allow_local_paths_from_pages
COHORTS_BY = ENVIRONMENT.cohorts_by
