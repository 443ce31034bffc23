"""The desk: cases that lie open with their workbenches, and what is being looked at on each."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from threading import Event, Lock, Thread
from typing import Any

from itilsim.app.shelf import Shelf
from itilsim.app.state import Refused, State
from itilsim.case.case import Case
from itilsim.live.asked import Asked
from itilsim.live.lever import Lever, levers
from itilsim.live.workbench import WANTED, Workbench

MOST_OPEN = 2
"""Cases that lie open at once: each keeps the lifetimes that it lived."""
MOST_TABS = 100
LOOKED = 5.0
"""Seconds after which what nobody looks at any more is given up; it goes on where it stopped when somebody does again."""


@dataclass(eq=False)
class Opened:
    """A case that lies open."""

    case: Case
    bench: Workbench
    levers: tuple[Lever, ...]
    inputs: Mapping[str, Mapping[str, Any]]
    """Inputs that can be written by hand, by key."""
    wanted: int
    """How many worlds of a state are lived while it is looked at."""
    asked: dict[State, Asked] = field(default_factory=dict)
    """What was asked last, and what is pinned, by its state."""
    looked: float = 0.0
    newest: dict[str, int] = field(default_factory=dict)
    """The newest question of each tab by its serial number."""
    lock: Lock = field(default_factory=Lock)

    def is_newest(self, tab: object, serial: object) -> bool:
        """Says whether no newer question of a tab is known, and notes this one: questions may arrive in another order than asked."""
        if not isinstance(tab, str) or not isinstance(serial, int):
            return True
        with self.lock:
            before = self.newest.pop(tab, serial)
            self.newest[tab] = max(before, serial)
            while len(self.newest) > MOST_TABS:
                del self.newest[next(iter(self.newest))]
            return serial >= before

    def ask(self, state: State, pinned: State | None = None) -> Asked:
        """Gives the answer to a state, asked again where it was given up; all others but the pinned one are let go."""
        with self.lock:
            self.looked = time.monotonic()
            known = self._asked_again(state)
            kept = {pinned: self.asked[pinned]} if pinned in self.asked and pinned is not None else {}
            self.asked = kept | {state: known}
            return known

    def complete(self, pinned: State) -> Asked:
        """Gives the answer to a pinned state, whose worlds are lived on as far as nobody else needs the workbench."""
        with self.lock:
            self.asked[pinned] = known = self._asked_again(pinned)
            return known

    def _asked_again(self, state: State) -> Asked:
        known = self.asked.get(state)
        if known is not None and (not known.is_done or known.worlds >= known.wanted or known.fault is not None):
            return known
        values = state.values(self)
        return self.bench.ask(
            values, alternatives=state.alternatives, party=state.party, horizon=state.horizon, wanted=self.wanted
        )

    def known(self, state: State) -> Asked | None:
        """Gives what was asked about a state, None where it is not held any more."""
        with self.lock:
            return self.asked.get(state)

    def rest(self) -> None:
        """Gives up what nobody has looked at for a while."""
        with self.lock:
            if time.monotonic() - self.looked > LOOKED:
                for each in self.asked.values():
                    each.cancel()


class Desk:
    """Opens cases from the shelf, few at a time; safe to use from several threads."""

    def __init__(self, shelf: Shelf, *, seed: int = 1, wanted: int = WANTED) -> None:
        """Takes the shelf, the seed of all worlds and how many of them are wanted of each state."""
        self.shelf, self.seed, self.wanted = shelf, seed, wanted
        self._open: OrderedDict[str, Opened] = OrderedDict()
        self._lock = Lock()
        self._closed = Event()
        Thread(target=self._watch, name="desk", daemon=True).start()

    def opened(self, name: object) -> Opened:
        """Gives a case that lies open already, or opens it; raises what `open` raises."""
        with self._lock:
            known = self._open.get(name) if isinstance(name, str) else None
        return known or self.open(name)

    def open(self, name: object) -> Opened:
        """Gives a case from the shelf with its workbench, read again where its files changed.

        Raises Refused where there is none, or it is at fault.
        """
        shelved = self.shelf.find(name) if isinstance(name, str) else None
        if shelved is None or shelved.case is None:
            raise Refused("there is no such case" if shelved is None else shelved.fault)
        with self._lock:
            known = self._open.get(shelved.name)
            if known is None or known.case is not shelved.case:
                if known is not None:
                    known.bench.close()
                inputs = {str(each["key"]): each for each in shelved.case.inputs()}
                bench = Workbench(shelved.case, seed=self.seed)
                known = self._open[shelved.name] = Opened(shelved.case, bench, levers(shelved.case), inputs, self.wanted)
            self._open.move_to_end(shelved.name)
            while len(self._open) > MOST_OPEN:
                _, oldest = self._open.popitem(last=False)
                oldest.bench.close()
            return known

    def close(self) -> None:
        """Closes every case."""
        self._closed.set()
        with self._lock:
            for each in self._open.values():
                each.bench.close()
            self._open.clear()

    def _watch(self) -> None:
        while not self._closed.wait(1.0):
            for each in list(self._open.values()):
                each.rest()
