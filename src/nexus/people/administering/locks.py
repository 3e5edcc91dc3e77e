"""Where django-allauth keeps the count of wrong passwords for an account."""

from allauth.core.internal import ratelimit

from nexus.people.models import Person

_ATTEMPTS = {"app": "allauth.account", "action": "login_failed"}


def keys_of_lock_out(person: Person) -> list[str]:
    """What must go from the cache so that passwords for ``person`` are looked at again.

    The count for a network address stays: whoever guesses from there goes on being refused.
    """
    named = f"person:{person.pk}"  # as AccountAdapter counts them
    rates = [rate for rate in ratelimit.get_rates(**_ATTEMPTS) if rate.per == "key"]
    counts = [ratelimit.get_cache_key(None, rate=rate, key=named, **_ATTEMPTS) for rate in rates]
    return [*counts, f"nexus:locked-out:{named}"]
