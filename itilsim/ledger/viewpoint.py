"""A viewpoint is how one stakeholder sees a ledger: value depends on who looks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from itilsim.plan.accounts import Account

Attitude = Literal["mean", "cvar"]


@dataclass(frozen=True)
class Viewpoint:
    """What a stakeholder of a party perceives: own weights, own discount rate, aversion to loss, attitude to risk.

    `weight` gives what one unit of an account counts for; accounts of the consolidated `party` are looked at. `discount_rate` is effective
    a year. `loss_aversion` multiplies the total of a world where it is negative. `attitude` says what the stakeholder decides by over the
    worlds: their mean, or the mean of the worst share `tail` of them. `role` is `sponsor` for whoever signs. `perceives` says in
    words what the weights do.
    """

    name: str
    title: str
    party: str
    discount_rate: float
    loss_aversion: float
    weight: Callable[[Account], float]
    attitude: Attitude = "mean"
    tail: float = 0.05
    role: str = ""
    perceives: str = ""

    def sentence(self) -> str:
        """Say in words how this stakeholder looks at things."""
        said = [self.perceives.rstrip(".")] if self.perceives else []
        said.append(f"discounts at {self.discount_rate * 100:g} % a year")
        if self.loss_aversion != 1.0:
            said.append(f"feels a loss {self.loss_aversion:g} times")
        by = "the mean" if self.attitude == "mean" else f"the mean of the worst {self.tail * 100:g} %"
        said.append(f"decides by {by}")
        return "; ".join(said)
