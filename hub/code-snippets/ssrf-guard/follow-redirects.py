# Follow redirects to where a remote really is, checking every hop.
# Quoted from src/nexus/repositories/git/contacts.py#L64-L79

def _http_contact(origin: Origin, work: Work, lookup: Lookup) -> Contact:
    """Follow the redirects of a remote to where it really is."""
    asked, moved_for_good = origin, True
    for _ in range(work.limits.max_redirects + 1):
        work.check()
        addresses = _addresses(origin, work, lookup)
        hop = ask(origin, addresses, work.limits)
        if hop.location is None:
            elsewhere = moved_for_good and not _same(origin.location, asked.location)
            moved = origin.location if elsewhere else None
            return replace(_pinned(origin, addresses, work), moved_to=moved)
        moved_for_good = moved_for_good and hop.permanent
        origin = parse_origin(hop.location, allow_local=False, allow_http=work.limits.allow_http)
        if origin.transport is Transport.SSH:
            break
    raise trouble(RemoteTrouble, "remote-redirects")
