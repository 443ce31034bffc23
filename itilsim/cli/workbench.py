"""The verb `app`: the workbench in the browser, served on this machine alone until it is interrupted."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from itilsim.cli.exits import refuse, say

CASES = Path("scenarios")
LEAST = 100
"""Worlds below which a state has no answer."""


def open_workbench(path: Path | None, *, out: Path, port: int, seed: int, replications: int, browser: bool) -> None:
    """Serve the cases below a path and print the address on stdout."""
    if find_spec("dash") is None:
        refuse("app: the workbench needs dash; install it by: pip install 'itilsim[app]'")
    place = path or (CASES if CASES.is_dir() else Path())
    if replications < LEAST:
        refuse(f"-n {replications}: a state needs {LEAST} worlds or more")
    if not place.is_dir():
        refuse(f"{place}: there is no such folder; app takes a case folder, or a folder that holds cases")
    from itilsim.app.serve import serve

    def ready(address: str) -> None:
        print(address, flush=True)
        say("Ctrl-C ends it; what is stored stays.")
        if browser:
            import webbrowser

            webbrowser.open(address)

    serve(place, results=out, port=port, seed=seed, wanted=replications, ready=ready)
