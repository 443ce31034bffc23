"""Results and pages that several tests share, and a Chromium to open pages in."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from itilsim.pages.report import write_report
from tests.pages.synthetic import Made, make

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """Give a made-up result of 2,000 futures."""
    return make(tmp_path_factory.mktemp("made") / "result")


@pytest.fixture(scope="session")
def page(made: Made) -> Path:
    """Give the page of the made-up result."""
    return write_report(made.folder)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Give Debian's Chromium; without it page tests are skipped, or fail where CI is set."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        why = "no chromium on this machine: the page is not opened in a browser"
        if os.environ.get("CI"):
            pytest.fail(why)
        pytest.skip(why)
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with sync_api.sync_playwright() as playwright:
        instance = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        yield instance
        instance.close()
