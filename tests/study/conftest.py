"""Studies in these tests run on a made-up engine; scenario files and engines have tests of their own."""

from __future__ import annotations

import pytest

from itilsim.case import lower
from tests.study.fakes import fake_lower


@pytest.fixture(autouse=True)
def _made_up_lowering(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lower, "lower", fake_lower)
