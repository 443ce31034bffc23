"""Tests marked `nightly` are skipped unless they are asked for; one Chromium serves all tests that open a page."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from typing import Any

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options that ask for the long tests and for broken behaviour."""
    parser.addoption("--nightly", action="store_true", default=False, help="run the tests marked nightly, which take long, too")
    parser.addoption("--broken", action="store_true", default=False, help="run each concept test under its own break: it has to go red")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Skip what is marked nightly unless `--nightly` is given."""
    if config.getoption("--nightly"):
        return
    for item in items:
        if item.get_closest_marker("nightly"):
            item.add_marker(pytest.mark.skip(reason="runs with --nightly"))


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
