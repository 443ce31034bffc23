"""Process quality: how well a provider triages, changes and hands over; the third leg of a service beside technology and people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, Literal

from itilsim.kinds.again import never_accepted
from itilsim.kinds.block import Block, Relationship
from itilsim.kinds.leaf import Share
from itilsim.kinds.lowering import Lowering
from itilsim.kinds.pace import slowed
from itilsim.kinds.wording import percent
from itilsim.plan import rows
from itilsim.plan.specs import Times


class Process(Block):
    """Process quality of a relationship's teams, each a share: 1 is what the other blocks state.

    `triage` is the speed of all triage; `change` the share of changes and deliveries fit to be accepted that gets accepted; `hand_over` the
    speed of work that one team takes over from another, which has to find out again what is known already. With any at nought the service
    fails: nothing is triaged, no change comes through, or what is handed over is never done.
    """

    kind: Literal["process"] = "process"
    relationship: Relationship
    triage: Share
    change: Share
    hand_over: Share

    def conflicts(self, name: str, blocks: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
        teams = {team for team, block in blocks.get("teams", {}).items() if block.relationship == self.relationship}
        for other in never_accepted(teams, blocks) if self.change.low <= 0.0 else ():
            yield "change", f"found nought; '{other}' may take no time, and never accepted it would be done again without end"
        for other, block in blocks["processes"].items():
            if other < name and block.relationship == self.relationship:
                yield "relationship", f"found '{self.relationship}', of which '{other}' states the process quality already"

    def sentence(self, name: str) -> str:
        return (
            f"{self.say(name)}: triage goes at {percent(self.triage.likely)} of its speed, {percent(self.change.likely)} of good changes "
            f"are accepted, and what is handed over goes at {percent(self.hand_over.likely)} of its speed."
        )

    def lower(self, name: str, to: Lowering) -> None:
        to.product(f"{name}:triage", self.triage.number)
        to.product(f"{name}:hand-over", self.hand_over.number)
        to.last.append(lambda: self.lower_works(name, to))

    def lower_works(self, name: str, to: Lowering) -> None:
        """Lower what the quality does to each work of the relationship's teams, once all works are known."""
        taken_over = self.taken_over(to)
        for work in self.works(to):
            if work.endswith(":triage"):
                slowed(work, f"{name}:triage", to)
            if work in taken_over:
                slowed(work, f"{name}:hand-over", to)
            self.lower_change(work, to)

    def lower_change(self, work: str, to: Lowering) -> None:
        """Lower acceptance: what would be accepted is, in the share `change`."""
        spec = to.specs.works[work]
        if not spec.failure.endswith(":refused"):
            return
        change = self.change.number
        refused = to.product(f"{work}:refused-here", 1.0, Times(spec.failure, a=1.0 - change, b=change))
        to.specs.works[work] = replace(spec, failure=refused)

    def works(self, to: Lowering) -> list[str]:
        """Give the works of the relationship's teams, sorted."""
        teams = {team for team, block in to.blocks("teams").items() if block.relationship == self.relationship}
        return sorted(work for work, spec in to.specs.works.items() if spec.team in teams)

    def taken_over(self, to: Lowering) -> set[str]:
        """Give the works that follow at once from the end of another team's work."""
        found = set()
        for spec in to.specs.works.values():
            for bundle in (spec.done, spec.failed):
                for effect in to.specs.effects.get(bundle, {}).values():
                    if effect.verb == rows.ENQUEUE and to.specs.works[effect.target].team != spec.team:
                        found.add(effect.target)
        return found
