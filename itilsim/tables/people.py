"""Who gains: value as each stakeholder perceives it, whether all gain, and whether the sponsor would sign."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import numpy as np

from itilsim.tables.net_value import read_net_values
from itilsim.tables.result import Alternative, Floats, Result
from itilsim.tables.spread import Estimate, Share, mean, quantiles, share

Verdict = Literal["better", "worse", "same", "even"]
CLEAR = 0.55
"""The share from which on more than half is worded as more, if it is that by two standard errors too."""


@dataclass(frozen=True)
class Perceived:
    """The value of one alternative as one stakeholder perceives it, against the baseline."""

    mean: Estimate
    bad: Estimate
    """Undercut in 1 of 20 futures."""
    low: Estimate
    """Undercut in 1 of 10 futures."""
    typical: Estimate
    high: Estimate
    """Exceeded in 1 of 10 futures."""
    positive: Share
    negative: Share

    @property
    def verdict(self) -> Verdict:
        """Says what holds in clearly more than half of the futures; "even" where nothing does."""
        rest = Share(self.positive.of - self.positive.count - self.negative.count, self.positive.of)
        named: tuple[tuple[Verdict, Share], ...] = (("better", self.positive), ("worse", self.negative), ("same", rest))
        return next((name for name, each in named if each.value >= CLEAR and each.value - 0.5 > 2 * each.error), "even")


@dataclass(frozen=True)
class Stakeholder:
    """A stakeholder with the party it belongs to, what it perceives, and its row of values in the order of the alternatives."""

    title: str
    party: str
    perceives: str
    values: tuple[Perceived | None, ...]
    """None where an alternative does not touch the stakeholder in any future."""

    @property
    def touched(self) -> bool:
        """Says whether any alternative makes a difference to the stakeholder in any future."""
        return any(value is not None for value in self.values)


@dataclass(frozen=True)
class Perceptions:
    """Every stakeholder's value of every alternative; `leader` is the place of the decision maker's largest mean."""

    baseline: Alternative
    alternatives: tuple[Alternative, ...]
    stakeholders: tuple[Stakeholder, ...]
    leader: int


@dataclass(frozen=True)
class Gains:
    """The net value of one party under one alternative."""

    party: str
    mean: Estimate
    positive: Share


@dataclass(frozen=True)
class Signature:
    """Whether the sponsor would sign one alternative, and why. Amounts as the sponsor perceives them; `cvar` is the mean of the worst."""

    alternative: Alternative
    sponsor: str
    """The sponsor's title, or "" where the manifest does not name one."""
    signs: bool
    mean: float
    cvar: float
    why: str


@dataclass(frozen=True)
class People:
    """Parties' net values, the share of futures in which all of them gain, and the sponsor's word."""

    currency: str
    baseline: Alternative
    alternatives: tuple[Alternative, ...]
    parties: tuple[tuple[Gains, ...], ...]
    """For each alternative its contracting parties."""
    all_gain: tuple[Share | None, ...]
    sponsor: tuple[Signature, ...]


@lru_cache(maxsize=4)
def read_people(result: Result) -> People:
    """Reads parties' values, and the sponsor's word from the manifest."""
    parties = [_parties(result, alternative) for alternative in result.alternatives]
    return People(
        result.currency,
        result.baseline,
        result.alternatives,
        tuple(rows for rows, _ in parties),
        tuple(all_gain for _, all_gain in parties),
        _signatures(result),
    )


@lru_cache(maxsize=4)
def read_perceptions(result: Result) -> Perceptions:
    """Reads each stakeholder's value from perceived.parquet."""
    means = [value.mean() for value in read_net_values(result).values]
    return Perceptions(result.baseline, result.alternatives, _stakeholders(result), int(np.argmax(means)))


def _stakeholders(result: Result) -> tuple[Stakeholder, ...]:
    rows = []
    for entry in result.manifest.get("stakeholders", ()):
        worlds = result.worlds("perceived", ["value"], where={"stakeholder": str(entry["name"])})
        values: list[Perceived | None] = []
        for alternative in result.alternatives:
            block = worlds.get(alternative.name)
            value = block["value"] if block is not None and block["value"].any() else None
            values.append(None if value is None else _perceived(value))
        party = result.title_of("parties", str(entry.get("party", "")))
        title = result.title_of("stakeholders", str(entry["name"]))
        rows.append(Stakeholder(title, party, str(entry.get("perceives") or ""), tuple(values)))
    return tuple(rows)


def _perceived(values: Floats) -> Perceived:
    bad, low, typical, high = quantiles(values, (0.05, 0.1, 0.5, 0.9))
    return Perceived(mean(values), bad, low, typical, high, share(values > 0), share(values < 0))


def contracting(result: Result, alternative: Alternative) -> tuple[str, ...]:
    """Returns the parties whose gain counts for "all gain": those that the alternative names, else every legal person."""
    legal = tuple(str(entry["name"]) for entry in result.manifest.get("parties", ()) if not entry.get("part_of"))
    return alternative.contracting or legal


def _parties(result: Result, alternative: Alternative) -> tuple[tuple[Gains, ...], Share | None]:
    """Reads the net value of each contracting party, and counts futures in which all of them gain; None where none is named.

    A third party with a stated tolerance must not lose more than that.
    """
    rows, gains = [], []
    for party in contracting(result, alternative):
        block = result.worlds("values", ["net_value"], where={"party": party}).get(alternative.name)
        if block is not None:
            gain = block["net_value"] > 0
            gains.append(gain)
            rows.append(Gains(result.title_of("parties", party), mean(block["net_value"]), share(gain)))
    if not gains:
        return tuple(rows), None
    for entry in result.manifest.get("parties", ()):
        block = result.worlds("values", ["net_value"], where={"party": str(entry["name"])}).get(alternative.name)
        if entry.get("tolerance") is not None and block is not None:
            gains.append(block["net_value"] >= -float(entry["tolerance"]))
    return tuple(rows), share(np.logical_and.reduce(gains))


def _signatures(result: Result) -> tuple[Signature, ...]:
    known = {alternative.name: alternative for alternative in result.alternatives}
    return tuple(
        Signature(
            known[entry["alternative"]],
            result.title_of("stakeholders", str(entry["stakeholder"])) if entry.get("stakeholder") else "",
            bool(entry["signs"]),
            float(entry["mean"]),
            float(entry["cvar"]),
            str(entry.get("why") or ""),
        )
        for entry in result.manifest.get("sponsor", ())
        if entry["alternative"] in known
    )
