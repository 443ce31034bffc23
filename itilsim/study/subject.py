"""What a study needs to know of a case, and of an engine: the seam between scenario files and simulation."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from itilsim.ledger.ledger import Ledger
from itilsim.ledger.viewpoint import Viewpoint

Engine = Callable[[Any, int, int, int], Ledger]
"""Lives worlds `first .. first + count - 1` of a plan: `engine(plan, seed, first, count)`."""


class WrongRequest(ValueError):
    """Signals that a study was asked for that cannot be run; its text is a sentence for the person who asked."""


class Option(Protocol):
    """One alternative of a case, as far as a study names it."""

    @property
    def name(self) -> str:
        """The name by which files and commands know it."""

    @property
    def title(self) -> str:
        """What people call it."""

    @property
    def sentence(self) -> str:
        """What it is, in one sentence."""

    @property
    def residual_value(self) -> float:
        """What it is still worth at the horizon, in the case's currency."""

    @property
    def source_titles(self) -> Mapping[str, str]:
        """What people call each source of money, by the name under which it is posted."""


class Accepted(Protocol):
    """Losses by risks that are accepted: over an amount in no more than a share of lifetimes."""

    @property
    def amount(self) -> float:
        """The loss in the whole time, in present value."""

    @property
    def chance(self) -> float:
        """The share of lifetimes."""

    @property
    def source(self) -> str:
        """Where this comes from."""


class Subject(Protocol):
    """A case, as far as a study reads it."""

    @property
    def name(self) -> str:
        """The name of the case's folder."""

    @property
    def title(self) -> str:
        """What people call the case."""

    @property
    def question(self) -> str:
        """What the planner wants to know."""

    @property
    def currency(self) -> str:
        """The currency of all amounts."""

    @property
    def horizon(self) -> int:
        """Months looked at."""

    @property
    def runoff(self) -> int:
        """Months after the horizon in which late discoveries count."""

    @property
    def discount_rate(self) -> float:
        """The rate of present values, effective a year."""

    @property
    def baseline(self) -> str:
        """The alternative that the others are measured against."""

    @property
    def decision_maker(self) -> str:
        """The party that decides, with all of its departments."""

    @property
    def alternatives(self) -> Mapping[str, Option]:
        """All alternatives, the baseline too, in the order of the case's file."""

    @property
    def parents(self) -> Mapping[str, str | None]:
        """The tree of parties: the party that each is a department of."""

    @property
    def party_titles(self) -> Mapping[str, str]:
        """What people call each party."""

    @property
    def contracting(self) -> tuple[str, ...]:
        """The legal persons whose gain is asked for when all are to gain."""

    @property
    def appetite(self) -> Accepted | None:
        """The losses by risks that the decision maker accepts, and how often, where the case states it."""

    @property
    def tolerances(self) -> Mapping[str, float]:
        """What outside people may lose at most for all to gain, in the case's currency, by party."""

    @property
    def viewpoints(self) -> tuple[Viewpoint, ...]:
        """How each stakeholder sees the ledger."""

    @property
    def source_files(self) -> Mapping[str, bytes]:
        """The files as read, by their names in the case's folder."""

    @property
    def fingerprint(self) -> str:
        """A hash of everything that moves a number."""

    @property
    def values(self) -> Mapping[str, Any]:
        """What was set over the files, on the command line or by a sheet, by key; with the files it gives the same case again."""

    @property
    def words(self) -> Mapping[str, Mapping[str, str]]:
        """What its texts are in other languages, by the language's code."""

    def inputs(self) -> list[dict[str, Any]]:
        """The inputs with their values, sources and trust."""

    def variants(self) -> Mapping[str, Subject]:
        """The same case under other horizons and caps, by what differs."""
