"""From what Git said to words that help: which trouble a failed fetch met."""

import re

from nexus.repositories.git.troubles import GitProgramError, RemoteTrouble, trouble

#: The first sign that is found in Git's words decides.
_SIGNS: tuple[tuple[str, str], ...] = (
    # ssh's last words come first: before them, a server may greet with any words at all.
    (r"host key verification failed", "remote-host-key"),
    (r"permission denied \([^)\n]{0,99}publickey|too many authentication", "remote-wants-key"),
    (r"permission denied \(", "remote-wants-password"),
    (r"no space left on device|disk quota exceeded", "disk-full"),
    (r"transport '[^']*' not allowed", "origin-transport"),
    (r"could not resolve host|name or service not known", "remote-host-unknown"),
    (r"timed out|operation too slow|timeout", "remote-timed-out"),
    (
        r"authentication failed|could not read (username|password)|terminal prompts disabled"
        r"|returned error: 401|askpass",
        "remote-wants-password",
    ),
    (r"returned error: 403", "remote-refused"),
    (
        r"repository .*not found|not appear to be a git repository|returned error: (404|410)"
        r"|not a git repository|no such file or directory",
        "remote-not-found",
    ),
    (r"returned error: 3\d\d|from redirection|redirects followed", "remote-redirects"),
    (r"certificate|gnutls|ssl|\btls\b|unable to negotiate", "remote-insecure"),
    (
        r"unable to read|unable to parse|missing (blob|tree|commit|object)|bad (tree )?object"
        r"|did not send all necessary|not our ref|could not read [0-9a-f]{7}|failed to traverse"
        r"|is corrupt|repository corruption"
        r"|object file .* is empty|loose object|packfile .* (cannot be|is far too|invalid)"
        r"|does not point to a valid object|lacks these prerequisite|promisor",
        "remote-damaged",
    ),
    (r"out of memory|memory exhausted|mmap failed|unable to create thread", "remote-too-large"),
    (r"returned error: 5\d\d|empty reply", "remote-unreachable"),
    (
        r"protocol error|bad line length|bad pack|pack (has|signature)|inflate|index-pack"
        r"|invalid server response|expected (flush|ref|sha)|is this a git repository"
        r"|unexpected|mismatched algorithms|unrecognized|early eof|banner|bad band|hung up"
        r"|protocol identification|no ssh version|bad packet|invalid packet|garbage",
        "remote-garbled",
    ),
    (
        r"connection (refused|reset|closed)|failed to connect|couldn't connect|unreachable"
        r"|no route to host|broken pipe",
        "remote-unreachable",
    ),
)
_COMPILED = tuple((re.compile(sign, re.IGNORECASE), code) for sign, code in _SIGNS)
_REMOTE_WORDS = re.compile(r"^remote: +(.*\w.*)$", re.MULTILINE)
_MAX_QUOTED = 200


def explain(failure: GitProgramError) -> RemoteTrouble:
    """What the failure of a fetch means. The words of the remote itself are quoted, if any."""
    code = next((code for sign, code in _COMPILED if sign.search(failure.stderr)), "remote-failed")
    said = _REMOTE_WORDS.search(failure.stderr)
    detail = f"It says: “{said[1][:_MAX_QUOTED]}”" if said else ""
    return trouble(RemoteTrouble, code, detail)
