"""Would the sponsor sign? As perceived, alternative by alternative, with the sources that decide it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from itilsim.ledger.viewpoint import Viewpoint
from itilsim.study.panel import Panel, Panels
from itilsim.study.statistics import Floats, cvar_of, mean_of
from itilsim.text.wording import in_sentence, spelling

NAMED = 2
"""Sources named on either side of a reason."""


def sponsor_answers(
    viewpoints: tuple[Viewpoint, ...], panels: Panels, *, baseline: str, currency: str, sources: Mapping[str, Mapping[str, str]]
) -> list[dict[str, Any]]:
    """Say for each sponsor and alternative whether the sponsor would sign, by the mean or the bad tail of what is perceived, and why.

    `baseline` is the title of what an alternative is measured against, `sources` the titles of each alternative's sources by name.
    """
    answers = []
    for alternative, perceived in panels["perceived"].items():
        for viewpoint in viewpoints:
            if viewpoint.role == "sponsor":
                values = perceived["value"][:, perceived.row(stakeholder=viewpoint.name)]
                reasons = panels.get("reasons", {}).get(alternative)
                found = _answer(viewpoint, values, reasons, f"than {in_sentence(baseline)}", currency, sources.get(alternative, {}))
                answers.append({"alternative": alternative, "stakeholder": viewpoint.name, **found})
    return answers


def _answer(
    viewpoint: Viewpoint, values: Floats, reasons: Panel | None, than: str, currency: str, titles: Mapping[str, str]
) -> dict[str, Any]:
    mean, cvar = mean_of(values), cvar_of(values, viewpoint.tail)
    decisive = mean if viewpoint.attitude == "mean" else cvar
    worst = _worst_worlds(values, viewpoint.tail) if viewpoint.attitude == "cvar" else np.arange(len(values))
    by_source = {titles.get(source, source): value for source, value in _by_source(viewpoint.name, reasons, worst).items()}
    return {
        "signs": decisive >= 0.0,
        "mean": mean,
        "cvar": cvar,
        "why": _why(viewpoint, decisive, by_source, than, currency),
    }


def _worst_worlds(values: Floats, tail: float) -> Any:
    count = max(1, round(tail * len(values)))
    return np.argsort(values, kind="stable")[:count]


def _by_source(stakeholder: str, reasons: Panel | None, worlds: Any) -> dict[str, float]:
    if reasons is None:
        return {}
    own = [at for at in range(reasons.rows) if reasons.labels["stakeholder"][at] == stakeholder]
    return {str(reasons.labels["source"][at]): mean_of(reasons["value"][worlds, at]) for at in own}


def _why(viewpoint: Viewpoint, decisive: float, by_source: Mapping[str, float], than: str, currency: str) -> str:
    amount = spelling().amount
    seen = "on average" if viewpoint.attitude == "mean" else f"in the worst {viewpoint.tail * 100:g} % of futures"
    how = "as much as" if decisive == 0.0 else f"{amount(abs(decisive), currency=currency)} {'more' if decisive > 0.0 else 'less'}"
    worth = f"{seen} it is perceived as worth {how} {than.removeprefix('than ') if decisive == 0.0 else than}"
    if decisive < 0.0 and viewpoint.loss_aversion != 1.0:
        worth += f", a loss being felt {viewpoint.loss_aversion:g} times"
    gains = sorted((each for each in by_source.items() if each[1] > 0.0), key=lambda each: -each[1])[:NAMED]
    losses = sorted((each for each in by_source.items() if each[1] < 0.0), key=lambda each: each[1])[:NAMED]
    parts = []
    if gains:
        parts.append("for it speak " + " and ".join(f"{name} ({amount(value, currency=currency, signed=True)})" for name, value in gains))
    if losses:
        parts.append("against it " + " and ".join(f"{name} ({amount(value, currency=currency, signed=True)})" for name, value in losses))
    said = f"{worth}; {', '.join(parts)}." if parts else f"{worth}."
    return said[0].upper() + said[1:]
