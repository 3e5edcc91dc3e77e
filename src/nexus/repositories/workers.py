"""Which process does a run: told by host and number, so that a dead one is noticed at once."""

import os
import socket


def this_worker() -> str:
    """This process: ``host:number``."""
    return f"{socket.gethostname()}:{os.getpid()}"


def is_dead(worker: str) -> bool:
    """Whether a process of this host has ended; of another host nobody here can tell."""
    host, _, number = worker.rpartition(":")
    if host != socket.gethostname() or not number.isdigit():
        return False
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False
