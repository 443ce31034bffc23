"""A question that is being answered: worlds are lived until all that were wanted are there, or until nobody wants them."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from threading import Condition, Event, Thread
from typing import TYPE_CHECKING, Any

from itilsim.case.case import Case
from itilsim.live.chunks import LEAST, SLICE, Living, bounds, chunks_for
from itilsim.live.growing import Growing
from itilsim.live.held import Held
from itilsim.live.kept import Lived, Recipe
from itilsim.live.moved import Moved, held_of
from itilsim.plan.plan import Plan
from itilsim.study.reckoning import panels_of

if TYPE_CHECKING:
    from itilsim.live.workbench import Workbench

BUDGET = 0.2
"""Seconds in which lifetimes for a first answer are lived, as many as they allow; saying it takes a few more hundredths."""
FEWEST = 2
"""Alternatives that a first answer has at the least: the baseline and the best."""


class GivenUp(Exception):
    """Signals that a newer question was asked before this one had an answer."""


@dataclass(frozen=True)
class Wish:
    """What is asked: which values are moved, which alternatives are compared, who looks and how far, for how many worlds of which seed."""

    values: Mapping[str, Any]
    alternatives: tuple[str, ...]
    party: str | None
    horizon: int | None
    wanted: int
    seed: int


class Asked:
    """A question on its way to an answer: `first` is there within the budget, `snapshot()` gives the newest."""

    def __init__(self, bench: Workbench, wish: Wish) -> None:
        self.wish = wish
        self.priced = False
        """Whether all of it is priced again from lifetimes that were stored; settled with the first answer."""
        self.fault: Exception | None = None
        """What kept it from an answer."""
        self._bench = bench
        self._given_up = Event()
        self._news = Condition()
        self._moved: Moved | None = None
        self._plans: dict[str, Plan] = {}
        self._recipes: dict[str, Recipe] = {}
        self._panels = Growing()
        self._ready: tuple[tuple[str, ...], int] = ((), 0)
        self._newest: tuple[tuple[tuple[str, ...], int], Held] | None = None
        self._first: Held | None = None
        self._inputs: list[dict[str, Any]] | None = None
        self._began = time.monotonic()
        self._ended = False
        Thread(target=self._answer, name="asked", daemon=True).start()

    @property
    def wanted(self) -> int:
        """The worlds that are wanted."""
        return self.wish.wanted

    @property
    def worlds(self) -> int:
        """The worlds that are done."""
        return min(bounds(self._ready[1])[0], self.wanted)

    @property
    def is_done(self) -> bool:
        """Whether nothing more will come: all worlds are there, or it was given up or failed."""
        return self._ended

    @property
    def case(self) -> Case:
        """The case with the values that were asked for; waits until it is read and raises what `first` raises."""
        self._until(lambda: self._moved is not None)
        assert self._moved is not None
        return self._moved.case

    @property
    def first(self) -> Held:
        """The first answer; waits for it. Raises FaultyInput for values that cannot be, GivenUp where a newer question came before."""
        self._until(lambda: self._first is not None)
        assert self._first is not None
        return self._first

    def snapshot(self) -> Held:
        """Give the newest answer; waits for the first and raises what it raises."""
        _ = self.first
        return self._held()

    def cancel(self) -> None:
        """Give the question up; what was lived is kept."""
        self._given_up.set()

    def wait(self, timeout: float | None = None) -> bool:
        """Wait until nothing more will come, and say whether that is so."""
        with self._news:
            return self._news.wait_for(lambda: self._ended, timeout)

    def _until(self, is_there: Callable[[], bool]) -> None:
        with self._news:
            self._news.wait_for(lambda: is_there() or self._ended)
        if not is_there():
            raise self.fault or GivenUp("a newer question was asked before this one had an answer")

    def _answer(self) -> None:
        try:
            self._move()
            if self._begin():
                self._go_on()
        except Exception as fault:  # whoever waits for the answer gets it
            self.fault = fault
        finally:
            self._bench.kept.trim()
            with self._news:
                self._ended = True
                self._news.notify_all()

    def _move(self) -> None:
        moved = self._bench.moved(self.wish)
        with self._news:
            self._moved = moved
            self._news.notify_all()

    def _begin(self) -> bool:
        """Live the least number of worlds, alternative after alternative; say whether the question still stands.

        First come the alternatives whose plans are known, then the best of the others for as long as time is left for them, one at least
        beside the baseline. Only when those are answered are the rest begun, so that nothing else holds the first answer up.
        """
        assert self._moved is not None
        order, chunks = self._bench.order(self._moved.names), range(chunks_for(LEAST))
        known = {name for name in order if self._bench.plans.knows(self._moved.case, name)}
        order.sort(key=lambda name: (name != self._bench.base_case.baseline, name not in known))
        waiting: dict[str, list[Future[None]]] = {}
        ahead, end = list(order), self._passed
        while ahead and (len(waiting) < FEWEST or ahead[0] in known or end < BUDGET):
            name = ahead.pop(0)
            waiting[name] = self._lower(name, chunks)
            if self._given_up.is_set():
                return False
            end = max(end, self._passed) + self._seconds(name, chunks)
        for at, name in enumerate(order):
            if name not in waiting:
                waiting[name] = self._lower(name, chunks)
            for future in waiting[name]:
                future.result()
            if self._given_up.is_set():
                return False
            for chunk in chunks:
                self._reckon(name, chunk)
            if at >= len(order) - len(ahead) - 1:
                self._publish(order[: at + 1], len(chunks))
                if at < len(order) - 1:
                    self._publish_first()
        return True

    def _seconds(self, name: str, chunks: range) -> float:
        """Estimate what is still to be done for an alternative, by what lifetimes and totals took before."""
        missing = sum(bounds(chunk)[1] * len(self._recipes[name].missing(chunk)) for chunk in chunks)
        return missing * self._bench.pace.lifetime(name) + len(chunks) * self._bench.pace.totals

    def _lower(self, name: str, chunks: range) -> list[Future[None]]:
        """Make an alternative's plan and hand out what is to be lived of it."""
        assert self._moved is not None
        if self._given_up.is_set():
            return []
        plan, prices = self._bench.plans.of(self._moved.case, name)
        self._plans[name] = plan
        self._recipes[name] = self._bench.kept.recipe(plan, prices, self._moved.about)
        return [future for chunk in chunks for future in self._lives(name, chunk)]

    def _go_on(self) -> None:
        """Live chunk after chunk until all worlds are there or the question is given up."""
        order = list(self._recipes)
        for chunk in range(chunks_for(LEAST), chunks_for(self.wanted)):
            if self._first is None and not self._has_time(chunk):
                self._publish_first()
            for future in [future for name in order for future in self._lives(name, chunk)]:
                future.result()
            for name in order:
                if self._given_up.is_set():
                    return
                self._reckon(name, chunk)
            self._publish(order, chunk + 1)
        self._publish_first()

    @property
    def _passed(self) -> float:
        return time.monotonic() - self._began

    def _has_time(self, chunk: int) -> bool:
        """Say whether another chunk will be there before the budget is spent."""
        chunks = range(chunk, chunk + 1)
        return self._passed + sum(self._seconds(name, chunks) for name in self._recipes) < BUDGET

    def _lives(self, name: str, chunk: int) -> list[Future[None]]:
        """Hand out what a chunk of an alternative lacks."""
        assert self._moved is not None
        futures = []
        for lived in self._recipes[name].missing(chunk):
            living = Living(
                self._moved.setup, self._bench.engine, lived.plan, self.wish.seed, chunk=chunk, parties=self._moved.parties
            )
            futures += [self._bench.pool.submit(self._live, name, lived, living, start) for start in living.starts]
        return futures

    def _live(self, name: str, lived: Lived, living: Living, start: int) -> None:
        if not self._given_up.is_set() and living.chunk not in lived.chunks:
            began = time.monotonic()
            view = living.live(start)
            if view is None:
                self._bench.pace.lived(name, time.monotonic() - began, SLICE)
            if view is not None:
                lived.add(living.chunk, view)

    def _reckon(self, name: str, chunk: int) -> None:
        assert self._moved is not None
        began = time.monotonic()
        baseline = self._recipes[self._moved.case.baseline].view(chunk)
        view = baseline if name == self._moved.case.baseline else self._recipes[name].view(chunk)
        self._panels.add(name, panels_of(self._moved.setup, view, baseline, bounds(chunk)[0]), view.ledger)
        self._bench.pace.reckoned(time.monotonic() - began)

    def _publish(self, names: Sequence[str], chunks: int) -> None:
        assert self._moved is not None
        with self._news:
            self.priced = not any(recipe.is_new for recipe in self._recipes.values())
            self._ready = (tuple(name for name in self._moved.names if name in names), chunks)
            self._news.notify_all()

    def _publish_first(self) -> None:
        if self._first is None:
            first = self._held()
            with self._news:
                self._first = first
                self._news.notify_all()

    def _held(self) -> Held:
        """Give the result of what is ready, made once for each state."""
        assert self._moved is not None
        with self._news:
            ready, newest = self._ready, self._newest
        if newest is not None and newest[0] == ready:
            return newest[1]
        if self._inputs is None:
            self._inputs = self._moved.case.inputs()
        panels = self._panels.panels(*ready, most=self.wanted)
        held = held_of(self._moved, {name: self._plans[name] for name in ready[0]}, panels, self._bench.base, self._inputs)
        self._bench.remember(held)
        with self._news:
            self._newest = (ready, held)
        return held
