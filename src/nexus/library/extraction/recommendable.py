"""Which addresses are worth recommending: not people, pictures, shops, badges or buttons."""

import re

from nexus.library.extraction.known_sites import CODE_HOSTS
from nexus.library.extraction.vocabulary import word_set
from nexus.library.extraction.web_addresses import WebAddress

#: People and talk, donations, badges and counters, licences, workshops in the browser.
_NEVER_HOSTS = word_set(
    """
    about.me bsky.app facebook.com fb.com instagram.com linktr.ee mail.google.com snapchat.com
    t.me telegram.me threads.net tiktok.com twitter.com wa.me whatsapp.com x.com
    buymeacoffee.com ko-fi.com patreon.com paypal.com paypal.me
    badge.fury.io badgen.net capsule-render.vercel.app codecov.io contrib.rocks coveralls.io
    forthebadge.com github-readme-stats.vercel.app hits.seeyoufarm.com img.shields.io komarev.com
    shields.io skillicons.dev star-history.com travis-ci.com travis-ci.org
    choosealicense.com mit-license.org
    gitpod.io mybinder.org
    """
)
#: Host and path begin with one of these: shops, licences, buttons, invitations, endorsements.
_NEVER_BELOW = (
    "api.whatsapp.com/",
    "app.netlify.com/start",
    "apps.apple.com/",
    "apache.org/licenses",
    "chat.whatsapp.com/",
    "chrome.google.com/webstore",
    "chromewebstore.google.com/",
    "console.cloud.google.com/cloudshell",
    "creativecommons.org/licenses",
    "creativecommons.org/publicdomain",
    "deploy.cloud.run",
    "discord.com/invite",
    "discord.gg/",
    "github.com/orgs",
    "github.com/sponsors",
    "gnu.org/licenses",
    "heroku.com/deploy",
    "join.slack.com/",
    "opensource.org/license",
    "play.google.com/store",
    "railway.app/new",
    "railway.app/template",
    "railway.com/deploy",
    "railway.com/template",
    "render.com/deploy",
    "stackoverflow.com/users",
    "stackblitz.com/github",
    "vercel.com/button",
    "vercel.com/import",
    "vercel.com/new",
)
#: Sites where the first part of the path is a person, and a page has at least two.
_PROFILES = CODE_HOSTS | {"codepen.io", "dev.to", "gist.github.com", "hackerrank.com", "medium.com"}
#: What is worth reading on a site that is about people otherwise.
_LINKEDIN = ("/learning/", "/pulse/", "/advice/")
_PICTURES = (".bmp", ".gif", ".ico", ".jpeg", ".jpg", ".png", ".svg", ".webp")
_YOURS = (
    "your[-_]?(?:api|app|backend|blog|company|domain|frontend|github|handle|name|org|"
    "portfolio|profile|project|repo|repository|site|user|username)(?![a-z])"
)
#: What a template leaves for its reader to fill in.
_PLACEHOLDER = re.compile(
    rf"/{_YOURS}|\.{_YOURS}|%3C|%7B|%5B|/(?:user|owner|username)/(?:repo|repository|project)",
    re.IGNORECASE,
)


def is_recommendable(address: WebAddress) -> bool:
    """Whether ``address`` leads to something that one learner recommends to another."""
    place = f"{address.host}{address.path}"
    if address.host in _NEVER_HOSTS or place.startswith(_NEVER_BELOW):
        return False
    if address.path.lower().endswith(_PICTURES) or _is_person(address):
        return False
    return not _PLACEHOLDER.search(f"/{place}")


def _is_person(address: WebAddress) -> bool:
    if address.host in _PROFILES:
        return 0 < address.path.count("/") < 2
    if address.host.endswith("linkedin.com"):
        return not address.path.startswith(_LINKEDIN)
    return False
