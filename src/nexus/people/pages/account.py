"""Looking after one's account: the overview, the password, the address."""

from typing import Any, cast

from allauth.account import views
from allauth.account.internal.flows import password_change
from allauth.account.internal.flows.reauthentication import is_reauthentication_required
from allauth.account.models import EmailAddress
from allauth.core.exceptions import ReauthenticationRequired
from allauth.socialaccount.adapter import get_adapter as get_social_adapter
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.generic import RedirectView

from nexus.people import selectors
from nexus.people.models import Person


@never_cache
@login_required
def account(request: HttpRequest) -> HttpResponse:
    """Your account: how you sign in, and where you are signed in."""
    person = cast("Person", request.user)
    factors = selectors.factors_of(person)
    codes = factors.get("recovery_codes", [])
    context = {
        "person": person,
        "address": EmailAddress.objects.filter(user_id=person.pk).order_by("-primary").first(),
        "authenticator": next(iter(factors.get("totp", [])), None),
        "passkeys": [one.wrap() for one in factors.get("webauthn", [])],
        "codes_left": len(codes[0].wrap().get_unused_codes()) if codes else None,
        "sessions": len(selectors.open_sessions(person)),
        "elsewhere": _elsewhere(request, person),
    }
    return render(request, "account/account.html", context)


class ToAccount(RedirectView):
    """Leads to the account, where its factors are."""

    pattern_name = "account"


def _elsewhere(request: HttpRequest, person: Person) -> list[dict[str, Any]]:
    """The providers that are configured, and which of them are connected."""
    providers = get_social_adapter().list_providers(request)
    if not providers:
        return []
    known = {one.provider: one for one in SocialAccount.objects.filter(user_id=person.pk)}
    return [{"provider": one, "account": known.get(one.id)} for one in providers]


class ChangePassword(views.PasswordSetView):
    """A new password, for whoever has just shown who they are, be it the first one or another."""

    def dispatch(self, request: HttpRequest, *args: Any, **options: Any) -> HttpResponse:
        """Show the form also to those who have a password.

        The library keeps a form that came too late in the session, to take it up after the
        confirmation. A password is not kept there: it is typed again.
        """
        if is_reauthentication_required(request, app="allauth.account"):
            if request.method == "POST":
                return HttpResponseRedirect(request.path)
            raise ReauthenticationRequired
        return super(views.PasswordSetView, self).dispatch(request, *args, **options)

    def form_valid(self, form: Any) -> HttpResponse:
        """Keep it. The session goes on, under another key."""
        form.save()
        password_change.finalize_password_change(self.request, form.user)
        return super(views.PasswordSetView, self).form_valid(form)


class ChangeAddress(views.EmailView):
    """Another e-mail address; it counts once it is verified."""


class Reauthenticate(views.ReauthenticateView):
    """The password once more, before a change that matters."""
