"""How bytes come in and go out: the server, the ASGI root, the WSGI pool, the page cache.

This package knows no domain and no settings: whoever builds a process gives it the
applications, limits and callables it needs. Read :mod:`nexus.kernel.http.root` first.
"""
