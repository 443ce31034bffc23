"""Figure 7, first half: who gains, a panel a stakeholder with a dot and a range for each alternative, as that stakeholder sees it.

Each panel has an axis of its own, since amounts of different stakeholders cannot be compared or added. It is drawn as tables, which
lay themselves out beside long titles and on a phone. The other half, both sides of the contract, is `two_sides`.
"""

from __future__ import annotations

from html import escape

from itilsim.figures.decision_strip import SHAPES, swatch
from itilsim.figures.style import SERIES, symbol
from itilsim.figures.wording import Amount, Catalogue, Chance, Mid, NumberTable, Percent, Phrase, Strong
from itilsim.tables.people import Perceived, Perceptions, Stakeholder, Verdict, read_perceptions

number = 7
title = "figure.gains.title"
files = ("perceived",)
table = read_perceptions


def draw(table: Perceptions, catalogue: Catalogue) -> str:
    """Returns a panel for each stakeholder that any alternative touches: dots are middle futures, ranges hold 8 futures in 10."""
    panels = "".join(_panel(table, who, catalogue) for who in table.stakeholders if who.touched)
    return f'<div class="gains">{panels}</div>' if panels else ""


def _panel(table: Perceptions, who: Stakeholder, catalogue: Catalogue) -> str:
    found = [value for value in who.values if value is not None]
    span = min(0.0, *(value.low.value for value in found)), max(0.0, *(value.high.value for value in found))
    heads = {name: escape(catalogue.say(f"figure.gains.head-{name}")) for name in ("range", "typical", "better")}
    cells = "".join(f'<th scope="col" class="{name}">{text}</th>' for name, text in heads.items())
    titles = [alternative.title for alternative in table.alternatives]
    rows = [_row(titles[place], value, place, span, heads, catalogue) for place, value in enumerate(who.values) if value is not None]
    left = catalogue.template("list.clauses").join(title for title, value in zip(titles, who.values, strict=True) if value is None)
    untouched = f'<p class="untouched">{escape(catalogue.say("figure.gains.untouched", alternatives=left))}</p>' if left else ""
    perceives = f'<p class="sees">{escape(who.perceives)}</p>' if who.perceives else ""
    alternative = escape(catalogue.say("strip.alternative"))
    return (
        f'<div class="who"><h3>{escape(who.title)}</h3>{perceives}<table><thead><tr><th scope="col">{alternative}</th>{cells}</tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table>{untouched}</div>"
    )


def _row(title: str, value: Perceived, place: int, span: tuple[float, float], heads: dict[str, str], catalogue: Catalogue) -> str:
    name = f'<th scope="row"><div>{swatch(place)}<span>{escape(title)}</span></div></th>'
    typical = escape(catalogue.word(Amount.cell(value.typical, signed=True)))
    better = escape(catalogue.word(Percent(value.positive)))
    return (
        f'<tr>{name}<td class="range">{_range(value, place, span)}</td><td class="typical" data-label="{heads["typical"]}">{typical}</td>'
        f'<td class="better" data-label="{heads["better"]}">{better}</td></tr>'
    )


def _range(value: Perceived, place: int, span: tuple[float, float]) -> str:
    """Draws the range and the dot in shares of the panel's width, so that the dot keeps its shape at every width."""
    low, high = span
    width = (high - low) or 1.0
    left, middle, right, nought = (3 + 94 * (v - low) / width for v in (value.low.value, value.typical.value, value.high.value, 0.0))
    return (
        f'<svg class="gain series-{place % len(SERIES)}" aria-hidden="true">'
        f'<line class="nought" x1="{nought:.1f}%" x2="{nought:.1f}%" y1="0" y2="100%"/>'
        f'<line class="reach" x1="{left:.1f}%" x2="{right:.1f}%" y1="50%" y2="50%"/>'
        f'<svg x="{middle:.1f}%" y="50%" width="13" height="13" viewBox="8 8 16 16" overflow="visible">{SHAPES[symbol(place)]}</svg></svg>'
    )


def sentences(table: Perceptions, catalogue: Catalogue) -> list[str]:
    """Says who is better and who worse off under the decision maker's best alternative, and who is so whichever is chosen."""
    groups: dict[Verdict, list[str]] = {}
    for who in table.stakeholders:
        value = who.values[table.leader]
        if value is not None:
            groups.setdefault(value.verdict, []).append(_part(who.title, value, catalogue))
    order: tuple[Verdict, ...] = ("better", "worse", "even", "same")
    parts = [
        catalogue.word(Phrase(f"figure.gains.{verdict}", {"parts": catalogue.listed(groups[verdict])}))
        for verdict in order
        if verdict in groups
    ]
    leader = Strong(table.alternatives[table.leader].title)
    joined = catalogue.template("list.clauses").join(parts)
    said = [
        catalogue.say("figure.gains.leader", leader=leader, parts=joined) if parts else catalogue.say("figure.gains.nobody", leader=leader)
    ]
    return said + _whichever(table, catalogue)


def _part(title: str, value: Perceived, catalogue: Catalogue) -> str:
    if value.verdict == "same":
        return catalogue.word(Mid(title))
    chance = Chance(value.negative if value.verdict == "worse" else value.positive)
    key = "part-even" if value.verdict == "even" else "part"
    return catalogue.word(Phrase(f"figure.gains.{key}", {"who": Mid(title), "chance": chance}))


def _whichever(table: Perceptions, catalogue: Catalogue) -> list[str]:
    """Names who is better off, or worse off, in more than half of the futures under every alternative; needs two of them."""
    if len(table.alternatives) < 2:
        return []
    parts = []
    for verdict in ("better", "worse"):
        names = [
            catalogue.word(Mid(who.title))
            for who in table.stakeholders
            if all(value is not None and value.verdict == verdict for value in who.values)
        ]
        if names:
            parts.append(catalogue.word(Phrase(f"figure.gains.always-{verdict}", {"who": catalogue.listed(names)})))
    return [catalogue.say("figure.gains.whichever", parts=catalogue.template("list.clauses").join(parts))] if parts else []


def notes(table: Perceptions, catalogue: Catalogue) -> list[str]:
    """Says how to read a panel, and names who is touched by no alternative."""
    said = [catalogue.say("figure.gains.note", baseline=Mid(table.baseline.title))]
    left = [catalogue.word(Mid(who.title)) for who in table.stakeholders if not who.touched]
    return said + ([catalogue.say("figure.gains.left", who=catalogue.listed(left))] if left else [])


def numbers(table: Perceptions, catalogue: Catalogue) -> NumberTable:
    """Returns the value of every alternative to every stakeholder: mean with its error, percentiles, how often better and worse."""
    keys = ("mean", "error", "p05", "p10", "p50", "p90")
    heads = (
        catalogue.say("figure.gains.head-who"),
        catalogue.say("figure.gains.head-party"),
        catalogue.say("strip.alternative"),
        *(catalogue.say(f"numbers.{key}") for key in keys),
        catalogue.say("figure.gains.head-better"),
        catalogue.say("figure.gains.head-worse"),
    )
    rows: list[tuple[object, ...]] = []
    for who in table.stakeholders:
        for alternative, value in zip(table.alternatives, who.values, strict=True):
            if value is None:
                rows.append((who.title, who.party, alternative.title, *[""] * len(keys), "", ""))
                continue
            middle = [Amount.cell(each, signed=True) for each in (value.bad, value.low, value.typical, value.high)]
            cells = (Amount.cell(value.mean, signed=True), Amount(value.mean.error, bare=True), *middle)
            rows.append((who.title, who.party, alternative.title, *cells, Percent(value.positive), Percent(value.negative)))
    return NumberTable(heads, tuple(rows))
