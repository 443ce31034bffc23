"""An organization: a legal person, a department of one, or an outside account such as hosting or the public."""

from __future__ import annotations

from typing import Literal

from itilsim.kinds.block import Block, OptionalParty
from itilsim.kinds.leaf import Money
from itilsim.kinds.lowering import Lowering


class Organization(Block):
    """A party with an account of its own.

    An outside account with a `tolerance` is of people whom the relationship must not hurt by more than that; one without is a market,
    to which payments are no loss.

    `parent` names the organization of which it is a department; `contracting` is False for outside accounts, whose gain is no part of
    the question whether all contracting parties gain.
    """

    kind: Literal["organization"] = "organization"
    parent: OptionalParty = ""
    contracting: bool = True
    tolerance: Money | None = None

    def sentence(self, name: str) -> str:
        if self.parent:
            return f"{self.say(name)} is a department of {self.parent}."
        return f"{self.say(name)} is {'a contracting party' if self.contracting else 'an outside account'}."

    def lower(self, name: str, to: Lowering) -> None:
        """A party needs no rows: postings name it."""
