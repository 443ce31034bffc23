"""Laws of conservation that the ledger of any case keeps: what is paid is received, what is not lived is not paid, parts make the whole."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from itilsim.engine.reference import trace_world
from itilsim.ledger.entities import Entity, entities
from itilsim.ledger.ledger import Ledger
from itilsim.ledger.value import Valuer, net_value_of, postings_of
from itilsim.plan import rows
from itilsim.plan.accounts import Account
from itilsim.rules.clock import MONTH
from tests.cases.lives import Lived, hanging

Floats = NDArray[np.float64]
CLOSE = 1e-9
"""How far two ways to one amount may be apart, as a share of all that was posted."""


def everything_is_a_number(lived: Lived) -> None:
    """No amount, measure or final state is missing or endless, and no length of life is negative or beyond the horizon."""
    ledger = lived.ledger
    for name in ("amounts", "measures", "finals", "lived", "theta"):
        wrong = np.argwhere(~np.isfinite(getattr(ledger, name)))
        assert not len(wrong), f"{lived.alternative}: {name} {[int(i) for i in wrong[0]]} is no number"
    assert (ledger.lived >= 0.0).all() and (ledger.lived <= ledger.books.months).all()
    assert (ledger.counts >= 0).all()
    assert ((ledger.endings >= 0) & (ledger.endings <= 4)).all(), f"{lived.alternative}: endings {np.unique(ledger.endings)}"


def transfers_cancel(lived: Lived) -> None:
    """What one party pays another receives, of the same source in the same month; what somebody pays themselves is nothing to anybody."""
    where = {account: at for at, account in enumerate(lived.accounts)}
    assert len(where) == len(lived.accounts)
    for account, at in where.items():
        if account.counterparty in ("", account.party):
            continue
        others = [a for b, a in where.items() if _is_other_side(account, b)]
        assert len(others) == 1, f"{account} has {len(others)} other sides"
        total = lived.ledger.amounts[:, :, at] + lived.ledger.amounts[:, :, others[0]]
        wrong = np.argwhere(total != 0.0)
        assert not len(wrong), lived.named(int(wrong[0][0]), int(wrong[0][1]), at)


def _is_other_side(one: Account, two: Account) -> bool:
    parties = (one.party, one.counterparty) == (two.counterparty, two.party)
    about = (one.source, one.cash, one.one_off) == (two.source, two.cash, two.one_off)
    components = {one.component, two.component}
    return parties and about and components in ({"cost", "outcome"}, {"risk"}) and one is not two


def only_run_off_after_the_horizon(lived: Lived) -> None:
    """After the horizon nothing is charged by the month: an account moves there only where an event of before is found out late."""
    events = set()
    for effect in lived.plan.rows.effects:
        if effect.verb == rows.POST:
            events.add(effect.target)
        elif effect.verb == rows.SETTLE:
            loss = lived.plan.rows.losses[effect.target]
            events |= {loss.account, loss.indemnity_account, loss.cover_account}
    mirrors = lived.plan.rows.mirrors
    events |= {mirrors[at] for at in events if at >= 0}
    months = lived.ledger.books.months
    for world, month, at in np.argwhere(lived.ledger.amounts[:, months:, :] != 0.0):
        assert int(at) in events, lived.named(int(world), int(month) + months, int(at))


def nothing_after_the_end(lived: Lived) -> None:
    """In the months after a relationship has ended none of its running money moves; risks are found out late, one-off amounts are owed."""
    ledger = lived.ledger
    places = {name: at for at, name in enumerate(ledger.books.relationships)}
    months = np.arange(ledger.amounts.shape[1])
    for at, account in enumerate(lived.accounts):
        if account.component == "risk" or account.one_off or not (of := hanging(lived, at, to_the_end=True)):
            continue
        end = np.max([_over(ledger, places[name]) for name in of], axis=0)
        late = (ledger.amounts[:, :, at] != 0.0) & (months[np.newaxis, :] > end[:, np.newaxis])
        for world, month in np.argwhere(late):
            raise AssertionError(f"after the end of {', '.join(sorted(of))}: {lived.named(int(world), int(month), at)}")


def _over(ledger: Ledger, place: int) -> Floats:
    """Give the last month in which a relationship lived, counted from 0, or the last of all where it did not end."""
    whole = float(ledger.amounts.shape[1])
    ended = (ledger.endings[:, place] >= 1) & (ledger.endings[:, place] <= 3)
    return np.where(ended, np.floor(ledger.lived[:, place]), whole)


def nothing_before_signing(lived: Lived) -> None:
    """Of a relationship that is signed later, or never, nothing at all is posted before."""
    ledger = lived.ledger
    gates = {b.relationship: (n, b) for n, b in lived.blocks.get("gates", {}).items() if b.kind == "defer"}
    for at in range(len(lived.accounts)):
        of = hanging(lived, at, to_the_end=False)
        if not of or not of <= set(gates):
            continue
        signed = [ledger.counts[:, ledger.books.counters.index(f"{gates[name][0]}:signed")] > 0 for name in of]
        first = min(round(gates[name][1].until.likely / MONTH) for name in of) - 1
        for world, month in np.argwhere(ledger.amounts[:, :, at] != 0.0):
            early = month < first or not any(each[world] for each in signed)
            assert not early, f"before {', '.join(sorted(of))} was signed: {lived.named(int(world), int(month), at)}"


def accounts_move_by_postings_only(lived: Lived, *, seed: int = 1, world: int = 0) -> None:
    """The reference engine's postings, told one by one, add up to the compiled engine's ledger."""
    trace = trace_world(lived.plan, seed, world)
    own = lived.ledger.amounts[world]
    held: dict[tuple[int, int], list[float]] = {}
    for posting in trace.postings:
        held.setdefault((posting.month, posting.account), []).append(posting.amount)
    for month, at in zip(*np.nonzero(own), strict=True):
        assert (int(month), int(at)) in held, f"nothing was posted for {lived.named(world, int(month), int(at))}"
    for (month, at), amounts in held.items():
        apart = abs(math.fsum(amounts) - own[month, at])
        assert apart <= CLOSE * math.fsum(abs(a) for a in amounts), f"postings of {math.fsum(amounts)!r}: {lived.named(world, month, at)}"
    hours = [event.hour for event in trace.events]
    last = (lived.plan.sizes.months + lived.plan.sizes.runoff) * MONTH
    assert all(a <= b for a, b in pairwise(hours)), "time goes backwards"
    assert all(0.0 <= hour <= last for hour in hours), "something happens before the beginning or after the end of all"


def worth(lived: Lived, ats: Iterator[int], world: int) -> tuple[float, float]:
    """Work out the present value of accounts in a world, exactly rounded once, and that of all their amounts taken as positive."""
    rate = lived.case.discount_rate
    terms = [
        float(amount) / (1.0 + rate) ** ((month + 0.5) / 12.0)
        for at in ats
        for month, amount in enumerate(lived.ledger.amounts[world, :, at])
        if amount
    ]
    return math.fsum(terms), math.fsum(abs(term) for term in terms)


def value_follows_from_the_ledger(lived: Lived, baseline: Lived, worlds: int = 3) -> None:
    """What the program says a party's net value is, is the difference of what stands in its books, added up by hand."""
    rate = lived.case.discount_rate
    of, against = Valuer(postings_of(lived.ledger), rate), Valuer(postings_of(baseline.ledger), rate)
    for name, entity in entities(lived.case.parents).items():
        value = net_value_of(of.statement(entity), against.statement(entity)).net_value
        for world in range(min(worlds, len(lived.ledger))):
            (mine, gross), (theirs, before) = (worth(each, _books(each, entity), world) for each in (lived, baseline))
            apart = abs(float(value[world]) - (mine - theirs))
            said = f"{lived.alternative}, {name}, world {world}: {float(value[world])!r}, by hand {mine - theirs!r}"
            assert apart <= CLOSE * (gross + before), said


def _books(lived: Lived, entity: Entity) -> Iterator[int]:
    """Give the accounts of a party and its departments, with all transfers inside."""
    return (at for at, account in enumerate(lived.accounts) if account.party in entity.members)


def parts_make_the_whole(lived: Lived) -> None:
    """All legal persons and outsiders, each consolidated, add up to what nobody pays anybody: every transfer is eliminated."""
    known = entities(lived.case.parents)
    strangers = {a.party for a in lived.accounts} - set(known)
    assert not strangers, f"{lived.alternative}: {', '.join(sorted(strangers))} has books and is no party of the case"
    roots = [entity for name, entity in known.items() if lived.case.parents[name] is None]
    _adds_up(lived, roots, [at for at, account in enumerate(lived.accounts) if not account.counterparty])
    for entity in known.values():
        if len(entity.members) > 1:
            _adds_up(lived, [Entity(name, frozenset({name})) for name in sorted(entity.members)], list(entity.positions(lived.accounts)))


def chains_add_up(lived: Lived) -> int:
    """A party that provides in one relationship and consumes in another has both in its books once; give how many there are.

    The chain taken as one has what its members have, and what the middle of it gets and pays falls out.
    """
    relationships: Mapping[str, Any] = lived.blocks.get("relationships", {})
    pairs = [(r.provider, r.consumer) for r in relationships.values()]
    middles = {provider for provider, _ in pairs} & {consumer for _, consumer in pairs}
    for middle in middles:
        chain = {middle} | {p for p, c in pairs if c == middle} | {c for p, c in pairs if p == middle}
        together = Entity("the chain", frozenset(chain))
        members = [Entity(name, frozenset({name})) for name in sorted(chain)]
        _adds_up(lived, members, list(together.positions(lived.accounts)))
        neighbours = sorted({a.counterparty for a in lived.accounts if a.party == middle})
        own = [at for at, a in enumerate(lived.accounts) if a.party == middle]
        by_neighbour = [at for n in neighbours for at in own if lived.accounts[at].counterparty == n]
        assert sorted(by_neighbour) == own, f"an account of {middle} stands in its books twice or not at all"
    return len(middles)


def _adds_up(lived: Lived, parts: list[Entity], whole: list[int]) -> None:
    """Check that entities add up, month by month, to some accounts."""
    postings = postings_of(lived.ledger)
    total = sum(postings.monthly(part.positions(lived.accounts)) for part in parts)
    against = postings.monthly(whole)
    gross = np.abs(lived.ledger.amounts).sum(axis=2).T
    names = ", ".join(part.name for part in parts)
    assert (np.abs(total - against) <= CLOSE * gross).all(), f"{lived.alternative}: {names} do not add up"


def keeps_its_books(lived: Lived, baseline: Lived) -> None:
    """Hold all laws against worlds of an alternative."""
    everything_is_a_number(lived)
    transfers_cancel(lived)
    only_run_off_after_the_horizon(lived)
    nothing_after_the_end(lived)
    nothing_before_signing(lived)
    parts_make_the_whole(lived)
    chains_add_up(lived)
    value_follows_from_the_ledger(lived, baseline)
