# All addresses of a host, each checked; one bad one refuses all.
# Quoted from src/nexus/repositories/git/addresses.py#L61-L85

def checked_addresses(
    host: str, port: int, *, allow_private: bool = False, lookup: Lookup = socket.getaddrinfo
) -> tuple[str, ...]:
    """The addresses of ``host``, all of them checked; at least one.

    Args:
        host: a name or an IP address (IPv6 without brackets).
        port: the port that will be spoken to.
        allow_private: accept loopback and private networks, for development and tests.
        lookup: asks the name server.

    Raises:
        RemoteTrouble: ``remote-host-unknown``, or ``remote-private-address`` if only one
            of the addresses is not public: who answers so is not to be trusted.
    """
    try:
        answers = lookup(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise trouble(RemoteTrouble, "remote-host-unknown") from None
    found = dict.fromkeys(str(answer[4][0]) for answer in answers)
    if not found:
        raise trouble(RemoteTrouble, "remote-host-unknown")
    if not allow_private and not all(map(_is_public_text, found)):
        raise trouble(RemoteTrouble, "remote-private-address")
    return tuple(found)
