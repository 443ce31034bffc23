"""Runs concept tests under their own breaks where `--broken` is given."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

import pytest


@pytest.fixture(autouse=True)
def broken(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Take the behaviour of a concept test away, where that is asked for."""
    mark = request.node.get_closest_marker("concept")
    if mark is not None and request.config.getoption("--broken"):
        mark.kwargs["broken_by"](monkeypatch)


@pytest.hookimpl(wrapper=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> Generator[None, Any, Any]:
    """Under `--broken` a concept test has to fail by its own assertion."""
    if pyfuncitem.get_closest_marker("concept") is None or not pyfuncitem.config.getoption("--broken"):
        return (yield)
    try:
        yield
    except AssertionError:
        return True
    pytest.fail("the behaviour is taken away and the test does not notice")
