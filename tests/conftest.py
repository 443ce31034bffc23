"""Tests marked `nightly` are skipped unless they are asked for."""

from __future__ import annotations

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
