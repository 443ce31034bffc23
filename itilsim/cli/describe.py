"""The verb `describe`: a case in sentences, or its inputs as JSON."""

from __future__ import annotations

import json as spelling
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from itilsim.cli.options import located


def describe_case(path: Path, *, values: Mapping[str, str], sheet: Path | None, json: bool) -> None:
    """Print what a case models; as JSON every input leaf with its key."""
    from itilsim.case import load_case

    folder, asked = located([path])
    case = load_case(folder, values=values, sheet=sheet)
    if json:
        print(spelling.dumps(_as_data(case), ensure_ascii=False, allow_nan=False))
        return
    for line in _lines(case, asked):
        print(line)


def _as_data(case: Any) -> dict[str, Any]:
    return {
        "schema": 1,
        "case": case.name,
        "title": case.title,
        "question": case.question,
        "currency": case.currency,
        "horizon_months": case.horizon,
        "discount_rate": case.discount_rate,
        "baseline": case.baseline,
        "decision_maker": case.decision_maker,
        "appetite": None if case.appetite is None else asdict(case.appetite),
        "alternatives": [{"name": a.name, "title": a.title, "sentence": a.sentence} for a in case.alternatives.values()],
        "inputs": case.inputs(),
    }


def _appetite(case: Any) -> list[str]:
    if case.appetite is None:
        return []
    from itilsim.text.wording import plain
    from itilsim.text.wording import spelling as spelled

    amount = plain(spelled().amount(case.appetite.amount, currency=case.currency, exact=True))
    often = f"{100 * case.appetite.chance:g} % of lifetimes"
    return [f"Losses by risks over {amount} in the whole time, in present value, are accepted in {often} ({case.appetite.source})."]


def _lines(case: Any, asked: list[str] | None) -> list[str]:
    lines = [
        case.title,
        case.question,
        "",
        f"Horizon {case.horizon} months, and {case.runoff} more in which only late discoveries count; amounts in {case.currency}, "
        f"discounted at {case.discount_rate * 100:g} % a year.",
        f"'{case.decision_maker}' decides; everything is measured against '{case.baseline}'.",
        *_appetite(case),
        "",
        "Alternatives",
    ]
    lines += [f"  {a.name}: {a.title}. {a.sentence}" for a in case.alternatives.values() if asked is None or a.name in asked]
    lines += _model(case, asked)
    lines += ["", "Stakeholders"]
    lines += [f"  {v.name} ({v.title}, of {v.party}): {v.sentence()}" for v in case.viewpoints]
    lines += ["", "Inputs (unknown: not known to the planner, drawn once for each world from its range)"]
    lines += [_input(each) for each in case.inputs()]
    return lines


def _model(case: Any, asked: list[str] | None) -> list[str]:
    """Say what every block but the stakeholders does: first what is so in all alternatives, then what each has of its own."""
    chosen = {name: a.sentences() for name, a in case.alternatives.items() if asked is None or name in asked}
    said = {name: [each for each in own if each[0] != "stakeholders"] for name, own in chosen.items()}
    common = [each for each in next(iter(said.values()), []) if all(each in own for own in said.values())]
    lines = ["", "What is so in every alternative", *_sentences(common)] if common and len(said) > 1 else []
    for name, own in said.items():
        rest = [each for each in own if len(said) == 1 or each not in common]
        lines += ["", f"What {name} is made of", *_sentences(rest)] if rest else []
    return lines


def _sentences(blocks: list[tuple[str, str, str]]) -> list[str]:
    return [f"  [{section}.{name}] {sentence[:1].upper()}{sentence[1:]}" for section, name, sentence in blocks]


def _input(each: Mapping[str, Any]) -> str:
    unit = f" {each['unit']}" if each.get("unit") else ""
    if each.get("unknown"):
        value = f"{_number(each['low'])} to {_number(each['high'])}, likely {_number(each['likely'])}{unit} (unknown)"
    else:
        value = each["value"] if isinstance(each["value"], str) else f"{_number(each['value'])}{unit}"
    if each.get("lever"):
        value += f", lever from {_number(each['lever'][0])} to {_number(each['lever'][1])}"
    about = ", ".join(str(each[name]) for name in ("source", "trust") if each.get(name))
    label = f" {each['label']}:" if each.get("label") else ""
    return f"  {each['key']}:{label} {value}{f' [{about}]' if about else ''}"


def _number(value: Any) -> str:
    return f"{value:,.6g}" if isinstance(value, int | float) else str(value)
