"""Signing in with an account elsewhere: GitHub, Discord, Google."""

from typing import Any

from allauth.socialaccount import views
from allauth.socialaccount.models import SocialAccount
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from nexus.people import recording
from nexus.people.adapters import way_of_login
from nexus.people.afterwards import NAME


class SignUpFromElsewhere(views.SignupView):
    """Choose handle and name after having signed in elsewhere for the first time."""

    def get_context_data(self, **options: Any) -> dict[str, Any]:
        """The form carries on where one came from, as it may have to go into a mail."""
        way = way_of_login(self.sociallogin)
        going_on = {"redirect_field_name": NAME, "redirect_field_value": way}
        return {**super().get_context_data(**options), **going_on}


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
