"""How passwords are kept: argon2id with the cost that OWASP names.

Django's own setting takes 100 MB for each sign-in, which a handful of them at once would make
of a small machine. 19 MiB, two passes and one lane are as hard to guess from
(https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html).
"""

from django.contrib.auth.hashers import Argon2PasswordHasher, make_password


class Argon2(Argon2PasswordHasher):
    """argon2id: 19 MiB, two passes, one lane."""

    time_cost = 2
    memory_cost = 19 * 1024
    parallelism = 1


def spend_a_hash(password: str) -> None:
    """Do the work of keeping ``password``, and keep nothing: for answers that must take as long."""
    make_password(password)
