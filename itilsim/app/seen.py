"""A result as a stakeholder sees it: the value that it perceives in each future in the place of the decision maker's."""

from __future__ import annotations

from dataclasses import replace

from itilsim.figures.wording import Catalogue
from itilsim.live.held import Held
from itilsim.pages.answer import answer
from itilsim.pages.markup import emphasised, paragraphs
from itilsim.study.panel import Panel, panel
from itilsim.tables.net_value import Strip

LAST = 3
"""The last of the figures that compare values alone; those after it are about money, which no stakeholder sees otherwise."""
GAINS = 7
"""The figure of who gains, which has every stakeholder's view."""


def seen_by(held: Held, stakeholder: str) -> Held:
    """Gives a result in which the values are those that a stakeholder perceives; its dots open no future."""
    values = {name: _perceived(held, each, stakeholder) for name, each in held.panels["perceived"].items()}
    kept = {name: each for name, each in held.panels.items() if name != "paths"}
    return replace(held, panels={**kept, "values": values})


def _perceived(held: Held, perceived: Panel, stakeholder: str) -> Panel:
    own = perceived["value"][:, perceived.row(stakeholder=stakeholder)]
    return panel({"party": [held.decision_maker]}, {"net_value": own, "cash": own}, worlds=perceived.worlds)


def headline_as_seen(strip: Strip, title: str, catalogue: Catalogue) -> str:
    """Gives the answer as a stakeholder sees it as HTML: sentences without the figures in cash, and whose eyes these are."""
    said = "".join(f"<p>{emphasised(sentence)}</p>" for sentence in answer(strip, catalogue))
    return f'<div class="answer">{said}</div>{paragraphs([catalogue.say("app.as-seen", stakeholder=title)], "note")}'
