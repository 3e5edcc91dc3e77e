"""What whoever runs the hub does for, and to, the accounts of others."""

from nexus.people.administering.services import (
    end_lock_out,
    mail_sign_in_link,
    restore_person,
    send_again,
    sign_out_everywhere,
    suspend_person,
)

__all__ = [
    "end_lock_out",
    "mail_sign_in_link",
    "restore_person",
    "send_again",
    "sign_out_everywhere",
    "suspend_person",
]
