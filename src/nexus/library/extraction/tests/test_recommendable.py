"""Promises of what is worth recommending: reading, not people, badges, shops or buttons."""

import pytest

from nexus.library.extraction.recommendable import is_recommendable
from nexus.library.extraction.web_addresses import read_address


def _is_recommendable(url: str) -> bool:
    address = read_address(url)
    assert address is not None
    return is_recommendable(address)


@pytest.mark.parametrize(
    "url",
    [
        "https://docs.python.org/3/tutorial/",
        "https://github.com/django/django",
        "https://github.com",
        "https://www.linkedin.com/learning/django-essentials",
        "https://www.linkedin.com/pulse/how-caching-works",
        "https://medium.com/@ada/caching-in-django-1234",
        "https://dev.to/ada/caching-4k2",
        "https://leanpub.com/yourapiisbad/read",
        "https://www.gnu.org/software/make/manual/",
        "https://render.com/docs",
        "https://youtube.com/@freecodecamp",
    ],
)
def test_reading_is_worth_recommending(url: str) -> None:
    assert _is_recommendable(url)


@pytest.mark.parametrize(
    "url",
    [
        "https://github.com/ada",
        "https://gitlab.com/ada/",
        "https://medium.com/@ada",
        "https://www.linkedin.com/in/ada",
        "https://twitter.com/ada/status/1",
        "https://x.com/ada",
        "https://t.me/ada",
        "https://wa.me/254700000000",
        "https://chat.whatsapp.com/abc",
        "https://stackoverflow.com/users/1/ada",
        "https://linktr.ee/ada",
    ],
)
def test_people_are_not(url: str) -> None:
    assert not _is_recommendable(url)


@pytest.mark.parametrize(
    "url",
    [
        "https://img.shields.io/badge/python-3.11-blue",
        "https://github.com/a/b/actions/workflows/ci.yml/badge.svg",
        "https://python.org/logo.PNG",
        "https://heroku.com/deploy?template=https://github.com/a/b",
        "https://vercel.com/new/clone?repository-url=x",
        "https://play.google.com/store/apps/details?id=x",
        "https://opensource.org/licenses/MIT",
        "https://choosealicense.com",
        "https://discord.gg/abc",
        "https://www.buymeacoffee.com/ada",
    ],
)
def test_pictures_shops_licences_and_buttons_are_not(url: str) -> None:
    assert not _is_recommendable(url)


@pytest.mark.parametrize(
    "url",
    [
        "https://github.com/your-username/your-repo",
        "https://github.com/YourUsername/nexus",
        "https://your-app.onrender.com",
        "https://github.com/username/repository",
        "https://github.com/{owner}/nexus",
        "https://python.org/<page>",
    ],
)
def test_what_waits_to_be_filled_in_is_not(url: str) -> None:
    assert not _is_recommendable(url)
