# One update decides who used the link; which reason refuses it is not told.
# Quoted from src/nexus/people/services.py#L241-L256

@transaction.atomic
def use_sign_in_link(secret: str, *, address: str = "") -> Person:
    """The person whom the link signs in; it works once.

    ``address`` is where the request comes from. Raises ``Invalid`` when the link is unknown,
    spent or too old; which of these is not told.
    """
    now = timezone.now()
    links = usable_links(secret)
    if not links.update(used_at=now):
        raise spent()
    person = Person.objects.get(links__digest=digest_of(secret))
    Person.objects.filter(pk=person.pk).update(is_claimed=True, last_login=now)
    happened = SignedIn(person=person.pk, how=("link",), address=address)
    publish(happened, audience=f"person:{person.pk}")
    return person
