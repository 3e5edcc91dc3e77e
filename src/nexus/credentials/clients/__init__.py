"""The hub's own clients: programs to which a person signs in as on the pages.

They get two JSON Web Tokens: an access token that works for minutes, and a refresh token that is
good for one new pair. Both belong to a session, which stands on the page of sessions, and end
with it at once. Why this is not left to django-allauth's own strategy is told in decision 0028.

- ``keys``: what signs. ``jwts``: how a token is written and read. ``sessions``: who is behind one,
  and renewing. ``strategy``: where django-allauth asks for all of it.
"""
