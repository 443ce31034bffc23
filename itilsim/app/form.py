"""The controls of the workbench: what is compared, who looks, how far, and every lever as a range and a number."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from math import floor, log10

from itilsim.app.by_hand import inputs_form
from itilsim.app.desk import Opened
from itilsim.app.shelf import Words
from itilsim.figures.wording import Catalogue, Months, Plural
from itilsim.live.lever import Lever
from itilsim.tables.result import capitalised

STEPS = 100
"""Steps of a range at the least."""
YEARS = (3, 5, 7)
CHOSEN = 4
"""Alternatives that are compared at first: each more makes the first answer slower."""


def form(opened: Opened, catalogue: Catalogue, of: Words) -> str:
    """Gives the controls of a case as a form, as they stand in the case."""
    parts = [part(opened, catalogue, of) for part in (_alternatives, _looking, _levers, inputs_form)]
    label = escape(catalogue.say("app.controls"))
    return f'<form id="controls" aria-label="{label}" autocomplete="off">{"".join(parts)}</form>'


def _alternatives(opened: Opened, catalogue: Catalogue, of: Words) -> str:
    case = opened.case
    boxes = []
    for place, (name, each) in enumerate((n, a) for n, a in case.alternatives.items() if n != case.baseline):
        checked = " checked" if place < CHOSEN else ""
        boxes.append(
            f'<label class="choice"><input type="checkbox" name="alternative" value="{escape(name)}"{checked}>'
            f"<span>{escape(capitalised(of(each.title)))}</span></label>"
        )
    legend = catalogue.say("app.compare", baseline=capitalised(of(case.alternatives[case.baseline].title)))
    return f"<fieldset><legend>{escape(legend)}</legend>{''.join(boxes)}</fieldset>"


def _looking(opened: Opened, catalogue: Catalogue, of: Words) -> str:
    case = opened.case
    decider = [("", catalogue.say("app.decider", party=of(case.party_titles[case.decision_maker])))]
    parties = [(f"party:{name}", capitalised(of(title))) for name, title in case.party_titles.items() if name != case.decision_maker]
    people = [(f"stakeholder:{name}", capitalised(of(each.say(name)))) for name, each in case.stakeholders.items()]
    lookers = _options(decider, "") + _group("app.parties", parties, catalogue) + _group("app.stakeholders", people, catalogue)
    months = sorted({12 * years for years in YEARS} | {case.horizon})
    horizons = [(str(each), catalogue.word(Months(each))) for each in months]
    return (
        f'<div class="looking">{_list("party", catalogue.say("app.party"), lookers)}'
        f"{_list('horizon', catalogue.say('app.horizon'), _options(horizons, str(case.horizon)))}</div>"
    )


def _list(name: str, label: str, options: str) -> str:
    return f'<label for="{name}">{escape(label)}</label><select id="{name}" name="{name}">{options}</select>'


def _options(options: Iterable[tuple[str, str]], chosen: str) -> str:
    return "".join(
        f'<option value="{escape(value)}"{" selected" if value == chosen else ""}>{escape(text)}</option>' for value, text in options
    )


def _group(key: str, options: list[tuple[str, str]], catalogue: Catalogue) -> str:
    return f'<optgroup label="{escape(catalogue.say(key))}">{_options(options, "")}</optgroup>' if options else ""


def _levers(opened: Opened, catalogue: Catalogue, of: Words) -> str:
    if not opened.levers:
        return f'<p class="note">{escape(catalogue.say("app.no-levers"))}</p>'
    cards = "".join(_lever(place, lever, opened, catalogue, of) for place, lever in enumerate(opened.levers))
    return f'<h2>{escape(catalogue.say("app.levers"))}</h2>{cards}'


def _lever(place: int, lever: Lever, opened: Opened, catalogue: Catalogue, of: Words) -> str:
    at, unit, label = f"lever-{place}", escape(of.unit(lever.unit)), escape(capitalised(of(lever.label)))
    bounds = f'min="{lever.low:.12g}" max="{lever.high:.12g}" value="{lever.value:.12g}"'
    leaf = opened.case.stated()[lever.key][0]
    says = catalogue.say("app.priced" if lever.is_priced else "app.simulated")
    ends = catalogue.say("app.range", low=f"{lever.low:,.6g}", high=f"{lever.high:,.6g}", unit=of.unit(lever.unit))
    fault = escape(catalogue.say("app.fault", low=f"{lever.low:,.6g}", high=f"{lever.high:,.6g}"))
    uncertain = f'<p class="uncertain">{escape(catalogue.say("app.uncertain"))}</p>' if leaf.unknown else ""
    titles = [capitalised(of(opened.case.alternatives[name].title)) for name in lever.alternatives]
    moves = "" if len(titles) == len(opened.case.alternatives) else catalogue.say("app.moves", alternatives=catalogue.listed(titles))
    return (
        f'<div class="lever" data-lever="{escape(lever.key)}" data-value="{lever.value:.12g}" data-fault="{fault}">'
        f'<label for="{at}">{label}{_only(titles, opened, catalogue)}</label><span class="entry">'
        f'<input type="number" id="{at}-number" {bounds} step="any" aria-label="{label}, {unit}" aria-describedby="{at}-range">'
        f'<span class="unit">{unit}</span></span>'
        f'<input type="range" id="{at}" {bounds} step="{step(lever):.12g}" aria-describedby="{at}-range" data-unit="{unit}">'
        f'<p class="sub" id="{at}-range">{escape(ends)} · {escape(says)}</p>{uncertain}'
        f'<p class="fault" role="alert" hidden></p>'
        f"<details><summary>{escape(catalogue.say('app.source'))}</summary><p class=\"sub\">{escape(of(lever.source))}</p>"
        f'<p class="sub">{escape(moves or catalogue.say("app.moves-all"))}</p></details>'
        f'<button type="button" class="back" hidden>{escape(catalogue.say("app.back", value=f"{lever.value:,.6g}"))}</button></div>'
    )


def _only(titles: list[str], opened: Opened, catalogue: Catalogue) -> str:
    """Gives whose lever it is, where it is not that of all."""
    if len(titles) >= len(opened.case.alternatives) - 1:
        return ""
    text = titles[0] if len(titles) == 1 else catalogue.word(Plural(len(titles), "alternative"))
    return f'<span class="sub">{escape(text)}</span>'


def step(lever: Lever) -> float:
    """Gives the step of a lever's range: a round number, so that there are a hundred steps or more and the likely value is one."""
    width = (lever.high - lever.low) / STEPS
    power = 10.0 ** floor(log10(width)) if width > 0 else 1.0
    rounded = next((power * factor for factor in (5, 2, 1) if power * factor <= width * 1.001), power)
    whole = all(float(each).is_integer() for each in (lever.low, lever.high, lever.value)) and lever.high - lever.low <= STEPS / 4
    return 1.0 if whole else rounded
