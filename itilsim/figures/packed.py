"""Numbers of many single futures, packed for the page: whole steps of an amount, each month by its difference from the one before."""

from __future__ import annotations

from dataclasses import dataclass
from math import floor, log10
from typing import Any

import numpy as np

from itilsim.figures.wording import Catalogue
from itilsim.tables.result import Floats
from itilsim.text.wording import spelling

FIGURES = 4
"""Figures of the largest dot's amount that a step keeps."""


@dataclass(frozen=True)
class Steps:
    """What amounts are counted in: `step` in currency; people read them in a `unit` of so much currency with so many decimals."""

    step: float
    unit: float
    decimals: int
    name: str

    @classmethod
    def of(cls, largest: float, catalogue: Catalogue) -> Steps:
        """Chooses the step for amounts up to a size, and the language's largest unit that needs two decimals at most."""
        step = 10.0 ** (floor(log10(largest)) - FIGURES + 1) if largest > 0 else 1.0
        spelled = spelling(catalogue.code)
        unit, power = next(((scale, power) for scale, power in spelled.scales if scale <= 100 * step), (1.0, ""))
        name = spelled.money.format(amount=power.strip(), currency=catalogue.currency).strip()
        return cls(step, unit, max(0, round(log10(unit / step))), name)

    def counted(self, amounts: Floats) -> Floats:
        """Counts amounts in steps, to the nearest."""
        return np.asarray(np.rint(amounts / self.step))

    def shared(self, parts: Floats) -> Floats:
        """Counts parts in steps so that they add up to their counted sum: the parts with the largest rests go up."""
        exact = parts / self.step
        down = np.floor(exact)
        missing = int(np.rint(exact.sum()) - down.sum())
        down[np.argsort(down - exact, kind="stable")[:missing]] += 1
        return np.asarray(down)

    def read(self, counted: Floats) -> list[float]:
        """Gives counted amounts in the unit that people read."""
        return [round(float(each), 6) for each in np.atleast_1d(counted) * (self.step / self.unit)]

    def spelled(self, catalogue: Catalogue) -> dict[str, Any]:
        """Gives what the page needs to spell a counted amount."""
        signs = spelling(catalogue.code)
        return {
            "per": self.step / self.unit,
            "decimals": self.decimals,
            "name": self.name,
            "decimal": signs.decimal,
            "group": signs.group,
            "minus": signs.minus,
        }


def differences(course: Floats) -> str:
    """Packs whole numbers by their differences, the first as it is."""
    return " ".join(f"{each:.0f}" for each in np.diff(course, prepend=0.0))


def sparse(parts: Floats) -> str:
    """Packs whole numbers that are mostly nought as "place:number"."""
    return " ".join(f"{place}:{parts[place]:.0f}" for place in np.flatnonzero(parts))


def percents(course: Floats) -> str:
    """Packs shares of 1 as whole per cents, "-" for none."""
    return " ".join("-" if np.isnan(each) else f"{100 * each:.0f}" for each in course)
