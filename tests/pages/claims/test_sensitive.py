"""Sentences on the inputs that were varied are borne out by the stored sensitivity."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from itilsim.pages import report
from tests.pages.claims.audit import audit, auditor
from tests.pages.claims.edges import Edge, told
from tests.pages.test_sensitivity_part import ROWS, row, store, turned

STORED: dict[str, list[dict[str, Any]]] = {
    "all kinds": ROWS,
    "one turns it": ROWS[:1],
    "one moves it, none turns it": [row("overrun.build", 500_000.0)],
    "none moves it": [row("overrun.build", 10_000.0)],
    "two alike": [row("hour.value", 510_000.0), row("overrun.build", 500_000.0)],
    "one is close": ROWS[1:2],
    "more turn it than are named": [row(f"input.{i}", 9e5 + i, **turned(1.5 + i / 10, 0.01, "outsourced", "saas")) for i in range(5)],
}


@pytest.mark.parametrize("name", STORED)
def test_no_sentence_on_inputs_claims_more_than_is_stored(english: None, tmp_path: Path, name: str) -> None:
    """Which moves the difference most, which changes first place, of how many it cannot be told."""
    folder = Edge(worlds=50).write(tmp_path / "result")
    store(folder, STORED[name])
    opened = auditor(folder, report.write_report(folder))
    assert not told(opened.faults())
    assert any(form.startswith("input_") and form not in ("input_counts", "input_find") for form in opened.used)


@pytest.mark.parametrize("change", [{"difference_high": 9e5}, {"swing": 1e3}, {"changes_at": 2.9}, {"changes_to": "saas"}])
def test_an_input_that_was_moved_is_noticed(english: None, tmp_path: Path, change: dict[str, Any]) -> None:
    """The page stays, the stored sensitivity is moved under it."""
    folder = Edge(worlds=50).write(tmp_path / "result")
    store(folder, ROWS)
    page = report.write_report(folder, tmp_path / "page.html")
    assert not audit(folder, page)
    store(folder, [ROWS[0] | change, *ROWS[1:]])
    assert {"tornado", "inputs"} & {fault.section for fault in audit(folder, page)}
