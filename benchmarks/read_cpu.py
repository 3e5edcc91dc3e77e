"""What a page costs the processor, without a server around it: entry pages and lists.

    python benchmarks/read_cpu.py HOME

``HOME`` is a folder that ``read_pages.py --home HOME`` filled. Each page is asked of Django inside
this process, each time another one or with another address, as ``read_pages.py`` does; what is
given is the processor time of this thread in milliseconds, and the queries of the last request.
On a busy machine this says more than the clock.
"""

import argparse
import io
import itertools
import json
import os
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import unquote

from _processes import table
from read_pages import READER, SEED, lists_of

#: Requests before those that count, and those that count.
WARM, COUNTED = 10, 60
_HEAD = ["what", "queries", "median ms", "90th percentile ms"]


def paths_of(requests: Iterable[bytes]) -> Iterator[str]:
    """What requests ask for, by their first lines."""
    return (request.split(b" ", 2)[1].decode() for request in requests)


def cases_of(seeded: dict[str, Any]) -> Iterator[tuple[str, Iterator[str], str]]:
    """Every case: its name, what it asks for, and the cookie it sends."""
    pages = itertools.cycle(seeded["pages"])
    yield "entry, guest", pages, ""
    yield "entry, signed in, each another", pages, seeded["cookie"]
    yield "entry, signed in, again", itertools.repeat(seeded["pages"][0]), seeded["cookie"]
    for name, requests in lists_of(seeded):
        yield name, paths_of(requests), ""


def environment(address: str, cookie: str) -> dict[str, Any]:
    """A GET request as WSGI has it."""
    path, _, query = address.partition("?")
    return {
        "REQUEST_METHOD": "GET",
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote(path),
        "QUERY_STRING": query,
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "HTTP_HOST": "localhost",
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": sys.stderr,
        **({"HTTP_COOKIE": cookie} if cookie else {}),
    }


def asked(application: Any, address: str, cookie: str) -> float:
    """Ask for one page; the milliseconds of processor time that it took.

    Raises ``RuntimeError`` when it did not come, or came as to a guest in spite of the cookie.
    """
    began = time.thread_time()
    states: list[str] = []
    answer = application(environment(address, cookie), lambda state, _: states.append(state))
    body = b"".join(answer)
    answer.close()
    spent = (time.thread_time() - began) * 1_000
    if not states[0].startswith("200"):
        raise RuntimeError(f"{address}: {states[0]}")
    if cookie and READER not in body:
        raise RuntimeError("The session of the reader is over: fill another home.")
    return spent


def main() -> None:
    """Measure every case; print the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("home", type=Path, help="a folder that read_pages.py --home filled")
    home: Path = parser.parse_args().home
    if not (home / SEED).exists():
        parser.error(f"{home} was not filled by read_pages.py")
    os.environ["NEXUS_HOME"] = str(home)
    from nexus.config.wsgi import application

    print(table([_HEAD, *_rows(application, json.loads((home / SEED).read_text()))]))


def _rows(application: Any, seeded: dict[str, Any]) -> Iterator[list[str]]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    for name, paths, cookie in cases_of(seeded):
        for _ in range(WARM):
            asked(application, next(paths), cookie)
        spent = sorted(asked(application, next(paths), cookie) for _ in range(COUNTED))
        with CaptureQueriesContext(connection) as captured:
            asked(application, next(paths), cookie)
        most = spent[int(0.9 * COUNTED)]
        yield [name, str(len(captured)), f"{median(spent):.1f}", f"{most:.1f}"]


if __name__ == "__main__":
    main()
