"""The names of container images, whatever file they stand in."""

import re

_TAG = re.compile(r"(?:@sha256:.*|:[^/:]*)\Z")


def image_name(reference: object) -> str:
    """An image without registry, tag and digest: ``docker.io/library/redis:7`` gives ``redis``.

    Empty for what is none, such as a variable.
    """
    if not isinstance(reference, str) or not 0 < len(reference) <= 300:
        return ""
    name = _TAG.sub("", reference.strip().strip("\"'")).lower()
    first, _, rest = name.partition("/")
    if rest and ("." in first or ":" in first or first == "localhost"):
        name = rest
    name = name.removeprefix("library/")
    return "" if not name or "$" in name or " " in name else name
