"""Inviting people: making, copying and revoking invitations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from nexus.cohorts import mailing, services
from nexus.cohorts.policies import can_give
from nexus.cohorts.selectors import invitations_of
from nexus.kernel.errors import Conflict, Invalid
from nexus.people.adapters import public_address
from nexus.web.pages.governing.doors import Governed, act, governed, number, signed_in
from nexus.web.pages.governing.words import ROLE_WORDS, with_article

if TYPE_CHECKING:
    from nexus.cohorts.models import Invitation
    from nexus.people.models import Person

SHOWN = 100
DAYS = {1: "a day", 7: "a week", 14: "two weeks", 30: "a month", 90: "three months"}
KINDS = {
    "link": "A link, to send in a chat or a mail",
    "code": "A code, to say aloud or write on a board",
    "email": "By e-mail, for one address alone",
}


class InvitationForm(forms.Form):
    """Who comes in by it, as what, and for how long."""

    kind = forms.ChoiceField(
        label="How", choices=list(KINDS.items()), widget=forms.RadioSelect, initial="link"
    )
    email = forms.CharField(
        label="E-mail address",
        max_length=254,
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    role = forms.ChoiceField(label="As")
    uses = forms.IntegerField(
        label="For how many people",
        initial=1,
        required=False,
        min_value=1,
        max_value=services.MOST_USES,
    )
    days = forms.TypedChoiceField(
        label="How long does it work?", choices=list(DAYS.items()), initial=14, coerce=int
    )

    def __init__(self, *arguments: Any, roles: Sequence[str], **options: Any) -> None:
        super().__init__(*arguments, **options)
        choices = [(role, role.capitalize()) for role in roles]
        self.fields["role"].choices = choices  # type: ignore[attr-defined]
        self.fields["role"].initial = "member"

    def clean(self) -> dict[str, Any]:
        """An address is needed where the invitation is for one."""
        given = super().clean() or {}
        if given.get("kind") == "email" and not given.get("email"):
            self.add_error("email", "Whom do you invite?")
        return given


@dataclass(frozen=True, slots=True)
class Shown:
    """An invitation that was just made: its secret is on the page this once."""

    kind: str
    secret: str
    address: str
    words: str
    was_mailed: bool


@signed_in
def invitations(request: HttpRequest, by: Person, slug: str) -> HttpResponse:
    """The invitations of a cohort. A new one is shown in the answer to its form, once."""
    here = governed(request, slug, by, "invite")
    if request.POST.get("do") == "revoke":
        return _revoke(request, here)
    roles = [role for role in ROLE_WORDS if can_give(by, role, here.cohort)]
    form = InvitationForm(request.POST or None, roles=roles)
    made = _make(here, form) if form.is_valid() else None
    if form.has_error("role", "invalid_choice"):
        refused = services.not_yours("invite")
        services.tell_of_refusal(refused, by=by, cohort=here.cohort, action="invite")
    context = {
        **here.frame("cohort-invitations"),
        "form": InvitationForm(roles=roles) if made else form,
        "made": made,
        "invitations": [_row(one, roles) for one in invitations_of(here.cohort, limit=SHOWN)],
        "sends_mail": mailing.is_sent(),
    }
    return render(request, "invitations.html", context, status=422 if form.errors else 200)


def _make(here: Governed, form: InvitationForm) -> Shown | None:
    """What was made; None, with a word in the form, when it is refused."""
    given = form.cleaned_data

    def address_of(secret: str) -> str:
        return public_address(reverse("invitation", args=[secret]))

    try:
        made = _invite(here, given, address_of)
    except (Invalid, Conflict) as fault:
        form.add_error("email" if fault.code == "email-invalid" else None, str(fault))
        return None
    return Shown(
        kind=given["kind"],
        secret=made.secret,
        address=address_of(made.secret),
        words=_words(made.invitation),
        was_mailed=given["kind"] == "email" and mailing.is_sent(),
    )


def _invite(here: Governed, given: dict[str, Any], address_of: Any) -> services.Made:
    terms = {"by": here.by, "cohort": here.cohort, "role": given["role"], "days": given["days"]}
    if given["kind"] == "email":
        return services.invite_by_email(**terms, email=given["email"], address_of=address_of)
    make = services.invite_by_code if given["kind"] == "code" else services.invite_by_link
    return make(**terms, uses=given["uses"] or 1)


def _row(invitation: Invitation, roles: Sequence[str]) -> dict[str, Any]:
    is_open = invitation.is_open(timezone.now())
    return {
        "invitation": invitation,
        "words": _words(invitation),
        "state": _state(invitation),
        "is_open": is_open,
        "may_revoke": is_open and invitation.role in roles,
    }


def _words(invitation: Invitation) -> str:
    """``For three people, as a member``."""
    most = invitation.most_uses
    who = invitation.email or ("one person" if most == 1 else f"{most} people")
    return f"For {who}, as {with_article(invitation.role)}"


def _state(invitation: Invitation) -> str:
    if invitation.revoked_at is not None:
        return "revoked"
    if invitation.taken >= invitation.most_uses:
        return "used"
    return "open" if invitation.expires_at > timezone.now() else "too old"


def _revoke(request: HttpRequest, here: Governed) -> HttpResponse:
    return act(
        request,
        lambda: services.revoke_invitation(
            by=here.by, cohort=here.cohort, invitation=number(request, "invitation")
        ),
        said="Revoked. Nobody comes in by it any more.",
        then=reverse("cohort-invitations", args=[here.cohort.slug]),
    )
