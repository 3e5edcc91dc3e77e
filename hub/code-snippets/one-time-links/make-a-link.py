# A secret from the system's generator; the database keeps its digest only.
# Quoted from src/nexus/people/services.py#L219-L238

@transaction.atomic
def make_sign_in_link(*, by: Person | None, person: Person) -> str:
    """The secret of a new link that signs ``person`` in once, within twelve hours.

    Only a digest is stored, so the secret cannot be read from the database. Links that
    are spent or past their time go. Raises ``Forbidden`` when it is not ``by``'s to make,
    ``Conflict`` for an account that was deleted.
    """
    if not can_make_sign_in_link(by, person):
        raise Forbidden("not-owner", "You cannot make a sign-in link for someone else.")
    if person.is_former:
        raise Conflict("person-left", "This account was deleted; nothing opens it again.")
    secret = secrets.token_urlsafe(32)
    now = timezone.now()
    SignInLink.objects.filter(expires_at__lt=now).delete()
    SignInLink.objects.create(
        person=person, digest=digest_of(secret), expires_at=now + LINK_LIFETIME
    )
    record(audit.LINK_MADE, by=by, subject=person)
    return secret
