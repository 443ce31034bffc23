"""No number of the shipped case is a decoration: each, changed by a tenth, moves a stored value, a lifetime or a perception."""

from __future__ import annotations

import random
from functools import cache
from typing import Any

import numpy as np
import pytest

from itilsim.case import Case, load_case
from itilsim.case.lower import lower
from itilsim.engine.compiled import run_block
from itilsim.kinds.leaf import Leaf
from itilsim.ledger.entities import entities
from itilsim.ledger.ledger import Ledger
from itilsim.ledger.perception import Perceiver, contributions, perceived_value
from itilsim.ledger.value import postings_of
from itilsim.text.dimension import MONEY_BASE
from itilsim.text.distribution import Amount
from tests.case.small_cases import OFFICE, net_values, office, same, times

WORLDS = 2_000
FIRST = 16
"""Worlds that are tried before all others: nearly every number moves something in them."""
RARE = 0.05
"""What happens in a smaller share of worlds is rare; four worlds of each are tried next, since they tell most."""
HONEST: dict[tuple[str, str], tuple[str, Any]] = {
    ("capacities.servers.price", "0 CNY / year"): ("a rented service is elastic: nothing is ever ordered", None),
    ("controls.code-access.commitment", "40 %"): ("the vendor's commitment is hardly ever between 36 % and 44 % at a review", 0.9),
    ("controls.vetting.commitment", "40 %"): ("the vendor's commitment is hardly ever between 36 % and 44 % at a review", 0.9),
    ("failures.vulnerability.loss_cap", "10 M CNY"): ("one attack in a thousand lifetimes costs more than 5 M", 1e6),
    ("outsiders.inspection.fine_cap", "500 k CNY"): ("where damage has come of it; no fine of some 20 k reaches it", 1e4),
    ("parties.employees.tolerance", "80 k CNY"): ("in no lifetime do the employees lose more than 41 k", 10_000.0),
    ("relationships.extension.bad_availability", "97 %"): ("no service runs under it: there is none to be available", None),
    ("relationships.extension.gap_borne", "10 %"): ("no service runs under it: there is none to have gaps", None),
    ("relationships.supply.appetite", "10 k CNY / year"): ("expected losses lie far over it, or far under it once controls run", 300.0),
    ("relationships.supply.renewal_rise", "0 % / year"): ("the term ends with the horizon: nothing is renewed", None),
    ("relationships.supply.term", "5 years"): ("counted from go-live it ends after the horizon, a tenth less too", 3.0 * 12.0 * 730.0),
    ("risks.data-leak.fine_cap", "1 M CNY"): ("the ceiling of the law: one fine in 4,000 would reach it", 1e5),
    ("risks.source-leak.fine_cap", "1 M CNY"): ("the ceiling of the law: one fine in 4,000 would reach it", 1e4),
    ("risks.source-leak.fined", "30 %"): ("an attack is rare, and what a tenth of its fines is lies between two draws", 1.0),
    ("risks.data-leak.loss_cap", "3 M CNY"): ("one leak in a hundred reaches it, and 2,000 lifetimes have about a hundred", 3e5),
    ("risks.source-leak.loss_cap", "10 M CNY"): ("one attack in forty reaches it, and 2,000 lifetimes have about ten", 1e6),
    ("risks.source-leak.repaid", "60 %"): ("under governance an attack comes in one lifetime of 3,000", None),
}
"""(key, value as written) of what may move nothing in 2,000 worlds when changed by a tenth: the reason, and a larger change that does
move something there (None where nothing can: the number would be read in another case, or in more worlds)."""


@cache
def alone(alternative: str) -> Case:
    """Give the shipped case with one alternative and today."""
    return load_case(OFFICE / f"{alternative}.toml") if alternative != "today" else load_case(OFFICE / "today.toml")


@cache
def lived(alternative: str, first: int, worlds: int) -> Ledger:
    """Live worlds of an alternative as shipped."""
    return run_block(lower(alone(alternative), alternative), 1, first, worlds)


@cache
def blocks(alternative: str) -> tuple[tuple[int, int], ...]:
    """Give (first world, number) of what is lived one after the other until something has moved: all of 2,000 worlds at last."""
    ledger = lived(alternative, 0, WORLDS)
    happened = [*(ledger.counts.T > 0), *(ledger.endings.T > 0)]
    telling = {int(world) for each in happened if each.mean() < RARE for world in np.flatnonzero(each)[:4]}
    return ((0, FIRST), *((world, 1) for world in sorted(telling)), (0, WORLDS))


def changes(leaf: Leaf) -> list[Any]:
    """Give the values to try: a tenth more, a tenth less; a nought, which has no tenth, becomes something small."""
    if isinstance(leaf.parsed, Amount) and leaf.parsed.value == 0.0:
        return [1000.0 if leaf.dimension.power(MONEY_BASE) else 0.1 if leaf.dimension.share else 24.0]
    found = [times(leaf, 0.9)]
    most = leaf.parsed.support()[1] if not isinstance(leaf.parsed, Amount) else leaf.parsed.value
    if not (leaf.dimension.share and 1.1 * most > 1.0):
        found.insert(0, times(leaf, 1.1))
    return found


def perceived(case: Case, alternative: str, stakeholder: str, worlds: int) -> Any:
    """Give what a stakeholder perceives of an alternative in each world."""
    viewpoint = next(v for v in case.viewpoints if v.name == stakeholder)
    entity = entities(case.parents)[viewpoint.party]
    of, against = (Perceiver(postings_of(lived(name, 0, worlds)), {}).by_source(viewpoint, entity) for name in (alternative, "today"))
    return perceived_value(viewpoint, contributions(of, against, worlds), worlds)


def decided(case: Case, alternative: str, stakeholder: str, worlds: int) -> float:
    """Give by what a stakeholder decides over all worlds: the mean, or the mean of the worst share of them."""
    viewpoint = next(v for v in case.viewpoints if v.name == stakeholder)
    values = np.sort(perceived(case, alternative, stakeholder, worlds))
    return float(values.mean() if viewpoint.attitude == "mean" else values[: max(1, round(viewpoint.tail * worlds))].mean())


def tolerated(case: Case, alternative: str, party: str) -> int:
    """Count the worlds in which a third party loses no more than its stated tolerance."""
    nets = net_values(case, lived(alternative, 0, WORLDS), lived("today", 0, WORLDS))
    return int(np.count_nonzero(nets[party].net_value >= -case.tolerances[party]))


def changed(alternative: str, leaf: Leaf, value: float) -> Case:
    """Give the case with another value; where shares add up to one, the largest other share gives way."""
    values = {f"{alternative}:{leaf.key}": value}
    block, _, place = leaf.key.rpartition(".")
    if block.endswith(".shares"):
        other = max((leaf_of(alternative, f"{block}.{at}") for at in range(3) if at != int(place)), key=lambda each: each.likely)
        values[f"{alternative}:{other.key}"] = other.likely + leaf.likely - value
    return alone(alternative).with_values(values)


def moves(alternative: str, leaf: Leaf, values: list[Any] | None = None) -> bool:
    """Say whether a change of a leaf moves anything that is stored of a world, what a stakeholder perceives, or whether all gain."""
    for value in values or changes(leaf):
        case = changed(alternative, leaf, value)
        if leaf.key.endswith(".tolerance") and leaf.key.startswith("parties."):
            party = leaf.key.split(".")[1]
            if tolerated(case, alternative, party) != tolerated(alone(alternative), alternative, party):
                return True
            continue
        if leaf.key.startswith("stakeholders."):
            name = leaf.key.split(".")[1]
            if decided(case, alternative, name, WORLDS) != decided(alone(alternative), alternative, name, WORLDS):
                return True
            continue
        plan = lower(case, alternative)
        if not same(run_block(plan, 1, 0, FIRST), lived(alternative, 0, FIRST)):
            return True
        if any(not same(run_block(plan, 1, *block), lived(alternative, *block)) for block in blocks(alternative)[1:]):
            return True
    return False


def statements() -> dict[tuple[str, str], list[str]]:
    """Give each distinct statement of an input with the alternatives that make it."""
    return {(row["key"].rpartition(":")[2], row["value"]): row["alternatives"] for row in office().inputs()}


def leaf_of(alternative: str, key: str) -> Leaf:
    """Give a leaf of an alternative."""
    return next(leaf for leaf in alone(alternative)[alternative].leaves() if leaf.key == key)


def is_read(key: str, alternatives: list[str]) -> bool:
    """Say whether an input moves anything in one of the alternatives that state it."""
    return any(moves(name, leaf_of(name, key)) for name in ([name for name in alternatives if name != "today"] or ["today"]))


def decorations(chosen: list[tuple[str, str]]) -> list[str]:
    """Give those statements that move nothing."""
    return [f"{key} = {value}" for key, value in chosen if (key, value) not in HONEST and not is_read(key, statements()[key, value])]


COMMON = ("activities", "capacities", "changes", "costs", "deliveries", "prices", "services", "teams", "users")
"""Sections whose numbers move something in nearly every world."""


def test_a_sample_of_inputs_moves_something() -> None:
    """A few of what matters in every world; all of them, what is rare too, are tried by night."""
    chosen = random.Random(12).sample([each for each in sorted(statements()) if each[0].split(".")[0] in COMMON], 16)
    assert not (found := decorations(chosen)), "\n".join(found)


@pytest.mark.nightly
@pytest.mark.parametrize("section", sorted({key.split(".")[0] for key, _ in statements()}))
def test_every_input_moves_something(section: str) -> None:
    """In 2,000 worlds at most."""
    chosen = [each for each in sorted(statements()) if each[0].startswith(f"{section}.")]
    assert not (found := decorations(chosen)), "\n".join(found)


@pytest.mark.nightly
@pytest.mark.parametrize("key, value", [each for each, (_, larger) in HONEST.items() if larger is not None])
def test_every_exception_moves_something_when_changed_by_more(key: str, value: str) -> None:
    """So each of them is read."""
    names = [name for name in statements()[key, value] if name != "today"]
    assert any(moves(name, leaf_of(name, key), [HONEST[key, value][1]]) for name in names)


def test_every_exception_is_still_stated() -> None:
    """An exception for what is not in the case any more would hide nothing, and nobody would miss it."""
    stale = [f"{key} = {value}" for key, value in HONEST if (key, value) not in statements()]
    assert not stale, stale
