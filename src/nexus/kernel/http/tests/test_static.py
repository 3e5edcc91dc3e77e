"""Built assets: the right bytes with the right headers, and nothing that is not an asset."""

import gzip
import os
from pathlib import Path

import brotli
import pytest

from nexus.kernel.http.static import StaticFiles
from nexus.kernel.http.tests.client import Response, ask, run

CSS = b"body { margin: 0 auto; color: black }\n" * 40


@pytest.fixture
def built(tmp_path: Path) -> Path:
    """A tree of assets as a build leaves it, and a secret beside it."""
    (tmp_path / "secret.txt").write_text("secret")
    folder = tmp_path / "built"
    (folder / "icons").mkdir(parents=True)
    (folder / "app-5TZ3QK2J.js").write_bytes(b"console.log('hello')\n" * 40)
    (folder / "base.9f3c1a2b4d5e.css").write_bytes(CSS)
    (folder / "plain.css").write_bytes(CSS)
    (folder / "plain.css.br").write_bytes(brotli.compress(CSS))
    (folder / "plain.css.gz").write_bytes(gzip.compress(CSS))
    (folder / "icons" / "sun.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    (folder / "large.wasm").write_bytes(os.urandom(300_000))
    (folder / ".hidden").write_text("hidden")
    (folder / "leak.txt").symlink_to(tmp_path / "secret.txt")
    (folder / "out").symlink_to(tmp_path)
    return folder


def get(folder: Path, path: str, **request: object) -> Response:
    return run(ask(StaticFiles([folder], in_memory=100_000), path, **request))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("app-5TZ3QK2J.js", "text/javascript; charset=utf-8"),
        ("plain.css", "text/css; charset=utf-8"),
        ("icons/sun.svg", "image/svg+xml; charset=utf-8"),
        ("large.wasm", "application/wasm"),
    ],
)
def test_a_file_arrives_with_its_type_and_nothing_to_guess(
    built: Path, path: str, kind: str
) -> None:
    response = get(built, f"/static/{path}")
    assert response.status == 200
    assert response.body == (built / path).read_bytes()
    assert response.header("content-type") == kind
    assert response.header("content-length") == str(len(response.body))
    assert response.header("x-content-type-options") == "nosniff"


def test_a_frame_without_an_origin_may_load_it(built: Path) -> None:
    """A module script is asked for by CORS; the frame of diagrams has the origin ``null``."""
    response = get(built, "/static/app-5TZ3QK2J.js")
    assert response.header("access-control-allow-origin") == "*"


@pytest.mark.parametrize(
    ("name", "for_ever"),
    [("app-5TZ3QK2J.js", True), ("base.9f3c1a2b4d5e.css", True), ("plain.css", False)],
)
def test_only_a_name_with_a_hash_is_cached_for_ever(built: Path, name: str, for_ever: bool) -> None:
    control = get(built, f"/static/{name}").header("cache-control") or ""
    assert ("immutable" in control) is for_ever
    assert ("no-cache" in control) is not for_ever


@pytest.mark.parametrize(
    "path",
    [
        "/static/../secret.txt",
        "/static/icons/../../secret.txt",
        "/static/%2e%2e/secret.txt",
        "/static//etc/passwd",
        "/static/leak.txt",
        "/static/out/secret.txt",
        "/static/.hidden",
        "/static/icons",
        "/static/",
        "/static/plain.css/",
        "/static/absent.css",
        "/static/plain.css\x00.png",
    ],
)
def test_nothing_else_can_be_reached(built: Path, path: str) -> None:
    response = get(built, path)
    assert response.status == 404
    assert b"secret" not in response.body


@pytest.mark.parametrize("encoding", ["br", "gzip"])
@pytest.mark.parametrize("name", ["plain.css", "base.9f3c1a2b4d5e.css"])
def test_text_is_sent_compressed_whether_the_build_did_it_or_not(
    built: Path, name: str, encoding: str
) -> None:
    response = get(built, f"/static/{name}", headers=[("accept-encoding", encoding)])
    assert response.header("content-encoding") == encoding
    assert response.header("vary") == "Accept-Encoding"
    assert len(response.body) < len(CSS) / 2
    decode = brotli.decompress if encoding == "br" else gzip.decompress
    assert decode(response.body) == CSS


def test_what_the_build_compressed_is_taken_as_it_is(built: Path) -> None:
    response = get(built, "/static/plain.css", headers=[("accept-encoding", "br")])
    assert response.body == (built / "plain.css.br").read_bytes()


def test_what_does_not_compress_is_sent_as_it_is(built: Path) -> None:
    response = get(built, "/static/large.wasm", headers=[("accept-encoding", "br")])
    assert response.header("content-encoding") is None
    assert len(response.body) == 300_000


def test_a_large_file_is_sent_in_blocks(built: Path) -> None:
    response = get(built, "/static/large.wasm")
    assert len(response.chunks) > 2
    assert response.complete


@pytest.mark.parametrize("name", ["plain.css", "large.wasm"])
@pytest.mark.parametrize("encoding", ["br", ""])
def test_who_has_it_gets_304(built: Path, name: str, encoding: str) -> None:
    accept = ("accept-encoding", encoding)
    first = get(built, f"/static/{name}", headers=[accept])
    known = ("if-none-match", first.header("etag") or "")
    second = get(built, f"/static/{name}", headers=[accept, known])
    assert (second.status, second.body) == (304, b"")
    assert second.header("etag") == first.header("etag")
    assert second.header("cache-control") == first.header("cache-control")


@pytest.mark.parametrize("name", ["plain.css", "large.wasm"])
def test_head_has_the_headers_of_get(built: Path, name: str) -> None:
    head = get(built, f"/static/{name}", method="HEAD")
    assert head.body == b""
    assert head.headers == get(built, f"/static/{name}").headers


def test_assets_can_only_be_read(built: Path) -> None:
    response = get(built, "/static/plain.css", method="POST")
    assert (response.status, response.header("allow")) == (405, "GET, HEAD")


def test_the_first_folder_that_has_a_file_wins(built: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "plain.css").write_text("other")
    (other / "more.css").write_text("more")
    files = StaticFiles([built, other, tmp_path / "absent"], prefix="/assets/")
    assert run(ask(files, "/assets/plain.css")).body == CSS
    assert run(ask(files, "/assets/more.css")).body == b"more"


def test_files_are_read_once_unless_somebody_works_on_them(built: Path) -> None:
    async def main(*, watch: bool) -> bytes:
        files = StaticFiles([built], watch=watch)
        before = await ask(files, "/static/icons/sun.svg")
        (built / "icons" / "sun.svg").write_bytes(before.body + b"<!-- more -->")
        return (await ask(files, "/static/icons/sun.svg")).body[len(before.body) :]

    assert run(main(watch=False)) == b""
    assert run(main(watch=True)) == b"<!-- more -->"
