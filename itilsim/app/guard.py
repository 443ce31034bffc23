"""Who may ask: a browser on this machine that came here by the app's own address, and pages of the app itself.

A page of another site can make a browser send requests to this machine, by its own name for it too (DNS rebinding). So the Host has to be
this machine's, and what changes anything has to come from a page of the app.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

HOST = "127.0.0.1"
NAMES = (HOST, "localhost")
MOST_BYTES = 1_000_000
"""The largest question that is read."""


def guard(server: Any, port: int, hashes: Sequence[str]) -> None:
    """Puts the checks before every request of a Flask server, and the policy on every answer; `hashes` are of its inline scripts."""
    from flask import Response, abort, request

    hosts = {f"{name}:{port}" for name in NAMES}
    origins = {f"http://{host}" for host in hosts}
    policy = (
        f"default-src 'none'; script-src 'self' {' '.join(hashes)}; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
        "connect-src 'self'; font-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
    server.config["MAX_CONTENT_LENGTH"] = MOST_BYTES

    @server.before_request  # type: ignore[untyped-decorator]
    def check() -> None:
        if request.host not in hosts:
            abort(403, "this host is not the app's")
        if request.method in ("GET", "HEAD"):
            return
        site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
        if site not in (None, "same-origin") or (origin is not None and origin not in origins) or (site is None and origin is None):
            abort(403, "a page of the app has to ask")

    @server.after_request  # type: ignore[untyped-decorator]
    def seal(response: Response) -> Response:
        response.headers.setdefault("Content-Security-Policy", policy)
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
        response.headers["Cache-Control"] = "no-store" if response.mimetype in ("text/html", "application/json") else "no-cache"
        return response
