"""Office automation: the outside figure, and what its later alternatives must show world by world. (Engines and books: test_every_case.)"""

from __future__ import annotations

from functools import cache

import numpy as np

from itilsim.case.lower import lower
from itilsim.engine.compiled import run_block
from itilsim.ledger.ledger import Ledger
from itilsim.study.simulate import simulate
from tests.case.small_cases import counted, measured, office, posted

WORLDS = 400
RATE, LICENCE, HOURS = "prices.build.rate", 120_000.0, {"outsourced": 2_400.0, "pilot": 2_700.0, "defer": 2_400.0}
BAND = (0.14, 0.40)
"""Judged failures, Barthelemy 2001; not successful, Delen et al. 2016."""


@cache
def lived(alternative: str) -> Ledger:
    """Live worlds of the shipped case."""
    return run_block(lower(office(), alternative), 1, 0, WORLDS)


def drawn(ledger: Ledger, key: str) -> np.ndarray:
    """Give an input that the planner does not know, in each world."""
    return ledger.theta[:, ledger.books.unknowns.index(key)]


def test_as_many_deals_disappoint_as_clients_say_of_theirs() -> None:
    """The share of lifetimes of which the customer perceives less than nought, with regulator and turnover in the picture."""
    study = simulate(office(), 600, alternatives=["outsourced-watched"], variants=False)
    share = float((study.perceived("outsourced-watched", "customer") < 0.0).mean())
    assert BAND[0] <= share <= BAND[1], f"{share:.1%}"


def test_a_pilot_pays_the_rest_of_its_price_only_where_it_goes_on() -> None:
    """40 % of the price in every lifetime that goes live, and all of it where the gate says yes; the gate says one thing or the other."""
    ledger = lived("pilot")
    price = HOURS["pilot"] * drawn(ledger, RATE) + LICENCE
    on, stopped = counted(ledger, "trial:goes-on"), counted(ledger, "trial:stops")
    assert ((on + stopped) == 1).all() and on.any() and stopped.any()
    np.testing.assert_allclose(-posted(ledger, "build price").sum(axis=1), price * np.where(on > 0, 1.0, 0.4), rtol=1e-9)
    reached = measured(ledger, "oa:adoption").max(axis=1)
    assert (reached[stopped > 0] <= 0.2).all() and (reached[on > 0] > 0.5).mean() > 0.95


def test_what_waits_is_today_until_prices_have_fallen() -> None:
    """Nothing is signed in the first year, and then at the market's price of that day; until then every account of today is as it is."""
    ledger, today = lived("defer"), lived("today")
    market, price = measured(ledger, "market:development"), HOURS["defer"] * drawn(ledger, RATE) + LICENCE
    paid = -posted(ledger, "build price")
    signed = np.where((paid > 0.0).any(axis=1), (paid > 0.0).argmax(axis=1), -1)
    assert (signed[signed >= 0] >= 12).all() and len(set(signed) - {-1}) > 1 and (signed % 12 == 0)[signed >= 0].all()
    for world in range(0, WORLDS, 7):
        month = signed[world] if signed[world] >= 0 else 60
        for at, account in enumerate(today.books.accounts):
            of = ledger.books.accounts.index(account)
            np.testing.assert_array_equal(ledger.amounts[world, :month, of], today.amounts[world, :month, at], err_msg=str(account))
        if signed[world] >= 0:
            assert market[world, month] <= 0.95
            np.testing.assert_allclose(paid[world, month], 0.4 * price[world] * market[world, month], rtol=1e-9)
            assert (market[world, 12:month:12] > 0.95).all()


def test_own_extensions_lift_what_the_rented_product_reaches() -> None:
    """Each lifetime by no more than the share of the gap that they close; upgrades break some of them for a while."""
    ledger = lived("hybrid")
    most = (1.0 - drawn(ledger, "services.oa.ceiling")) * drawn(ledger, "changes.extensions.closes")
    added = measured(ledger, "extensions:added")
    assert (added[:, 0] == 0.0).all() and (added <= most[:, None] * (1.0 + 1e-9)).all()
    assert (added[:, 24:36].max(axis=1) > 0.99 * most).mean() > 0.9
    broken = counted(ledger, "extensions:breaks")
    assert 2.0 < broken.mean() < 4.5
    whole = run_block(lower(office().with_values({"changes.extensions.breaks": 0.0}), "hybrid"), 1, 0, WORLDS)
    assert (counted(whole, "extensions:breaks") == 0).all()
    utility = [measured(each, "oa:utility")[:, 24:36].mean() for each in (whole, ledger)]
    assert utility[0] - utility[1] > 2e-4, "one break a year takes 30 % of a tenth for some days"


def test_those_around_a_deal_act_where_there_is_reason() -> None:
    """A fine needs a leak, people go and come, and what work takes out of the vendor's people is in nobody's company."""
    ledger, plain = lived("outsourced-watched"), lived("outsourced")
    assert (counted(ledger, "risk.inspection fine") <= counted(ledger, "source-leak")).all()
    assert (counted(ledger, "build-turnover") + counted(ledger, "support-turnover")).mean() > 1.0
    for source in ("build-turnover morale", "support-turnover morale", "inspection harm"):
        assert not posted(ledger, source).any() and not posted(ledger, source, parties=("vendor",)).any()
    assert (posted(ledger, "build-turnover morale", parties=("vendor-people",)).sum(axis=1) < 0.0).all()
    live = [(measured(each, "oa:adoption") > 0.0).argmax(axis=1) for each in (ledger, plain)]
    assert live[0].mean() > live[1].mean() and (live[0] >= live[1]).mean() > 0.95
