"""Who makes an account here, and who else can vouch for a person who signs in."""

from types import SimpleNamespace

from allauth.socialaccount.adapter import get_adapter
from django import template
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

register = template.Library()


@register.simple_tag
def providers(request: HttpRequest) -> list[SimpleNamespace]:
    """The providers that are configured: ``.name`` and ``.address``, where a form leads there."""
    return [
        SimpleNamespace(name=one.name, address=reverse(f"{one.id}_login"))
        for one in get_adapter().list_providers(request)
    ]


@register.simple_tag
def who_signs_up() -> str:
    """Who makes an account: ``open`` for everybody, ``invited`` or ``closed``."""
    return str(settings.SIGN_UP)
