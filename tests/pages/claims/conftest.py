"""Results at the edges, their pages, and one shipped case, each made once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from itilsim.pages import report
from tests.pages.claims.audit import auditor
from tests.pages.claims.edges import Edge
from tests.pages.claims.forms import Auditor

Audited = Callable[[Edge], Auditor]


@pytest.fixture
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    """Write only the English edition, which is the one that is read here."""
    monkeypatch.setattr(report, "languages", lambda: ("en",))


@pytest.fixture
def audited(english: None, tmp_path: Path) -> Audited:
    """Give what writes a result and its page and opens both."""

    def open_it(edge: Edge) -> Auditor:
        folder = edge.write(tmp_path / "result")
        return auditor(folder, report.write_report(folder))

    return open_it
