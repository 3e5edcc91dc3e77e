# Whether an address belongs to a host that the whole internet can reach.
# Quoted from src/nexus/repositories/git/addresses.py#L49-L58

def is_public(address: Address) -> bool:
    """Whether an address belongs to a host that the whole internet can reach."""
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped:
            return is_public(address.ipv4_mapped)
        if address in _NAT64:
            return is_public(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
    if address.is_multicast or address.is_reserved or not address.is_global:
        return False
    return not any(address in network for network in _NEVER if network.version == address.version)
