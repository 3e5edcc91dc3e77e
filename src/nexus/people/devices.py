"""A few words for the program and the device that a request says it comes from."""

import re

#: The first that is found counts: a browser names those before it as well.
_PROGRAMS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
    ("curl", "curl"),
    ("python", "a Python program"),
)
_SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("CrOS", "ChromeOS"),
    ("Windows", "Windows"),
    ("Mac OS X", "Mac"),
    ("Linux", "Linux"),
)


#: A program that says how it is called, before its version (RFC 9110, section 10.1.5).
_CALLED = re.compile(r"([A-Za-z][A-Za-z0-9_.-]{1,39})(?:/[^ ]{1,40})?(?: |$)")


def device_words(user_agent: str) -> str:
    """``Firefox on Windows``: what a person recognises, not what a program must rely on."""
    program = next((name for sign, name in _PROGRAMS if sign in user_agent), "")
    if not program and (called := _CALLED.match(user_agent)) and called[1] != "Mozilla":
        program = called[1]
    system = next((name for sign, name in _SYSTEMS if sign in user_agent), "")
    if program and system:
        return f"{program} on {system}"
    return program or system or "an unknown program"
