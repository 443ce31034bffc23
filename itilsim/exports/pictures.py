"""Pictures of the figures for slides, one file a figure, drawn by plotly in a browser of this machine and by nothing else."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from os import environ
from pathlib import Path
from typing import Any

from itilsim.exports.needed import NotInstalled, whole
from itilsim.exports.slide import SCALE, slide
from itilsim.figures.figure import figures
from itilsim.pages.catalogue import open_catalogue
from itilsim.tables.result import open_result

FORMATS = ("png", "svg")
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
NOWHERE = "http://127.0.0.1:9"
"""A proxy that nobody answers: whatever the browser would ask of a network stays unasked."""


def write_pictures(result: Path, out: Path | None = None, *, format: str = "png", language: str = "en") -> list[Path]:
    """Writes each figure of a stored result as a picture and returns where they are: in `out`, or in `figures` of the results folder.

    Raises ResultFault where the folder cannot be read, NotInstalled where the library or a browser is missing, ValueError for a format
    or a language that there is none of.
    """
    if format not in FORMATS:
        raise ValueError(f"there is no picture as '{format}'; there are {', '.join(FORMATS)}")
    opened = open_result(result).in_language(language)
    catalogue = open_catalogue(language, opened.currency)
    slides = [(figure, slide(figure, opened, catalogue)) for figure in figures()]
    folder = out or Path(result) / "figures"
    written = []
    with _drawing() as draw:
        folder.mkdir(parents=True, exist_ok=True)
        for figure, spec in slides:
            if spec is not None:
                path = folder / f"{figure.number:02}-{figure.title.split('.')[1]}.{format}"
                whole(path, draw(spec, format))
                written.append(path)
    return written


@contextmanager
def _drawing() -> Iterator[Any]:
    """Starts one browser for all pictures and gives what draws a spec as bytes of a format."""
    try:
        import kaleido
    except ImportError as missing:
        raise NotInstalled("pictures", "kaleido") from missing
    browser = environ.get("BROWSER_PATH") or next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        raise NotInstalled("pictures", "a Chromium or Chrome browser", "apt install chromium, or set BROWSER_PATH to one")

    def draw(spec: dict[str, Any], format: str) -> bytes:
        size = {"width": spec["layout"]["width"], "height": spec["layout"]["height"]}
        scale = SCALE if format == "png" else 1.0
        drawn: bytes = kaleido.calc_fig_sync(spec, opts={"format": format, "scale": scale, **size})
        return drawn

    kaleido.start_sync_server(n=1, path=browser, mathjax=False, proxy_server=NOWHERE, silence_warnings=True)
    try:
        yield draw
    finally:
        kaleido.stop_sync_server(silence_warnings=True)
