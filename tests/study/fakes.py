"""A case and an engine made up for tests: every number is a function of seed, replication and alternative only."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from itilsim.ledger.ledger import Ledger
from itilsim.ledger.viewpoint import Viewpoint
from itilsim.plan.accounts import Account, Books, mirror_of
from itilsim.study.subject import Accepted

MONTHS, RUNOFF = 24, 6
PARENTS: dict[str, str | None] = {"company": None, "business": "company", "it": "company", "vendor": None, "public": None}


def _accounts() -> tuple[Account, ...]:
    own = [
        Account("business", "approvals", "outcome", "", False, False),
        *(Account(party, "paper", "cost", "", True, False) for party in ("business", "company", "it")),
        Account("it", "upkeep", "cost", "", False, False),
        Account("company", "source-leak", "risk", "", True, False),
        Account("vendor", "support", "cost", "", True, False),
        Account("public", "privacy", "risk", "", False, False),
    ]
    paid = [
        Account("it", "fee", "cost", "vendor", True, False),
        Account("company", "build", "cost", "vendor", True, True),
        Account("business", "recharge", "cost", "it", True, False),
        Account("vendor", "source-leak", "risk", "company", True, False),
    ]
    mirrors = [mirror_of(account) for account in paid]
    return (*own, *paid, *(each for each in mirrors if each is not None))


@dataclass(frozen=True)
class FakePlan:
    """What the made-up engine reads."""

    name: str
    level: float
    months: int = MONTHS
    cap: float = 1.0
    reordered: bool = False

    @property
    def books(self) -> Books:
        accounts = _accounts()
        return Books(
            accounts=tuple(reversed(accounts)) if self.reordered else accounts,
            measures=("service.oa.adoption",) if self.level == 0.0 else ("service.oa.adoption", "service.oa.utility"),
            counters=("risk.source-leak", "team.support.done"),
            finals=() if self.level == 0.0 else ("relationship.vendor.trust",),
            relationships=() if self.level == 0.0 else ("vendor",),
            unknowns=("volume", "wage"),
            months=self.months,
            runoff=RUNOFF,
        )


def fake_engine(plan: FakePlan, seed: int, first: int, count: int) -> Ledger:
    """Give a ledger without living anything."""
    books = plan.books
    rows = [_world(plan, books, seed, first + w) for w in range(count)]
    amounts, measures, counts, finals, lived, endings, theta = (np.array(each) for each in zip(*rows, strict=True))
    return Ledger(
        books,
        first,
        amounts.reshape(count, plan.months + RUNOFF, len(books.accounts)),
        measures.reshape(count, plan.months, len(books.measures)),
        counts.astype(np.int64),
        finals.reshape(count, len(books.finals)),
        lived.reshape(count, len(books.relationships)),
        endings.astype(np.int64).reshape(count, len(books.relationships)),
        theta,
    )


def _world(plan: FakePlan, books: Books, seed: int, replication: int) -> tuple[Any, ...]:
    rng = np.random.default_rng([seed, replication])
    theta = rng.uniform(0.5, 1.5, 2)
    drawn = rng.normal(size=(200, len(books.accounts)))[: plan.months + RUNOFF]
    leak = rng.random() < 0.3
    amounts = np.zeros_like(drawn)
    canonical = {account: at for at, account in enumerate(_accounts())}
    for at, account in enumerate(books.accounts):
        mirror = mirror_of(account)
        if mirror is not None and canonical[mirror] < canonical[account]:
            continue
        column = _column(plan, account, drawn[:, canonical[account]], theta, leak)
        amounts[:, at] = column
        if mirror is not None:
            amounts[:, books.accounts.index(mirror)] = -column
    measures = rng.random((plan.months, len(books.measures)))
    return (
        amounts,
        measures,
        [int(leak), 7],
        [0.5] * len(books.finals),
        [12.0] * len(books.relationships),
        [2] * len(books.relationships),
        theta,
    )


def _column(plan: FakePlan, account: Account, noise: Any, theta: Any, leak: bool) -> Any:
    base = 100.0 + 20.0 * noise
    if account.component == "outcome":
        return plan.level * theta[0] * base
    if account.component == "risk":
        column = np.zeros(len(noise))
        column[9] = -4_000.0 * plan.cap * plan.level if leak else 0.0
        return column if account.party != "vendor" else -0.25 * column
    if account.source == "paper":
        return -(1.0 - 0.8 * plan.level) * base * theta[1]
    if account.one_off:
        return np.where(np.arange(len(noise)) < 3, -300.0 * plan.level, 0.0)
    return -0.2 * plan.level * base


@dataclass(frozen=True)
class FakeOption:
    """An alternative made up for tests."""

    name: str
    title: str
    level: float
    sentence: str = "It is made up."
    residual_value: float = 0.0
    source_titles: Mapping[str, str] = field(default_factory=dict)

    def sentences(self) -> tuple[tuple[str, str, str], ...]:
        """Give (section, name, sentence) for what all have, and for what this one alone has."""
        return ("parties", "company", "the company pays."), ("services", "made-up", f"The level is {self.level:g}.")


def _options() -> dict[str, FakeOption]:
    found = (
        FakeOption("today", "Staying with paper", 0.0),
        FakeOption("in-house", "Building in-house", 0.6),
        FakeOption("outsourced", "Outsourcing", 1.0),
    )
    return {each.name: each for each in found}


def _weight(account: Account) -> float:
    return 1.0 if account.cash else 0.5


@dataclass(frozen=True)
class FakeCase:
    """A case made up for tests."""

    name: str = "office"
    title: str = "Office automation"
    question: str = "Who should build it?"
    currency: str = "CNY"
    horizon: int = MONTHS
    runoff: int = RUNOFF
    discount_rate: float = 0.08
    baseline: str = "today"
    decision_maker: str = "company"
    cap: float = 1.0
    alternatives: Mapping[str, FakeOption] = field(default_factory=_options)
    parents: Mapping[str, str | None] = field(default_factory=lambda: dict(PARENTS))
    party_titles: Mapping[str, str] = field(default_factory=lambda: {"company": "The company"})
    contracting: tuple[str, ...] = ("company", "vendor")
    tolerances: Mapping[str, float] = field(default_factory=dict)
    appetite: Accepted | None = None
    words: Mapping[str, Mapping[str, str]] = field(default_factory=lambda: {"zh": {"The company": "公司"}})
    viewpoints: tuple[Viewpoint, ...] = (
        Viewpoint("sponsor", "CEO and CFO", "company", 0.1, 2.0, _weight, "cvar", 0.05, role="sponsor"),
        Viewpoint("owners", "Owners of the vendor", "vendor", 0.08, 1.0, lambda account: 1.0),
    )
    source_files: Mapping[str, bytes] = field(default_factory=lambda: {"case.toml": b"title = 'x'\n", "today.toml": b"\n"})
    values: Mapping[str, str] = field(default_factory=dict)

    @property
    def fingerprint(self) -> str:
        """A hash of everything that moves a number."""
        text = repr((self.horizon, self.discount_rate, self.cap, sorted(self.values.items()), list(self.alternatives)))
        return hashlib.sha256(text.encode()).hexdigest()

    def with_values(self, values: Mapping[str, str]) -> FakeCase:
        """Give a changed copy."""
        return replace(self, values={**self.values, **values})

    def inputs(self) -> list[dict[str, Any]]:
        """The inputs."""
        about = {"source": "made up", "trust": "judgement", "note": "", "unit": "CNY / year"}
        return [
            {"key": "volume", "label": "Volume", "low": 1.0, "likely": 2.0, "high": 3.0, "value": 2.0, "unknown": True, **about},
            {"key": "fee", "label": "Fee", "low": None, "likely": 5.0, "high": None, "value": 5.0, "unknown": False, **about},
        ]

    def variants(self) -> dict[str, FakeCase]:
        """Another horizon, and caps doubled."""
        return {"horizon 1 year": replace(self, horizon=12), "caps doubled": replace(self, cap=2.0)}


def fake_lower(case: FakeCase, name: str, frozen: frozenset[str] = frozenset()) -> FakePlan:
    """Lower a made-up case."""
    level = case.alternatives[name].level
    return FakePlan(name, level * (0.5 if frozen else 1.0), case.horizon, case.cap)


def fake_story(alternative: str, replication: int) -> list[dict[str, Any]]:
    """Tell of one thing that happened."""
    said = {"event": 0, "hour": 730.0, "month": 2, "sentence": "It happened.", "then": "", "present_value": -1.5, "source": ""}
    return [{"alternative": alternative, "replication": replication, **said, "level": "", "before": 0.0, "after": 0.0}]
