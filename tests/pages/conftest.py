"""Results and pages that several tests share."""

from __future__ import annotations

from pathlib import Path

import pytest

from itilsim.pages.report import write_report
from tests.pages.synthetic import Made, make


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """Give a made-up result of 2,000 futures."""
    return make(tmp_path_factory.mktemp("made") / "result")


@pytest.fixture(scope="session")
def page(made: Made) -> Path:
    """Give the page of the made-up result."""
    return write_report(made.folder)
