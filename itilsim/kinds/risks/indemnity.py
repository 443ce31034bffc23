"""What the provider repays of a loss: nothing where there is no contract, or where the loss is its own."""

from __future__ import annotations

from typing import Any

from itilsim.kinds.leaf import Leaf
from itilsim.kinds.lowering import Lowering


def repaid_by_provider(source: str, relationship: str, party: str, share: Leaf, to: Lowering) -> dict[str, Any]:
    """Give what a line of loss of a party says of its indemnity: account, share, and the liability that is left."""
    contract = to.block("relationships", relationship)
    if contract.kind != "contract" or contract.provider == party:
        return {}
    account = to.account(party, source, "risk", to=contract.provider)
    return {"indemnity": account, "share": share.number, "liability": f"{relationship}:liability"}
