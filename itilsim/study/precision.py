"""Precision: a study may stop as soon as every mean difference is known well enough.

The rule is looked at after every 500 worlds. For each pair of alternatives, the baseline included, take the decision maker's net value
in the same worlds: the study stops when the standard error of every mean difference is at most the amount given, or at most the given
share of the pair's gross scale, which is the mean over worlds of the six components of both, each taken as a magnitude. Looking often
stops a little early now and then; where the last word counts, give the number of worlds instead.
"""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass

from itilsim.ledger.value import COMPONENTS
from itilsim.study.panel import Panel
from itilsim.study.statistics import Floats, mean_of, standard_error_of
from itilsim.study.subject import WrongRequest

ROUND = 500
"""Worlds after which the rule is looked at."""
_SPELT = re.compile(r"\s*([0-9]+(?:\.[0-9]+)?)\s*(%|k|M)?\s*")
_FACTORS = {"": 1.0, "k": 1e3, "M": 1e6, "%": 0.01}


@dataclass(frozen=True)
class Precision:
    """The largest standard error allowed: an amount, or a share of the gross scale."""

    limit: float
    relative: bool

    @staticmethod
    def read(text: str) -> Precision:
        """Read "1 %", "0.5%", "20000", "20 k" or "1.5 M"; raises WrongRequest."""
        found = _SPELT.fullmatch(text)
        if found is None or float(found[1]) <= 0.0:
            raise WrongRequest(
                f"found the precision '{text}'; a share such as '1 %' or an amount such as '20000' or '20 k', above nought, is needed"
            )
        unit = found[2] or ""
        return Precision(float(found[1]) * _FACTORS[unit], unit == "%")

    def __str__(self) -> str:
        return f"{self.limit * 100:g} %" if self.relative else f"{self.limit:.12g}"

    def is_reached(self, values: Mapping[str, Panel], party: str) -> bool:
        """Say whether every mean difference is known well enough, from the panels of the table `values`."""
        known: dict[str, tuple[Floats | float, Floats | float]] = {"": (0.0, 0.0)}
        for name, each in values.items():
            at = each.row(party=party)
            gross: Floats | float = 0.0
            for component in COMPONENTS:
                gross = gross + each[component][:, at]
            known[name] = (each["net_value"][:, at], gross)
        return all(self._is_known(known[a], known[b]) for a, b in itertools.combinations(reversed(known), 2))

    def _is_known(self, a: tuple[Floats | float, Floats | float], b: tuple[Floats | float, Floats | float]) -> bool:
        apart = a[0] - b[0]
        assert not isinstance(apart, float)
        error = standard_error_of(apart)
        allowed = self.limit
        if self.relative:
            gross = a[1] + b[1]
            assert not isinstance(gross, float)
            allowed *= mean_of(gross)
        return not math.isnan(error) and error <= allowed
