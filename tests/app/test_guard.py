"""Only a browser on this machine that came by the app's own address is answered, and nothing is read that is not the app's."""

from __future__ import annotations

import http.client
import json
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.app.conftest import Running

QUESTION = json.dumps({"output": "look-told.data", "inputs": [], "changedPropIds": []})


ORIGINS = ("null", "http://evil.example")
SITES = ("cross-site", "same-site", "none")
PATHS = ("/assets/..%2fserver.py", "/assets/server.py", "/assets/%2e%2e/%2e%2e/pyproject.toml", "/case/..%2f..%2fetc")


def asked(app: Running, method: str, path: str, *, host: str | None = None, body: str | None = None, **headers: str) -> tuple[int, Any]:
    """Ask the app as any program could, with headers of one's own."""
    place = urlsplit(app.address)
    connection = http.client.HTTPConnection(str(place.hostname), place.port, timeout=30)
    connection.putrequest(method, path, skip_host=True)
    connection.putheader("Host", host or place.netloc)
    for name, value in headers.items():
        connection.putheader(name.replace("_", "-"), value)
    if body is not None:
        connection.putheader("Content-Type", "application/json")
        connection.putheader("Content-Length", str(len(body)))
    connection.endheaders(body.encode() if body else None)
    answer = connection.getresponse()
    answer.read()
    return answer.status, answer.headers


@pytest.mark.parametrize("host", ["evil.example", "evil.example:{port}", "127.0.0.1", "localhost:1", "127.0.0.1.evil.example:{port}"])
def test_another_host_is_refused(app: Running, host: str) -> None:
    """A name that somebody else points at this machine is not the app's."""
    assert asked(app, "GET", "/", host=host.format(port=urlsplit(app.address).port))[0] == 403


def test_its_own_names_are_answered(app: Running) -> None:
    """The address that was told and localhost lead to the page."""
    assert asked(app, "GET", "/")[0] == 200
    assert asked(app, "GET", "/", host=f"localhost:{urlsplit(app.address).port}")[0] == 200


@pytest.mark.parametrize("headers", [{}, *({"Origin": each} for each in ORIGINS), *({"Sec_Fetch_Site": each} for each in SITES)])
def test_a_page_of_another_site_cannot_ask(app: Running, headers: dict[str, str]) -> None:
    """What changes anything has to come from a page of the app."""
    assert asked(app, "POST", "/_dash-update-component", body=QUESTION, **headers)[0] == 403


def test_a_question_is_bounded(app: Running) -> None:
    """More than a megabyte is not read."""
    origin = app.address.rstrip("/")
    assert asked(app, "POST", "/_dash-update-component", body="x" * 1_000_001, Origin=origin)[0] in (413, 400)


@pytest.mark.parametrize("path", PATHS)
def test_no_path_of_a_browser_is_a_path(app: Running, path: str) -> None:
    """Names are looked up in lists: what is in none is not there, or leads to the first page."""
    status, headers = asked(app, "GET", path)
    assert status == 404 or "text/html" in headers["Content-Type"]


def test_a_page_may_load_nothing_from_elsewhere(app: Running) -> None:
    """The policy names the app itself alone, and no script that stands inline but those that it knows."""
    policy = asked(app, "GET", "/")[1]["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "http" not in policy
    assert "script-src 'self' 'sha256-" in policy
    assert "unsafe-eval" not in policy
    assert "'unsafe-inline'" not in policy.split("script-src")[1].split(";")[0]
