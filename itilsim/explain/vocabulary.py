"""The vocabulary of a story: what a plan's names are called, through the blocks of the alternative."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from itilsim.case.case import Alternative
from itilsim.case.titles import source_titles

LONGEST = 60
"""How many letters of a title are still a name; a longer one is told by its block's name."""
EVENTFUL = (
    "failures", "risks", "changes", "deliveries", "demand", "upkeep", "capacities", "controls", "relationships", "prices", "costs", "teams",
    "promises",
)  # fmt: skip
"""Sections whose blocks name streams, works, bundles, losses, decisions and service levels, in the order in which a name is looked up."""
OF_STOCKS = {
    "trust": "trust of {consumer} in {provider}",
    "goodwill": "trust of {provider} in {consumer}",
    "engagement": "effort of {consumer}",
    "commitment": "effort of {provider}",
    "shock": "shock to the trust of {consumer}",
    "liability": "what {provider} is still liable for",
}


@dataclass(frozen=True)
class Named:
    """A name of a plan taken apart: the section and block that it belongs to ("" and None: of none), and what follows the block's name.

    `detail` is the priority of a request or the step of a service level.
    """

    section: str
    name: str
    block: Any
    rest: str
    detail: str = ""


class Vocabulary:
    """Turns names of a plan into words; where no block knows a name, the name itself is read as words."""

    def __init__(self, alternative: Alternative) -> None:
        self.blocks = alternative.blocks
        self.parties = alternative.case.party_titles
        self.sources = source_titles(alternative.blocks)

    def party(self, name: str) -> str:
        """Give the title of a party."""
        return self.parties.get(name, in_words(name))

    def block(self, section: str, name: str) -> str:
        """Give the title of a block, or its name in words; a relationship is called by its provider."""
        held = self.blocks.get(section, {}).get(name)
        if section == "relationships":
            return self.relationship(name)["provider"]
        title = in_words(name) if held is None else str(held.say(name))
        return title if len(title) <= LONGEST else in_words(name)

    def relationship(self, name: str) -> dict[str, str]:
        """Give the titles of the provider and the consumer of a relationship."""
        held: Any = self.blocks.get("relationships", {}).get(name)
        if held is None:
            return {"provider": "the provider", "consumer": "the consumer"}
        return {"provider": self.party(held.provider), "consumer": self.party(held.consumer)}

    def taken_apart(self, name: str, sections: tuple[str, ...] = EVENTFUL) -> Named:
        """Find the block of an event's name: `outage:remote` is `remote` of the failure `outage`; demand has a priority."""
        head, _, rest = name.partition(":")
        for section in sections:
            held = self.blocks.get(section, {})
            if head in held:
                return Named(section, head, held[head], rest)
        for section, mark in (("demand", "-"), ("promises", " ")):
            for own, block in self.blocks.get(section, {}).items():
                if section in sections and head.startswith(own + mark):
                    return Named(section, own, block, rest, head[len(own) + 1 :])
        return Named("", head, None, rest)

    def event(self, name: str) -> str:
        """Give the title of the block that an event's name belongs to, with the priority of a request."""
        named = self.taken_apart(name)
        return self.block(named.section, named.name) + (f" ({named.detail})" if named.detail else "")

    def source(self, name: str) -> str:
        """Give the title of a source of money: `support pay` is the pay of the team `support`."""
        return self.sources.get(name, in_words(name))

    def slot(self, name: str) -> str:
        """Give the title of a stock or level that people talk about, "" for one that is machinery."""
        head, _, rest = name.partition(":")
        if head in self.blocks.get("relationships", {}) and rest in OF_STOCKS:
            return OF_STOCKS[rest].format(**self.relationship(head))
        if head in self.blocks.get("services", {}):
            title = self.block("services", head)
            if rest == "gap":
                return f"requirements that {title} meets"
            if rest in ("availability", "continuity", "capacity", "security"):
                return f"{rest} of {title}"
            return f"adoption of {title}" if rest == "adoption" else ""
        if head in self.blocks.get("teams", {}) and rest == "people":
            return f"people of {self.block('teams', head)}"
        return ""


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
