"""A story: what one world held in store under one alternative, and what followed from it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from itilsim.case.case import Alternative
from itilsim.explain.pieces import Happening, Stretch, Unknown
from itilsim.explain.statement import Line
from itilsim.explain.telling import NARROWEST, Frame, tell_course, tell_ledger, tell_unknown, wrapped
from itilsim.explain.vocabulary import Vocabulary
from itilsim.text.shown import Shown
from itilsim.text.wording import in_sentence


@dataclass(frozen=True)
class Story(Shown):
    """The story of one world under one alternative; `str()` tells it."""

    alternative: Alternative
    seed: int
    replication: int
    decision_maker: str
    currency: str
    unknowns: tuple[Unknown, ...]
    happenings: tuple[Happening, ...]
    stretches: tuple[Stretch, ...]
    lines: tuple[Line, ...]
    total: float
    """Present value of all postings to the decision maker, consolidated."""
    occurrences: dict[str, frozenset[tuple[int, int]]]
    """For each stream the (layer, candidate) of what happened."""
    quiet_values: dict[str, float]
    """For each stream that is summed up, its present value to the decision maker."""
    months_values: dict[str, float]
    """For each source, the present value to the decision maker of what month ends charged and no happening explains."""

    words: Vocabulary = field(repr=False)

    @property
    def frame(self) -> Frame:
        """What its sentences need to know of the case."""
        case = self.alternative.case
        return Frame(self.currency, case.party_titles[self.decision_maker], case.horizon)

    def told(self, width: int) -> Iterator[str]:
        """Tell the story line by line, none wider than `width` (60 at least)."""
        width, frame = max(width, NARROWEST), self.frame
        yield from wrapped(
            f"{self.alternative.case.title}: {in_sentence(self.alternative.title)}, world {self.replication} of seed {self.seed}, played "
            f"again in the reference engine. Amounts in {self.currency}; a minus is borne. Months have 730 hours and hour 0 is a Monday.",
            width,
        )
        yield from ["", "What the planner did not know, and how it came out"]
        for unknown in self.unknowns:
            yield from wrapped(tell_unknown(unknown, frame), width, indent="  ")
        if not self.unknowns:
            yield "  nothing: every input is taken as known"
        yield from ["", "What happened"]
        yield from tell_course(self.happenings, self.stretches, frame, width)
        yield from ["", *tell_ledger(self.lines, self.total, frame, width)]

    def __str__(self) -> str:
        return "\n".join(self.told(100))
