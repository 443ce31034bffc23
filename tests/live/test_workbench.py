"""The workbench: what it shows is what a simulation gives, soon, for the newest question, from bounded memory."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from itilsim.case import Case, load_case
from itilsim.explain import Story, Twins
from itilsim.figures.figure import figures
from itilsim.live.asked import Asked, GivenUp
from itilsim.live.moved import MOST_PLANS
from itilsim.live.workbench import Workbench, story
from itilsim.pages.catalogue import open_catalogue
from itilsim.pages.drawn import drawn
from itilsim.study.panel import same_bits
from itilsim.study.simulate import simulate
from itilsim.study.study import Study
from itilsim.study.subject import WrongRequest
from itilsim.tables.result import open_result
from itilsim.text.faults import FaultyInput
from tests.live.conftest import SCENARIOS

CHOSEN = ("courses", "hire")
LICENCE, PREMIUM, STAFF = "prices.course.action", "costs.premium.premium", "users.staff.number"


def same_as(asked: Asked, study: Study) -> None:
    """Hold every number of an answer against a study's to the last bit."""
    asked.wait(60)
    panels = asked.snapshot().panels
    assert set(panels) == set(study.panels)
    for table, by_name in study.panels.items():
        assert list(by_name) == list(panels[table]), table
        for name, each in by_name.items():
            assert same_bits(each, panels[table][name]), (table, name)


@pytest.mark.parametrize("values", [{}, {LICENCE: "30000 CNY / action"}, {STAFF: "400 users", PREMIUM: "300 CNY / user / month"}])
def test_an_answer_is_the_simulation_to_the_last_bit(training: Case, bench: Workbench, values: dict[str, str]) -> None:
    study = simulate(training.with_values(values), 200, alternatives=CHOSEN, variants=False)
    same_as(bench.ask(values, alternatives=CHOSEN, wanted=200), study)
    again = bench.ask(values, alternatives=CHOSEN, wanted=200)
    same_as(again, study)
    assert again.priced and again.worlds == 200


def test_a_third_price_is_priced_and_close(training: Case, bench: Workbench) -> None:
    for value in (200, 600):
        asked = bench.ask({PREMIUM: f"{value} CNY / user / month"}, alternatives=("hire",), wanted=200)
        assert asked.wait(60) and not asked.priced
    asked = bench.ask({PREMIUM: "450 CNY / user / month"}, alternatives=("hire",), wanted=200)
    assert asked.wait(60) and asked.worlds == 200 and asked.priced
    study = simulate(training.with_values({PREMIUM: "450 CNY / user / month"}), 200, alternatives=("hire",), variants=False)
    for party in study.parties:
        row = study.values["hire"].row(party=party)
        found, wanted = asked.snapshot().panels["values"]["hire"]["net_value"][:, row], study.net_value("hire", party=party)
        assert np.allclose(found, wanted, rtol=1e-9, atol=1e-3)


def test_it_goes_on_to_what_is_wanted_and_a_newer_question_gives_the_older_one_up(bench: Workbench) -> None:
    older = bench.ask({}, alternatives=CHOSEN, wanted=10_000)
    assert older.first.replications >= 100
    newer = bench.ask({LICENCE: "20000 CNY / action"}, alternatives=CHOSEN, wanted=400)
    assert older.wait(20) and older.worlds < 10_000
    assert newer.wait(60) and newer.worlds == 400 and newer.snapshot().manifest["complete"]
    before = older.snapshot()
    assert before.replications == older.worlds and not before.manifest["complete"]


def test_what_is_given_up_before_it_began_says_so(bench: Workbench) -> None:
    asked = bench.ask({}, alternatives=CHOSEN)
    asked.cancel()
    try:
        assert asked.first.replications >= 100
    except GivenUp as said:
        assert "newer question" in str(said)
    assert asked.wait(20)


def test_a_first_answer_has_the_baseline_and_the_best_where_time_is_short_and_the_rest_follow(training: Case) -> None:
    bench = Workbench(training)
    others = tuple(name for name in training.alternatives if name != training.baseline)
    for name in training.alternatives:
        bench.pace.lived(name, 1_000.0, 1)
    asked = bench.ask({STAFF: "300 users"}, alternatives=others, wanted=100)
    first = [entry["name"] for entry in asked.first.manifest["alternatives"]]
    assert asked.wait(60)
    assert len(first) == 2 and training.baseline in first
    assert [entry["name"] for entry in asked.snapshot().manifest["alternatives"]] == list(asked.case.alternatives)
    bench.close()


def test_faults_reach_whoever_takes_the_answer(bench: Workbench) -> None:
    with pytest.raises(FaultyInput, match="below nought"):
        _ = bench.ask({LICENCE: "-5 CNY / action"}, alternatives=CHOSEN).first
    with pytest.raises(FaultyInput, match="licences"):
        _ = bench.ask({"prices.licences.amount": "5 CNY / action"}, alternatives=CHOSEN).first
    with pytest.raises(WrongRequest, match="nobody"):
        _ = bench.ask({}, alternatives=CHOSEN, party="nobody").first
    with pytest.raises(WrongRequest, match="nothing to measure"):
        _ = bench.ask({}, alternatives=()).first


def test_another_party_and_another_horizon(training: Case, bench: Workbench) -> None:
    party = next(name for name in training.contracting if name != training.decision_maker)
    asked = bench.ask({}, alternatives=("courses",), party=party, horizon=24, wanted=100)
    asked.wait(60)
    held = asked.snapshot()
    assert held.decision_maker == party and held.manifest["horizon_months"] == 24
    assert held.panels["paths"]["courses"].rows == 24
    mine = bench.ask({}, alternatives=("courses",), horizon=24, wanted=100).first
    assert np.array_equal(mine.panels["values"]["courses"]["net_value"], held.panels["values"]["courses"]["net_value"])


def test_tables_read_it_as_they_read_a_stored_result(training: Case, bench: Workbench, tmp_path: Path) -> None:
    study = simulate(training, 100, alternatives=CHOSEN, variants=False)
    stored = open_result(study.save(tmp_path))
    asked = bench.ask({}, alternatives=CHOSEN, wanted=100)
    assert asked.wait(60)
    held = asked.snapshot()
    decider = {"party": training.decision_maker}
    read = [
        ("values", ["net_value", "cash"], decider, None), ("budget", ["one_off", "running"], None, "year"),
        ("paths", ["value"], None, "month"), ("funding", ["payback_month"], None, None),
        ("perceived", ["value"], {"stakeholder": study.stakeholders[0]}, None),
    ]  # fmt: skip
    for name, columns, where, step in read:
        assert held.has(name) and stored.has(name)
        own, other = (each.worlds(name, columns, where=where, step=step) for each in (held, stored))
        assert own.keys() == other.keys()
        for alternative, worlds in own.items():
            assert np.array_equal(worlds.replications, other[alternative].replications)
            for column in columns:
                assert np.array_equal(worlds[column], other[alternative][column], equal_nan=True), (name, column)
    columns = ["alternative", "replication", "source", "component", "value"]
    own, other = (each.table("sources", columns, where=decider).to_pydict() for each in (held, stored))
    assert own == other
    for party in {*held.panels["sources"][CHOSEN[0]].labels["party"], "nobody"}:  # one that some alternatives lack, and one that all do
        own, other = (each.table("sources", columns, where={"party": party}).to_pydict() for each in (held, stored))
        assert own == other, party
    assert not held.has("variants") and held.columns("variants") == ()
    assert set(held.columns("values")) == set(stored.columns("values"))
    kept = {name: value for name, value in stored.manifest.items() if name not in ("hashes", "folder", "timings", "settings", "case")}
    assert {name: held.manifest.get(name) for name in kept} == kept


def test_a_story_is_told_of_the_values_that_were_asked_for(bench: Workbench) -> None:
    asked = bench.ask({LICENCE: "39000 CNY / action"}, alternatives=CHOSEN, wanted=100)
    told = story(asked, "courses", 7)
    assert isinstance(told, Story) and told.replication == 7 and asked.case.values
    plain = story(bench.ask({}, alternatives=CHOSEN, wanted=100), "courses", 7)
    assert isinstance(plain, Story) and told.total < plain.total
    assert isinstance(story(asked, "courses", 7, against="hire"), Twins)


@pytest.mark.parametrize("moves", [80, pytest.param(300, marks=pytest.mark.nightly)])
def test_memory_does_not_grow_with_the_number_of_moves(training: Case, moves: int) -> None:
    most = 2_000_000
    bench = Workbench(training, most_bytes=most)
    chance = np.random.default_rng(5)
    sizes = []
    for _ in range(moves):
        staff, price = chance.integers(100, 800), chance.integers(150, 700)
        values = {STAFF: f"{staff} users", PREMIUM: f"{price} CNY / user / month"}
        asked = bench.ask(values, alternatives=("hire",), wanted=100)
        assert asked.first.replications == 100 and asked.wait(10)
        sizes.append(bench.kept.size)
    bench.close()
    assert sizes[3] < most, "a few moves fit, so that the bound is what holds"
    assert max(sizes) > most / 2 and max(sizes) <= most and bench.plans.count <= 2 * MOST_PLANS


def test_the_best_alternatives_come_first(bench: Workbench) -> None:
    everything = tuple(name for name in bench.base_case.alternatives if name != bench.base_case.baseline)
    asked = bench.ask({}, alternatives=everything, wanted=100)
    assert asked.wait(60)
    held = asked.snapshot()
    means = {name: each["net_value"][:, each.row(party=held.decision_maker)].mean() for name, each in held.panels["values"].items()}
    assert bench.order(tuple(bench.base_case.alternatives)) == [bench.base_case.baseline, *sorted(means, key=lambda name: -means[name])]


def test_a_case_of_another_kind_is_answered_too() -> None:
    case = load_case(SCENARIOS / "broadband")
    bench = Workbench(case)
    study = simulate(case, 50, alternatives=("one-line",), variants=False)
    same_as(bench.ask({}, alternatives=("one-line",), wanted=50), study)
    bench.close()


@pytest.mark.parametrize("name", ["training", "value-chain"])
def test_every_figure_is_drawn_from_the_sight_of_every_party(name: str) -> None:
    """Also of one that no source touches under some alternative, or under any."""
    case = load_case(SCENARIOS / name)
    chosen = [alternative for alternative in case.alternatives if alternative != case.baseline]
    catalogue = open_catalogue("en", case.currency)
    bench = Workbench(case)
    for party in bench.ask({}, alternatives=chosen, wanted=100).first.panels["values"][chosen[0]].labels["party"]:
        held = bench.ask({}, alternatives=chosen, party=str(party), wanted=100).first
        for figure in figures():
            drawn(figure, held, catalogue)
