"""The answer to a look at a state: the sentences at once, then the report's figures, again whenever there are many more worlds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from html import escape
from typing import Any

from itilsim.app.changes import changes
from itilsim.app.desk import Opened
from itilsim.app.seen import GAINS, headline_as_seen, seen_by
from itilsim.app.seen import LAST as LAST_SEEN
from itilsim.app.state import State
from itilsim.figures import one_future
from itilsim.figures.figure import Figure, figures
from itilsim.figures.wording import Catalogue, Mid
from itilsim.live.asked import Asked, GivenUp
from itilsim.live.held import Held
from itilsim.pages.answer import answer, headline
from itilsim.pages.catalogue import open_catalogue
from itilsim.pages.drawn import Drawn, drawn
from itilsim.pages.report import ON_DEMAND
from itilsim.tables.net_value import Strip, read_strip

LAST = 10
"""Figures up to this number are drawn; those for researchers stay in the report."""
AT_ONCE = 0
"""Figures up to this number come with the first answer."""
GROWN = 2
"""Figures are drawn again once there are so many times the worlds that they were drawn from."""
FIRST_LOOK, SECOND_LOOK = 0, 1
"""What a page sends for the worlds of its figures at its first look at a state, and at its second, which brings every figure."""
Told = dict[str, Any]


def look(opened: Opened, state: State, pinned: State | None, before: int, catalogue: Catalogue) -> Told:
    """Answers a look at a state; `before` is from how many worlds the page's figures were drawn.

    Raises GivenUp where a newer question came meanwhile.
    """
    if pinned is not None:
        pinned = replace(pinned, party=state.party, stakeholder=state.stakeholder)
    asked = opened.ask(state, pinned)
    held = in_language(asked.first if before == FIRST_LOOK else asked.snapshot(), catalogue)
    seen = held if state.stakeholder is None else seen_by(held, state.stakeholder)
    strip = read_strip(seen)
    worlds = strip.values.futures
    told = _progress(asked, held, catalogue) | {"headline": _headline(strip, held, state, catalogue)}
    drawing = Drawing(held, seen, catalogue, lambda: opened.known(state) is asked)
    if before == FIRST_LOOK:
        told |= drawing.upto(AT_ONCE) | {"saying": _saying(strip, catalogue)}
    elif before == SECOND_LOOK or (told["done"] and worlds > before):
        told |= drawing.upto(LAST) | {"whole": True}
    elif worlds >= GROWN * before:
        told |= drawing.upto(ON_DEMAND - 1)
    if pinned is not None:
        told |= _changes(opened, pinned, seen, asked, catalogue)
    return told


def _headline(strip: Strip, held: Held, state: State, catalogue: Catalogue) -> str:
    if state.stakeholder is None:
        return headline(strip, catalogue)
    return headline_as_seen(strip, held.title_of("stakeholders", state.stakeholder), catalogue)


def in_language(held: Held, catalogue: Catalogue) -> Held:
    """Gives a result with its texts in the language of the page."""
    said = held.in_language(catalogue.code)
    assert isinstance(said, Held)
    return said


def _saying(strip: Strip, catalogue: Catalogue) -> str:
    """Gives the answer as a screen reader says it, once for each state."""
    return catalogue.together(answer(strip, catalogue)).replace("**", "")


@dataclass(frozen=True)
class Drawing:
    """The figures of a result, `held`, or of it as a stakeholder sees it, `seen`; drawn for as long as they are asked for."""

    held: Held
    seen: Held
    catalogue: Catalogue
    is_asked_for: Callable[[], bool]

    def upto(self, last: int) -> Told:
        """Gives (name, HTML) for each figure up to a number, and the data of those that are drawn in the browser.

        What a stakeholder sees has the figures of its values, and those of who gains. Raises GivenUp where something newer is asked for.
        """
        pieces: list[list[str]] = []
        data: dict[str, str] = {}
        for figure in (each for each in figures() if each.number <= last):
            if not self.is_asked_for():
                raise GivenUp("a newer question was asked while the figures were drawn")
            if (made := self._drawn(figure)) is not None:
                pieces.append([made.name, made.html])
                data[made.name] = made.data + self._beside(figure)
        return {"pieces": pieces, "data": data}

    def _beside(self, figure: Figure) -> str:
        """Gives the numbers that the report has once for all languages, with its English text; a page of the app has one language."""
        if figure.number != one_future.number or self.catalogue.code == "en":
            return ""
        return one_future.shared_numbers(one_future.table(self.held), open_catalogue("en", self.held.currency))

    def _drawn(self, figure: Figure) -> Drawn | None:
        is_held = self.seen is self.held or figure.number == GAINS
        if not is_held and figure.number > LAST_SEEN:
            return None
        return drawn(figure, self.held if is_held else self.seen, self.catalogue, folded=figure.number >= ON_DEMAND)


def _changes(opened: Opened, pinned: State, now: Held, asked: Asked, catalogue: Catalogue) -> Mapping[str, Any]:
    """Compares with a pinned state as far as both were lived; the rest of the pinned one follows once the present one is done."""
    is_free = asked.is_done and asked.worlds >= asked.wanted
    known = opened.complete(pinned) if is_free else opened.known(pinned)
    if known is None:
        return {"changes": f'<p class="note">{escape(catalogue.say("app.changes-wait"))}</p>', "waits": True}
    before = in_language(known.snapshot(), catalogue)
    if pinned.stakeholder is not None:
        before = seen_by(before, pinned.stakeholder)
    return {"changes": changes(before, now, catalogue), "waits": before.replications < now.replications}


def _progress(asked: Asked, held: Held, catalogue: Catalogue) -> Told:
    """Says how many worlds are done, how they came about, and which alternatives are still to come."""
    worlds = held.replications
    is_done = asked.is_done and worlds >= asked.wanted
    how = catalogue.say("app.was-priced" if asked.priced else "app.was-simulated")
    said = [catalogue.say("app.done" if is_done else "app.sharpening", worlds=worlds, wanted=asked.wanted), how]
    there = {entry["name"] for entry in held.manifest["alternatives"]}
    lacking = [held.said(asked.case[name].title) for name in asked.wish.alternatives if name not in there]
    if lacking:
        said.append(catalogue.say("app.to-come", alternatives=catalogue.listed([catalogue.word(Mid(title)) for title in lacking])))
    return {"worlds": worlds, "wanted": asked.wanted, "done": is_done, "status": catalogue.together(said)}
