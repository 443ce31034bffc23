"""What a story promises: its events are followed by their consequences, and its money is the ledger's."""

from __future__ import annotations

from collections import defaultdict

import pytest

import itilsim
from itilsim.case.case import Case
from itilsim.engine.compiled import run_block
from itilsim.engine.reference import Trace
from itilsim.explain import Story, first_world, trace, vocabulary
from itilsim.explain.pieces import Happening
from itilsim.explain.vocabulary import Vocabulary
from itilsim.explain.writing import share_below
from tests.explain.conftest import HERE, THERE, present_value_compiled


def leak_of(story: Story) -> Happening:
    """Give the happening of the leak."""
    return next(h for h in story.happenings if h.identity.name == "source-leak")


def test_a_leak_is_followed_by_discovery_money_trust_and_work(here: Story) -> None:
    leak = leak_of(here)
    kinds = [step.kind for step in leak.steps]
    for earlier, later in (
        ("stream source-leak", "due source-leak:found"),
        ("due source-leak:found", "done source-leak:rotation"),
        ("due source-leak:found", "trust"),
    ):
        assert kinds.index(earlier) < kinds.index(later)
    assert [step.hour for step in leak.steps] == sorted(step.hour for step in leak.steps)
    found = leak.steps[kinds.index("due source-leak:found")]
    assert {(m.account.party, m.account.counterparty, m.amount) for m in found.money} == {
        ("company", "public", -60_000.0),
        ("vendor", "public", -15_000.0),
    }
    assert [(m.slot, m.before, m.after) for m in found.moved] == [("supply:shock", 0.0, 0.4)]
    (trust,) = [m for m in leak.steps[kinds.index("trust")].moved if m.slot == "supply:trust"]
    assert trust.before - trust.after > 0.3


def test_a_failure_takes_its_aspect_down_until_it_is_mended(here: Story) -> None:
    outages = [h for h in here.happenings if h.identity.name == "outage"]
    assert outages
    down = [m for m in outages[0].steps[0].moved if m.slot == "oa:availability"]
    up = [m for m in outages[0].steps[-1].moved if m.slot == "oa:availability"]
    assert down[0].after < down[0].before and up[0].after > up[0].before
    assert "mended" in outages[0].steps[-1].sentence and "office hours" in outages[0].steps[-1].sentence


@pytest.mark.parametrize("name", [HERE, THERE])
def test_the_present_value_is_that_of_the_compiled_engine(case: Case, world: int, name: str, here: Story, there: Story) -> None:
    story = here if name == HERE else there
    assert story.total == pytest.approx(present_value_compiled(case, name, world), abs=1e-6)
    assert sum(line.present_value for line in story.lines) == pytest.approx(story.total, abs=1e-6)


def test_happenings_and_quiet_stretches_hold_all_of_the_money(here: Story) -> None:
    told = sum(h.present_value for h in here.happenings) + sum(s.present_value for s in here.stretches)
    assert told == pytest.approx(here.total, abs=1e-6)
    nominal = sum(s.outcome + s.cost + s.risk for s in here.stretches)
    own = {"company", "departments", "it"}
    for happening in here.happenings:
        for money in (m for step in happening.steps for m in step.money):
            if money.account.party in own:
                nominal += money.amount
    assert nominal == pytest.approx(sum(line.amount for line in here.lines), abs=1e-5)


def test_events_are_told_in_order_of_time(here: Story) -> None:
    hours = [h.steps[0].hour for h in here.happenings]
    assert hours == sorted(hours)
    assert here.happenings[0].identity.name == "start start"


def test_postings_of_events_sum_to_the_ledger_on_both_sides(governed: Trace, case: Case, world: int) -> None:
    sums: dict[tuple[int, int], float] = defaultdict(float)
    by_event: dict[tuple[int, int], float] = defaultdict(float)
    for posting in governed.postings:
        sums[posting.month, posting.account] += posting.amount
        by_event[posting.event, posting.account] += posting.amount
    amounts = run_block(governed.plan, 1, world, 1).amounts[0]
    for month in range(amounts.shape[0]):
        for account in range(amounts.shape[1]):
            assert sums[month, account] == pytest.approx(amounts[month, account], abs=1e-7)
    mirrors = governed.plan.rows.mirrors
    for (event, account), amount in by_event.items():
        if mirrors[account] >= 0:
            assert by_event[event, mirrors[account]] == pytest.approx(-amount, abs=1e-7)


def test_a_credit_is_booked_on_the_service_level_that_was_missed(governed: Trace) -> None:
    accounts = governed.plan.books.accounts
    fee = next(i for i, a in enumerate(accounts) if a.source == "supply fee" and a.party == "company")
    missed = [i for i, event in enumerate(governed.events) if event.kind == "missed"]
    credit = {i: sum(p.amount for p in governed.postings if p.event == i and p.account == fee) for i in missed}
    first_steps = [i for i in missed if governed.events[i].name == "availability 1"]
    assert first_steps and all(credit[i] > 0.0 for i in first_steps)
    charged: dict[int, float] = {}
    for posting in governed.postings:
        if posting.account == fee and governed.events[posting.event].kind == "month":
            charged[posting.month] = charged.get(posting.month, 0.0) + posting.amount
    for i in first_steps:
        assert credit[i] == pytest.approx(-0.05 * charged[governed.months[i]], rel=1e-9)
    year = [charged[month] for month in range(24, 30)]
    assert max(year) - min(year) < 4_000.0 and all(value < -20_000.0 for value in year)


@pytest.mark.parametrize(("name", "replication"), [("in-house", 201), ("saas", 13)])
def test_every_event_of_the_shipped_case_has_words_of_its_own(
    case: Case, name: str, replication: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unknown(name: str) -> str:
        raise AssertionError(f"no words for {name}")

    monkeypatch.setattr(vocabulary, "in_words", unknown)
    story = trace(case[name], 1, replication)
    assert len(story.happenings) > 30
    assert all(step.sentence for happening in story.happenings for step in happening.steps)


def test_an_attack_tells_its_loss_and_what_is_repaid(case: Case) -> None:
    replication = first_world(case[HERE], "risk.source-leak exploit", limit=1024)
    steps = leak_of(trace(case[HERE], 1, replication)).steps
    kinds = [step.kind for step in steps]
    loss = steps[kinds.index("loss source-leak:exploit")]
    assert kinds[kinds.index("loss source-leak:exploit") - 1] == "due source-leak:attack"
    lost = {m.account.counterparty: m.amount for m in loss.money if m.account.party == "company"}
    assert lost["public"] < 0.0 < lost["vendor"]
    (liable,) = [m for m in loss.moved if m.slot == "supply:liability"]
    assert liable.before - liable.after == pytest.approx(lost["vendor"], abs=1e-6)


def test_names_without_a_block_are_read_as_words(case: Case) -> None:
    words = Vocabulary(case[HERE])
    assert words.source("odd-thing fee") == "odd thing fee"
    assert words.source("support pay") == "the pay of the vendor's support engineer"
    assert "nothing:known" not in words.slots
    assert words.named("done", "support-low:triage").owner == "demand support"
    assert words.stream("support-low") == "support (low)"
    odd = words.named("due", "odd:thing")
    assert (odd.step.sentence, odd.owner) == ("odd, thing is due", "odd:thing")


def test_an_unknown_input_says_how_many_worlds_come_out_lower(here: Story, case: Case) -> None:
    leaves = {leaf.key: leaf for leaf in case[HERE].leaves() if leaf.unknown}
    assert {u.key for u in here.unknowns} == set(leaves)
    for unknown in here.unknowns:
        assert unknown.low <= unknown.value <= unknown.high
        assert leaves[unknown.key].parsed.quantile(unknown.share_below) == pytest.approx(unknown.value, rel=1e-4)
    some = next(iter(leaves.values()))
    assert share_below(some, some.parsed.quantile(0.25)) == pytest.approx(0.25, abs=1e-5)


@pytest.mark.parametrize("width", [60, 100, 161])
def test_no_line_is_wider_than_the_terminal(here: Story, width: int) -> None:
    assert max(len(line) for line in here.told(width)) <= width


def test_short_lives_are_summed_up_by_quarter_and_long_ones_by_year(here: Story, case: Case) -> None:
    assert here.stretches[1].first == 13 and here.stretches[1].last == 24
    changed = case.variants()["horizon 3 years"]
    short = trace(changed["today"], 1, 0)
    assert (short.stretches[0].first, short.stretches[0].last) == (1, 3)


def test_the_public_function_tells_the_story_as_text(here: Story) -> None:
    assert itilsim.trace is trace
    text = " ".join(str(here).split())
    assert "The source code is published." in text and "It is found after" in text
    assert "-60,000 CNY for the company to the public" in text


def test_a_frozen_world_keeps_trust_where_it_was(case: Case, world: int) -> None:
    frozen = trace(case[HERE], 1, world, frozen=("decisions", "trust", "effort"))
    moved = [m for h in frozen.happenings for s in h.steps for m in s.moved if m.slot == "supply:trust"]
    assert not moved
