"""Sensitivity finds where first place changes hands, to within the error that it states, and says "never" where it never does."""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from itilsim.case import Case, load_case
from itilsim.case import lower as lowering
from itilsim.engine.compiled import run_block
from itilsim.ledger.ledger import Ledger
from itilsim.study.blocks import worker_pool
from itilsim.study.engines import choose
from itilsim.study.sensitivity.first_place import Change, Point, Search
from itilsim.study.sensitivity.lived import Lives
from itilsim.study.sensitivity.ranges import inputs_of
from itilsim.study.sensitivity.run import SensitivityInterrupted, Wish, sensitivity, settings_of
from itilsim.study.sensitivity.stored import Sensitivity, file_of, made_from, read_sensitivity, study_folder, write_sensitivity
from itilsim.study.simulate import simulate
from itilsim.study.subject import WrongRequest
from tests.case.small_cases import OFFICE, write_case

Floats = np.ndarray[Any, np.dtype[np.float64]]
REAL_LOWER = lowering.lower
WORLDS, MONTHS = 1_000, 24
FEE, BUILD, PORTER = (0.0, 10.0, 30.0), (10.0, 20.0, 45.0), 5.0
"""k CNY a month: the rent and the instalments of building, both PERT and unknown; who looks after what is rented, known."""


def pert_mean(low: float, likely: float, high: float) -> float:
    """Give the mean of a PERT."""
    return (low + 4.0 * likely + high) / 6.0


def pert_sd(low: float, likely: float, high: float) -> float:
    """Give the standard deviation of a PERT."""
    mean = pert_mean(low, likely, high)
    return math.sqrt((mean - low) * (high - mean) / 7.0)


CROSSING = pert_mean(*BUILD) - PORTER
"""The rent a month at which renting and building cost the same on average, k CNY: 17.5."""
CROSSING_ERROR = pert_sd(*BUILD) / math.sqrt(WORLDS)


@pytest.fixture(autouse=True)
def _real_lowering(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lowering, "lower", REAL_LOWER)


@pytest.fixture
def case(tmp_path: Path) -> Case:
    """Give a case that is worked out on paper: keep paper, rent at a fee, or build in instalments; no discounting."""
    head = {
        "title": "rent or build", "question": "Which?", "currency": "CNY", "horizon": "2 years", "runoff": "0 months",
        "discount_rate": "0 % / year", "baseline": "today", "decision_maker": "company",
    }  # fmt: skip
    shared = {"parties": {"company": {}, "public": {"contracting": False}}}

    def cost(amount: Any) -> dict[str, Any]:
        return {"kind": "periodic", "party": "company", "to": "public", "amount": amount, "during": "always"}

    def unknown(low: float, likely: float, high: float) -> dict[str, Any]:
        return cost({"low": low, "likely": likely, "high": high, "unit": "k CNY / month", "source": "made up", "trust": "judgement"})

    files = {
        "today": {"costs": {"paper": unknown(80.0, 100.0, 120.0)}},
        "rent": {"costs": {"fee": unknown(*FEE), "porter": cost(f"{PORTER:g} k CNY / month")}},
        "build": {"costs": {"build": unknown(*BUILD)}},
    }
    return load_case(write_case(tmp_path, head, files, shared))


def vary(case: Case, *keys: str, worlds: int = WORLDS, **options: Any) -> Sensitivity:
    """Vary some inputs of a case, those unknown unless named."""
    return sensitivity(case, settings_of(case, worlds), Wish(keys=keys or None), engine=run_block, workers=2, **options)


def test_the_fee_at_which_first_place_changes_is_that_of_the_formula(case: Case) -> None:
    """Renting costs the fee and a porter, building 22.5 k CNY a month on average: they meet at 17.5 k CNY a month."""
    (row,) = vary(case, "costs.fee.amount").rows
    assert (row["a"], row["b"], row["first_low"], row["first_high"], row["reads"]) == ("rent", "build", "rent", "build", "rent")
    assert (row["unit"], row["low"], row["likely"], row["high"]) == ("k CNY / month", *FEE)
    assert row["changes_to"] == "build" and row["changes_from"] == "rent" and row["change_is_sure"] and row["changes"] == 1
    assert row["changes_at_error"] == pytest.approx(CROSSING_ERROR, rel=0.1)
    assert abs(row["changes_at"] - CROSSING) < 3.0 * row["changes_at_error"]
    assert row["swing"] == pytest.approx(-1e3 * MONTHS * (FEE[2] - FEE[0])) and row["swing_error"] < 1.0
    assert abs(row["difference_low"] - 1e3 * MONTHS * CROSSING) < 3.0 * row["difference_low_error"]
    assert row["difference_low_error"] == pytest.approx(1e3 * MONTHS * CROSSING_ERROR, rel=0.1)


def test_the_change_is_that_of_the_worlds_themselves(case: Case) -> None:
    """In these worlds building costs so much on average, and the change is read off that to the last figures."""
    (row,) = vary(case, "costs.fee.amount").rows
    ledger = run_block(REAL_LOWER(case, "build"), 1, 0, WORLDS)
    built = ledger.theta[:, ledger.books.unknowns.index("costs.build.amount")]
    assert row["changes_at"] == pytest.approx(built.mean() / 1e3 - PORTER, rel=1e-9)


def test_never_where_it_never_is(case: Case) -> None:
    """What paper costs moves today alone, far behind; a fifth of the porter moves renting, not so far; both are said to be sure."""
    found = vary(case, "costs.paper.amount", "costs.porter.amount").by_input
    (paper,), (porter,) = found["costs.paper.amount"], found["costs.porter.amount"]
    assert paper["reads"] == "today" and (paper["swing"], paper["swing_error"]) == (0.0, 0.0)
    assert porter["swing"] == pytest.approx(-0.4 * PORTER * MONTHS * 1e3)
    assert (porter["low"], porter["high"]) == (pytest.approx(4.0), pytest.approx(6.0))
    assert (porter["unit"], porter["range"]) == ("k CNY / month", "± 20 %")
    for row in (paper, porter):
        assert row["changes"] == row["change"] == 0 and math.isnan(row["changes_at"]) and row["is_sure"] and row["changes_to"] == ""


def test_only_alternatives_that_read_the_input_are_lived_again(case: Case) -> None:
    """Everything once with nothing held; then renting alone, whose plan stays as it is for an unknown input."""
    lived: list[Any] = []

    def counting(plan: Any, *rest: Any) -> Ledger:
        lived.append((plan.books.unknowns, len(rest)))
        return run_block(plan, *rest)

    sensitivity(case, settings_of(case, 20), Wish(keys=("costs.fee.amount",)), engine=counting, workers=1)
    assert len(lived) >= 6 and {unknowns for unknowns, _ in lived[3:]} == {("costs.fee.amount",)}
    assert [given for _, given in lived] == [3] * 3 + [4] * (len(lived) - 3)


def test_inputs_unknown_to_the_planner_are_varied_unless_others_are_named(case: Case) -> None:
    """All quantities on request; a key that is not known is refused with the nearest one."""
    assert set(vary(case, worlds=10).by_input) == {"costs.fee.amount", "costs.build.amount", "costs.paper.amount"}
    everything = sensitivity(case, settings_of(case, 10), Wish(everything=True), engine=run_block)
    assert set(everything.by_input) | set(everything.left_out) == set(case.stated())
    with pytest.raises(WrongRequest, match=r"costs\.fee\.amount"):
        vary(case, "costs.fee.amout")
    with pytest.raises(WrongRequest, match="public"):
        sensitivity(case, settings_of(case, 10), Wish(party="pubic"))
    with pytest.raises(WrongRequest, match="at least 2"):
        settings_of(case, 1)


def test_a_held_input_is_the_one_that_the_case_states_as_known() -> None:
    """In the shipped case an unknown input written into the worlds gives what the changed case gives, in which it is known."""
    shipped = load_case(OFFICE)
    settings = settings_of(shipped, 12)
    (given,), _ = inputs_of(shipped, everything=False, keys=["users.staff.realisation"])
    changed = shipped.with_values({given.key: given.high})
    with worker_pool(1, None) as pool:
        lives, others = (Lives(each, settings, choose("compiled"), "company", pool, 1) for each in (shipped, changed))
        reading = lives.reading(given)
        held = lives.held(given, reading, given.high)
    stated = np.stack([others.worth[others.names.index(name)] for name in lives.names])
    assert set(reading) == set(shipped.alternatives)
    assert np.allclose(held, stated, rtol=1e-12) and not np.allclose(held, lives.worth, rtol=1e-3)


def test_another_party_sees_it_from_its_own_side(case: Case) -> None:
    """What the company pays the public gets: the order is turned round."""
    (row,) = sensitivity(case, settings_of(case, 50), Wish(party="public", keys=("costs.fee.amount",)), engine=run_block).rows
    assert (row["a"], row["b"], row["swing"]) == ("today", "build", 0.0) and row["changes"] == 0


def test_workers_change_nothing_and_what_is_known_is_not_done_again(case: Case, tmp_path: Path) -> None:
    """Stored, read back and completed, it holds the same numbers to the last bit as all at once."""
    settings = settings_of(case, 60)
    whole = sensitivity(case, settings, engine=run_block, workers=1)
    part = sensitivity(case, settings, Wish(keys=("costs.build.amount",)), engine=run_block, workers=3)
    path = file_of(tmp_path, "company", "company")
    write_sensitivity(part, path)
    known = read_sensitivity(path, made_from(case, settings, "company"))
    assert known is not None and repr(known.by_input) == repr(part.by_input)
    assert repr(sensitivity(case, settings, engine=run_block, known=known).by_input) == repr(whole.by_input)
    assert read_sensitivity(path, made_from(case, settings_of(case, 61), "company")) is None

    def never(*_: Any) -> Ledger:
        raise AssertionError("lived again")

    assert repr(sensitivity(case, settings, engine=never, known=whole).by_input) == repr(whole.by_input)


def test_an_interruption_keeps_the_finished_inputs(case: Case) -> None:
    """Ctrl-C in the second input leaves the first."""
    calls = 0

    def stopping(*arguments: Any) -> Ledger:
        nonlocal calls
        calls += 1
        if calls > 3 + 4:
            raise KeyboardInterrupt
        return run_block(*arguments)

    with pytest.raises(SensitivityInterrupted) as stop:
        sensitivity(case, settings_of(case, 50), engine=stopping, workers=1)
    assert 1 <= len(stop.value.found.by_input) < 3


def test_it_belongs_to_the_study_of_the_same_settings(case: Case, tmp_path: Path) -> None:
    """However many worlds that has, of several the largest; not to one of another seed."""
    out = tmp_path / "results"
    settings = settings_of(case, 30)
    assert study_folder(case, settings, out) is None
    simulate(case, 10, seed=2, engine=run_block, variants=False).save(out)
    assert study_folder(case, settings, out) is None
    small, large = (simulate(case, worlds, engine=run_block, variants=False).save(out) for worlds in (10, 20))
    assert small != large and study_folder(case, settings, out) == large


# ---- the search, on functions of the input that are known


def search(worth: Callable[[float], list[Floats]], low: float, likely: float, high: float) -> tuple[list[Change], int]:
    """Search for changes; give them and how often the alternatives were lived."""

    def live(value: float) -> Floats:
        return np.stack(worth(value))

    found = Search(live, [Point(value, live(value)) for value in (low, likely, high)])
    return found.changes(), len(found.points)


def noise(seed: int, worlds: int = 300) -> Floats:
    """Draw standard normal noise that averages to nought only in the long run."""
    return np.random.default_rng(seed).normal(size=worlds)


def test_the_stated_error_is_that_of_the_change() -> None:
    """Over 200 seeds the change of a curve, true at 2, is off by one stated error in the root mean square, not by half or by two."""
    scores = []
    for seed in range(200):
        luck, other = noise(seed), noise(1_000 + seed)
        changes, _ = search(lambda x, u=luck, v=other: [8.0 - x**3 + 3.0 * u + x * v, 2.0 * u], 0.5, 1.5, 3.5)  # type: ignore[misc]
        assert len(changes) == 1
        scores.append((changes[0].at - 2.0) / changes[0].error)
    assert 0.85 < math.sqrt(np.mean(np.square(scores))) < 1.15
    assert abs(np.mean(scores)) < 0.25


def test_a_third_alternative_may_take_first_place() -> None:
    """First a, from 1 on c, from 4 on b: the two best at the ends are a and b, and c is in between."""
    changes, lived = search(lambda x: [np.full(3, 4.0 - x), np.full(3, x - 1.0), np.full(3, 3.0)], 0.0, 2.0, 6.0)
    assert [(change.before, change.after) for change in changes] == [(0, 2), (2, 1)]
    assert [change.at for change in changes] == pytest.approx([1.0, 4.0], rel=1e-6)
    assert lived <= 3 + 8


def test_a_third_that_is_first_only_between_two_values_tried_is_found() -> None:
    """Where a loses first place, c takes it, though b has it at the next value tried."""
    changes, _ = search(lambda x: [np.full(2, -x), np.full(2, 2.0 * x - 12.0), np.full(2, -3.0)], 0.0, 2.0, 10.0)
    assert [(change.before, change.after) for change in changes] == [(0, 2), (2, 1)]
    assert [change.at for change in changes] == pytest.approx([3.0, 4.5], rel=1e-6)


def test_a_jump_is_found_to_within_its_error() -> None:
    """A decision that turns at 0.37 turns first place there; the error is that of the bracket."""
    luck = noise(7)
    (change,), _ = search(lambda x: [(1.0 if x < 0.37 else -1.0) + 0.01 * luck, 0.0 * luck], 0.0, 0.5, 1.0)
    assert abs(change.at - 0.37) < 3.0 * change.error < 0.2 and change.is_sure


def test_a_change_within_noise_is_not_called_sure() -> None:
    """Two that cannot be told apart may change places by chance."""
    luck = noise(3)
    lead = luck - luck.mean()
    changes, _ = search(lambda x: [0.01 * (0.5 - x) + lead, 0.0 * lead], 0.0, 0.4, 1.0)
    assert len(changes) == 1 and not changes[0].is_sure and changes[0].error > 1.0


def test_a_leader_that_is_nowhere_told_to_lead_is_not_surely_overtaken() -> None:
    """Told to be behind at the high end, and level by all that is known at the low end: it may have been behind all along."""
    luck = noise(5)
    luck = luck - luck.mean()
    changes, _ = search(lambda x: [0.05 - x + luck, 0.0 * luck], 0.0, 0.4, 1.0)
    assert len(changes) == 1 and not changes[0].is_sure


def test_equal_alternatives_do_not_change_places() -> None:
    """Of two that are worth the same the one that stands first is first."""
    changes, lived = search(lambda x: [np.full(4, x), np.full(4, x)], 0.0, 1.0, 2.0)
    assert changes == [] and lived == 3
