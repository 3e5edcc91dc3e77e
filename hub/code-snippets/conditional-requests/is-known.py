# Whether If-None-Match lists a tag, in whatever encoding.
# Quoted from src/nexus/kernel/http/answers.py#L100-L112

def is_known(if_none_match: bytes | None, tag: bytes) -> bool:
    """Whether ``If-None-Match`` lists ``tag``, in any encoding (RFC 9110, section 13.1.2)."""
    if if_none_match is None:
        return False
    if if_none_match.strip() == b"*":
        return True
    return _core(tag) in {_core(each) for each in if_none_match.split(b",")}


def _core(tag: bytes) -> bytes:
    """A tag without weakness, quotes and encoding."""
    core = tag.strip().removeprefix(b"W/").strip(b'"')
    return core.removesuffix(b"-br").removesuffix(b"-gz")
