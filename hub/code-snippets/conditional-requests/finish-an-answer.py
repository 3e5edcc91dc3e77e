# Name an answer, leave it out when it is known, compress it otherwise.
# Quoted from src/nexus/kernel/http/answers.py#L55-L67

def finish(scope: Scope, answer: Answer, how: Finishing) -> Answer:
    """``answer`` as it should be sent for the request ``scope``."""
    if not _may_finish(answer):
        return answer
    tag = _tag(scope, answer, how)
    if tag and is_known(header(scope["headers"], b"if-none-match"), tag):
        return not_modified(answer, tag)
    if tag:
        answer = with_headers(answer, {b"etag": tag})
    if not is_compressible(answer, how):
        return answer
    encoding = preferred_encoding(header(scope["headers"], b"accept-encoding") or b"")
    return encoded(answer, encoding, how)
