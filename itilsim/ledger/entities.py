"""Entities: a party together with its departments, and the accounts that remain when transfers inside are eliminated."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from itilsim.plan.accounts import Account, Component

Parents = Mapping[str, str | None]


class Cell(NamedTuple):
    """One line of a party's statement: what a source brought or took as an outcome, a cost or a risk."""

    source: str
    component: Component


@dataclass(frozen=True)
class Entity:
    """A party with all departments below it."""

    name: str
    members: frozenset[str]

    def positions(self, accounts: Sequence[Account]) -> tuple[int, ...]:
        """Give the positions of the entity's accounts, transfers inside it left out, in the order of the accounts' names.

        The order is that of names, not of columns: a plan with reordered rows gives the same sums to the last bit.
        """
        own = (
            (account, at)
            for at, account in enumerate(accounts)
            if account.party in self.members and account.counterparty not in self.members
        )
        return tuple(at for _, at in sorted(own))

    def cells(self, accounts: Sequence[Account]) -> dict[Cell, tuple[int, ...]]:
        """Give the positions of the accounts of each cell, cells in the order of their names."""
        found: dict[Cell, list[int]] = {}
        for at in self.positions(accounts):
            found.setdefault(Cell(accounts[at].source, accounts[at].component), []).append(at)
        return {cell: tuple(found[cell]) for cell in sorted(found)}


def entities(parents: Parents) -> dict[str, Entity]:
    """Give each party of a tree as an entity, in the order of the tree's listing."""
    members: dict[str, set[str]] = {party: {party} for party in parents}
    for party in parents:
        above = parents[party]
        while above is not None:
            members[above].add(party)
            above = parents[above]
    return {party: Entity(party, frozenset(names)) for party, names in members.items()}


def legal_person(parents: Parents, party: str) -> str:
    """Give the legal person that a party is or belongs to: the top of its tree."""
    while (above := parents.get(party)) is not None:
        party = above
    return party
