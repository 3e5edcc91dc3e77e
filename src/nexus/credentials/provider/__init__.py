"""The hub as a provider of OAuth 2.0 and OpenID Connect: others' apps act for people here.

The protocol is oauthlib's, joined to Django by django-allauth; ``validator`` answers what they ask,
more strictly than they do by themselves. Why, and what differs, is told in decision 0027.

- ``endpoints``: what apps ask, by HTTP. ``pages``, ``registry``: what people see.
- ``services``: registering apps, letting them in, handing out tokens, taking all of it back.
- ``redirects``, ``lifetimes``, ``keys``: where people may be sent back to, how long things last,
  what signs identities.
"""
