"""What is known of single sites: several addresses for one page, and marks that lead nowhere.

Each rule is here because learners link to the site all the time and in every one of these ways.
"""

import re
from collections.abc import Callable

from nexus.library.extraction.vocabulary import word_set

#: Host, path and query of an address.
Parts = tuple[str, str, str]

_TRACKING_PREFIXES = ("utm_", "mtm_", "pk_", "hsa_", "_hs")
_TRACKING = word_set(
    """
    _ga _gl cmpid dclid fbclid gbraid gclid gclsrc igsh igshid mc_cid mc_eid mkt_tok msclkid
    oly_anon_id oly_enc_id ref ref_src ref_url referrer s_kwcid spm trk vero_id wbraid
    yclid
    """
)
#: Parameters that say who sent the reader, or how the page was opened, on one site only.
_OWN_TRACKING: dict[str, frozenset[str]] = {
    "github.com": frozenset({"tab"}),
    "medium.com": frozenset({"sk", "source"}),
    "udemy.com": frozenset({"couponcode", "referralcode"}),
    "youtube.com": frozenset({"feature", "pp", "si"}),
}
#: What the names of owners and repositories are made of.
_NAME = re.compile(r"[A-Za-z0-9._-]+")
_VIDEO = re.compile(r"[A-Za-z0-9_-]{6,20}")
_PLAYERS = frozenset({"embed", "live", "shorts", "v"})
_MAIN = frozenset({"main", "master", "HEAD"})
_READMES = frozenset({"readme", "readme.md", "readme.rst", "readme.txt"})
#: Sites where ``/owner/repository`` is a repository, in any letters.
CODE_HOSTS = frozenset({"bitbucket.org", "codeberg.org", "github.com", "gitlab.com"})
#: Where people put what they built: every project has a host of its own below one of these.
APP_HOSTS = tuple(
    f".{host}"
    for host in sorted(
        word_set(
            """
            000webhostapp.com alwaysdata.net appspot.com azurestaticapps.net azurewebsites.net
            cyclic.app deno.dev elasticbeanstalk.com expo.app firebaseapp.com fly.dev glitch.me
            herokuapp.com hf.space koyeb.app netlify.app northflank.app ondigitalocean.app
            onrender.com pages.dev pythonanywhere.com railway.app repl.co replit.app run.app
            streamlit.app surge.sh vercel.app web.app workers.dev
            """
        )
    )
)
#: Ways to somebody's own machine: what lies there is theirs, but it does not stay.
_TUNNELS = (".ngrok-free.app", ".ngrok.io")


def is_own_app(host: str) -> bool:
    """Whether all that lies on ``host`` belongs to one project."""
    return host.endswith((*APP_HOSTS, *_TUNNELS))


def is_tracking(parameter: str, *, host: str) -> bool:
    """Whether ``parameter`` (``name=value``) of a page on ``host`` changes nothing of it."""
    name = parameter.partition("=")[0].lower()
    if name in _TRACKING or name.startswith(_TRACKING_PREFIXES):
        return True
    return name in _OWN_TRACKING.get(host, ())


def _code(host: str, path: str, query: str) -> Parts:
    """Repositories: any letters, with or without ``.git``, and the page of their main branch."""
    segments = path.split("/")[1:]
    if len(segments) > 1 and all(map(_NAME.fullmatch, segments[:2])):
        segments[:2] = segments[0].lower(), _without_git(segments[1].lower())
    if _is_front_page(segments[2:]):
        segments = segments[:2]
    return host, "".join(f"/{segment}" for segment in segments), query


def _without_git(name: str) -> str:
    while name.endswith(".git") and name != ".git":
        name = name.removesuffix(".git")
    return name


def _is_front_page(below: list[str]) -> bool:
    """Whether a path below a repository shows the same as the repository's own page."""
    match below:
        case ["tree", branch]:
            return branch in _MAIN
        case ["blob", branch, name]:
            return branch in _MAIN and name.lower() in _READMES
    return False


def _youtube(host: str, path: str, query: str) -> Parts:
    """Videos: one address for the page, the player and the short form, wherever it starts."""
    video = _first_video(query) if path == "/watch" else ""
    match path.split("/")[1:]:
        case [player, name, *_] if player in _PLAYERS:
            video = name
    return _watch(video) or (host, path, query)


def _short_link(host: str, path: str, query: str) -> Parts:
    return _watch(path[1:]) or (host, path, query)


def _first_video(query: str) -> str:
    return next((part[2:] for part in query.split("&") if part.startswith("v=")), "")


def _watch(video: str) -> Parts | None:
    return ("youtube.com", "/watch", f"v={video}") if _VIDEO.fullmatch(video) else None


def _wikipedia(host: str, path: str, query: str) -> Parts:
    return host.replace(".m.wikipedia.org", ".wikipedia.org"), path, query


#: By host: how the same page is called by its usual address. No rule makes an address longer, but
#: for the short links of videos.
HOME_RULES: dict[str, Callable[[str, str, str], Parts]] = {
    **dict.fromkeys(CODE_HOSTS, _code),
    "youtu.be": _short_link,
    "youtube.com": _youtube,
    "youtube-nocookie.com": _youtube,
    "en.m.wikipedia.org": _wikipedia,
    "fr.m.wikipedia.org": _wikipedia,
}
