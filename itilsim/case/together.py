"""What the alternatives of one case have to agree on, since they live in the same worlds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from itilsim.text.faults import Fault

if TYPE_CHECKING:
    from itilsim.case.case import Alternative
    from itilsim.case.sources import Merged


def disagreements(alternatives: Mapping[str, Alternative], raw: Mapping[str, Merged]) -> Iterator[Fault]:
    """Give a fault for each input unknown to the planner, and each stakeholder, that two alternatives state as two different things.

    An unknown input is drawn once a world for all alternatives; a stakeholder sees the accounts of one party in all of them.
    """
    inputs: dict[str, tuple[str, Any]] = {}
    parties: dict[str, tuple[str, str]] = {}
    for name, alternative in alternatives.items():
        for leaf in alternative.leaves():
            if not leaf.unknown:
                continue
            drawn = leaf.over_worlds()
            first, known = inputs.setdefault(leaf.key, (name, drawn))
            if known != drawn:
                yield raw[name].fault(
                    tuple(int(part) if part.isdigit() else part for part in leaf.key.split(".")),
                    f"found another range here than in '{first}'; an input that is not known is one thing in all alternatives: give it one "
                    "range, or make the difference a quantity of its own",
                )
        who_looks: Mapping[str, Any] = alternative.blocks.get("stakeholders", {})
        for who, block in who_looks.items():
            first, party = parties.setdefault(who, (name, block.party))
            if party != block.party:
                yield raw[name].fault(
                    ("stakeholders", who, "party"),
                    f"found '{block.party}', but '{party}' in '{first}'; a stakeholder is of one party: give this one its own name",
                )
