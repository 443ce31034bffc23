"""A relationship of two years worked out by hand: nothing here is taken from the program but the months in which something happened."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal, getcontext

getcontext().prec = 40

MONTHS, RUNOFF = 24, 6
GO_LIVE = 4
"""Work begins after 3 months and takes one hour: live from the second hour of the fourth month on."""
D = Decimal
Line = tuple[str, str, str, str]
"""(party, source, component, counterparty)"""
Books = dict[Line, list[Decimal]]

USE = D("0.9") * D("0.8") * D("0.95")
"""Hosting x adoption x utility, in office hours, all months from go-live on (the first live hour is at six in the morning)."""


def users(month: int) -> Decimal:
    """100 people, 10 % more in the second year."""
    return D(100) if month <= 12 else D(110)


def wages(month: int) -> Decimal:
    """5 % more in the second year."""
    return D(1) if month <= 12 else D("1.05")


def prices(month: int) -> Decimal:
    """3 % more a year after go-live: the twelfth month end with a live relationship is that of month 15."""
    return D(1) if month < GO_LIVE + 12 else D("1.03")


def live(month: int) -> Decimal:
    """The share of a month in which the relationship is live."""
    if month < GO_LIVE:
        return D(0)
    return D(729) / D(730) if month == GO_LIVE else D(1)


def books(*, outsourced: bool, lost: Iterable[int], leaks: Iterable[int]) -> Books:
    """Give what each party posts in each month, from 1; `lost` and `leaks` are the months of the papers lost and the leaks known."""
    held: Books = {}

    def post(party: str, source: str, component: str, month: int, amount: Decimal, to: str = "") -> None:
        held.setdefault((party, source, component, to), [D(0)] * (MONTHS + RUNOFF))[month - 1] += amount
        if to:
            other = {"cost": "outcome", "outcome": "cost", "risk": "risk"}[component]
            held.setdefault((to, source, other, party), [D(0)] * (MONTHS + RUNOFF))[month - 1] -= amount

    hour = D(60) * D("0.5")
    for month in range(1, MONTHS + 1):
        use = USE if outsourced and month >= GO_LIVE else D(0)
        cases = 2 * users(month)
        minutes = D(30) * (1 - use) + D(12) * use
        post("departments", "approvals handling", "cost", month, -cases * minutes / 60 * hour * wages(month))
        post("departments", "approvals paper", "cost", month, -cases * (1 - use) * 6 * D("0.2"), "public")
        post("departments", "approvals sooner", "outcome", month, cases * use * 5 * (3 - 1))
        post("departments", "approvals special cases", "outcome", month, -cases * use * D("0.04") * 45)
        clerks = 2 if month <= GO_LIVE + 3 or not outsourced else 1
        post("departments", "clerks", "cost", month, -clerks * D(8000) * wages(month), "labour-market")
        post("departments", "recharge", "cost", month, D(-5000), "it")
    for month in lost:
        post("departments", "papers-lost", "risk", month, D(-400), "public")
    if not outsourced:
        return held
    post("departments", "clerks severance", "cost", GO_LIVE + 4, D(-30_000), "labour-market")
    liability = D(50_000)
    for month in leaks:
        post("company", "data-leak", "risk", month, D(-40_000), "public")
        repaid = min(D(20_000), liability)
        liability -= repaid
        post("company", "data-leak", "risk", month, repaid, "vendor")
    build = D(100) * 200 + 20_000
    for month, share in ((1, "0.4"), (GO_LIVE, "0.4"), (GO_LIVE + 3, "0.2")):
        post("company", "build price", "cost", month, -build * D(share), "vendor")
    post("departments", "training", "cost", GO_LIVE, D("-1.5") * users(GO_LIVE) * hour * wages(GO_LIVE))
    post("company", "selection", "cost", 1, D(-20_000), "public")
    post("company", "right-of-use", "outcome", MONTHS, D(60_000))
    for month in range(1, MONTHS + 1):
        fee = D(20_000) * prices(month) * live(month)
        post("company", "supply fee", "cost", month, -fee, "vendor")
        post("company", "supply fee", "cost", month, fee * (D("0.08") + D("0.04")), "vendor")
        post("it", "managing", "cost", month, -10 * hour * wages(month))
        post("vendor", "builders pay", "cost", month, D(-10_000) * wages(month), "labour-market")
        post("vendor", "hosting", "cost", month, D(-2_000) * live(month), "public")
    return held


def present(monthly: Iterable[Decimal]) -> Decimal:
    """Discount months at 8 % a year to their middle."""
    return sum((amount * D("1.08") ** (-(D(month) - D("0.5")) / 12) for month, amount in enumerate(monthly, start=1)), D(0))


def components(members: set[str], alternative: Books, today: Books) -> dict[str, Decimal]:
    """Give the six components and net value of a party with its departments; what is paid between them is left out."""

    def cells(held: Books) -> dict[tuple[str, str], Decimal]:
        found: dict[tuple[str, str], Decimal] = {}
        for (party, source, component, to), monthly in held.items():
            if party in members and to not in members:
                found[source, component] = found.get((source, component), D(0)) + present(monthly)
        return found

    after, before = cells(alternative), cells(today)
    names = {"outcome": ("outcomes_supported", "outcomes_affected"), "cost": ("costs_removed", "costs_imposed")}
    names["risk"] = ("risks_removed", "risks_imposed")
    made = {name: D(0) for pair in names.values() for name in pair}
    for cell in after.keys() | before.keys():
        change = after.get(cell, D(0)) - before.get(cell, D(0))
        up, down = names[cell[1]]
        made[up if change > 0 else down] += abs(change)
    made["net_value"] = sum((made[up] - made[down] for up, down in names.values()), D(0))
    return made
