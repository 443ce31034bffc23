"""Serving the app on this machine until it is interrupted."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

from itilsim.app.desk import Desk
from itilsim.app.guard import HOST
from itilsim.app.server import server
from itilsim.app.shelf import Shelf
from itilsim.live.jobs import Jobs

TRIED = 20
"""Ports that are tried from the one asked for."""


def serve(path: Path, *, results: Path, port: int, seed: int, wanted: int, ready: Callable[[str], None]) -> None:
    """Serves the cases below a path until it is interrupted; `ready` is told the address. Raises OSError where no port is free."""
    from werkzeug.serving import make_server

    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    desk, jobs = Desk(Shelf(path), seed=seed, wanted=wanted), Jobs(results)
    free = _free(port)
    listening = make_server(HOST, free, server(desk, jobs, results, free).server, threaded=True)
    ready(f"http://{HOST}:{free}/")
    try:
        listening.serve_forever()
    finally:
        listening.server_close()
        desk.close()
        jobs.close()


def _free(port: int) -> int:
    """Gives the first port that is free, from the one asked for."""
    import socket

    for each in range(port, port + TRIED):
        with socket.socket() as tried:
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                tried.bind((HOST, each))
            except OSError:
                continue
            return each
    raise OSError(f"no port from {port} to {port + TRIED - 1} is free on {HOST}")
