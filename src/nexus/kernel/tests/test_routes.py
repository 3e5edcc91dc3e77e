"""An address that was worked out for one page is right on every other."""

from django.test.utils import override_script_prefix
from django.urls import reverse

from nexus.kernel.routes import route


def test_an_address_begins_at_the_root_whatever_prefix_its_first_page_had() -> None:
    route.cache_clear()
    with override_script_prefix("/hub/"):
        assert reverse("sign-in") == f"/hub{route('sign-in')}"
    assert reverse("sign-in") == route("sign-in")
