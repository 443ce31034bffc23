"""Conditions of `--fail-if`: a figure of the answer compared with a number, such as `p_negative(outsourced) > 0.2`."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from itilsim.cli.exits import refuse
from itilsim.study.chances import chance_all_gain, chance_best, chance_ended_early
from itilsim.study.study import Study
from itilsim.text.faults import unknown_name

_SPELT = re.compile(r"\s*(\w+)\s*\(\s*([^(),]+?)\s*(?:,\s*([^(),]+?)\s*)?\)\s*(<=|>=|<|>)\s*([-+0-9.eE_]+)\s*(%|k|M)?\s*")
_SIGNS: dict[str, Callable[[float, float], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_FACTORS = {None: 1.0, "%": 0.01, "k": 1e3, "M": 1e6}
_SUMMARY = ("mean", "p05", "p10", "p50", "p90", "p95", "cvar05")

_OF_ONE: dict[str, Callable[[Study, str], float]] = {
    "p_negative": lambda study, name: float((study.net_value(name) < 0.0).mean()),
    "p_positive": lambda study, name: float((study.net_value(name) > 0.0).mean()),
    "p_best": lambda study, name: chance_best(study)[name],
    "all_gain": chance_all_gain,
    "ended_early": chance_ended_early,
}
_OF_TWO: dict[str, Callable[[Study, str, str], float]] = {
    "p_better": lambda study, a, b: study.compare(a, b).probability_a_better,
    "mean_difference": lambda study, a, b: study.compare(a, b).mean_difference,
}
FIGURES = (*_SUMMARY, *_OF_ONE, *_OF_TWO)


@dataclass(frozen=True)
class Condition:
    """One condition; figures are the decision maker's."""

    text: str
    figure: str
    names: tuple[str, ...]
    sign: str
    limit: float

    def check_names(self, known: Sequence[str]) -> None:
        """Refuse names that are no alternatives."""
        for name in self.names:
            if name not in known:
                refuse(f"--fail-if '{self.text}': {unknown_name('alternative', name, known)}")

    def holds(self, study: Study) -> str | None:
        """Say in a sentence that the condition holds, None where it does not."""
        found = self._value(study)
        if not _SIGNS[self.sign](found, self.limit):
            return None
        return f"--fail-if: {self.text} holds: {self.figure}({', '.join(self.names)}) is {found:.6g}"

    def _value(self, study: Study) -> float:
        for name in self.names:
            if name not in study.alternatives:
                refuse(f"--fail-if '{self.text}': {unknown_name('alternative of this run', name, study.alternatives)}")
        if self.figure in _OF_TWO:
            return _OF_TWO[self.figure](study, *self.names)
        if self.figure in _OF_ONE:
            return _OF_ONE[self.figure](study, self.names[0])
        return study.summary(self.names[0]).as_dict()[self.figure]


def read_condition(text: str) -> Condition:
    """Read a condition; refuses what cannot be read."""
    found = _SPELT.fullmatch(text)
    if found is None:
        refuse(f"--fail-if: found '{text}'; a figure, a sign and a number are needed, for instance 'p_negative(outsourced) > 0.2'")
    figure, a, b, sign, number, unit = found.groups()
    if figure not in FIGURES:
        refuse(f"--fail-if '{text}': {unknown_name('figure', figure, FIGURES)}")
    if (b is not None) != (figure in _OF_TWO):
        refuse(f"--fail-if '{text}': {figure} takes {'two alternatives' if figure in _OF_TWO else 'one alternative'}")
    try:
        limit = float(number) * _FACTORS[unit]
    except ValueError:
        refuse(f"--fail-if '{text}': found '{number}'; a number is needed")
    return Condition(text, figure, (a,) if b is None else (a, b), sign, limit)
