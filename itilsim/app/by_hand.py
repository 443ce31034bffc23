"""Uncertainty by hand: an input written as low, likely and high, read by the rule that reads the files, with its curve."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

import numpy as np

from itilsim.app.desk import Opened
from itilsim.app.shelf import Words
from itilsim.app.state import POINTS, Refused, State
from itilsim.figures.wording import Catalogue
from itilsim.kinds.leaf import Leaf
from itilsim.tables.result import capitalised

WIDTH, HEIGHT = 280.0, 64.0
SHARES = np.linspace(0.002, 0.998, 120)
"""Shares of the cases between which the curve is drawn."""


def inputs_form(opened: Opened, catalogue: Catalogue, of: Words) -> str:
    """Gives the choice of an input and its fields; uncertain inputs come first."""
    groups = []
    for name, chosen in (("unknown", True), ("known", False)):
        entries = "".join(_option(each, opened, of) for each in opened.inputs.values() if each["unknown"] is chosen)
        if entries:
            groups.append(f'<optgroup label="{escape(catalogue.say(f"app.hand-{name}"))}">{entries}</optgroup>')
    fields = "".join(_field(point, catalogue) for point in POINTS)
    say = {name: escape(catalogue.say(f"app.hand-{name}")) for name in ("title", "choose", "lead", "back", "none")}
    choice = f'<select id="hand-key"><option value="">{say["none"]}</option>{"".join(groups)}</select>'
    return (
        f'<details class="hand" id="hand"><summary>{say["title"]}</summary><p class="sub">{say["lead"]}</p>'
        f'<label for="hand-key">{say["choose"]}</label>{choice}'
        f'<div class="points" hidden>{fields}<span class="unit" id="hand-unit"></span></div>'
        f'<p class="fault" id="hand-fault" role="alert" hidden></p><div id="hand-curve" aria-live="polite"></div>'
        f'<p class="sub" id="hand-source"></p>'
        f'<button type="button" class="back" id="hand-back" hidden>{say["back"]}</button></details>'
    )


def _option(each: Mapping[str, Any], opened: Opened, of: Words) -> str:
    likely = each["likely"]
    low, high = (likely if each[name] is None else each[name] for name in ("low", "high"))
    said = {name: f"{value:.6g}" for name, value in (("low", low), ("likely", likely), ("high", high))}
    said |= {"unit": of.unit(each["unit"]), "source": of(each["source"])}
    held = "".join(f' data-{name}="{escape(value)}"' for name, value in said.items())
    label = capitalised(of(each["label"]))
    if sum(other["label"] == each["label"] for other in opened.inputs.values()) > 1:
        label += f" · {', '.join(of(opened.case.alternatives[name].title) for name in each['alternatives'])}"
    return f'<option value="{escape(each["key"])}"{held}>{escape(label)}</option>'


def _field(point: str, catalogue: Catalogue) -> str:
    label = escape(catalogue.say(f"app.hand-{point}"))
    return (
        f'<span><label for="hand-{point}">{label}</label>'
        f'<input type="text" inputmode="decimal" id="hand-{point}" aria-describedby="hand-fault hand-unit" maxlength="40"></span>'
    )


def read_by_hand(opened: Opened, state: State, catalogue: Catalogue, of: Words) -> dict[str, Any]:
    """Reads one input that was written by hand; raises what the reader raises, and Refused for what is no input of the case."""
    if len(state.stated) != 1:
        raise Refused("one input is read at a time")
    (key, _), values = state.stated[0], state.values(opened)
    leaf = opened.case.with_values({key: values[key]}).stated()[key][0]
    return {"html": f'{curve(leaf)}<p class="sub">{escape(_echo(leaf, opened.inputs[key], catalogue, of))}</p>'}


def _echo(leaf: Leaf, stated: Mapping[str, Any], catalogue: Catalogue, of: Words) -> str:
    """Says the middle half and the mean of what was read, in the unit in which it was written."""
    if not leaf.unknown:
        return catalogue.say("app.hand-known")
    assert leaf.stated is not None
    size = leaf.likely / leaf.stated[1] if leaf.stated[1] else 1.0
    quarter, three = leaf.parsed.quantile(0.25) / size, leaf.parsed.quantile(0.75) / size
    fields = {"quarter": f"{quarter:.3g}", "three": f"{three:.3g}", "mean": f"{leaf.parsed.mean() / size:.3g}"}
    return catalogue.say("app.hand-read", unit=of.unit(str(stated["unit"])), **fields)


def curve(leaf: Leaf) -> str:
    """Gives the density of an input as inline SVG, "" for what is known; its height is the share of cases by width."""
    if not leaf.unknown:
        return ""
    at = np.array([leaf.parsed.quantile(float(share)) for share in SHARES])
    middle, density = (at[1:] + at[:-1]) / 2, np.diff(SHARES) / np.maximum(np.diff(at), 1e-300)
    x = WIDTH * (middle - leaf.low) / ((leaf.high - leaf.low) or 1.0)
    y = HEIGHT * (1 - density / density.max())
    points = " ".join(f"{a:.1f},{b:.1f}" for a, b in zip(x, y, strict=True))
    likely = WIDTH * (leaf.likely - leaf.low) / ((leaf.high - leaf.low) or 1.0)
    return (
        f'<svg class="curve" viewBox="-2 -3 {WIDTH + 4:g} {HEIGHT + 6:g}" preserveAspectRatio="none" aria-hidden="true">'
        f'<polygon points="0,{HEIGHT:g} {points} {WIDTH:g},{HEIGHT:g}"/><line x1="{likely:.1f}" x2="{likely:.1f}" y1="0" y2="{HEIGHT:g}"/>'
        f'<line class="ground" x1="0" x2="{WIDTH:g}" y1="{HEIGHT:g}" y2="{HEIGHT:g}"/></svg>'
    )
