"""The administration at ``/admin/``: the site that holds the desks of all apps, and its first page.

Its look is the hub's own: Django's templates, styles and scripts are not used. Decision 0032.
"""
