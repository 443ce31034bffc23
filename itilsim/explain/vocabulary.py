"""The vocabulary of a story: what a plan's names are called, as the blocks of the alternative say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from itilsim.case.case import Alternative
from itilsim.case.titles import source_titles
from itilsim.kinds.block import Titles
from itilsim.kinds.story import Notice, Slot, Step

OTHERWISE = {
    "due": "is due", "decision": "is decided", "done": "is done", "not accepted": "is not accepted", "gives up": "is given up",
    "loss": "is lost",
}  # fmt: skip
"""What is said of events of which no block says anything."""


@dataclass(frozen=True)
class Named:
    """What is said of an event, and of which block it is (its section and name; the row's name where no block knows it)."""

    step: Step
    owner: str


class Vocabulary:
    """Turns names of a plan into words; where no block knows a name, the name itself is read as words."""

    def __init__(self, alternative: Alternative) -> None:
        self.parties = alternative.case.party_titles
        self.sources = source_titles(alternative.blocks)
        self.steps: dict[str, Named] = {}
        self.notices: dict[str, Notice] = {}
        self.slots: dict[str, Slot] = {}
        titles = Titles(alternative.blocks)
        self.steps["start start"] = Named(Step("the time looked at begins"), "start")
        for section, held in sorted(alternative.blocks.items()):
            for name, block in sorted(held.items()):
                self._learn(f"{section} {name}", block.steps(name, titles))
                self.notices |= block.notices(name, titles)
                self.slots |= block.slots(name, titles)

    def _learn(self, owner: str, steps: Mapping[str, Step]) -> None:
        """Add what a block says; where two speak of one event, both are heard."""
        for event, step in steps.items():
            known = self.steps.get(event)
            if known is not None and known.owner == "start":
                self.steps[event] = Named(step, owner)
            elif known is not None and step.sentence not in known.step.sentence:
                both = "; ".join((known.step.sentence, step.sentence))
                self.steps[event] = replace(known, step=replace(known.step, sentence=both))
            elif known is None:
                self.steps[event] = Named(step, owner)

    def named(self, kind: str, name: str) -> Named:
        """Give what is said of an event, by its kind and the row that it is named after."""
        known = self.steps.get(f"{kind} {name}")
        if known is not None:
            return known
        words = in_words(name)
        return Named(Step(f"{words} {OTHERWISE.get(kind, 'happens')}", called=words), name)

    def party(self, name: str) -> str:
        """Give the title of a party."""
        return self.parties[name] if name in self.parties else in_words(name)

    def stream(self, name: str) -> str:
        """Give what the occurrences of a stream are called."""
        return self.named("stream", name).step.called

    def source(self, name: str) -> str:
        """Give the title of a source of money: `support pay` is the pay of the team `support`."""
        return self.sources[name] if name in self.sources else in_words(name)


def in_words(name: str) -> str:
    """Read a name as words."""
    return name.replace(":", ", ").replace("-", " ").replace("_", " ")


def as_sentence(text: str) -> str:
    """Give a text a capital letter and a full stop."""
    text = text.strip()
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "!", "?", ":")) else ".")


def span(hours: float) -> str:
    """Say how long something took, in hours, days or months of 730 hours."""
    if hours < 1.0:
        return f"{hours * 60.0:.0f} minutes"
    if hours < 48.0:
        return f"{hours:.1f} h"
    if hours < 3 * 730.0:
        return f"{hours / 24.0:.0f} days"
    return f"{hours / 730.0:.1f} months"


def moment(hour: float, month: int, horizon: int) -> str:
    """Say when something happens in a month (0, 1, ...): the day in it and the hour; hour 0 is a Monday, months have 730 hours."""
    if hour == (month + 1) * 730.0:
        return f"end of month {month + 1}"
    minute = int((hour % 24.0) * 60.0)
    day = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")[int(hour // 24.0) % 7]
    after = " (run-off)" if month >= horizon else ""
    return f"month {month + 1}{after}, day {int((hour - month * 730.0) // 24.0) + 1}, {day} {minute // 60:02d}:{minute % 60:02d}"
