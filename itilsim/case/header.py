"""The head of a case: what all alternatives share besides their blocks."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf
from pathlib import Path
from typing import Any

from itilsim.text.dimension import MONEY, SHARE, TIME, YEARLY_SHARE
from itilsim.text.faults import Fault, FaultyInput, FaultyQuantity, shown, unknown_name
from itilsim.text.quantity import parse_amount
from itilsim.text.toml import Document

KEYS = ("title", "question", "currency", "horizon", "runoff", "discount_rate", "baseline", "decision_maker", "alternatives")
OPTIONAL = ("appetite",)
APPETITE = ("amount", "chance", "source")
LONGEST = 20 * 12


@dataclass(frozen=True)
class Appetite:
    """Losses by risks over `amount` in the whole time, in present value, are accepted in no more than a share `chance` of lifetimes."""

    amount: float
    chance: float
    source: str


@dataclass(frozen=True)
class Header:
    """Title, question, currency, horizon and run-off in months, the decision maker's yearly rate, the names, the appetite for losses."""

    title: str
    question: str
    currency: str
    horizon: int
    runoff: int
    discount_rate: float
    baseline: str
    decision_maker: str
    alternatives: tuple[str, ...]
    appetite: Appetite | None = None


def read_header(document: Document, folder: Path) -> Header:
    """Read the table [case]; raises FaultyInput with every fault."""
    faults: list[Fault] = []
    table = document.data.get("case")
    if not isinstance(table, dict):
        raise FaultyInput([document.fault(("case",), "the table [case] is missing; it holds the title, the question and the names")])

    def fault(key: str, message: str, *, at_value: bool = True) -> None:
        faults.append(document.fault(("case", key), message, at_value=at_value))

    for key in table:
        if key not in KEYS + OPTIONAL:
            fault(key, unknown_name("key", key, KEYS + OPTIONAL), at_value=False)
    for key in KEYS:
        if key not in table:
            fault("", f"the key '{key}' is missing in [case]")
    texts = {key: table.get(key, "") for key in ("title", "question", "currency", "baseline", "decision_maker")}
    for key, text in texts.items():
        if not isinstance(text, str):
            fault(key, f"found {shown(str(text))}; a text is needed")
    names = table.get("alternatives", [])
    if not isinstance(names, list) or not names or not all(isinstance(n, str) for n in names):
        fault("alternatives", f"found {shown(str(names))}; a list of names is needed, each the name of a file beside this one")
        names = []
    files = sorted(p.stem for p in folder.glob("*.toml") if p.name != "case.toml")
    for name in names:
        if name not in files:
            fault("alternatives", f"found '{name}', but there is no file {name}.toml; there are {', '.join(files) or 'none'}")
    if names and texts["baseline"] not in names:
        fault("baseline", unknown_name("alternative", str(texts["baseline"]), names))
    parties = document.data.get("parties", {})
    if isinstance(parties, dict) and texts["decision_maker"] not in parties and "decision_maker" in table:
        fault("decision_maker", unknown_name("party", str(texts["decision_maker"]), list(parties)))
    months = {key: _months(table.get(key), fault, key) for key in ("horizon", "runoff")}
    rate = _rate(table.get("discount_rate"), fault)
    appetite = _appetite(table["appetite"], str(texts["currency"]), document, faults) if "appetite" in table else None
    if faults:
        raise FaultyInput(faults)
    return Header(
        horizon=months["horizon"], runoff=months["runoff"], discount_rate=rate, alternatives=tuple(names), appetite=appetite, **texts
    )  # fmt: skip


def _months(given: Any, fault: Any, key: str) -> int:
    if given is None:
        return 0
    try:
        months = parse_amount(given, TIME, what=f"the {key}").value / 730.0
    except FaultyQuantity as wrong:
        fault(key, str(wrong))
        return 0
    least = 1 if key == "horizon" else 0
    if months != round(months) or not least <= months <= LONGEST:
        fault(key, f"found {shown(str(given))}; the {key} is a whole number of months from {least} to {LONGEST}")
    return round(months)


def _rate(given: Any, fault: Any) -> float:
    if given is None:
        return 0.0
    try:
        rate = parse_amount(given, YEARLY_SHARE, what="the discount rate").value
    except FaultyQuantity as wrong:
        fault("discount_rate", str(wrong))
        return 0.0
    if not 0.0 <= rate <= 1.0:
        fault("discount_rate", f"found {shown(str(given))}; a discount rate lies between 0 and 100 % a year")
    return rate


def _appetite(given: Any, currency: str, document: Document, faults: list[Fault]) -> Appetite | None:
    """Read the appetite for losses by risks, or add what is wrong with it to the faults."""

    def fault(message: str, *path: str, at_value: bool = True) -> None:
        faults.append(document.fault(("case", "appetite", *path), message, at_value=at_value))

    if not isinstance(given, dict):
        fault(f'found {shown(str(given))}; the appetite for losses is {{ amount = "1 M {currency}", chance = "5 %", source = "..." }}')
        return None
    for key in given:
        if key not in APPETITE:
            fault(unknown_name("key", key, APPETITE), key, at_value=False)
    read: dict[str, float] = {}
    for key, dimension, most in (("amount", MONEY, inf), ("chance", SHARE, 1.0)):
        try:
            read[key] = parse_amount(given.get(key, ""), dimension, currency=currency, what=f"the {key} of the appetite").value
        except FaultyQuantity as wrong:
            fault(str(wrong), *([key] if key in given else []))
            continue
        if not 0.0 < read[key] < most:
            fault(f"found {shown(str(given[key]))}; it is more than nought" + (", and less than 100 %" if most == 1.0 else ""), key)
    source = given.get("source", "")
    if not isinstance(source, str) or not source:
        fault('the appetite says where it comes from: source = "..."', *(["source"] if "source" in given else []))
    return Appetite(read["amount"], read["chance"], str(source)) if len(read) == 2 else None
