"""The environ: what an application is told about a request, and what it must not be told."""

import io
from urllib.parse import quote_from_bytes

import pytest
from django.core.handlers.wsgi import WSGIRequest
from hypothesis import given
from hypothesis import strategies as st

from nexus.kernel.http.bodies import Body
from nexus.kernel.http.environ import FileWrapper, build_environ
from nexus.kernel.http.tests.client import scope_of


def environ_of(path: str = "/", *, size: int = 0, **scope: object) -> dict[str, object]:
    body = Body(file=io.BytesIO(b"x" * size), size=size)
    return build_environ(scope_of(path, **scope), body)  # type: ignore[arg-type]


def test_says_who_asks_for_what_and_how() -> None:
    environ = environ_of("/c/commons/", method="POST", query="a=1&b=%20", scheme="https")
    expected = {
        "REQUEST_METHOD": "POST",
        "SCRIPT_NAME": "",
        "PATH_INFO": "/c/commons/",
        "QUERY_STRING": "a=1&b=%20",
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "8000",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "192.0.2.7",
        "REMOTE_PORT": "50000",
        "wsgi.url_scheme": "https",
        "wsgi.multithread": True,
        "wsgi.run_once": False,
    }
    assert expected.items() <= environ.items()


@given(path=st.binary(max_size=40))
def test_any_bytes_in_a_path_survive_as_latin_1(path: bytes) -> None:
    """PEP 3333: whoever encodes PATH_INFO as latin-1 has the bytes that the client sent."""
    raw = b"/" + quote_from_bytes(path, safe="").encode()
    environ = environ_of("/", raw_path=raw)
    assert str(environ["PATH_INFO"]).encode("latin-1") == b"/" + path


def test_a_server_without_raw_paths_serves_other_scripts_too() -> None:
    environ = environ_of("/p/ñandú", raw_path=None)
    assert str(environ["PATH_INFO"]).encode("latin-1").decode() == "/p/ñandú"


def test_what_the_process_is_mounted_under_is_the_script_name() -> None:
    environ = environ_of("/hub/c/commons", root_path="/hub")
    assert (environ["SCRIPT_NAME"], environ["PATH_INFO"]) == ("/hub", "/c/commons")


def test_a_socket_without_addresses_is_no_obstacle() -> None:
    environ = environ_of("/", server=None, client=None)
    assert (environ["SERVER_NAME"], environ["SERVER_PORT"]) == ("localhost", "80")
    assert "REMOTE_ADDR" not in environ
    assert environ_of("/", server=("/run/nexus.sock", None))["SERVER_PORT"] == "0"


def test_headers_arrive_under_their_cgi_names() -> None:
    headers = [("Accept", "text/html"), ("X-Thing", "caf\xe9"), ("Content-Type", "text/plain")]
    environ = environ_of("/", headers=headers)
    assert environ["HTTP_ACCEPT"] == "text/html"
    assert environ["HTTP_X_THING"] == "caf\xe9"
    assert environ["CONTENT_TYPE"] == "text/plain"
    assert "HTTP_CONTENT_TYPE" not in environ


def test_repeated_headers_are_joined_and_cookies_by_a_semicolon() -> None:
    headers = [("accept", "a"), ("accept", "b"), ("cookie", "c=1"), ("cookie", "d=2")]
    environ = environ_of("/", headers=headers)
    assert environ["HTTP_ACCEPT"] == "a,b"
    assert environ["HTTP_COOKIE"] == "c=1; d=2"


@pytest.mark.parametrize(
    "name",
    [
        "X_Forwarded_For",
        "Remote_User",
        "X-Forwarded-For",
        "X-Forwarded-Proto",
        "X-Forwarded-Host",
        "Forwarded",
        "Proxy",
        "Transfer-Encoding",
        "Connection",
    ],
)
def test_what_would_mislead_an_application_does_not_reach_it(name: str) -> None:
    environ = environ_of("/", headers=[(name, "evil")])
    assert "evil" not in environ.values()


def test_the_length_is_that_of_the_body_that_came() -> None:
    assert "CONTENT_LENGTH" not in environ_of("/")
    assert environ_of("/", headers=[("content-length", "0")])["CONTENT_LENGTH"] == "0"
    chunked = environ_of("/", size=5, headers=[("transfer-encoding", "chunked")])
    assert chunked["CONTENT_LENGTH"] == "5"


def test_a_file_is_read_in_blocks_worth_sending_and_closed() -> None:
    file = io.BytesIO(b"x" * 300_000)
    wrapper = FileWrapper(file, 4096)
    assert [len(block) for block in wrapper] == [131_072, 131_072, 37_856]
    wrapper.close()
    assert file.closed


@pytest.mark.parametrize("charset", ["zip", "utf-7", "utf-16", '"utf-7"', "undefined"])
@pytest.mark.parametrize("spelling", ["charset={}", "Charset = {}", "charset*=utf-8''{}"])
def test_no_header_changes_how_an_address_is_read(charset: str, spelling: str) -> None:
    """A cache keeps one page for an address, and serves it to those who did not send the header."""
    kind = f"text/html; {spelling.format(charset)}"
    environ = environ_of("/search", query="q=%2BADw-b", headers=[("content-type", kind)])
    assert WSGIRequest(environ).GET["q"] == "+ADw-b"


def test_the_boundary_of_a_form_stays() -> None:
    kind = "multipart/form-data; charset=utf-7; boundary=x"
    environ = environ_of("/", method="POST", headers=[("content-type", kind)])
    assert environ["CONTENT_TYPE"] == "multipart/form-data; boundary=x"
