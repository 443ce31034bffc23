"""The command `sensitivity` stores its table in the folder of the study and prints the largest swing first."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from itilsim.case import Case
from itilsim.case import lower as lowering
from itilsim.cli.app import main
from tests.study.test_sensitivity import CROSSING, REAL_LOWER, case

__all__ = ["case"]


@pytest.fixture(autouse=True)
def _real_lowering(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lowering, "lower", REAL_LOWER)


def test_table_page_json_and_what_is_known_already(
    case: Case,
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """Sorted by swing; the page shows it; JSON has the same numbers; nothing is lived twice; it joins a larger study."""
    out = tmp_path / "results"
    command = ["sensitivity", str(case.folder), "--out", str(out), "-n", "200", "--workers", "2"]
    assert main([*command, "--quiet"]) == 0
    said = capfd.readouterr()
    rows = [line.split()[0] for line in said.out.splitlines() if line.startswith("costs.")]
    assert said.err == "" and rows == ["costs.build.amount", "costs.fee.amount"]
    assert "The difference does not depend on: costs.paper.amount" in said.out and "above it build" in said.out
    (folder,) = out.iterdir()
    assert (folder / "sensitivity.parquet").is_file()
    assert "First place changes at" in (folder / "report.html").read_text(encoding="utf-8")

    assert main([*command, "--json", "--input", "costs.fee.amount"]) == 0
    said = capfd.readouterr()
    assert "holds these inputs already" in said.err
    found = json.loads(said.out, parse_constant=lambda name: pytest.fail(name))
    (fee,) = found["inputs"]
    (change,) = fee["changes"]
    assert found["result"] == str(folder) and (change["from"], change["to"]) == ("rent", "build")
    assert abs(change["at"] - CROSSING) < 3.5 * change["standard_error"]

    assert main(["run", str(case.folder), "--out", str(out), "-n", "300", "--quiet"]) == 0
    capfd.readouterr()
    assert main([*command, "--input", "costs.porter.amount", "--quiet"]) == 0
    assert "never in its range" in capfd.readouterr().out
    assert sum((each / "sensitivity.parquet").is_file() for each in out.iterdir()) == 2, "it stands with the study of most worlds"


def test_what_makes_no_sense_is_refused(case: Case, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """An unknown key, an unknown party, and a single world, each with a sentence; nothing is stored."""
    command = ["sensitivity", str(case.folder), "--out", str(tmp_path / "results")]
    refused = {("--input", "costs.fees.amount"): "costs.fee.amount", ("--party", "compny"): "company", ("-n", "1"): "at least 2"}
    for more, words in refused.items():
        assert main([*command, *more]) == 2
        assert words in capfd.readouterr().err
    assert not (tmp_path / "results").exists()
