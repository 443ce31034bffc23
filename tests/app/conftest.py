"""The app as a process of its own on a small case, and a Chromium that looks at it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

CASE = Path(__file__).parent / "claims"
WORLDS = 1_000
OWN = ("http://127.0.0.1:", "data:", "blob:")
LONG = 90_000
"""Milliseconds that a page may take on a busy machine."""


@dataclass
class Running:
    """A running app: its address, the folder of its cases, the one of its results, and its process."""

    address: str
    cases: Path
    results: Path
    process: subprocess.Popen[str]

    def kill(self) -> None:
        """End it at once, as a power cut would."""
        self.process.kill()
        self.process.wait()


def start(cases: Path, results: Path, *options: str) -> Running:
    """Start the app and wait until it tells its address."""
    command = [sys.executable, "-m", "itilsim", "--debug", "app", str(cases), "--out", str(results), "--no-browser", *options]
    log = (results.parent / "app.log").open("a")
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, text=True, env={**os.environ, "PYTHONUNBUFFERED": "1"})
    assert process.stdout is not None
    address = process.stdout.readline().strip()
    assert address.startswith("http://127.0.0.1:"), address
    return Running(address, cases, results, process)


def shelf(folder: Path) -> Path:
    """Put the small case into a folder of cases."""
    shutil.copytree(CASE, folder / "cases" / "claims")
    return folder / "cases"


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """Give an app with the small case, which all tests that change nothing stored share."""
    pytest.importorskip("dash", reason="dash is not installed")
    folder = tmp_path_factory.mktemp("app")
    running = start(shelf(folder), folder / "results", "-n", str(WORLDS), "--port", "8100")
    yield running
    running.kill()


@pytest.fixture
def page(app: Running, browser: Any) -> Iterator[Any]:
    """Give an empty page of a new visitor; whatever it logs as an error fails the test."""
    yield from visited(browser)


def visited(browser: Any, **options: Any) -> Iterator[Any]:
    """Give a page of a new visitor, and fail where it logged an error or asked anybody else."""
    context = browser.new_context(**{"viewport": {"width": 1280, "height": 1000}, "locale": "en-GB", "reduced_motion": "reduce", **options})
    page = context.new_page()
    page.set_default_timeout(LONG)
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    page.on("request", lambda request: wrong.append(request.url) if not request.url.startswith(OWN) else None)
    yield page
    context.close()
    assert wrong == []


def acted(page: Any, action: Callable[[], Any]) -> None:
    """Do what changes the state, and wait until the answer to it has settled."""
    before = int(page.get_attribute(".split", "data-serial"))
    action()
    page.wait_for_selector(f".split[data-serial='{before + 1}']")
    settled(page)


def story(page: Any) -> str:
    """Click the eleventh dot of the first alternative and give the story that opens."""
    page.evaluate("() => document.querySelector('[id$=dotplot] .plot').scrollIntoView({block: 'center', behavior: 'instant'})")
    box = page.locator("[id$=dotplot] .scatterlayer .trace").first.locator(".points path").nth(10).bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.wait_for_selector(".told[data-state=told]")
    return str(page.inner_text(".told"))


def settled(page: Any) -> Any:
    """Wait until all worlds that are wanted are there and every figure is drawn, and give the page."""
    page.wait_for_selector(".split[data-state=done]")
    page.wait_for_function(
        "() => !document.querySelector('.staged') && "
        "[...document.querySelectorAll('#pieces .plot:not([data-drawn])')].every(each => each.closest('details:not([open])'))"
    )
    return page
