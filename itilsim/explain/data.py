"""A story and its twin as plain data, for other programs."""

from __future__ import annotations

from typing import Any

from itilsim.explain.pieces import Happening, Money, Moved, Stretch, Told, Unknown
from itilsim.explain.statement import in_cents
from itilsim.explain.story import Story
from itilsim.explain.twins import Part, Twins
from itilsim.explain.vocabulary import as_sentence

SCHEMA = 1


def as_data(story: Story, twins: Twins | None = None) -> dict[str, Any]:
    """Give a story, and the difference from its twin where there is one; amounts in currency, differences in whole cents too."""
    case = story.alternative.case
    return {
        "schema": SCHEMA,
        "case": case.name,
        "seed": story.seed,
        "replication": story.replication,
        "currency": story.currency,
        "decision_maker": story.decision_maker,
        "discount_rate": case.discount_rate,
        "story": _story(story),
        "twin": None if twins is None else _story(twins.there),
        "difference": None if twins is None else _difference(twins),
    }


def _story(story: Story) -> dict[str, Any]:
    return {
        "alternative": story.alternative.name,
        "title": story.alternative.title,
        "unknowns": [_unknown(each) for each in story.unknowns],
        "happenings": [_happening(each) for each in story.happenings],
        "stretches": [_stretch(each) for each in story.stretches],
        "ledger": _ledger(story),
        "present_value": story.total,
        "present_value_cents": round(story.total * 100.0),
    }


def _unknown(unknown: Unknown) -> dict[str, Any]:
    return {
        "key": unknown.key,
        "label": unknown.label,
        "low": unknown.low,
        "likely": unknown.likely,
        "high": unknown.high,
        "value": unknown.value,
        "share_below": unknown.share_below,
    }


def _happening(happening: Happening) -> dict[str, Any]:
    return {
        "name": happening.identity.name,
        "layer": happening.identity.layer,
        "candidate": happening.identity.k,
        "present_value": happening.present_value,
        "steps": [_step(step) for step in happening.steps],
    }


def _step(step: Told) -> dict[str, Any]:
    return {
        "hour": step.hour,
        "month": step.month + 1,
        "kind": step.kind,
        "sentence": as_sentence(step.sentence),
        "money": [_money(money) for money in step.money],
        "moved": [_moved(moved) for moved in step.moved],
    }


def _money(money: Money) -> dict[str, Any]:
    account = money.account
    return {
        "party": account.party,
        "counterparty": account.counterparty or None,
        "source": account.source,
        "title": money.source,
        "component": account.component,
        "cash": account.cash,
        "amount": money.amount,
        "present_value": money.present_value,
    }


def _moved(moved: Moved) -> dict[str, Any]:
    return {"slot": moved.slot, "title": moved.title, "before": moved.before, "after": moved.after}


def _stretch(stretch: Stretch) -> dict[str, Any]:
    return {
        "first_month": stretch.first,
        "last_month": stretch.last,
        "counts": stretch.counts,
        "outcome": stretch.outcome,
        "cost": stretch.cost,
        "risk": stretch.risk,
        "present_value": stretch.present_value,
        "moved": [_moved(moved) for moved in stretch.moved],
    }


def _ledger(story: Story) -> list[dict[str, Any]]:
    cents = in_cents({line.key: line.present_value for line in story.lines}, story.total, what=f"the ledger of world {story.replication}")
    return [
        {
            "source": line.key.source,
            "title": line.title,
            "component": line.key.component,
            "counterparty": line.key.counterparty or None,
            "cash": line.key.cash,
            "amount": line.amount,
            "present_value": line.present_value,
            "cents": cents[line.key],
        }
        for line in story.lines
    ]


def _difference(twins: Twins) -> dict[str, Any]:
    return {
        "cents": twins.cents,
        "counted": [
            {"stream": c.stream, "title": c.title, "both": c.both, "only_here": c.only_here, "only_there": c.only_there}
            for c in twins.counted
        ],
        "pairs": [
            {
                "name": pair.identity.name,
                "layer": pair.identity.layer,
                "candidate": pair.identity.k,
                "title": pair.title,
                "where": pair.where,
                "cents": pair.cents,
            }
            for pair in twins.pairs
        ],
        "by_event": [_part(part) for part in twins.by_event],
        "by_source": [
            {"source": s.source, "title": s.title, "cents": s.cents, "lines": [_part(part) for part in s.lines]} for s in twins.by_source
        ],
    }


def _part(part: Part) -> dict[str, Any]:
    return {"title": part.title, "here": part.here, "there": part.there, "cents": part.cents}
