"""A contract: a provider under commercial terms, with indexation, renewal, early end, exit cost and a fallback."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

from itilsim.kinds.block import Party, Titles
from itilsim.kinds.leaf import Duration, FixedDuration, Growth, Money, MoneyRate, Share
from itilsim.kinds.lowering import HOURS_A_MONTH, Lowering
from itilsim.kinds.relationships.cocreation import Cocreation
from itilsim.kinds.story import Notice, Slot, Step
from itilsim.kinds.wording import counted, months, percent
from itilsim.plan import rows
from itilsim.plan.accounts import Account, mirror_of
from itilsim.plan.number import Number
from itilsim.plan.specs import Times

ENDED_EARLY, NOT_RENEWED, LEFT = 2.0, 1.0, 3.0


class Contract(Cocreation):
    """A relationship with a contract.

    Prices grow by `indexation` a year and once, at the first renewal after `term`, by `renewal_rise`. After `first_review` and then every
    year the sponsor (the consolidated buyer) may end it early where its trust is at most `trust_to_end` and what is to come, taken as the
    mean of the last twelve months against the old way, is worth less than leaving; at the end of a term trust does not matter. It then
    runs on for `notice`, costs `exit_fees` (by year from go-live) to the provider and `fallback_cost` to go back to the old way. A
    provider leaves at a renewal where its mean month is a loss, and cuts its effort by `thin_margin_cut` where its margin on the
    `expected_month` of charges is under `thin_margin`. Each year the sponsor holds the running cash paid, income apart, against `plan`
    (by year from go-live); more than `tolerance` over it cuts the consumer's effort by `purse_cut` for a year. `liability_cap` bounds
    what the provider repays, `at_risk` the credits of a month as a share of its fee (all of it unless said).
    """

    kind: Literal["contract"] = "contract"
    term: FixedDuration
    notice: Duration
    indexation: Growth
    renewal_rise: Growth
    first_review: FixedDuration
    trust_to_end: Share
    exit_fees: tuple[Money, ...]
    fallback_cost: Money
    liability_cap: Money
    expected_month: MoneyRate
    thin_margin: Share
    thin_margin_cut: Share
    plan: tuple[MoneyRate, ...]
    tolerance: Share
    purse_cut: Share
    fallback_to: Party
    at_risk: Share | None = None

    def faults(self) -> Iterator[tuple[str, str]]:
        for field in ("exit_fees", "plan"):
            if not getattr(self, field):
                yield field, "found no year; at least one amount is needed, the last one holds for all later years"

        for field in ("term", "first_review"):
            if getattr(self, field).likely < HOURS_A_MONTH:
                yield field, f"found less than a month; {field} is one month at least"

    def credits_at_risk(self) -> Number:
        """Give the share of a month's fee that credits can take."""
        return self.at_risk.number if self.at_risk else Number.of(1.0)

    def sentence(self, name: str) -> str:
        years = counted(self.term.likely / HOURS_A_MONTH / 12, "year")
        rise = f", by {percent(self.renewal_rise.likely)} more at the first renewal" if self.renewal_rise.likely else ""
        return " ".join((
            f"{self.provider} provides to {self.consumer} under a contract of {years}; prices grow by "
            f"{percent(self.indexation.likely)} a year{rise}.",
            self.say_endings(),
            f"Each year from go-live running cash is held against the plan: more than {percent(self.tolerance.likely)} over it cuts the "
            f"consumer's effort by {percent(self.purse_cut.likely)} for a year.",
            f"What the provider repays of losses is capped at {self.liability_cap.likely:,.0f} in all.",
        ))  # fmt: skip

    def say_endings(self) -> str:
        """Say who may end the contract, when and at what cost, and what the provider does where it earns too little."""
        fees = ", ".join(f"{fee.likely:,.0f}" for fee in self.exit_fees)
        cut = f"; under a margin of {percent(self.thin_margin.likely)} it cuts its effort by {percent(self.thin_margin_cut.likely)}"
        return (
            f"From {months(self.first_review.likely)} after go-live the sponsor may end it each year where its trust is "
            f"{percent(self.trust_to_end.likely)} or less and what is to come is worth less than leaving: notice "
            f"{months(self.notice.likely)}, exit fee by year from go-live {fees} (the last for all later years), "
            f"{self.fallback_cost.likely:,.0f} to go back to the old way. At the end of a term trust does not matter, and the provider "
            f"leaves where it earns nothing{cut if self.thin_margin_cut.likely else ''}."
        )

    def sources(self, name: str, titles: Titles) -> dict[str, str]:
        provider = titles.of("parties", self.provider)
        return {
            f"{name} fee": f"the fee of {provider}",
            f"{name} exit": f"leaving {provider} early",
            f"{name} fallback": f"the way back from {provider}",
        }

    def steps(self, name: str, titles: Titles) -> dict[str, Step]:
        n, provider, consumer = name, titles.of("parties", self.provider), titles.of("parties", self.consumer)
        over = {f"due {n}:over-{way}": Step("the notice has run out") for way in ("early-end", "not-renewed", "provider-leaves")}
        return {
            **super().steps(name, titles),
            f"decision {n}:early-end": Step(f"{consumer} decides to end the contract with {provider} early"),
            f"decision {n}:not-renewed": Step(f"{consumer} does not renew the contract with {provider}"),
            f"decision {n}:provider-leaves": Step(f"{provider} leaves: its margin has been negative"),
            **over,
        }

    def notices(self, name: str, titles: Titles) -> dict[str, Notice]:
        provider = titles.of("parties", self.provider)
        purse = ("the sponsor lifts the cut: running cash is in plan", "the sponsor cuts its effort for a year: running cash is over plan")
        thin = (f"{provider} lifts its cut: its margin is sound again", f"{provider} cuts its effort: its margin is thin")
        return {
            **super().notices(name, titles),
            f"{name}:purse": Notice(*purse),
            f"{name}:margin-effort": Notice(*thin),
        }

    def slots(self, name: str, titles: Titles) -> dict[str, Slot]:
        provider = titles.of("parties", self.provider)
        return {
            **super().slots(name, titles),
            f"{name}:liability": Slot(f"what {provider} is still liable for", share=False),
            f"{name}:prices": Slot(f"prices of {provider} against the start", steady=True),
        }

    def lower(self, name: str, to: Lowering) -> None:
        super().lower(name, to)
        n = name
        to.specs.counters.add(f"{n}:ended")
        to.stock(f"{n}:prices", 1.0)
        to.constant(f"{n}:indexation", self.indexation.number)
        age = f"{n}:age"
        yearly = {"every": 12, "offset": 12, "clock": age}
        to.decide(f"{n}:indexation", rows.INDEX, f"{n}:prices", quantity=f"{n}:indexation", p=(1e9,), order=8, **yearly)
        to.constant(f"{n}:renewal-rise", self.renewal_rise.number)
        term = round(self.term.likely / HOURS_A_MONTH)
        renewal = {"every": 100_000, "offset": max(1, term), "clock": age}
        to.decide(f"{n}:renewal-rise", rows.INDEX, f"{n}:prices", quantity=f"{n}:renewal-rise", p=(1e9,), order=9, **renewal)
        to.stock(f"{n}:liability", self.liability_cap.number)
        self.lower_money_decisions(n, to, yearly)
        self.lower_endings(n, to, yearly, term)

    def lower_money_decisions(self, n: str, to: Lowering, yearly: dict[str, Any]) -> None:
        """Lower what the two sides look at: the buyer's months and budget, the provider's margin."""
        age = f"{n}:age"
        to.stock(f"{n}:mean-month")
        to.stock(f"{n}:mean-margin")
        to.stock(f"{n}:spent")
        to.stock(f"{n}:planned")
        schedule = tuple(leaf.number for leaf in self.plan)
        to.decide(f"{n}:planned", rows.SCHEDULE, f"{n}:planned", schedule=schedule, order=0, clock=age)
        exits = tuple(leaf.number for leaf in self.exit_fees)
        to.stock(f"{n}:exit", exits[0])
        to.decide(f"{n}:exit", rows.SCHEDULE, f"{n}:exit", schedule=exits, order=0, clock=age)
        spent = Times(f"{n}:spent")
        over = to.product(f"{n}:overspend", 1.0, spent, Times(f"{n}:planned", rows.INVERSE, a=1.0, high=1e9))
        limit = 1.0 + self.tolerance.number
        too_much = Times(over, rows.AT_LEAST, a=limit, b=1.0)
        to.product(f"{n}:too-much", 1.0, too_much)
        purse = to.product(f"{n}:purse-left", 1.0, Times(f"{n}:too-much", a=1.0, b=-self.purse_cut.number))
        to.move(f"{n}:purse", f"{n}:purse", purse, up=1.0, down=1.0, holds="decisions", order=7, **yearly)
        thin = Times(f"{n}:mean-margin", rows.AT_LEAST, a=self.thin_margin.number, b=1.0)
        to.product(f"{n}:fat", 1.0, thin)
        cut = self.thin_margin_cut.number
        kept = to.product(f"{n}:margin-left", 1.0, Times(f"{n}:fat", a=1.0 - cut, b=cut))
        to.move(f"{n}:margin-effort", f"{n}:margin-effort", kept, up=1.0, down=1.0, holds="decisions", order=7, **yearly)

        def watch() -> None:
            buyer, provider = to.buyer(self.consumer), to.tree(self.provider)
            mirrors = {m for a in to.specs.accounts if (m := mirror_of(a))}
            accounts = sorted(to.specs.accounts | mirrors)
            running = [a for a in accounts if a.party in buyer and not a.one_off]
            base = sum((number for party, number in to.old_month if party in buyer), Number.of(0.0))
            to.decide(f"{n}:mean-month", rows.WATCH, f"{n}:mean-month", watches=_ones(running), p=(base, 1.0, 12.0), order=1, **yearly)
            cash = [a for a in running if _is_spending(a) and a.counterparty not in buyer]
            to.decide(f"{n}:spent", rows.WATCH, f"{n}:spent", watches=_ones(cash), p=(0.0, -1.0, 12.0), order=1, **yearly)
            earned = _ones([a for a in accounts if a.party in provider and not a.one_off])
            scale = self.expected_month.number.constant or 1.0
            to.decide(f"{n}:mean-margin", rows.WATCH, f"{n}:mean-margin", watches=earned, p=(0.0, scale, 12.0), order=1, **yearly)

        to.reviews.append(watch)

    def lower_endings(self, n: str, to: Lowering, yearly: dict[str, Any], term: int) -> None:
        """Lower early end, end of term, and the provider's leaving."""
        to.stock(f"{n}:ending")
        first = max(1, round(self.first_review.likely / HOURS_A_MONTH))
        rate = to.setting.discount_rate
        fallback = self.fallback_cost.number
        to.decide(
            f"{n}:early-end", rows.LEAVE, f"{n}:ending", a=f"{n}:mean-month", b=f"{n}:exit", c=f"{n}:trust",
            p=(fallback, self.trust_to_end.number, rate), bundle=f"{n}:early-end", holds="decisions", order=10,
            every=12, offset=first, clock=f"{n}:age",
        )  # fmt: skip
        to.stock(f"{n}:no-exit")
        renewal = {"every": max(1, term), "offset": max(1, term), "clock": f"{n}:age", "holds": "decisions", "order": 10}
        to.decide(
            f"{n}:not-renewed", rows.LEAVE, f"{n}:ending", a=f"{n}:mean-month", b=f"{n}:no-exit", c=f"{n}:trust",
            p=(fallback, 1.0, rate), bundle=f"{n}:not-renewed", **renewal,
        )  # fmt: skip
        to.decide(
            f"{n}:provider-leaves", rows.LEAVE, f"{n}:ending", a=f"{n}:mean-margin", b=f"{n}:no-exit", c=f"{n}:trust",
            p=(0.0, 1.0, rate), bundle=f"{n}:provider-leaves", **renewal,
        )  # fmt: skip
        to.constant(f"{n}:notice", self.notice.number)
        for bundle, reason in (("early-end", ENDED_EARLY), ("not-renewed", NOT_RENEWED), ("provider-leaves", LEFT)):
            to.after(f"{n}:{bundle}", "notice", f"{n}:over-{bundle}", f"{n}:notice")
            to.effect(f"{n}:{bundle}", "phase", rows.PHASE, n, amount=float(rows.NOTICE))
            to.effect(f"{n}:over-{bundle}", "ended", rows.PHASE, n, amount=float(rows.ENDED), low=reason)
        fee = to.account(self.consumer, f"{n} exit", to=self.provider, one_off=True)
        to.effect(f"{n}:early-end", "fee", rows.POST, fee, amount=-1.0, scale=f"{n}:exit")
        back = to.account(self.consumer, f"{n} fallback", to=self.fallback_to, one_off=True)
        to.effect(f"{n}:ends", "fallback", rows.POST, back, amount=-1.0 * fallback)
        to.effect(f"{n}:ends", "count", rows.COUNT, f"{n}:ended")


def _is_spending(account: Account) -> bool:
    """Say whether a budget pays an account: what comes in as an outcome is no spending of a negative sign."""
    return account.cash and account.component != "outcome"


def _ones(accounts: list[Account]) -> tuple[tuple[Account, float], ...]:
    return tuple((account, 1.0) for account in accounts)
