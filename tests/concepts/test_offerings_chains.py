"""Products, chains of services, roles by relationship, and end customers who leave."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pytest import MonkeyPatch

from itilsim.case.lower import lower
from itilsim.engine.reference import trace_world
from itilsim.kinds.failures.failure import Failure
from itilsim.kinds.lowering import Lowering
from itilsim.kinds.prices.recharge import Recharge
from itilsim.kinds.products.carried import Carried
from itilsim.kinds.services import chain as chains
from itilsim.kinds.services import service
from itilsim.kinds.services.service import Service
from itilsim.kinds.users.clientele import Clientele
from itilsim.ledger.entities import entities
from itilsim.ledger.transfers import check_ledger
from itilsim.text.faults import FaultyInput
from tests.case.small_cases import counted, measured, posted, run
from tests.concepts.offering_cases import AGREED, linked, suite, trade
from tests.concepts.people_cases import CONTRACT, MANDATE, SERVICE, SYSTEM, fixed, small


def without_deliveries(parts: dict[str, Any]) -> dict[str, Any]:
    """Give sections in which each service is to be brought by a delivery of its own."""
    return {section: held for section, held in parts.items() if section != "deliveries"}


BARE = without_deliveries(SYSTEM)
TEAMS: dict[str, Any] = {"teams": SYSTEM["teams"]}
CLIENTS: dict[str, Any] = {
    "parties": {"clients": {}}, "services": {"oa": {**SERVICE, **MANDATE, "users": "buyers"}},
    "outcomes": {"bought": {"kind": "flow", "service": "oa", "party": "clients", "potential": "30 CNY / user / month"}},
}  # fmt: skip


def clientele(**fields: Any) -> Any:
    """Give sections of a thousand clients who use the service."""
    return {**CLIENTS, "users": {"buyers": {
        "kind": "clientele", "party": "clients", "number": "1 k users", "growth": "0 % / year", **fields,
    }}}  # fmt: skip


# ---- one product, several services


def first_alone(kind: type[Carried]) -> Any:
    """Give a break in which what is on a product reaches its first service only."""

    def take_away(monkeypatch: MonkeyPatch) -> None:
        monkeypatch.setattr(kind, "services", lambda self, to: ("oa",))

    return take_away


@pytest.mark.concept("product", broken_by=first_alone(Failure))
def test_a_failure_of_a_product_reaches_every_service_on_it(tmp_path: Path) -> None:
    """Two services, one failure mode: in each month both were up for the same time, which is not all of it."""
    ledger = run(small(tmp_path, SYSTEM, suite()), "system", 5)
    up = measured(ledger, "oa:up")
    assert up.min() < 0.95
    np.testing.assert_array_equal(measured(ledger, "crm:up"), up)
    assert counted(ledger, "outage:remote:done").sum() > 0, "one mend closes it for both"
    assert np.median(up) > 0.9


@pytest.mark.concept("product", broken_by=first_alone(Carried))
def test_one_delivery_brings_all_services_on_a_product_each_with_its_own_fit(tmp_path: Path) -> None:
    """One investment of one hour; nine tenths of the need of one group are met, three fifths of that of the other."""
    ledger = run(small(tmp_path, SYSTEM, suite(frequency="0 / year")), "system", 1)
    assert counted(ledger, "transition:work:done").sum() == 1
    np.testing.assert_allclose(measured(ledger, "oa:use")[0], 0.9)
    np.testing.assert_allclose(measured(ledger, "crm:use")[0], 0.6)
    np.testing.assert_allclose(posted(ledger, "sold")[0], 1000.0 * 40 * 0.6)


# ---- services that need services


def each_for_itself(monkeypatch: MonkeyPatch) -> None:
    """Let no outage pass along."""
    monkeypatch.setattr(service, "below", lambda name, services: [])


@pytest.mark.concept("IT service", broken_by=each_for_itself)
def test_an_outage_passes_up_the_chain_and_not_down(tmp_path: Path) -> None:
    """oa needs net, net needs power: what power suspends, both do without; what oa suspends, neither notices."""
    chain = {"power": [], "net": ["power"], "oa": ["net"]}
    ledger = run(small(tmp_path / "power", BARE, linked(chain, "power")), "system", 5)
    up = measured(ledger, "power:up")
    assert up.min() < 0.95
    for name in ("net", "oa"):
        for what in ("up", "use", "warranty"):
            np.testing.assert_allclose(measured(ledger, f"{name}:{what}"), measured(ledger, f"power:{what}"), rtol=1e-12, err_msg=name)
    ledger = run(small(tmp_path / "oa", BARE, linked(chain, "oa")), "system", 5)
    assert measured(ledger, "oa:up").min() < 0.95
    assert measured(ledger, "net:up").min() == measured(ledger, "power:up").min() == 1.0


def by_each_way(monkeypatch: MonkeyPatch) -> None:
    """Count what is below as often as ways lead to it."""
    real = chains.below
    monkeypatch.setattr(service, "below", lambda name, services: real(name, services) * 2)


@pytest.mark.concept("service relationship management", broken_by=by_each_way)
def test_what_two_ways_lead_to_is_counted_once(tmp_path: Path) -> None:
    """Half of power is suspended: half of oa, which needs two services that need power, not a quarter."""
    chain = {"power": [], "left": ["power"], "right": ["power"], "oa": ["left", "right"]}
    ledger = run(small(tmp_path, BARE, linked(chain, "power")), "system", 5)
    np.testing.assert_allclose(measured(ledger, "oa:up"), measured(ledger, "power:up"), rtol=1e-12)


def test_people_wait_for_a_short_outage_below_as_for_one_of_the_service_itself(tmp_path: Path) -> None:
    """Use and waiting of a service that needs a broken one are those of the broken one."""
    parts = linked({"power": [], "oa": ["power"]}, "power")
    for held in parts["services"].values():
        held["patience"] = "15 h"
    ledger = run(small(tmp_path, BARE, parts), "system", 5)
    assert measured(ledger, "power:waiting").max() > 0.0
    for what in ("use", "waiting"):
        np.testing.assert_allclose(measured(ledger, f"oa:{what}"), measured(ledger, f"power:{what}"), rtol=1e-9, atol=1e-15)


def test_a_service_whose_ground_is_gone_runs_no_more(tmp_path: Path) -> None:
    """The line is withdrawn by its provider in the first months; oa, provided inside, is nobody's use from then on."""
    parts = {
        "relationships": {"inside": SYSTEM["relationships"]["supply"]},
        "services": {"line": {**SERVICE, **MANDATE}, "oa": {**SERVICE, **MANDATE, "relationship": "inside", "needs": ["line"]}},
        "deliveries": {f"{name}-comes": {**CONTRACT["deliveries"]["transition"], "service": name} for name in ("line", "oa")},
    }
    ledger = run(small(tmp_path, without_deliveries(CONTRACT), parts), "system", 3)
    assert (measured(ledger, "oa:use")[:, 0] > 0.0).any()
    assert not measured(ledger, "oa:use")[:, 12:].any()
    assert not measured(ledger, "oa:up")[:, 12:].any()


# ---- what is no service


def never_refused(monkeypatch: MonkeyPatch) -> None:
    """Let a service be read whatever it is connected with."""
    monkeypatch.setattr(Service, "conflicts", lambda self, name, blocks: ())


def refusal(folder: Path, *parts: Any) -> str:
    """Give the sentences with which a case is refused, none where it is read."""
    try:
        small(folder, *parts)
    except FaultyInput as wrong:
        return str(wrong)
    return ""


@pytest.mark.concept("elements of a service", broken_by=never_refused)
def test_a_service_without_customer_or_outcome_is_refused(tmp_path: Path) -> None:
    """Where one provides to itself, and where nothing comes of it; a service that another one needs has its outcome through that."""
    alone = {"relationships": {"supply": {**SYSTEM["relationships"]["supply"], "consumer": "it"}}}
    assert "'it' provides to itself; a service without a customer is none" in refusal(tmp_path / "a", SYSTEM, alone)
    idle = {
        "services": {**SYSTEM["services"], "idle": {**SERVICE, **MANDATE, "relationship": "aside"}},
        "relationships": {"aside": SYSTEM["relationships"]["supply"]},
    }
    assert "nothing comes of 'idle'" in refusal(tmp_path / "b", SYSTEM, idle)
    needed = {**idle, "services": {**idle["services"], "oa": {**SERVICE, **MANDATE, "needs": ["idle"]}}}
    assert refusal(tmp_path / "c", SYSTEM, needed) == ""


@pytest.mark.concept("elements of a service", broken_by=never_refused)
def test_services_that_need_each_other_in_a_circle_are_refused_by_name(tmp_path: Path) -> None:
    """Once, with the whole circle."""
    found = refusal(tmp_path, BARE, linked({"oa": ["net"], "net": ["power"], "power": ["oa"], "top": ["oa"]}, "oa"))
    assert "'net' needs 'power', which needs 'oa', which needs 'net'" in found
    assert found.count("in a circle") == 1


# ---- roles by relationship


def left_the_house(monkeypatch: MonkeyPatch) -> None:
    """Let a recharge be paid to somebody outside."""

    def lowered(self: Recharge, name: str, to: Any) -> None:
        account = to.account("sales", name, to="market")
        to.charge(name, account, self.amount.number, scale="wages", basis=to.flow(f"{name}:used", f"{self.service}:adopted", "always"))

    monkeypatch.setattr(Recharge, "lower", lowered)


@pytest.mark.concept("internal / external service", broken_by=left_the_house)
def test_a_recharge_moves_departments_and_never_the_whole(tmp_path: Path) -> None:
    """IT consumes from the vendor and provides to sales: 40 users at 300 come in, 10,000 of fee go out; the company sees the fee alone."""
    case = small(tmp_path, TEAMS, trade())
    ledger = run(case, "system", 2)
    check_ledger(ledger)
    live = slice(1, 24)
    np.testing.assert_allclose(posted(ledger, "recharge", parties=("sales",))[:, live], -300.0 * 40)
    np.testing.assert_allclose(posted(ledger, "recharge", parties=("it",))[:, live], 300.0 * 40)
    np.testing.assert_allclose(posted(ledger, "supply fee", parties=("it",))[:, live], -10_000.0)
    np.testing.assert_allclose(posted(ledger, "supply fee", parties=("vendor",))[:, live], 10_000.0)
    whole, it = (entities(case.parents)[name].cells(ledger.books.accounts) for name in ("company", "it"))
    assert "recharge" not in {cell.source for cell in whole}
    assert {("recharge", "outcome"), ("supply fee", "cost")} <= {(cell.source, cell.component) for cell in it}
    assert ("supply fee", "cost") in {(cell.source, cell.component) for cell in whole}


def one_for_all(monkeypatch: MonkeyPatch) -> None:
    """Let the case's decision maker decide for every consumer."""
    monkeypatch.setattr(Lowering, "buyer", lambda self, party: self.tree(self.setting.decision_maker))


@pytest.mark.concept("service provider", broken_by=one_for_all)
def test_the_consumer_of_each_relationship_decides_on_it(tmp_path: Path) -> None:
    """Clients who get less than they pay end it at the first review, though the company that provides to them would go on."""
    ends = []
    for worth in (10.0, 30.0):
        case = small(tmp_path / str(worth), TEAMS, trade()).with_values({"outcomes.bought.potential": worth})
        ledger = run(case, "system", 2)
        sale = posted(ledger, "shop fee", parties=("clients",))
        ends.append((sale[:, -1] == 0.0).all())
    assert ends == [True, False]


# ---- end customers


@pytest.mark.concept("other stakeholders", broken_by=fixed(Clientele, leave=0.0))
def test_customers_leave_a_bad_service_and_the_outcome_goes_with_them(tmp_path: Path) -> None:
    """A tenth of warranty is missing, 4 % are borne: half of six per cent leave every month, and take what they brought."""
    parts = clientele(service="oa", borne="4 %", leave="50 %")
    parts["services"]["oa"] = {**parts["services"]["oa"], "hosting": "90 %"}
    ledger = run(small(tmp_path, SYSTEM, parts), "system", 1)
    expected = 1000.0 * 0.97 ** np.arange(24)
    np.testing.assert_allclose(measured(ledger, "buyers:customers")[0], expected, rtol=1e-12)
    np.testing.assert_allclose(posted(ledger, "bought", parties=("clients",))[0], 30.0 * 0.9 * expected, rtol=1e-12)


LEAK: dict[str, Any] = {"risks": {"leak": {
    "kind": "data-leak", "relationship": "supply", "party": "company", "frequency": "3 / year", "discovery": "40 days", "loss": "1 k CNY",
    "loss_cap": "1 k CNY", "repaid": "0 %", "trust_lost": "0 %", "fined": "0 %", "fine": "1 CNY", "fine_cap": "1 CNY",
}}}  # fmt: skip


@pytest.mark.concept("other stakeholders", broken_by=fixed(Clientele, leave_at_incident=0.0))
def test_customers_leave_when_an_incident_becomes_known(tmp_path: Path) -> None:
    """A tenth of those still there at each leak that is found, not when it happens."""
    parts = {**clientele(incident="leak", leave_at_incident="10 %"), "relationships": {"supply": {
        "kind": "contract", "provider": "it", "consumer": "clients", **AGREED, "term": "5 years",
    }}}  # fmt: skip
    case = small(tmp_path, SYSTEM, parts, LEAK)
    ledger = run(case, "system", 4)
    assert counted(ledger, "leak").sum() > 4
    for world in range(4):
        found = [e.hour for e in trace_world(lower(case, "system"), 1, world).events if e.kind == "due" and e.name == "leak:found"]
        expected = [1000.0 * 0.9 ** sum(hour <= month * 730.0 for hour in found) for month in range(1, 25)]
        np.testing.assert_allclose(measured(ledger, "buyers:customers")[world], expected, rtol=1e-12)
