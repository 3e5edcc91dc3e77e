"""What people say of themselves, and who is shown which of it.

``words`` are what can be chosen, ``places`` the time zones by the names of places, ``clocks`` tell
how far two people's days lie apart, ``given`` checks what was typed, ``views`` is the one place
that decides what a reader is shown (decision 0030), ``reading`` and ``editing`` meet the database.
"""
