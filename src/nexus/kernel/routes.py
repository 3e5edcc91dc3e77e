"""Where routes lead."""

from functools import lru_cache

from django.urls import get_script_prefix, reverse


@lru_cache(maxsize=4_096)
def route(name: str, *args: str) -> str:
    """The address of a route, worked out once: a page has two dozen of them, mostly the same.

    The hub is at the root of its host: what it writes into pages and keeps begins there, so no
    other prefix that a server may name is heeded.
    """
    return "/" + reverse(name, args=args).removeprefix(get_script_prefix())
