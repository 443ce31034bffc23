"""A premium: what those who are hired for a skill cost above others, as long as they stay and whatever becomes of the skill."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal

from itilsim.kinds.block import Block, Party, Ref, Titles
from itilsim.kinds.leaf import Share, UserFee, UserPrice
from itilsim.kinds.lowering import Lowering
from itilsim.kinds.story import Slot
from itilsim.kinds.wording import percent


class Premium(Block):
    """Of those who come in place of leavers the share `anyway` would have `skill` without being looked for; the others who have it
    (`skilled_hires` of the skill above that) cost `search` each to find, and `premium` a month more than people without it, growing
    with wages, until they leave like others do. The premium does not end where the skill is forgotten. `party` pays `to`.
    """

    kind: Literal["premium"] = "premium"
    party: Party
    to: Party
    skill: Annotated[str, Ref("skills")]
    anyway: Share
    search: UserFee
    premium: UserPrice

    def conflicts(self, name: str, blocks: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
        hired = blocks["skills"][self.skill].skilled_hires
        if self.anyway.high > hired.low:
            yield "anyway", f"found {self.anyway.high:.0%}; of those who come {hired.low:.0%} have '{self.skill}', looked for or not"

    def sentence(self, name: str) -> str:
        return (
            f"{self.say(name)}: whoever is hired for {self.skill} (beyond the {percent(self.anyway.likely)} who have it anyway) costs "
            f"{self.search.likely:,.0f} to find and {self.premium.likely:,.0f} a month more for as long as they stay, kept or forgotten."
        )

    def sources(self, name: str, titles: Titles) -> dict[str, str]:
        title = titles.of("skills", self.skill)
        return {f"{name} search": f"looking for people with {title}", f"{name} pay": f"paying people with {title} more"}

    def slots(self, name: str, titles: Titles) -> dict[str, Slot]:
        return {f"{name}:people": Slot(f"people hired for {titles.of('skills', self.skill)}", share=False, steady=True)}

    def lower(self, name: str, to: Lowering) -> None:
        n, skill = name, to.block("skills", self.skill)
        left = skill.left_a_month()
        sought = (skill.skilled_hires.number - self.anyway.number) * left
        come = to.product(f"{n}:come", sought, f"users:{skill.users}")
        stock = to.stock(f"{n}:people")
        stay = to.product(f"{n}:stay", 1.0 - left, stock, plus=come)
        to.move(f"{n}:come-and-go", stock, stay, up=1.0, down=1.0, order=6)
        to.charge(f"{n}:search", to.account(self.party, f"{n} search", to=self.to), self.search.number, scale=come)
        paid = to.product(f"{n}:paid", 1.0, stock, "wages")
        to.charge(f"{n}:pay", to.account(self.party, f"{n} pay", to=self.to), self.premium.number, scale=paid)
        to.measure(f"{n}:people", slot=stock)
