"""The answer of `run` and `compare` as plain data, for other programs."""

from __future__ import annotations

import itertools
from typing import Any

from itilsim.ledger.value import COMPONENTS
from itilsim.study.chances import chance_all_gain, chance_ended_early, mean_budget, payback_of, peak_funding_of
from itilsim.study.statistics import mean_of, summary_of
from itilsim.study.study import Study


def as_data(study: Study) -> dict[str, Any]:
    """Give the answer in the shape of the public contract; what is not a number is left for null."""
    others = [name for name in study.alternatives if name != study.baseline]
    return {
        "schema": 1,
        "baseline": study.baseline,
        "decision_maker": study.decision_maker,
        "seed": study.manifest["seed"],
        "replications": study.replications,
        "engine": study.manifest["engine"],
        "result": str(study.folder),
        "alternatives": [_alternative(study, name) for name in others],
        "comparisons": [study.compare(a, b).as_dict() for a, b in itertools.combinations([*others, study.baseline], 2)],
    }


def _alternative(study: Study, name: str) -> dict[str, Any]:
    payback = payback_of(study, name)
    p50, p90 = peak_funding_of(study, name)
    return {
        "name": name,
        "parties": {party: _party(study, name, party) for party in study.parties},
        "cash": {
            "by_year": mean_budget(study, name),
            "peak_funding": {"p50": p50, "p90": p90},
            "payback": {"share": payback.share, "median_month": payback.median_month},
        },
        "stakeholders": {who: summary_of(study.perceived(name, who)).as_dict() for who in study.stakeholders},
        "all_gain": chance_all_gain(study, name),
        "ended_early": chance_ended_early(study, name),
    }


def _party(study: Study, name: str, party: str) -> dict[str, Any]:
    return {
        **study.summary(name, party=party).as_dict(),
        "components": {each: mean_of(study.value_of(each, name, party=party)) for each in COMPONENTS},
        "cash_mean": mean_of(study.value_of("cash", name, party=party)),
    }
