"""Offerings: goods that are owned, access that is granted, actions that are done; outcomes that flow or come of each action."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pytest import MonkeyPatch

from itilsim.case.lower import lower
from itilsim.engine.reference import trace_world
from itilsim.kinds.capacities.expandable import DAY
from itilsim.kinds.demand.bookings import Bookings
from itilsim.kinds.offerings import access, profiles
from itilsim.kinds.offerings.access import Access
from itilsim.kinds.offerings.actions import Actions
from itilsim.kinds.offerings.goods import Goods
from itilsim.kinds.offerings.profiles import EVENING
from itilsim.kinds.outcomes.completed import Completed
from itilsim.kinds.outcomes.flow import Flow
from itilsim.plan.specs import Times
from tests.case.small_cases import counted, measured, posted, run
from tests.concepts.offering_cases import WORTH, courses, fleet, line
from tests.concepts.people_cases import CONTRACT, MANDATE, SERVICE, SYSTEM, fixed, small

OFFERING = "service offering: goods, access to resources, service actions"
MONTHS = np.arange(1, 25)


def after_lowering(kind: type, change: Callable[[str, Any], None]) -> Callable[[MonkeyPatch], None]:
    """Give a break that changes what a kind has told the builder, by its name and the lowering."""

    def take_away(monkeypatch: MonkeyPatch) -> None:
        real = kind.lower  # type: ignore[attr-defined]

        def lowered(self: Any, name: str, to: Any) -> None:
            real(self, name, to)
            change(name, to)

        monkeypatch.setattr(kind, "lower", lowered)

    return take_away


def as_long_as_live(slot: str) -> Callable[[str, Any], None]:
    """Give a change that ties a product to the life of the relationship."""

    def change(name: str, to: Any) -> None:
        spec = to.specs.products[f"{name}:{slot}"]
        to.specs.products[f"{name}:{slot}"] = replace(spec, modifiers=(*spec.modifiers, Times("supply:live")))

    return change


# ---- goods


@pytest.mark.concept(OFFERING, broken_by=fixed(Goods, age_loss=0.0))
def test_what_is_owned_loses_worth_by_age_and_is_sold_at_the_horizon(tmp_path: Path) -> None:
    """Three cars that lose a fifth a year, month by month, and fetch half of what is left after two."""
    ledger = run(small(tmp_path, SYSTEM, fleet()), "system", 1)
    np.testing.assert_allclose(measured(ledger, "cars:book-value")[0], 3 * WORTH * 0.8 ** (MONTHS / 12.0), rtol=1e-12)
    sold = posted(ledger, "cars resale")[0]
    assert sold[-1] == pytest.approx(0.5 * 3 * WORTH * 0.8**2, rel=1e-12)
    assert not sold[:-1].any()
    assert posted(ledger, "cars resale", parties=("market",)).sum() == -sold.sum()


@pytest.mark.concept(OFFERING, broken_by=fixed(Goods, use_loss=0.0))
def test_what_is_used_loses_worth_by_use_besides(tmp_path: Path) -> None:
    """A tenth for a month of use around the clock, by the hours of the month in which the cars were out."""
    ledger = run(small(tmp_path, SYSTEM, fleet(cars={"use_loss": "10 %"})), "system", 1)
    busy = measured(ledger, "cars:in-use")[0] / 3.0
    assert 0.1 < busy.mean() < 0.5
    expected = 3 * WORTH * 0.8 ** (MONTHS / 12.0) * np.cumprod(1.0 - 0.1 * busy)
    np.testing.assert_allclose(measured(ledger, "cars:book-value")[0], expected, rtol=1e-12)


def gone_with_the_provider(name: str, to: Any) -> None:
    """Take the failures away from the owner when the relationship ends."""
    as_long_as_live("failing")(name, to)


@pytest.mark.concept(OFFERING, broken_by=after_lowering(Goods, gone_with_the_provider))
def test_goods_stay_with_their_owner_when_the_relationship_ends_and_fail_at_the_owners_cost(tmp_path: Path) -> None:
    """The seller is gone in the first months; cars go on being used, fail at 2,000 each, and the seller never pays."""
    case = small(tmp_path, CONTRACT, fleet(cars={"frequency": "4 / year", "written_off": "5 %"}))
    ledger = run(case, "system", 20)
    gone = 12
    assert (counted(ledger, "gone") == 1).all(), "five withdrawals a month: nobody has a seller in the second year"
    repairs = posted(ledger, "cars repair")
    assert (repairs[:, gone:] < 0.0).any(axis=1).mean() > 0.9
    assert repairs.sum() == -2000.0 * counted(ledger, "cars:fails").sum()
    assert not posted(ledger, "cars repair", parties=("school",)).any()
    assert (measured(ledger, "visits:served")[:, gone:].sum(axis=1) > 0.0).all()
    assert (measured(ledger, "cars:things")[:, -1] < 3.0).any(), "some are beyond repair"


# ---- access


def granted_for_ever(name: str, to: Any) -> None:
    """Let access outlast the relationship."""
    spec = to.specs.products[f"{name}:room"]
    to.specs.products[f"{name}:room"] = replace(spec, modifiers=tuple(m for m in spec.modifiers if m.slot != "supply:live"))


@pytest.mark.concept(OFFERING, broken_by=after_lowering(Access, granted_for_ever))
def test_access_ends_with_the_relationship(tmp_path: Path) -> None:
    """Rented cars: when the lender is gone every visit is made by taxi, at 80 each and three fifths of its worth."""
    rented = line(load="0 units / user", capacity="5 units")["offerings"]["line"]
    ledger = run(small(tmp_path, CONTRACT, fleet(offering=rented)), "system", 10)
    gone = 12
    assert (measured(ledger, "visits:served")[:, :2].sum(axis=1) > 0.0).any()
    assert not measured(ledger, "visits:served")[:, gone:].any()
    taxis = measured(ledger, "visits:fell-back")[:, gone:]
    assert (taxis.sum(axis=1) > 0.0).all()
    np.testing.assert_allclose(posted(ledger, "visits fallback")[:, gone:24], -80.0 * taxis, rtol=1e-12)
    np.testing.assert_allclose(posted(ledger, "visited")[:, gone:24], 0.6 * 300.0 * taxis, rtol=1e-12)


def office_share(capacity: float, own: float, others: float) -> float:
    """Give the share of own office use that is served beside others at home, hour by hour, worked out beside the program."""
    served = [load * min(1.0, capacity / (own * load / max(DAY) + others * EVENING[9 + hour])) for hour, load in enumerate(DAY)]
    return sum(served) / sum(DAY)


@pytest.mark.concept("warranty", broken_by=fixed(Access, others=0.0))
def test_a_line_is_shared_with_others_who_become_more(tmp_path: Path) -> None:
    """Own users take 100 in their busiest hour of a line of 100; others' 60 at nine in the evening grow by half a year later."""
    case = small(tmp_path, SYSTEM, line(others="60 units", others_growth="50 % / year"))
    found = measured(run(case, "system", 1), "oa:warranty")[0]
    np.testing.assert_allclose(found[1:12], office_share(100.0, 100.0, 60.0), rtol=1e-12)
    np.testing.assert_allclose(found[12:], office_share(100.0, 100.0, 90.0), rtol=1e-12)
    assert found[12] < found[11] < 1.0


def at_any_hour(monkeypatch: MonkeyPatch) -> None:
    """Grant access outside the agreed hours."""
    real = profiles.hour_classes
    monkeypatch.setattr(access, "hour_classes", lambda own, others, granted: real(own, others, ()))


@pytest.mark.concept(OFFERING, broken_by=at_any_hour)
def test_access_is_granted_in_agreed_hours(tmp_path: Path) -> None:
    """Even use of all hours of the week: 45 of 168 fall in office hours, 105 in extended ones."""
    for hours, open_hours in (("office", 45), ("extended", 105), ("always", 168)):
        case = small(tmp_path / hours, SYSTEM, line(hours=hours, profile="even", capacity="1 k units"))
        found = measured(run(case, "system", 1), "oa:warranty")[0]
        np.testing.assert_allclose(found[1:], open_hours / 168.0, rtol=1e-12)


@pytest.mark.concept("service provision", broken_by=fixed(Access, step=0.0))
def test_the_provider_adds_to_what_it_controls_where_it_is_committed(tmp_path: Path) -> None:
    """Others fill the line to 99 % after a year; two months later there is half as much again, at the provider's cost from then on."""
    fields = {"load": "0 units / user", "others": "90 units", "others_growth": "10 % / year", "threshold": "95 %", "step": "50 units"}
    case = small(tmp_path, SYSTEM, line(**fields))
    ledger = run(case, "system", 1)
    load = measured(ledger, "line:load")[0]
    np.testing.assert_allclose(load, [*[0.9] * 12, 0.99, *[0.66] * 11], rtol=1e-12)
    cost = posted(ledger, "line expansion", parties=("it",))[0]
    np.testing.assert_allclose(cost, [0.0] * 14 + [-100.0] * 10)
    careless = run(case.with_values({"relationships.supply.provider_effort": 0.9}), "system", 1)
    assert measured(careless, "line:load")[0, -1] == pytest.approx(0.99)
    still = run(case, "system", 1, frozen=("decisions",))
    assert measured(still, "line:load")[0, -1] == pytest.approx(0.99)


# ---- actions


def worth_the_asking(monkeypatch: MonkeyPatch) -> None:
    """Count an action as done when it is asked for."""
    monkeypatch.setattr(Actions, "completions", lambda self, name: [(name, 1.0, 0.0, True)])


@pytest.mark.concept("value co-creation", broken_by=worth_the_asking)
def test_an_action_that_nobody_does_is_worth_nothing(tmp_path: Path) -> None:
    """Asked for all the time; with two helpers each one done is worth 500, with none there is no outcome."""
    for people in ("2 people", "0 people"):
        ledger = run(small(tmp_path / people[0], SYSTEM, courses(people=people)), "system", 3)
        assert counted(ledger, "help").min() > 100
        done = counted(ledger, "help:work:done")
        np.testing.assert_allclose(posted(ledger, "helped").sum(axis=1), 500.0 * done, rtol=1e-12)
        assert bool(done.any()) == (people == "2 people")
        assert (done <= counted(ledger, "help")).all()


@pytest.mark.concept(OFFERING, broken_by=fixed(Completed, otherwise=1.0))
def test_an_action_has_a_target_time(tmp_path: Path) -> None:
    """The same actions: all in time are worth 500 times a utility of 80 %, all late two fifths of that."""
    worth = []
    for target in ("900 h", "0 h"):
        case = small(tmp_path / target[0], SYSTEM, {"services": {"oa": {**SERVICE, **MANDATE, "ceiling": "80 %"}}}, courses(target=target))
        ledger = run(case, "system", 2)
        worth.append(posted(ledger, "helped").sum() / counted(ledger, "help:work:done").sum())
    np.testing.assert_allclose(worth, [0.8 * 500.0, 0.8 * 500.0 * 0.4], rtol=1e-12)


# ---- what is used when none is free


def any_number(name: str, to: Any) -> None:
    """Let there always be a car."""
    to.specs.products[f"{name}:room"] = replace(to.specs.products[f"{name}:room"], base=1e6)


@pytest.mark.concept("service consumption", broken_by=after_lowering(Goods, any_number))
def test_where_no_car_is_free_a_taxi_is_taken(tmp_path: Path) -> None:
    """Every visit of three worlds replayed by hand: taken where fewer than three are out, otherwise by taxi; money and worth follow."""
    case = small(tmp_path, SYSTEM, fleet(visits={"per_user": "2 / user / month"}))
    ledger = run(case, "system", 3)
    for world in range(3):
        asked = [e.hour for e in trace_world(lower(case, "system"), 1, world).events if e.kind == "stream" and e.name == "visits"]
        live, taxis = 1.0, 0
        back: list[float] = []
        for hour in asked:
            out = sum(hour < returned for returned in back)
            if hour > live and out < 3:
                back.append(hour + 8.0)
            else:
                taxis += 1
        served = sum(hour <= 24 * 730.0 for hour in back)
        assert taxis > 100 and served > 100
        assert counted(ledger, "visits:fell-back")[world] == taxis
        assert counted(ledger, "visits:served")[world] == served
        assert posted(ledger, "visits fallback")[world].sum() == pytest.approx(-80.0 * taxis)
        assert posted(ledger, "visited")[world].sum() == pytest.approx(300.0 * served + 0.6 * 300.0 * taxis)


def test_no_car_is_used_twice_at_once(tmp_path: Path) -> None:
    """However many ask, no more than three are ever out."""
    case = small(tmp_path, SYSTEM, fleet(visits={"per_user": "9 / user / month", "duration": "lognormal(median 9 h, sigma 0.8)"}))
    moves = [m for m in trace_world(lower(case, "system"), 1, 0).moves if m.slot == "cars:in-use"]
    assert max(m.after for m in moves) == 3.0
    assert min(m.after for m in moves) == 0.0


# ---- outcomes that flow


@pytest.mark.concept("output / outcome", broken_by=fixed(Flow, potential=0.0))
def test_an_outcome_flows_as_long_as_people_use_what_is_useful_and_usable(tmp_path: Path) -> None:
    """Potential x users x adoption x utility x warranty, to the cent; at nought of any there is none."""
    flow = {"outcomes": {"work": {"kind": "flow", "service": "oa", "party": "company", "potential": "50 CNY / user / month"}}}
    fields = {"ceiling": "80 %", "hosting": "90 %", "compliance": "75 %"}
    case = small(tmp_path, SYSTEM, flow, {"services": {"oa": {**SERVICE, **MANDATE, **fields}}})
    np.testing.assert_allclose(posted(run(case, "system", 1), "work")[0], 50.0 * 100 * 0.75 * 0.8 * 0.9, rtol=1e-12)
    for factor in fields:
        assert not posted(run(case.with_values({f"services.oa.{factor}": 0.0}), "system", 1), "work").any(), factor


def test_bookings_are_of_what_can_be_taken(tmp_path: Path) -> None:
    """A thing owned or granted, not an action: its title says so."""
    block = small(tmp_path, SYSTEM, fleet())["system"].blocks["demand"]["visits"]
    assert isinstance(block, Bookings)
    assert "cars" in block.sentence("visits")
