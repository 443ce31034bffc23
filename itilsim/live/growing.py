"""Panels that grow chunk by chunk, so that a snapshot can be had at any time and memory holds every chunk once."""

from __future__ import annotations

from collections.abc import Mapping
from threading import Lock

from itilsim.ledger.ledger import Ledger
from itilsim.study.panel import SHARED, Panel, Panels, joined, panel

INPUTS = "inputs"


class Growing:
    """The panels of each alternative, chunk after chunk; safe to read while it grows."""

    def __init__(self) -> None:
        self._pieces: dict[str, list[tuple[int, Mapping[str, Panel]]]] = {}
        self._lock = Lock()

    def add(self, name: str, panels: Mapping[str, Panel], ledger: Ledger) -> None:
        """Add an alternative's next chunk, with the inputs unknown to the planner as they were drawn."""
        drawn = {key: ledger.theta[:, at] for at, key in enumerate(ledger.books.unknowns)}
        with self._lock:
            self._pieces.setdefault(name, []).append((1, {**panels, INPUTS: panel({}, drawn, worlds=len(ledger.theta))}))

    def panels(self, names: tuple[str, ...], chunks: int, *, most: int) -> Panels:
        """Give the first chunks of chosen alternatives, `most` worlds of them at most, by table."""
        found: Panels = {}
        for name in names:
            for table, each in self._upto(name, chunks).items():
                found.setdefault(table, {})[name] = each.head(most)
        drawn = {key: values for each in found[INPUTS].values() for key, values in each.columns.items()}
        worlds = min(each.worlds for each in found[INPUTS].values())
        return {**found, INPUTS: {SHARED: panel({}, drawn, worlds=worlds)}}

    def _upto(self, name: str, chunks: int) -> Mapping[str, Panel]:
        with self._lock:
            pieces = self._pieces[name]
            count, at = 0, 0
            while count < chunks:
                count += pieces[at][0]
                at += 1
            if at > 1:
                own = [piece for _, piece in pieces[:at]]
                pieces[:at] = [(count, {table: joined([piece[table] for piece in own]) for table in own[-1]})]
            return pieces[0][1]
