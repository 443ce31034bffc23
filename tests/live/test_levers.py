"""Levers: a quantity says how far a planner can move it, and everything that lists inputs knows it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from itilsim.case import load_case
from itilsim.kinds.leaf import read_leaf
from itilsim.text.dimension import MONEY, TIME
from itilsim.text.faults import FaultyInput, FaultyQuantity
from tests.live.conftest import CASES, SCENARIOS, shipped

RATE = MONEY / TIME


def lever_of(given: dict[str, Any]) -> tuple[float, float] | None:
    return read_leaf(given, RATE, currency="CNY").lever


@pytest.mark.parametrize(
    "lever", ["120 to 420", "120 to 420 k CNY / year", "120 k CNY / year to 420 k CNY / year", "  120  to  420 "]
)
def test_a_range_stands_in_the_unit_of_its_quantity(lever: str) -> None:
    assert lever_of({"value": "240 k CNY / year", "lever": lever}) == (120.0, 420.0)


def test_what_is_not_known_has_a_range_of_its_own_or_another() -> None:
    unknown = {"low": 18, "likely": 32, "high": 55, "unit": "CNY / month"}
    assert lever_of({**unknown, "lever": True}) == (18.0, 55.0)
    assert lever_of({**unknown, "lever": "10 to 100"}) == (10.0, 100.0)
    assert lever_of({**unknown, "lever": False}) is None and lever_of(unknown) is None


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"value": "240 k CNY / year", "lever": True}, "has no low and high of its own"),
        ({"value": "240 k CNY / year", "lever": "240"}, "it needs a range"),
        ({"value": "240 k CNY / year", "lever": 240}, "it needs a range"),
        ({"value": "240 k CNY / year", "lever": "420 to 120"}, "from the lower number to the higher"),
        ({"value": "240 k CNY / year", "lever": "120 to 200"}, "found 240 outside its own lever"),
        ({"value": "240 k CNY / year", "lever": "120 to 420 CNY / month"}, "written in 'k CNY / year'"),
        ({"p10": "8 CNY / year", "p90": "25 CNY / year", "lever": "5 to 30"}, "not one number in one unit"),
    ],
)
def test_a_lever_at_fault_is_named_with_a_sentence(given: dict[str, Any], said: str) -> None:
    with pytest.raises(FaultyQuantity, match=said):
        lever_of(given)


def test_check_finds_it_at_its_place(tmp_path: Path) -> None:
    folder = tmp_path / "training"
    shutil.copytree(SCENARIOS / "training", folder, ignore=shutil.ignore_patterns("*.md"))
    file = folder / "own-trainer.toml"
    file.write_text(file.read_text(encoding="utf-8").replace('lever = "1 to 3"', 'lever = "2 to 3"'), encoding="utf-8")
    with pytest.raises(FaultyInput, match=r"own-trainer\.toml:\d+:\d+: error: found 1 outside its own lever of '2 to 3'"):
        load_case(folder)


def test_a_value_that_is_set_may_leave_the_range() -> None:
    case = load_case(SCENARIOS / "training")
    moved = case.with_values({"own-trainer:teams.trainers.people": "9 people"})
    leaf = next(leaf for leaf in moved["own-trainer"].leaves() if leaf.key == "teams.trainers.people")
    assert leaf.likely == 9.0 and leaf.lever is None


def test_describe_and_sheet_list_levers(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    from itilsim.cli.describe import describe_case
    from itilsim.cli.sheet import sheet_of_case

    path = SCENARIOS / "training"
    describe_case(path, values={}, sheet=None, json=True)
    inputs = {each["key"]: each for each in json.loads(capsys.readouterr().out)["inputs"]}
    assert inputs["own-trainer:teams.trainers.people"]["lever"] == [1.0, 3.0]
    assert inputs["prices.licence.amount"]["lever"] == [10.0, 26.0] and inputs["users.staff.hour"]["lever"] is None
    describe_case(path, values={}, sheet=None, json=False)
    assert "own-trainer:teams.trainers.people: trainers of its own: 1 person, lever from 1 to 3" in capsys.readouterr().out
    sheet_of_case(path, out=tmp_path / "sheet.csv", everything=False, values={}, sheet=None)
    keys = [line.split(",")[0] for line in (tmp_path / "sheet.csv").read_text(encoding="utf-8-sig").splitlines()]
    assert "own-trainer:teams.trainers.people" in keys and "teams.authors.people" not in keys


@pytest.mark.parametrize("name", CASES)
def test_every_shipped_case_has_a_few_levers_with_labels_and_sources(name: str) -> None:
    case, found = shipped(name)
    assert 4 <= len(found) <= 8
    for each in found:
        assert each.source and each.label and each.low <= each.value <= each.high
        assert set(each.alternatives) <= set(case.alternatives)
        assert case.with_values({each.key: each.stated(each.low)}).values
