"""The built pages as files: what is found, what is not, packed and kept how long."""

from pathlib import Path

import httpx2
import pytest

from api.pages import FOR_EVER, Pages


@pytest.fixture
def dist(tmp_path: Path) -> Path:
    """A built frontend, with a secret beside it."""
    folder = tmp_path / "dist"
    (folder / "assets").mkdir(parents=True)
    (folder / "index.html").write_text("<!doctype html>")
    (folder / "index.html.gz").write_bytes(b"gz")
    (folder / "favicon.svg").write_text("<svg/>")
    for name in ("app-1a2b.js", "app-1a2b.js.br", "app-1a2b.js.gz"):
        (folder / "assets" / name).write_text(name)
    (tmp_path / "dist-secret").write_text("secret")
    return folder


async def _asked(
    dist: Path, path: str, accept: str = "identity", method: str = "GET"
) -> httpx2.Response:
    transport = httpx2.ASGITransport(Pages(dist))
    async with httpx2.AsyncClient(transport=transport, base_url="http://weihu") as client:
        return await client.request(method, path, headers={"accept-encoding": accept})


@pytest.mark.parametrize("path", ["/", "/customers", "/customers/abc", "/assets", "/" + "a" * 400])
async def test_every_path_of_the_app_gets_the_one_page_that_is_never_kept(
    dist: Path, path: str
) -> None:
    answer = await _asked(dist, path)

    assert (answer.status_code, answer.text) == (200, "<!doctype html>")
    assert answer.headers["cache-control"] == "no-cache"


async def test_an_asset_is_kept_for_ever(dist: Path) -> None:
    answer = await _asked(dist, "/assets/app-1a2b.js")

    assert answer.headers["cache-control"] == FOR_EVER
    assert "javascript" in answer.headers["content-type"]


async def test_an_asset_of_another_build_is_not_the_page(dist: Path) -> None:
    assert (await _asked(dist, "/assets/app-0000.js")).status_code == 404


@pytest.mark.parametrize(
    ("accept", "encoding"),
    [
        ("gzip, deflate, br", "br"),
        ("gzip", "gzip"),
        ("br;q=0, gzip", "gzip"),
        ("br; q=0, gzip;q=0.5", "gzip"),
        ("identity", None),
    ],
)
async def test_what_was_packed_ahead_is_sent_to_who_can_unpack_it(
    dist: Path, accept: str, encoding: str | None
) -> None:
    transport = httpx2.ASGITransport(Pages(dist))
    async with httpx2.AsyncClient(transport=transport, base_url="http://weihu") as client:
        asked = client.stream("GET", "/assets/app-1a2b.js", headers={"accept-encoding": accept})
        async with asked as answer:
            assert answer.headers.get("content-encoding") == encoding
            assert answer.headers["vary"] == "accept-encoding"
            assert "javascript" in answer.headers["content-type"]


@pytest.mark.parametrize(
    "path",
    [
        "/%2e%2e/dist-secret",
        "/..%2fdist-secret",
        "/assets/%2e%2e/%2e%2e/dist-secret",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/favicon.svg%00.html",
    ],
)
async def test_nothing_outside_the_folder_is_sent(dist: Path, path: str) -> None:
    answer = await _asked(dist, path)

    assert answer.status_code == 404
    assert "secret" not in answer.text


async def test_a_page_takes_no_post(dist: Path) -> None:
    answer = await _asked(dist, "/", method="POST")

    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD")


async def test_head_tells_the_length_without_the_page(dist: Path) -> None:
    answer = await _asked(dist, "/favicon.svg", method="HEAD")

    assert (answer.headers["content-length"], answer.content) == ("6", b"")


async def test_pages_that_were_not_built_say_what_to_run(tmp_path: Path) -> None:
    answer = await _asked(tmp_path, "/")

    assert (answer.status_code, "make install" in answer.text) == (503, True)
