"""Results that are written in several formats."""

from __future__ import annotations

import pytest

from tests.pages.synthetic import Made, make


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """Give a made-up result of 400 futures."""
    return make(tmp_path_factory.mktemp("exported") / "result", worlds=400)
