"""Saved scenarios: files that the command line reads, with the numbers that the workbench showed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from itilsim.case import Case, load_case
from itilsim.case.lower import lower
from itilsim.cli import main
from itilsim.live.saved import inline, save
from itilsim.live.workbench import Workbench
from itilsim.study.subject import WrongRequest
from itilsim.text.faults import FaultyInput
from tests.live.conftest import CASES, shipped

PRICE, TRAINERS = "prices.course.action", "own-trainer:teams.trainers.people"


@pytest.mark.parametrize("name", CASES)
def test_every_lever_of_a_shipped_case_is_saved_so_that_the_same_plans_come_back(name: str, tmp_path: Path) -> None:
    case, levers = shipped(name)
    values = {each.key: each.stated(each.low + 0.3 * (each.high - each.low)) for each in levers}
    moved, saved = case.with_values(values), load_case(save(case, values, tmp_path, "moved"))
    for alternative in case.alternatives:
        assert lower(moved, alternative).fingerprint == lower(saved, alternative).fingerprint, alternative
    kept = {leaf.key for a in saved.alternatives.values() for leaf in a.leaves() if leaf.lever}
    assert kept == {each.key.rpartition(":")[2] for each in levers}, "what could be moved can be moved on"


def test_the_command_line_gives_the_numbers_that_were_shown(
    training: Case, bench: Workbench, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    values = {PRICE: "31000 CNY / action", TRAINERS: "2 person"}
    asked = bench.ask(values, alternatives=("courses", "own-trainer"), wanted=100)
    assert asked.wait(60)
    shown = asked.snapshot().panels["values"]
    folder = save(training, values, tmp_path, "dearer-courses")
    assert main(["run", str(folder), "-n", "100", "--json", "--quiet", "--out", str(tmp_path / "results")]) in (0, None)
    told = json.loads(capsys.readouterr().out)
    for each in told["alternatives"]:
        if each["name"] in shown:
            panel = shown[each["name"]]
            own = panel["net_value"][:, panel.row(party=training.decision_maker)]
            assert each["parties"][training.decision_maker]["mean"] == pytest.approx(float(np.mean(own)), rel=1e-12)


def test_only_what_was_set_is_written_anew(training: Case, tmp_path: Path) -> None:
    folder = save(training, {PRICE: "31000 CNY / action"}, tmp_path, "moved")
    before, after = ((each / "courses.toml").read_text(encoding="utf-8").split("\n") for each in (training.folder, folder))
    changed = [(a, b) for a, b in zip(before, after, strict=True) if a != b]
    assert len(changed) == 1 and 'value = "31000 CNY / action", lever = "16000 to 40000", label =' in changed[0][1]
    for path in training.folder.glob("*.toml"):
        assert path.name == "courses.toml" or path.read_bytes() == (folder / path.name).read_bytes()


@pytest.mark.parametrize(
    "values",
    [
        {"users.staff.number": 401.0},
        {"users.staff.hour": {"low": 60, "likely": 75, "high": 99, "unit": "CNY / h"}},
        {"courses:relationships.supply.notice": "5 months", "e-learning:relationships.supply.notice": "2 months"},
        {"hire:users.staff.number": "500 users"},
    ],
)
def test_any_value_that_can_be_set_can_be_saved(training: Case, tmp_path: Path, values: dict[str, Any]) -> None:
    moved, saved = training.with_values(values), load_case(save(training, values, tmp_path, "moved"))
    for alternative in training.alternatives:
        assert lower(moved, alternative).fingerprint == lower(saved, alternative).fingerprint, alternative


def test_an_element_of_a_list_and_the_horizon(tmp_path: Path) -> None:
    case, _ = shipped("office-automation")
    values = {"pilot:relationships.supply.exit_fees.1": "50 k CNY"}
    saved = load_case(save(case, values, tmp_path, "moved", horizon=48))
    fees = {
        name: [leaf.likely for leaf in saved[name].leaves() if leaf.key.startswith("relationships.supply.exit_fees")]
        for name in ("pilot", "outsourced")
    }
    assert fees == {"pilot": [144e3, 50e3, 48e3, 0.0], "outsourced": [144e3, 96e3, 48e3, 0.0]} and saved.horizon == 48


@pytest.mark.parametrize("name", ["", "..", "a/b", "Big", "two words", "x" * 61])
def test_a_name_that_cannot_be_a_folder_is_refused(training: Case, tmp_path: Path, name: str) -> None:
    with pytest.raises(WrongRequest, match="a name is made of"):
        save(training, {}, tmp_path, name)
    assert not list(tmp_path.iterdir())


def test_nothing_is_overwritten_and_nothing_half_written_stays(training: Case, tmp_path: Path) -> None:
    save(training, {}, tmp_path, "moved")
    with pytest.raises(WrongRequest, match="already"):
        save(training, {PRICE: "31000 CNY / action"}, tmp_path, "moved")
    with pytest.raises(FaultyInput):
        save(training, {PRICE: "soon"}, tmp_path, "other")
    assert [each.name for each in tmp_path.iterdir()] == ["moved"]


def test_values_are_spelled_as_toml() -> None:
    import tomllib

    value = {"value": 'say "no" — 否', "list": [1, 2.5, True, "x"], "table": {"low": 1e-7}}
    assert tomllib.loads(f"v = {inline(value)}") == {"v": value}
