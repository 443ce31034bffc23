"""What single rows promise, to the cent, in both engines: insurance, patience with waiting work, and the order of a month end."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from itilsim.engine.compiled import run_block as run_compiled
from itilsim.engine.reference import run_block as run_reference
from itilsim.ledger.ledger import Ledger
from itilsim.plan import rows
from itilsim.plan.accounts import Account
from itilsim.plan.build import Builder
from itilsim.plan.specs import DecisionSpec, Distribution, LossSpec, ProductSpec, StreamSpec, TeamSpec, Times, WorkSpec
from itilsim.rules.chance import CONSTANT, EXPONENTIAL
from itilsim.rules.clock import MONTH

BOTH = pytest.mark.parametrize("run", [run_compiled, run_reference], ids=["compiled", "reference"])
Run = Callable[..., Ledger]
LOSS = Account("buyer", "fire", "risk", "", True, False)
COVER = Account("buyer", "fire", "risk", "insurer", True, False)
SORRY = Account("buyer", "lost request", "cost", "", True, False)


def monthly(b: Builder, name: str) -> None:
    """Register a stream of one occurrence in the middle of each month."""
    b.specs.quantities[name] = Distribution(CONSTANT, 0.0)
    b.specs.streams[name] = StreamSpec("", name, bound=1.0, period=MONTH, offset=MONTH / 2.0)


def posted(ledger: Ledger, account: Account) -> list[float]:
    """Give what is posted to an account, month by month, in the first world."""
    return [float(v) for v in ledger.amounts[0, :, ledger.books.accounts.index(account)]]


@BOTH
def test_an_insurance_pays_what_exceeds_its_deductible_until_its_sum_is_spent(run: Run) -> None:
    b = Builder(4, runoff=0)
    s = b.specs
    monthly(b, "fire")
    s.stocks |= {"insured": 1500.0, "assets": 2_600.0}
    s.quantities["damage"] = Distribution(CONSTANT, 1000.0)
    s.losses["fire"] = LossSpec("damage", LOSS, cover=COVER, cover_deductible=100.0, cover_left="insured", assets="assets")
    b.effect("fire", "settle", rows.SETTLE, "fire")
    s.finals |= {"insured": "insured", "assets": "assets"}
    ledger = run(b.build(), 1, 0, 1)
    assert posted(ledger, COVER) == [900.0, 600.0, 0.0, 0.0]
    assert posted(ledger, LOSS) == [-1000.0, -1000.0, -1000.0, -1000.0]
    finals = dict(zip(ledger.books.finals, ledger.finals[0].tolist(), strict=True))
    assert finals == {"assets": 2_600.0 - 100.0 - 400.0 - 1000.0 - 1000.0, "insured": 0.0}


def desk(people: float) -> Builder:
    """Build a desk with people that gets a request of 3 hours each month; who waits for 5 hours gives up."""
    b = Builder(3, runoff=0)
    s = b.specs
    monthly(b, "asked")
    s.stocks["people"] = people
    s.teams["desk"] = TeamSpec("people")
    s.quantities |= {"content": Distribution(CONSTANT, 3.0), "nerves": Distribution(CONSTANT, 5.0)}
    s.works["help"] = WorkSpec("desk", "content", patience="nerves", left="gone")
    b.effect("asked", "first", rows.ENQUEUE, "help")
    b.effect("gone", "sorry", rows.POST, SORRY, amount=-7.0)
    return b


@BOTH
@pytest.mark.parametrize(("people", "done", "left"), [(0.0, 0.0, 3.0), (1.0, 3.0, 0.0)])
def test_work_that_nobody_begins_within_its_patience_leaves_and_something_else_happens(
    run: Run, people: float, done: float, left: float
) -> None:
    ledger = run(desk(people).build(), 1, 0, 1)
    counts: dict[str, Any] = dict(zip(ledger.books.counters, ledger.counts[0].tolist(), strict=True))
    assert (counts["help:done"], counts["help:left"]) == (done, left)
    assert posted(ledger, SORRY) == [-7.0 * left / 3.0] * 3


@BOTH
def test_whoever_is_behind_two_others_in_the_queue_gives_up(run: Run) -> None:
    """Three at once for one person: the second begins after 3 hours, the third would after 6 and gives up after 5."""
    b = desk(1.0)
    for name in ("second", "third"):
        b.effect("asked", name, rows.FIRE, name, delay="")
        b.effect(name, "help", rows.ENQUEUE, "help")
    ledger = run(b.build(), 1, 0, 1)
    counts: dict[str, Any] = dict(zip(ledger.books.counters, ledger.counts[0].tolist(), strict=True))
    assert (counts["help:done"], counts["help:left"]) == (6.0, 3.0)


@BOTH
@pytest.mark.parametrize(("speed", "waiting"), [(1.0, 2.0), (0.0, 3.0)])
def test_a_backlog_is_what_waits_at_the_month_end_in_the_queue_or_parked(run: Run, speed: float, waiting: float) -> None:
    """Three long pieces of work come in a month for one person: one is in hand at its end, or none where nothing can be begun."""
    b = Builder(1, runoff=0)
    s = b.specs
    monthly(b, "asked")
    s.stocks |= {"people": 1.0, "backlog": 0.0, "speed": speed}
    s.teams["desk"] = TeamSpec("people", backlog="backlog")
    s.quantities["content"] = Distribution(CONSTANT, 5000.0)
    s.works["help"] = WorkSpec("desk", "content", speed="speed")
    for name in ("first", "second", "third"):
        b.effect("asked", name, rows.FIRE, name, delay="")
        b.effect(name, "help", rows.ENQUEUE, "help")
    s.finals["backlog"] = "backlog"
    assert run(b.build(), 1, 0, 1).finals[0].tolist() == [waiting]


@BOTH
def test_what_moves_later_at_a_month_end_sees_what_has_moved_before(run: Run) -> None:
    """Trust moves, and effort that follows it moves at the same month end, not a month later."""
    b = Builder(3, runoff=0)
    s = b.specs
    s.stocks |= {"trust": 0.0, "effort": 0.0, "early": 0.0}
    s.products["wanted"] = ProductSpec(2.0, (Times("trust"),))
    s.decisions |= {
        "a-early": DecisionSpec(rows.MOVE, "early", "wanted", p=(1.0, 1.0, 0.0, 0.0, 99.0), order=1),
        "trust": DecisionSpec(rows.MOVE, "trust", p=(0.0, 0.0, 1.0, 0.0, 99.0), order=2),
        "effort": DecisionSpec(rows.MOVE, "effort", "wanted", p=(1.0, 1.0, 0.0, 0.0, 99.0), order=3),
    }
    s.finals |= {name: name for name in ("early", "trust", "effort")}
    ledger = run(b.build(), 1, 0, 1)
    assert dict(zip(ledger.books.finals, ledger.finals[0].tolist(), strict=True)) == {"early": 4.0, "effort": 6.0, "trust": 3.0}


@BOTH
@pytest.mark.parametrize("again", [False, True])
def test_what_happens_once_meets_the_same_luck_whenever_it_happens(run: Run, again: bool) -> None:
    """What a decision fires draws as occurrence 0, or as that of its month where something may lower its flag, so that it fires again."""
    drawn = []
    for month in (1, 4):
        b = Builder(6, runoff=0)
        s = b.specs
        s.stocks |= {"signed": 0.0}
        s.quantities["cost"] = Distribution(EXPONENTIAL, 100.0)
        s.decisions["signs"] = DecisionSpec(rows.WHEN, "signed", p=(0.0, 0.0), bundle="signs", every=100, offset=month)
        b.effect("signs", "cost", rows.POST, SORRY, quantity="cost")
        if again:
            b.effect("taken-back", "flag", rows.ADD, "signed", amount=-1.0)
        posts = posted(run(b.build(), 1, 0, 1), SORRY)
        assert [i for i, amount in enumerate(posts) if amount] == [month - 1]
        drawn.append(posts[month - 1])
    assert (drawn[0] == drawn[1]) is not again
