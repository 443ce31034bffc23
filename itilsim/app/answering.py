"""What the server answers to a state: the sentences at once, then the report's figures, again whenever there are many more worlds."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

from itilsim.app.changes import changes
from itilsim.app.desk import Desk, Opened
from itilsim.app.state import Refused, State, read_state
from itilsim.figures.figure import Figure, figures
from itilsim.figures.wording import Catalogue
from itilsim.live.asked import Asked, GivenUp
from itilsim.live.held import Held
from itilsim.pages.answer import answer, headline
from itilsim.pages.catalogue import languages, open_catalogue
from itilsim.pages.drawn import drawn
from itilsim.study.subject import WrongRequest
from itilsim.tables.net_value import read_strip
from itilsim.text.faults import FaultyInput

LAST = 10
"""Figures up to this number are drawn; those for researchers stay in the report."""
AT_ONCE = 0
"""Figures up to this number come with the first answer."""
GROWN = 2
"""Figures are drawn again once there are so many times the worlds that they were drawn from."""

Told = dict[str, Any]


class Answers:
    """Answers what a page asks about an opened case."""

    def __init__(self, desk: Desk) -> None:
        """Takes the desk on which cases lie open."""
        self.desk = desk
        self.figures = tuple(each for each in figures() if each.number <= LAST)

    def look(self, data: Any) -> Told | None:
        """Answers a look at a state: None where a newer question came meanwhile.

        `drawn` is from how many worlds the page's figures were drawn, nought where they are of another state.
        """
        serial = data.get("serial") if isinstance(data, Mapping) else None
        try:
            case, catalogue = self._asked_about(data)
            state = read_state(data.get("state"), case.case, case.levers)
            pinned = None if data.get("pinned") is None else read_state(data["pinned"], case.case, case.levers)
            return {"serial": serial} | self._told(case, state, pinned, int(data.get("drawn") or 0), catalogue)
        except GivenUp:
            return None
        except (Refused, WrongRequest, FaultyInput) as fault:
            return {"serial": serial, "fault": _sentences(fault)}

    def _asked_about(self, data: Any) -> tuple[Opened, Catalogue]:
        if not isinstance(data, Mapping):
            raise Refused("a question is a table")
        opened = self.desk.open(data.get("case"))
        code = data.get("language")
        return opened, open_catalogue(code if code in languages() else languages()[0], opened.case.currency)

    def _told(self, opened: Opened, state: State, pinned: State | None, before: int, catalogue: Catalogue) -> Told:
        asked = opened.ask(state, pinned)
        held = asked.snapshot() if before else asked.first
        result = _in(held, catalogue)
        strip = read_strip(result)
        worlds = strip.values.futures
        everything = before > 0 and (worlds >= GROWN * before or (asked.is_done and worlds > before))
        told = _progress(asked, worlds, catalogue)
        if not before:
            told["saying"] = catalogue.together(answer(strip, catalogue)).replace("**", "")
            told["pieces"], told["data"] = self._pieces(result, catalogue, AT_ONCE)
        elif everything or before == 1:
            told["pieces"], told["data"] = self._pieces(result, catalogue, LAST)
        told["headline"] = headline(strip, catalogue)
        if pinned is not None:
            told["changes"] = self._changes(opened, pinned, result, asked, catalogue)
        return told

    def _pieces(self, result: Held, catalogue: Catalogue, last: int) -> tuple[list[list[str]], dict[str, str]]:
        """Gives (name, HTML) for each figure up to a number, and the data of those that are drawn in the browser."""
        pieces, data = [], {}
        for figure in self.figures:
            if figure.number <= last and (made := _drawn(figure, result, catalogue)) is not None:
                pieces.append([made.name, made.html])
                data[made.name] = made.data
        return pieces, data

    def _changes(self, opened: Opened, pinned: State, now: Held, asked: Asked, catalogue: Catalogue) -> str:
        """Compares with a pinned state as far as both were lived; the rest of the pinned one follows once the present one is done."""
        known = opened.complete(pinned) if asked.is_done and asked.worlds >= asked.wanted else opened.known(pinned)
        if known is None:
            return f'<p class="note">{escape(catalogue.say("app.changes-wait"))}</p>'
        return changes(_in(known.snapshot(), catalogue), now, catalogue)


def _drawn(figure: Figure, result: Held, catalogue: Catalogue) -> Any:
    return drawn(figure, result, catalogue)


def _in(held: Held, catalogue: Catalogue) -> Held:
    """Gives a result with its texts in the language of the page."""
    said = held.in_language(catalogue.code)
    assert isinstance(said, Held)
    return said


def _progress(asked: Asked, worlds: int, catalogue: Catalogue) -> Told:
    is_done = asked.is_done and worlds >= asked.wanted
    key = "app.done" if is_done else "app.sharpening"
    how = catalogue.say("app.was-priced" if asked.priced else "app.was-simulated")
    status = catalogue.say(key, worlds=worlds, wanted=asked.wanted)
    return {"worlds": worlds, "wanted": asked.wanted, "done": is_done, "status": f"{status} {how}"}


def _sentences(fault: Exception) -> list[str]:
    return [each.message for each in fault.faults] if isinstance(fault, FaultyInput) else [str(fault)]
