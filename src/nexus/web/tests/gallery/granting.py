"""Pages on which people let programs act for them, and get a repository to push to."""

from datetime import UTC, datetime
from types import SimpleNamespace as Thing

from nexus.credentials.pages import TokenForm
from nexus.library.pages.uploading import UploadForm
from nexus.web.tests.gallery import things
from nexus.web.tests.gallery.things import COHORT, OWNER, State

_END = datetime(2027, 2, 21, tzinfo=UTC)
_HUB = "https://hub.example.org/git/c/ada-nexus.git"


def tokens() -> State:
    long = "the script that counts my challenges each night, and tells nobody but me"
    rows = [
        Thing(name="git on my laptop", prefix="nxs_0aB3xY7z", expires_at=_END, last_used_at=_END),
        Thing(name=long, prefix="nxs_9fGh2KlM", expires_at=_END, last_used_at=None),
    ]
    shown = [
        {"token": token, "words": words}
        for token, words in zip(rows, ("git", "read, write"), strict=True)
    ]
    return "tokens.html", {**OWNER, "tokens": shown, "form": TokenForm(), "secret": ""}


def tokens_made() -> State:
    name, context = tokens()
    return name, {**context, "secret": "nxs_" + "not-one-that-works" * 2}


def tokens_faults() -> State:
    form = TokenForm({"name": "", "scopes": [], "days": "3"})
    form.add_error(None, "Nobody needs more than 50 access tokens.")
    return "tokens.html", {**OWNER, "tokens": [], "form": form, "secret": ""}


def my_repository() -> State:
    name, context = my_repository_none()
    return name, {
        **context,
        "repository": Thing(name="Nexus of Ada"),
        "address": "#",
        "clone_address": _HUB,
        "upload_address": "#",
        "begin": [f"git clone {_HUB}", "cd ada-nexus", "git push"],
        "bring": [f"git remote add nexus {_HUB}", "git push nexus HEAD:main"],
        "is_empty": True,
        "handle": "ada",
    }


def my_repository_none() -> State:
    return "my_repository.html", {
        **OWNER,
        "cohort": COHORT,
        "rooms": things.ROOMS,
        "crumbs": things.crumbs("Your repository")[:1],
        "repository": None,
    }


def upload_faults() -> State:
    form = UploadForm({"folder": "projects"})
    form.add_error(None, "“.env” is the name of a file that holds a secret.")
    return "upload.html", {
        **OWNER,
        "crumbs": things.crumbs("documentation", "Upload files"),
        "rooms": things.REPOSITORY_ROOMS,
        "form": form,
        "address": "#",
    }
