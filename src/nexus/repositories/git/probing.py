"""Asking an http remote for its first answer, following its redirects ourselves.

Git would follow a redirect to any address, private ones included. So Git is told to follow
none, and this module finds out where the remote really is: hop by hop, each address checked
and connected to exactly as it was checked.
"""

import contextlib
import http.client
import ssl
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from nexus.repositories.git.limits import Limits
from nexus.repositories.git.origins import Origin, Transport
from nexus.repositories.git.pinned import Patience, PinnedConnection, hurried
from nexus.repositories.git.troubles import RemoteTrouble, trouble

_SERVICE = "/info/refs?service=git-upload-pack"
_CONTENT_TYPE = "application/x-git-upload-pack-advertisement"
_AGENT = "git/2.39.0 (nexus)"
_FIRST_BYTES = 256
_STARTS = (b"001e# service=git-upload-pack\n", b"000eversion ")


@dataclass(frozen=True, slots=True)
class Hop:
    """One answer of a remote: where it sends us, or None if it is the repository itself."""

    location: str | None = None
    permanent: bool = False


def ask(origin: Origin, addresses: tuple[str, ...], limits: Limits) -> Hop:
    """Ask a remote whether it is a Git repository; the connection goes to ``addresses`` only.

    Raises:
        RemoteTrouble: what was wrong with the answer, or that there was none.
    """
    connection = PinnedConnection(
        origin.host,
        origin.port,
        is_secure=origin.transport is Transport.HTTPS,
        addresses=addresses,
        patience=Patience(limits.connect_seconds, limits.silence_seconds),
    )
    try:
        with contextlib.closing(connection), hurried(connection, limits.silence_seconds) as late:
            try:
                return _ask(origin, connection)
            except (OSError, http.client.HTTPException, RemoteTrouble):
                if late.is_set():  # whatever it looked like, the connection was cut off
                    raise TimeoutError from None
                raise
    except ssl.SSLError:
        raise trouble(RemoteTrouble, "remote-insecure") from None
    except TimeoutError:
        raise trouble(RemoteTrouble, "remote-timed-out") from None
    except OSError:
        raise trouble(RemoteTrouble, "remote-unreachable") from None
    except (http.client.HTTPException, ValueError):
        raise trouble(RemoteTrouble, "remote-garbled") from None


def _ask(origin: Origin, connection: PinnedConnection) -> Hop:
    path = urlsplit(origin.location).path
    headers = {"User-Agent": _AGENT, "Accept": "*/*", "Pragma": "no-cache"}
    connection.request("GET", path + _SERVICE, headers=headers)
    with connection.getresponse() as response:
        return _read(origin, response)


def _read(origin: Origin, response: http.client.HTTPResponse) -> Hop:
    if response.status in (301, 302, 303, 307, 308):
        target = _target(origin, response.getheader("Location"))
        return Hop(target, permanent=response.status in (301, 308))
    _check_status(response.status)
    kind = (response.getheader("Content-Type") or "").partition(";")[0].strip().lower()
    if kind != _CONTENT_TYPE:
        raise trouble(RemoteTrouble, "remote-not-git")
    if not response.read(_FIRST_BYTES).startswith(_STARTS):
        raise trouble(RemoteTrouble, "remote-garbled")
    return Hop()


def _target(origin: Origin, location: str | None) -> str:
    """The address of the repository that a redirect leads to."""
    target = urljoin(origin.location + _SERVICE, location or "")
    if not location or not target.endswith(_SERVICE):
        raise trouble(RemoteTrouble, "remote-not-git", "It sends the hub to another page.")
    return target.removesuffix(_SERVICE)


def _check_status(status: int) -> None:
    if status == http.client.OK:
        return
    codes = {
        401: "remote-wants-password",
        403: "remote-refused",
        404: "remote-not-found",
        410: "remote-not-found",
        429: "remote-refused",
    }
    code = codes.get(status, "remote-unreachable" if status >= 500 else "remote-not-git")
    raise trouble(RemoteTrouble, code, f"It answered {status}.")
