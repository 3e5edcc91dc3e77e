"""What the desks of the administration have in common: Django's admin, which only looks.

A desk shows the rows of one table. Nothing is added, changed or deleted through it: whatever is
done there is an ``Act``, which calls a service. Each app has its desks in ``admin.py``, ``config``
puts them into the site of ``nexus.web.administration``. Why is told in decision 0032.
"""
