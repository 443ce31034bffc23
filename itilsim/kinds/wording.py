"""How kinds spell shares, numbers of things and lengths of time in their sentences."""

from __future__ import annotations

from itilsim.kinds.lowering import HOURS_A_MONTH
from itilsim.text.dimension import plural


def percent(share: float) -> str:
    """Spell a share: "50 %", "99.95 %", "0.35 %"."""
    return f"{share * 100.0:.4g} %"


def counted(number: float, noun: str) -> str:
    """Spell a number of things, named by the singular: "1 person", "2.5 people"."""
    spelt = f"{number:,.6g}"
    return f"{spelt} {noun if spelt == '1' else plural(noun)}"


def months(hours: float) -> str:
    """Spell a length of time in months of 730 hours: "1 month", "2.5 months"."""
    return counted(float(f"{hours / HOURS_A_MONTH:.3g}"), "month")


def every(hours: float) -> str:
    """Spell how often something comes: "every month", "every 6 months"."""
    spelt = months(hours)
    return f"every {'month' if spelt == '1 month' else spelt}"
