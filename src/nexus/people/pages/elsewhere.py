"""Signing in with an account elsewhere: GitHub, Discord, Google."""

from typing import Any

from allauth.socialaccount import views
from allauth.socialaccount.models import SocialAccount
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from nexus.people import recording


class SignUpFromElsewhere(views.SignupView):
    """Choose handle and name after having signed in elsewhere for the first time."""


class Connections(views.ConnectionsView):
    """The accounts elsewhere that open this one; connect another, or take one away."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Take it away, and say so."""
        account: SocialAccount = form.cleaned_data["account"]
        with transaction.atomic():
            response = super().form_valid(form)
            recording.record_factor(self.request.user, factor=account.provider, added=False)
        return response


@never_cache
def refused(request: HttpRequest) -> HttpResponse:
    """Nobody was signed in elsewhere: it was given up, or did not work."""
    return render(request, "socialaccount/authentication_error.html")
