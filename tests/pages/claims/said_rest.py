"""What the parts on risks, other horizons, inputs and method claim."""

from __future__ import annotations

import re
from collections.abc import Iterator
from math import hypot

import numpy as np

from tests.pages.claims.forms import Context, any_of, form, listed, same
from tests.pages.claims.stored import Figure, Floats, Stored, average, counted, level, surely_more
from tests.pages.claims.words import TIME, amount, chance, size, sized, whole


def risks(stored: Stored) -> dict[str, dict[str, tuple[Floats, Floats]]]:
    """Return by the risks' names, for each alternative and the baseline, occurrences and losses of every future."""
    found: dict[str, dict[str, tuple[Floats, Floats]]] = {}
    for risk in sorted(set(stored.rows("rare")["risk"])):
        times, losses = (stored.split("rare", column, risk=risk) for column in ("occurrences", "loss"))
        found[str(risk)] = {name: (times[name], losses[name]) for name in times if times[name].any() or losses[name].any()}
    return {risk: rows for risk, rows in found.items() if rows}


def struck(row: tuple[Floats, Floats]) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    """Say in which futures a risk happened, or took anything later."""
    return np.asarray((row[0] > 0) | (row[1] != 0))


def _risk(context: Context) -> dict[str, tuple[Floats, Floats]]:
    stored, found = context.stored, risks(context.stored)
    return next(found[risk] for risk in found if any(same(context["risk"], stored.source(each, risk)) for each in found[risk]))


HAPPENS = "it happens {chance:chance}; then it typically takes {typical:amount}, and {capped:text}."


@form("risks", "{risk:text} weighs most under {alternative:choice}: " + HAPPENS)
def risk_weighs(context: Context) -> Iterator[str]:
    """Where it surely takes most on average over all futures."""
    name, rows = context.choice("alternative"), _risk(context)
    others = {other: row[1] for other, row in rows.items() if other != name}
    yield from (f"{other} takes as much: {average(loss)}" for other, loss in others.items() if not surely_more(rows[name][1], loss))
    yield from _takes(context, rows[name])


@form("risks", "{risk:text} weighs as much under {alternative:choice} as under any other choice: " + HAPPENS)
def risk_weighs_level(context: Context) -> Iterator[str]:
    """Nothing takes more on average, but something may take as much."""
    name, rows = context.choice("alternative"), _risk(context)
    if any(average(row[1]).value > average(rows[name][1]).value for row in rows.values()):
        yield "another takes more"
    if all(surely_more(rows[name][1], row[1]) for other, row in rows.items() if other != name):
        yield "it surely takes most"
    yield from _takes(context, rows[name])


def _takes(context: Context, row: tuple[Floats, Floats]) -> Iterator[str]:
    """Check how often it happens, what it then typically takes, and what at the worst."""
    hit = struck(row)
    losses = row[1][hit]
    yield from chance(context["chance"], counted(hit))
    yield from size(context["typical"], level(losses, 0.5))
    capped = context["capped"]
    bad = re.fullmatch(r"in 1 of 100 such futures more than (?P<loss>.+)", capped)
    if bad:
        yield from amount(bad["loss"], level(losses, 0.99))
        if hit.sum() < 100:
            yield f"{hit.sum()} such futures tell nothing of 1 in 100"
        return
    most = re.fullmatch(
        r"at the most (?P<loss>.+) among (?P<count>[\d,]+) such futures|at the most (?P<only>.+) in the only such future", capped
    )
    if most is None:
        raise ValueError(capped)
    yield from amount(most["loss"] or most["only"], Figure(float(losses.max()), 0.0))
    if whole(most["count"] or "1") != hit.sum():
        yield f"there are {hit.sum()} such futures"
    if most["count"] == "1":
        yield "calls one several"


@form("risks", "No risk took anything in any future.")
def risk_none(context: Context) -> Iterator[str]:
    """None happened or took anything."""
    if risks(context.stored):
        yield "some did"


@form("risks", "No risk is rare here: each happens in most lifetimes.")
def risk_none_rare(context: Context) -> Iterator[str]:
    """Each happens in more than half of the futures, at the least under one alternative."""
    for risk, rows in risks(context.stored).items():
        shares = [counted(struck(row)) for row in rows.values()]
        if not any(share.value > 0.5 for share in shares):
            yield f"{risk} is rare: {shares}"


def ranking(stored: Stored, variant: str) -> list[tuple[str, Figure]]:
    """Return the choices under a variant, the largest mean first, the baseline's being nought."""
    rows = stored.rows("variants", variant=variant)
    found = {str(n): Figure(float(m), float(e)) for n, m, e in zip(rows["alternative"], rows["mean"], rows["standard_error"], strict=True)}
    own = [(name, found[name]) for name in stored.names] + [(stored.baseline, Figure(0.0, 0.0))]
    return sorted(own, key=lambda each: -each[1].value)


def variants(stored: Stored) -> dict[str, str]:
    """Return the variants by how the page calls them."""
    names = dict.fromkeys(str(name) for name in stored.rows("variants")["variant"])
    return {re.sub(r"^horizon (\S+) years?$", lambda m: f"{m[1]} year" + ("s" if m[1] != "1" else ""), name): name for name in names}


def close(places: list[tuple[str, Figure]]) -> bool:
    """Say whether the first two means are within two errors of one another."""
    (_, first), (_, second) = places[:2]
    return first.value - second.value <= 2 * hypot(first.error, second.error)


def _main(stored: Stored) -> str:
    if "as stated" in variants(stored).values():
        return ranking(stored, "as stated")[0][0]
    return stored.leader if np.mean(stored.net[stored.leader]) > 0 else stored.baseline


@form("rankings", "{leader:choice} comes first at every horizon shown and with the caps of heavy losses doubled.")
def rank_same(context: Context) -> Iterator[str]:
    """The same comes first under each variant."""
    firsts = {name: ranking(context.stored, name)[0][0] for name in variants(context.stored).values()}
    if {context.choice("leader")} | {_main(context.stored)} != set(firsts.values()) | {_main(context.stored)}:
        yield f"first are {firsts}"


@form("rankings", "First and second place are too close to call under: {parts:text}.")
def rank_close(context: Context) -> Iterator[str]:
    """Exactly these are too close."""
    stored, known = context.stored, variants(context.stored)
    named = [part[0] for part in listed(context["parts"], "|".join([rf"{TIME}(?: \(as stated\))?", *map(re.escape, known)]))]
    right = [shown for shown, name in known.items() if name != "as stated" and close(ranking(stored, name))]
    if sorted(each for each in named if "(as stated)" not in each) != sorted(right):
        yield f"too close are {right}"


@form("rankings", "As the case stands {leader:choice} comes first, but not everywhere: {parts:text}.")
def rank_changes(context: Context) -> Iterator[str]:
    """Where another comes first, and whether that is sure."""
    stored, known = context.stored, variants(context.stored)
    if context.choice("leader") != _main(stored):
        yield f"first is {_main(stored)}"
    choice = any_of(stored.title(name) for name in (*stored.names, stored.baseline))
    doubt = r"(?P<unsure> \(too close to call by [\d,]+ futures?\))?"
    pattern = rf"(?:over|with) (?P<variant>{'|'.join(map(re.escape, known))}) (?P<first>{choice}) does{doubt}"
    parts = listed(context["parts"], pattern)
    for part in parts:
        places = ranking(stored, known[part["variant"]])
        if not same(part["first"], stored.title(places[0][0])) or places[0][0] == _main(stored):
            yield f"{part['variant']}: first is {places[0]}"
        if bool(part["unsure"]) != close(places):
            yield f"{part['variant']}: {places[:2]}"
    right = [shown for shown, name in known.items() if name != "as stated" and ranking(stored, name)[0][0] != _main(stored)]
    if sorted(part["variant"] for part in parts) != sorted(right):
        yield f"another comes first under {right}"


@form(
    "inputs",
    "{unknown:text} not known to the planner and {vary:text} from future to future between low and high; {known:text} taken as "
    "{stand:text}. By stated trust: {trust:text}.",
)
def input_counts(context: Context) -> Iterator[str]:
    """How many inputs are known, how many not, and how far each is trusted."""
    inputs = context.stored.manifest["inputs"]
    unknown = sum(bool(entry["unknown"]) for entry in inputs)
    known = len(inputs) - unknown
    expected = {
        "unknown": "One input is" if unknown == 1 else f"{unknown:,} inputs are",
        "vary": "varies" if unknown == 1 else "vary",
        "known": "one input is" if known == 1 else f"{known:,} inputs are",
        "stand": "it stands" if known == 1 else "they stand",
    }
    yield from (f"{context[name]!r} for {text!r}" for name, text in expected.items() if context[name] != text)
    counts: dict[str, int] = {}
    for entry in inputs:
        counts[entry.get("trust") or "unstated"] = counts.get(entry.get("trust") or "unstated", 0) + 1
    parts = {part["trust"]: whole(part["count"]) for part in listed(context["trust"], r"(?P<count>[\d,]+) (?P<trust>.+)")}
    if parts != counts:
        yield f"trusted are {counts}"


@form(
    "inputs",
    "Which of these matter, and at which value of each first place changes, is found by {command:text} "
    "with the path of the case's folder; {rest:text}.",
    "note",
)
def input_find(context: Context) -> Iterator[str]:
    """No sensitivity is stored; the command has the study's seed."""
    stored = context.stored
    seed = stored.manifest["seed"]
    if (seed != 1 and f"--seed {seed}" not in context["command"]) or stored.manifest["case"] not in context["command"]:
        yield "the command is another study's"


@form(
    "method",
    "{futures:futures} of the whole relationship were simulated with the {engine:text} engine from seed "
    "{seed:text}. Every alternative and {baseline:choice} lived through the same futures.",
)
def method_run(context: Context) -> Iterator[str]:
    """How the study was run."""
    manifest = context.stored.manifest
    known = (str(context.stored.futures), manifest["engine"], str(manifest["seed"]))
    if (context["futures"].split()[0].replace(",", ""), context["engine"], context["seed"]) != known:
        yield f"it was {known}"


@form("method", "Computed in {seconds:digits} s.")
def method_time(context: Context) -> Iterator[str]:
    """All that was timed, in seconds."""
    timed = sum(float(value) for name, value in context.stored.manifest["timings"].items() if name.endswith("_s"))
    if abs(float(context["seconds"].replace(",", "")) - timed) > 0.05 * timed:
        yield f"it took {timed}"


@form("method", "{text:text}", "item")
def method_item(context: Context) -> Iterator[str]:
    """A caveat of the manifest, or the residual value of an alternative."""
    stored, text = context.stored, context["text"]
    if text in stored.manifest["caveats"]:
        return
    name = next(name for name in (*stored.names, stored.baseline) if text.startswith(f"{stored.title(name)}: "))
    value = next(entry.get("residual_value") or 0.0 for entry in stored.manifest["alternatives"] if entry["name"] == name)
    shown = text.removeprefix(f"{stored.title(name)}: ")
    if (shown == "none") != (value == 0) or (value and abs(sized(shown)[0] - value) > 5e-4 * value):
        yield f"the residual value is {value}"


@form("method", "{title:text}. Simulated with itilsim {version:text}: {futures:futures}, seed {seed:text}, inputs {inputs:text}.", "*")
def method_cited(context: Context) -> Iterator[str]:
    """What is cited is this study."""
    manifest = context.stored.manifest
    if context["title"] != manifest["title"] or context["seed"] != str(manifest["seed"]):
        yield "it is another study"
    if not str(manifest["hashes"]["inputs"]).startswith(context["inputs"].rstrip("….")):
        yield "the inputs are others"
    if whole(context["futures"].split()[0]) != context.stored.futures:
        yield f"there are {context.stored.futures}"
