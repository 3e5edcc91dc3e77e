"""Pages on which people let others' apps in, and look after their own."""

from types import SimpleNamespace as Thing
from typing import Any

from nexus.credentials.provider.registry import AppForm
from nexus.credentials.provider.ways import WAY_WORDS, Way
from nexus.credentials.scopes import APP_SCOPES
from nexus.kernel.errors import NotFound
from nexus.web.tests.gallery import things
from nexus.web.tests.gallery.things import OWNER, State, ago

_BACK = "https://notes.example.org/accounts/nexus/callback"
_APP = Thing(
    pk="9f1c2a7be0d94a6c8a51f0c3d2b4e6f7",
    name="Notes for study groups",
    type="confidential",
    owner=things.LEWIS,
    created_at=ago(days=40),
    get_redirect_uris=[_BACK, "http://127.0.0.1:5000/callback"],
    get_scopes=list(APP_SCOPES),
)
_ASKED: dict[str, Any] = {
    **OWNER,
    "app": _APP,
    "owner": things.LEWIS,
    "reader": things.AMINA,
    "words": list(APP_SCOPES.items()),
}


def authorize() -> State:
    return "oauth/authorize.html", {**_ASKED, "redirect": _BACK, "here": "#"}


def refused() -> State:
    title = "The app wants you sent to an address it has not registered."
    return "oauth/refused.html", {**OWNER, "title": title}


def device() -> State:
    return "oauth/device.html", {**OWNER, "code": ""}


def device_fault() -> State:
    fault = NotFound("x", "No device waits for this code.", remedy="Compare it with the device.")
    return "oauth/device.html", {**OWNER, "code": "BDWP-HQPK", "fault": fault}


def device_confirm() -> State:
    return "oauth/device_confirm.html", {**_ASKED, "code": "BDWP-HQPK"}


def device_done() -> State:
    return "oauth/device_done.html", {**_ASKED, "yes": True}


def let_in() -> State:
    one = {"app": _APP, "scopes": ("openid", "profile", "read"), "since": ago(days=9)}
    rows = [Thing(**one, last_used_at=ago(hours=2)), Thing(**one, last_used_at=None)]
    return "oauth/let_in.html", {**OWNER, "apps": rows}


def let_in_none() -> State:
    return "oauth/let_in.html", {**OWNER, "apps": []}


def apps() -> State:
    return "oauth/apps.html", {**OWNER, "apps": [_APP], "form": AppForm()}


def apps_faults() -> State:
    form = AppForm({"name": "", "kind": "public", "ways": [], "scopes": ["root"]})
    form.add_error(None, "People cannot be sent back to “http://notes.example.org”.")
    return "oauth/apps.html", {**OWNER, "apps": [], "form": form}


def app_made() -> State:
    return "oauth/app.html", {
        **OWNER,
        "app": _APP,
        "secret": "nxc_" + "not-one-that-works" * 2,
        "is_confidential": True,
        "ways": [WAY_WORDS[Way.CODE], WAY_WORDS[Way.OWN]],
        "discovery": "https://hub.example.org/.well-known/openid-configuration",
    }
