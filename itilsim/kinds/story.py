"""What a kind says of the rows that it makes, for the story of one world: events, month ends, and stocks that people talk about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Summed = Literal["never", "very often", "often", "always"]


@dataclass(frozen=True)
class Step:
    """What a story says of an event: a sentence without capital letter and full stop, "" for one that only passes something on.

    "{elapsed}" in it stands for the time since the occurrence began, "{open}" for the office hours of it. Where nothing follows at once -
    no money, no move of what people talk about, no other event - `alone` is said instead (None: the same).
    """

    sentence: str
    alone: str | None = None
    called: str = ""
    """What the occurrences of a stream are called where they are counted: "outages"."""
    summed: Summed = "never"
    """When the occurrences of a stream are summed up and not told one by one.

    Never, where there are more than 24 a year ("very often"), where there are more than four ("often"), or always. A decision that is
    always summed up is a part of its month.
    """
    shows: tuple[str, ...] = ()
    """Stocks whose moves at the same month end are told with this event."""


PASSES_ON = Step("")
"""A step that only hands work on, or is told by what follows."""


@dataclass(frozen=True)
class Notice:
    """What a story says of a stock that moves at a month end; "{after}" stands for its new value, "{percent}" for that of a share.

    An empty sentence is not told.
    """

    rises: str = ""
    falls: str = ""
    least: float = 0.0
    """The smallest move that is told."""
    source: str = ""
    """Money of this source that is posted later is a consequence of the move."""
    shock: str = ""
    """A stock whose rise explains a fall: it is then told as a step of the event that gave the shock, as `then`, with moves of `along`."""
    then: str = ""
    along: tuple[str, ...] = ()
    clock: str = ""
    """Told only where this stock, an age in months, is at `offset` or any number of `every` months after it."""
    offset: int = 0
    every: int = 1

    def is_due(self, age: float) -> bool:
        """Say whether a move at this age is told."""
        return age >= self.offset and (age - self.offset) % self.every == 0.0


@dataclass(frozen=True)
class Slot:
    """What people call a stock or level whose moves a story tells: a share, or else a number or an amount.

    Steady ones move month after month; a stretch of quiet months tells how far.
    """

    title: str
    share: bool = True
    steady: bool = False
