"""The pages of the shipped cases: every sentence is borne out by what a comparison stored."""

from __future__ import annotations

from pathlib import Path

import pytest

from itilsim.cli import main
from tests.pages.claims.audit import audit, auditor
from tests.pages.claims.edges import told

SCENARIOS = Path(__file__).parents[3] / "scenarios"
CASES = sorted(path.parent.name for path in SCENARIOS.glob("*/case.toml"))


def compared(case: str, worlds: int, out: Path) -> Path:
    """Compare the alternatives of a case as a planner does, and return the folder of the result."""
    assert main(["compare", str(SCENARIOS / case), "-n", str(worlds), "--out", str(out), "--quiet"]) == 0
    (folder,) = out.iterdir()
    return folder


@pytest.fixture(scope="session")
def training(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the result of one shipped case with few futures."""
    return compared("training", 200, tmp_path_factory.mktemp("training"))


def test_no_sentence_of_a_shipped_case_claims_more_than_is_stored(training: Path) -> None:
    """With few futures much cannot be told apart, and little can be said finely."""
    opened = auditor(training, training / "report.html")
    assert not told(opened.faults())
    assert len(opened.page.said) > 100 and len(opened.used) > 35


@pytest.mark.nightly
@pytest.mark.parametrize("case", CASES)
def test_no_sentence_of_any_shipped_case_claims_more_than_is_stored(tmp_path: Path, case: str) -> None:
    """With a thousand futures of each."""
    folder = compared(case, 1_000, tmp_path)
    assert not told(audit(folder, folder / "report.html"))
