"""Stories are told of the futures that the dots stand for, in the words of `itilsim explain`, within a share of the run's time."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from itilsim.case import load_case
from itilsim.explain import trace
from itilsim.explain.data import as_data
from itilsim.explain.stories import Teller, add_stories, rows_of, teller
from itilsim.ledger.futures import LEVELS, nearest
from itilsim.study.folder import open_study
from itilsim.study.panel import panel
from itilsim.study.progress import Silent
from itilsim.study.simulate import simulate
from itilsim.study.study import Study
from tests.study.fakes import FakeCase, fake_engine, fake_story

ROOT = Path(__file__).parents[2]


@pytest.fixture
def study() -> Study:
    """A study whose run took 100 seconds."""
    made = simulate(FakeCase(), 300, engine=fake_engine, workers=1, variants=False)
    made.manifest["timings"] = {"lowering_s": 10.0, "worlds_s": 60.0, "variants_s": 30.0, "worlds_simulated": 300}
    return made


def timed(seconds: float) -> tuple[Callable[[], float], Teller]:
    """Give a clock, and a teller whose every story takes so long on it."""
    now = [0.0]

    def tell(alternative: str, replication: int) -> list[dict[str, Any]]:
        now[0] += seconds
        return fake_story(alternative, replication)

    return lambda: now[0], Teller(tell, {})


def test_each_dot_stands_for_the_nearest_stored_future() -> None:
    values = np.random.default_rng(3).normal(size=5_000)
    stored = np.arange(1_000)
    places = nearest(values, stored)
    for place, wanted in zip(places, np.quantile(values, LEVELS), strict=True):
        assert abs(values[stored[place]] - wanted) == np.abs(values[:1_000] - wanted).min()


def told(study: Study) -> dict[str, list[int]]:
    """The futures told of each alternative, by their values."""
    found = {name: sorted({row["replication"] for row in study.stories if row["alternative"] == name}) for name in study.values}
    return {name: sorted(own, key=lambda k: study.net_value(name)[k]) for name, own in found.items()}


def test_five_futures_of_each_alternative_are_told_where_time_allows(study: Study) -> None:
    clock, slow = timed(0.99)
    add_stories(study, slow, Silent(), clock=clock)
    assert study.manifest["stories"] == {"told": 10, "left_out": 0, "called": {}}
    for name, own in told(study).items():
        places = nearest(study.net_value(name), np.arange(300))
        assert own == [places[dot] for dot in (2, 4, 24, 45, 47)]
    assert study.manifest["timings"]["stories_s"] == pytest.approx(9.9)


def test_what_would_take_more_than_a_tenth_of_the_run_is_left_out_but_never_the_worst_the_middle_and_the_best(study: Study) -> None:
    clock, slow = timed(1.3)
    add_stories(study, slow, Silent(), clock=clock)
    assert study.manifest["stories"] == {"told": 7, "left_out": 3, "called": {}}
    clock, slow = timed(60.0)
    add_stories(study, slow, Silent(), clock=clock)
    assert study.manifest["stories"] == {"told": 6, "left_out": 4, "called": {}}
    for name, own in told(study).items():
        places = nearest(study.net_value(name), np.arange(300))
        assert own == [places[dot] for dot in (2, 24, 47)]


def test_a_study_without_months_has_no_stories() -> None:
    made = simulate(FakeCase(), 20, engine=fake_engine, workers=1, variants=False, keep="values")
    add_stories(made, Teller(fake_story, {}), Silent())
    assert made.stories == [] and "stories" not in made.manifest


def test_stories_are_stored_and_read_with_the_study(study: Study, tmp_path: Path) -> None:
    add_stories(study, Teller(fake_story, {}), Silent())
    folder = study.save(tmp_path)
    again = open_study(folder)
    assert again.stories == study.stories and again.manifest["stories"] == study.manifest["stories"]
    simulate(FakeCase(), 300, engine=fake_engine, workers=1, variants=False).save(tmp_path)
    assert open_study(folder).stories == []


def test_what_is_counted_is_called_as_explain_calls_it() -> None:
    counts = panel({}, {f"count.{name}": np.zeros(1) for name in ("trainer", "method", "trainer:busy")}, worlds=1)
    made = Study({"seed": 1, "settings": {"frozen": []}}, {"values": {"own-trainer": counts}, "lifetimes": {"own-trainer": counts}})
    called = teller(load_case(ROOT / "scenarios" / "training"), made).called
    assert called == {"own-trainer": {"trainer": "departures from the own trainer"}}  # courses come so often that they are never told


def test_stories_are_those_of_explain_for_the_same_world() -> None:
    story = trace(load_case(ROOT / "scenarios" / "training")["courses"], 1, 12)
    happenings = as_data(story)["story"]["happenings"]
    rows = rows_of("courses", 12, story)
    assert 5 <= len(rows) <= 20 and rows == sorted(rows, key=lambda row: row["hour"])
    for row in rows:
        own = [each for each in happenings if each["steps"][0]["hour"] == row["hour"] and each["present_value"] == row["present_value"]]
        said = [" ".join(step["sentence"] for step in each["steps"] if step["sentence"] != ".") for each in own]
        assert f"{row['sentence']} {row['then']}".strip() in said
        assert own[0]["steps"][0]["month"] == row["month"]
    largest = sorted((abs(each["present_value"]) for each in happenings), reverse=True)[:8]
    assert {value for value in largest if value} <= {abs(row["present_value"]) for row in rows}
