"""Where routes lead."""

from functools import lru_cache

from django.urls import reverse


@lru_cache(maxsize=4_096)
def route(name: str, *args: str) -> str:
    """The address of a route, worked out once: a page has two dozen of them, mostly the same."""
    return reverse(name, args=args)
