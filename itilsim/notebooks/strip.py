"""The decision strip of a study that need not be stored."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from itilsim.tables.net_value import NetValues, Strip, strip
from itilsim.tables.result import Alternative, capitalised

if TYPE_CHECKING:
    from itilsim.study.study import Study


def strip_of(study: Study) -> Strip:
    """Returns the decision maker's strip from the worlds that a study holds in memory."""
    manifest = study.manifest
    named = {each["name"]: _alternative(each) for each in manifest["alternatives"]}
    others = tuple(alternative for name, alternative in named.items() if name != study.baseline)
    values, cash = (np.stack([study.value_of(column, each.name) for each in others]) for column in ("net_value", "cash"))
    return strip(NetValues(str(manifest["currency"]), int(manifest["horizon_months"]), named[study.baseline], others, values, cash))


def _alternative(entry: Mapping[str, Any]) -> Alternative:
    title = capitalised(str(entry.get("title") or entry["name"]))
    return Alternative(str(entry["name"]), title, str(entry.get("sentence") or ""), float(entry.get("residual_value") or 0.0))
