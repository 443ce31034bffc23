"""Makes up results folders of the stored shape: plausible numbers from a seeded generator, without any engine."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

Floats = NDArray[np.float64]
COMPONENTS = ("outcomes_supported", "outcomes_affected", "costs_removed", "costs_imposed", "risks_removed", "risks_imposed")
TITLES = {
    "today": ("Staying with paper", "Approvals go round on paper, an archive and clerks keep them."),
    "in-house": ("In-house", "The IT department hires, builds and runs it."),
    "outsourced": ("Outsourced", "A vendor builds, hosts, upgrades and supports it."),
    "outsourced-governed": ("Outsourced and governed", "The same vendor, with controls on its people and service levels."),
    "saas": ("SaaS", "A standard product rented per user and month."),
}
SHAPES = {
    "in-house": (3.4, 0.25, 5.2, 6.1, 0.55, 0.75),
    "outsourced": (4.5, 0.25, 5.4, 7.4, 0.60, 0.35),
    "outsourced-governed": (5.0, 0.25, 5.4, 8.1, 0.60, 0.20),
    "saas": (1.7, 0.40, 4.9, 3.9, 0.55, 0.45),
}
"""Mean components in million, and which leaks are heavy is decided below."""
LEAK = {"in-house": 0.04, "outsourced": 0.12, "outsourced-governed": 0.03, "saas": 0.06}


@dataclass(frozen=True)
class Made:
    """A folder that was made, and the decision maker's net value by alternative that it holds."""

    folder: Path
    values: dict[str, Floats]
    cash: dict[str, Floats]


def make(
    folder: Path,
    *,
    worlds: int = 2_000,
    names: tuple[str, ...] = ("in-house", "outsourced", "outsourced-governed", "saas"),
    seed: int = 20_260_701,
    net: Callable[[str, Floats], Floats] | None = None,
    without: tuple[str, ...] = (),
    months: int = 60,
) -> Made:
    """Writes a results folder. `net` replaces an alternative's net value by its own; `without` leaves out files."""
    folder.mkdir(parents=True, exist_ok=True)
    rng = np.random.default_rng(seed)
    shared = rng.normal(size=worlds)
    blocks = {name: _components(rng, name, shared, worlds) for name in names}
    leaks = {name: _leaks(rng, name, worlds) for name in names}
    for name in names:
        blocks[name]["risks_imposed"] = blocks[name]["risks_imposed"] + leaks[name][1]
    values = {name: _net(block) for name, block in blocks.items()}
    if net is not None:
        values = {name: net(name, value) for name, value in values.items()}
        for name in names:
            blocks[name] = _explained(values[name])
    cash = {name: values[name] - 0.62 * blocks[name]["outcomes_supported"] for name in names}
    writers: dict[str, Callable[[], None]] = {
        "values": lambda: _write(folder, "values", _values(names, blocks, values, cash, rng)),
        "sources": lambda: _write(folder, "sources", _sources(names, blocks, values, cash)),
        "perceived": lambda: _write(folder, "perceived", _perceived(names, values, rng)),
        "budget": lambda: _write(folder, "budget", _budget(names, blocks, rng, months // 12)),
        "funding": lambda: _write(folder, "funding", _funding(names, values, cash, rng, months)),
        "paths": lambda: _write(folder, "paths", _paths(names, values, cash, rng, months)),
        "rare": lambda: _write(folder, "rare", _rare(names, leaks, worlds)),
        "variants": lambda: _write(folder, "variants", _variants(names, values, leaks)),
        "months": lambda: _write(folder, "months", _months(names, worlds, months)),
        "lifetimes": lambda: _write(folder, "lifetimes", _lifetimes(names, leaks)),
        "stories": lambda: _write(folder, "stories", _stories(names, values, leaks)),
    }
    for name, write in writers.items():
        if name not in without:
            write()
    (folder / "manifest.json").write_text(json.dumps(manifest(names, values, worlds, seed, months), indent=1), encoding="utf-8")
    return Made(folder, values, cash)


def _components(rng: np.random.Generator, name: str, shared: Floats, worlds: int) -> dict[str, Floats]:
    """Draws six magnitudes in currency units; `shared` is what all alternatives have in common in a world."""
    means = SHAPES[name]
    spreads = (0.34, 0.5, 0.12, 0.16 if name == "saas" else 0.26, 0.3, 0.5)
    parts = {}
    for component, mean, spread in zip(COMPONENTS, means, spreads, strict=True):
        common = shared if component == "outcomes_supported" else 0.0
        noise = 0.8 * common + 0.6 * rng.normal(size=worlds)
        parts[component] = 1e6 * mean * np.exp(spread * noise - spread**2 / 2)
    return parts


def _leaks(rng: np.random.Generator, name: str, worlds: int) -> tuple[Floats, Floats]:
    """Draws leaks of a heavy tail, capped at 40 M: occurrences and the loss of each world."""
    happens = rng.random(worlds) < LEAK[name]
    loss = np.minimum(40e6, np.exp(12.56 + 1.9 * rng.normal(size=worlds)))
    return happens.astype(np.float64), np.where(happens, loss, 0.0)


def _net(block: dict[str, Floats]) -> Floats:
    signs = (1, -1, 1, -1, 1, -1)
    return np.asarray(sum(sign * block[name] for sign, name in zip(signs, COMPONENTS, strict=True)))


def _explained(value: Floats) -> dict[str, Floats]:
    """Explains a given net value by outcomes where it is a gain and by costs where it is a loss."""
    zero = np.zeros_like(value)
    return dict.fromkeys(COMPONENTS, zero) | {"outcomes_supported": np.maximum(value, 0.0), "costs_imposed": np.maximum(-value, 0.0)}


def _write(folder: Path, name: str, columns: dict[str, Any]) -> None:
    pq.write_table(pa.table(columns), folder / f"{name}.parquet", compression="zstd")


def _texts(values: list[str]) -> Any:
    return pa.array(values).dictionary_encode()


def _values(names: tuple[str, ...], blocks: dict[str, Any], values: dict[str, Floats], cash: dict[str, Floats], rng: Any) -> dict[str, Any]:
    columns: dict[str, list[Any]] = {key: [] for key in ("replication", *COMPONENTS, "net_value", "cash")}
    labels: dict[str, list[str]] = {"alternative": [], "party": []}
    for name in names:
        worlds = values[name].size
        provider = "saas-provider" if name == "saas" else "vendor"
        margin = 0.15 * blocks[name]["costs_imposed"] + 3e5 * rng.normal(size=worlds)
        parties = {"company": (blocks[name], values[name], cash[name])}
        if name != "in-house":
            parties[provider] = (_explained(margin), margin, margin)
        for party, (block, net, paid) in parties.items():
            labels["alternative"] += [name] * worlds
            labels["party"] += [party] * worlds
            columns["replication"].append(np.arange(worlds))
            for component in COMPONENTS:
                columns[component].append(block[component])
            columns["net_value"].append(net)
            columns["cash"].append(paid)
    return {key: _texts(texts) for key, texts in labels.items()} | {key: np.concatenate(parts) for key, parts in columns.items()}


def _sources(names: tuple[str, ...], blocks: dict[str, Any], values: dict[str, Floats], cash: dict[str, Floats]) -> dict[str, Any]:
    """Posts the company's amounts by source; what is there today is the baseline's."""
    worlds = values[names[0]].size
    today = {"paper": -2.2e6, "archive-and-clerks": -3.4e6, "lost-papers": -0.7e6}
    labels: dict[str, list[str]] = {key: [] for key in ("alternative", "party", "source", "component")}
    amounts: list[Floats] = []
    replications: list[Any] = []

    def post(alternative: str, source: str, component: str, amount: Floats) -> None:
        for key, text in zip(labels, (alternative, "company", source, component), strict=True):
            labels[key] += [text] * worlds
        amounts.append(amount)
        replications.append(np.arange(worlds))

    for source, amount in today.items():
        post("today", source, "risk" if source == "lost-papers" else "cost", np.full(worlds, amount))
    for name in names:
        block = blocks[name]
        post(name, "faster-approvals", "outcome", block["outcomes_supported"] - block["outcomes_affected"])
        post(name, "paper", "cost", today["paper"] + 0.4 * block["costs_removed"])
        post(name, "archive-and-clerks", "cost", today["archive-and-clerks"] + 0.6 * block["costs_removed"])
        post(name, "subscription" if name == "saas" else "build-and-support", "cost", -block["costs_imposed"])
        post(name, "lost-papers", "risk", today["lost-papers"] + block["risks_removed"])
        post(name, "source-leak", "risk", -block["risks_imposed"])
    value = np.concatenate(amounts)
    return {key: _texts(texts) for key, texts in labels.items()} | {
        "replication": np.concatenate(replications),
        "value": value,
        "cash": value,
    }


STAKEHOLDERS = (
    ("customer", "Customer (CIO and key departments)", "company", "outcomes and requirements, losses felt 1.5 times", 1.1, 0.0),
    ("sponsor", "Sponsor (CEO and CFO)", "company", "money and the bad tail, losses felt twice", 0.7, -4e5),
    ("users", "Users (employees)", "company", "hours, waiting and frustration", 0.5, 2e5),
    ("owners", "Vendor's owners", "vendor", "margin at their own rate", 0.12, 1e5),
)


def _perceived(names: tuple[str, ...], values: dict[str, Floats], rng: Any) -> dict[str, Any]:
    labels: dict[str, list[str]] = {"alternative": [], "stakeholder": []}
    replication, value = [], []
    for name in names:
        for who, _, party, _, weight, shift in STAKEHOLDERS:
            if party == "vendor" and name in ("in-house", "saas"):
                continue
            worlds = values[name].size
            labels["alternative"] += [name] * worlds
            labels["stakeholder"] += [who] * worlds
            replication.append(np.arange(worlds))
            felt = weight * values[name] + shift + 2e5 * rng.normal(size=worlds)
            value.append(np.where(felt < 0, 2 * felt, felt))
    return {k: _texts(v) for k, v in labels.items()} | {"replication": np.concatenate(replication), "value": np.concatenate(value)}


def _budget(names: tuple[str, ...], blocks: dict[str, Any], rng: Any, years: int) -> dict[str, Any]:
    labels: list[str] = []
    columns: dict[str, list[Any]] = {"replication": [], "year": [], "one_off": [], "running": []}
    worlds = blocks[names[0]]["costs_imposed"].size
    for name in ("today", *names):
        total = np.full(worlds, 6.3e6) if name == "today" else blocks[name]["costs_imposed"]
        for year in range(1, years + 1):
            labels += [name] * worlds
            columns["replication"].append(np.arange(worlds))
            columns["year"].append(np.full(worlds, year))
            first = 0.0 if name == "today" else {1: 0.42, 2: 0.05}.get(year, 0.0) * (0.2 if name == "saas" else 1.0)
            columns["one_off"].append(-first * total * np.exp(0.1 * rng.normal(size=worlds)))
            columns["running"].append(-0.62 / years * total * (1.04**year) * np.exp(0.05 * rng.normal(size=worlds)))
    return {"alternative": _texts(labels)} | {key: np.concatenate(parts) for key, parts in columns.items()}


def _funding(names: tuple[str, ...], values: dict[str, Floats], cash: dict[str, Floats], rng: Any, months: int) -> dict[str, Any]:
    worlds = values[names[0]].size
    columns: dict[str, list[Any]] = {"peak_funding": [], "payback_month": [], "payback_cash_month": []}
    for name in names:
        columns["peak_funding"].append(np.abs(2.4e6 + 4e5 * rng.normal(size=worlds)))
        for column, amounts in (("payback_month", values[name]), ("payback_cash_month", cash[name])):
            month = np.clip(np.round(20 + 14 * np.exp(-np.maximum(amounts, 0.0) / 4e6) + 4 * rng.normal(size=worlds)), 1, months)
            columns[column] += [None if amount < 0 else int(m) for amount, m in zip(amounts, month, strict=True)]
    peak = np.concatenate(columns.pop("peak_funding"))
    return {
        "alternative": _texts([name for name in names for _ in range(worlds)]),
        "replication": np.tile(np.arange(worlds), len(names)),
        "peak_funding": peak,
    } | {key: pa.array(months_, pa.int64()) for key, months_ in columns.items()}


def _paths(names: tuple[str, ...], values: dict[str, Floats], cash: dict[str, Floats], rng: Any, months: int) -> dict[str, Any]:
    """Leads each of the first worlds from nought through an investment to its net value."""
    kept = min(1_000, values[names[0]].size)
    month = np.arange(1, months + 1)
    share = np.clip((month - 8) / (months - 8), 0, None) ** 1.1
    dip = -2.2e6 * np.minimum(month / 9, 1) * np.clip(1 - (month - 9) / (months - 9), 0, 1)
    value, paid = [], []
    for name in names:
        wobble = np.cumsum(6e4 * rng.normal(size=(kept, months)), axis=1)
        wobble -= wobble[:, -1:] * share
        scale = 0.3 if name == "saas" else 1.0
        value.append((share * values[name][:kept, None] + scale * dip + wobble * (month < months)).ravel())
        paid.append((share * cash[name][:kept, None] + scale * dip).ravel())
    return {
        "alternative": _texts([name for name in names for _ in range(kept * months)]),
        "replication": np.tile(np.repeat(np.arange(kept), months), len(names)),
        "month": np.tile(month, kept * len(names)),
        "value": np.concatenate(value),
        "cash": np.concatenate(paid),
    }


def _months(names: tuple[str, ...], worlds: int, months: int) -> dict[str, Any]:
    """Records levels of the first worlds by a generator of their own: trust falls, adoption rises, the service is seldom down."""
    rng, kept = np.random.default_rng(5), min(1_000, worlds)
    shape, month = (len(names), kept, months), np.arange(1, months + 1)
    levels = {
        "supply:trust": 0.7 - 0.3 * rng.random(shape) * month / months,
        "oa:adoption": np.clip(month / 24, 0, 1) * (0.7 + 0.2 * rng.random((len(names), kept, 1))),
        "oa:up": 1 - 0.05 * rng.random(shape),
        "users": np.full(shape, 800.0),
    }
    return {
        "alternative": _texts([name for name in names for _ in range(kept * months)]),
        "replication": np.tile(np.repeat(np.arange(kept), months), len(names)),
        "month": np.tile(month, kept * len(names)),
    } | {name: level.ravel() for name, level in levels.items()}


def _lifetimes(names: tuple[str, ...], leaks: dict[str, tuple[Floats, Floats]]) -> dict[str, Any]:
    """Counts leaks and outages; every 40th world ends early, in month 31."""
    worlds = leaks[names[0]][0].size
    early = np.arange(worlds) % 40 == 7
    return {
        "alternative": _texts([name for name in names for _ in range(worlds)]),
        "replication": np.tile(np.arange(worlds), len(names)),
        "count.source-leak": np.concatenate([leaks[name][0] for name in names]).astype(np.int64),
        "count.outage": np.tile(np.arange(worlds) % 5, len(names)),
        "months_lived.supply": np.tile(np.where(early, 30.5, 60.0), len(names)),
        "ending.supply": np.where(np.tile(early, len(names)), "ended early", "ran to the horizon").tolist(),
    }


def _stories(names: tuple[str, ...], values: dict[str, Floats], leaks: dict[str, tuple[Floats, Floats]]) -> dict[str, Any]:
    """Tells of the stored worlds nearest to the 5 %, 49 % and 95 % values: how they began, and of a leak in month 51 where there is one."""
    rows: list[tuple[Any, ...]] = []
    for name in names:
        for level in (0.05, 0.49, 0.95):
            replication = int(np.abs(values[name][:1_000] - np.quantile(values[name], level)).argmin())
            rows.append((name, replication, 0, 0.0, 1, "The agreement is signed.", "", -2e5, "build-and-support", "", 0.0, 0.0))
            if loss := leaks[name][1][replication]:
                leak = ("The source code is published.", "It is found after 3 days.", -loss, "source-leak", "trust in the vendor", 0.7, 0.4)
                rows.append((name, replication, 1, 36_700.0, 51, *leak))
    texts = ("alternative", "sentence", "then", "source", "level")
    told = ("event", "hour", "month", "sentence", "then", "present_value", "source", "level", "before", "after")
    heads = ("alternative", "replication", *told)
    return {head: _texts([row[i] for row in rows]) if head in texts else [row[i] for row in rows] for i, head in enumerate(heads)}


def _rare(names: tuple[str, ...], leaks: dict[str, tuple[Floats, Floats]], worlds: int) -> dict[str, Any]:
    rows: list[tuple[str, str, Floats, Floats]] = []
    lost = np.full(worlds, 9.0)
    rows.append(("today", "lost-papers", lost, np.full(worlds, 7e5)))
    for name in names:
        rows.append((name, "customer-data-leak" if name == "saas" else "source-leak", *leaks[name]))
        rows.append((name, "lost-papers", np.round(0.2 * lost), np.full(worlds, 1.4e5)))
    return {
        "alternative": _texts([row[0] for row in rows for _ in range(worlds)]),
        "replication": np.tile(np.arange(worlds), len(rows)),
        "risk": _texts([row[1] for row in rows for _ in range(worlds)]),
        "occurrences": np.concatenate([row[2] for row in rows]).astype(np.int64),
        "loss": np.concatenate([row[3] for row in rows]),
    }


def _variants(names: tuple[str, ...], values: dict[str, Floats], leaks: dict[str, tuple[Floats, Floats]]) -> dict[str, Any]:
    rows = []
    scales = {"as stated": (1.0, 0.0), "horizon 3 years": (0.62, -2.1e6), "horizon 7 years": (1.35, 1.4e6), "caps doubled": (1.0, 0.0)}
    for variant, (scale, shift) in scales.items():
        net = {}
        for name in names:
            own = values[name][:1000] * scale + (0.0 if name == "saas" else shift)
            net[name] = own - (leaks[name][1][:1000] * 0.4 if variant == "caps doubled" else 0.0)
        best = np.maximum(np.max(list(net.values()), axis=0), 0.0)
        for name, value in net.items():
            q = np.quantile(value, (0.05, 0.5, 0.95))
            error = float(value.std(ddof=1) / np.sqrt(value.size)) if value.size > 1 else 0.0
            rows.append((variant, name, value.size, float(value.mean()), error, *map(float, q), float((value >= best).mean())))
    heads = ("variant", "alternative", "replications", "mean", "standard_error", "p05", "p50", "p95", "probability_best")
    return {head: [row[i] for row in rows] for i, head in enumerate(heads)}


def manifest(names: tuple[str, ...], values: dict[str, Floats], worlds: int, seed: int, months: int) -> dict[str, Any]:
    """Builds the manifest of a made-up folder."""
    unknown: list[tuple[Any, ...]] = [
        ("approvals.per-user", "Approvals a user makes", 2.0, 3.0, 4.5, "/ user / month", "two anecdotes on public pages", "folklore"),
        ("hour.value", "Value of an office hour", 60, 75, 95, "CNY / h", "National Bureau of Statistics, 2024", "solid"),
        ("overrun.build", "Overrun of the build", 0.9, 1.15, 2.2, "", "judgement", "judgement"),
        ("leak.frequency", "Source leaks", 0.01, 0.03, 0.08, "/ year", "public incident records", "usable"),
        (
            "saas.price",
            "Price of the rented product with workflow",
            30,
            45,
            100,
            "CNY / user / month",
            "a page",
            "folklore",
        ),
    ]
    known: list[tuple[Any, ...]] = [
        ("users", "Users", None, 800, None, "user", "the company's own count", "solid"),
        ("paper.price", "Paper, all-in", None, 0.2, None, "CNY / sheet", "an anecdote", "folklore"),
    ]
    return {
        "schema": 1,
        "folder": "office-automation-0123456789ab",
        "software": {"itilsim": "0.1.0", "python": "3.11.2", "numpy": "2.4.0", "numba": "0.68.0", "platform": None},
        "case": "office-automation",
        "title": "Office automation for 800 people",
        "question": "Should the company keep its approvals on paper, build an office-automation system, have one built, or rent one?",
        "currency": "CNY",
        "decision_maker": "company",
        "baseline": "today",
        "alternatives": [
            {
                "name": name,
                "title": TITLES[name][0],
                "sentence": TITLES[name][1],
                "residual_value": 300_000.0 if name == "in-house" else 0.0,
                "contracting": ["company"] + ([] if name in ("today", "in-house") else ["saas-provider" if name == "saas" else "vendor"]),
            }
            for name in ("today", *names)
        ],
        "parties": [
            {"name": "company", "title": "The company", "part_of": None},
            {"name": "it", "title": "IT department", "part_of": "company"},
            {"name": "vendor", "title": "The vendor", "part_of": None},
            {"name": "saas-provider", "title": "The SaaS provider", "part_of": None},
        ],
        "stakeholders": [{"name": n, "title": t, "party": p, "perceives": w} for n, t, p, w, _, _ in STAKEHOLDERS],
        "inputs": [_input(*row, unknown=True) for row in unknown] + [_input(*row, unknown=False) for row in known],
        "sponsor": [
            {
                "alternative": name,
                "stakeholder": "sponsor",
                "signs": bool(values[name].mean() > 2e6),
                "mean": float(values[name].mean() * 0.7),
                "cvar": float(np.sort(values[name])[: max(1, worlds // 20)].mean()),
                "why": "On average it is perceived as worth more than staying with paper; for it speak faster approvals.",
            }
            for name in names
        ],
        "seed": seed,
        "replications": worlds,
        "engine": "compiled",
        "horizon_months": months,
        "discount_rate": 0.08,
        "timings": {"lowering_s": 0.4, "worlds_s": 31.2, "worlds_simulated": worlds},
        "hashes": {
            "inputs": "0123456789abcdef0123456789abcdef",
            "software": "fedcba98765432100123456789abcdef",
            "files": {"case.toml": "aa"},
        },
        "stories": {
            "told": 3 * len(names),
            "left_out": 0,
            "called": {name: {"source-leak": "the source code is published", "outage": "outages"} for name in names},
        },
        "caveats": ["Chances and amounts hold under the assumptions of the case; they are not forecasts."],
        "complete": True,
    }


def _input(
    key: str, label: str, low: float | None, likely: float, high: float | None, unit: str, source: str, trust: str, *, unknown: bool
) -> dict[str, Any]:
    return {
        "key": key,
        "label": label,
        "low": low,
        "likely": likely if unknown else None,
        "high": high,
        "value": None if unknown else likely,
        "unit": unit,
        "source": source,
        "trust": trust,
        "note": "" if unknown else "counted once",
        "unknown": unknown,
    }
