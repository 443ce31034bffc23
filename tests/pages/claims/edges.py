"""Results at the edges, made up without any engine: what a sentence is most easily wrong about."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from tests.pages.claims.stored import Floats
from tests.pages.synthetic import make

Net = Callable[[str, Floats], Floats]
NAMES = ("in-house", "outsourced", "outsourced-governed", "saas")


@dataclass(frozen=True)
class Edge:
    """How a result is made up: how many futures, which alternatives, what their values are, and what is changed in the manifest."""

    worlds: int = 400
    names: tuple[str, ...] = NAMES
    net: Net | None = None
    seed: int = 20_260_701
    changes: dict[str, Any] = field(default_factory=dict)
    without: tuple[str, ...] = ()

    def write(self, folder: Path) -> Path:
        """Write the result and return its folder."""
        make(folder, worlds=self.worlds, names=self.names, net=self.net, seed=self.seed, without=self.without)
        path = folder / "manifest.json"
        manifest = json.loads(path.read_text(encoding="utf-8"))
        changed = {key: change(manifest[key]) if callable(change) else change for key, change in self.changes.items()}
        path.write_text(json.dumps(manifest | changed), encoding="utf-8")
        return folder


def _often_ahead(name: str, value: Floats) -> Floats:
    """Usually a little ahead, now and then far behind: mean and chance disagree."""
    rare = np.arange(value.size) % 10 == 0
    return np.where(rare, -9e6, 5e5) + (0.0 if name == "saas" else 1e5) * np.sin(np.arange(value.size))


def _often_behind(name: str, value: Floats) -> Floats:
    """The first is usually behind the second, and far ahead now and then."""
    rare = np.arange(value.size) % 10 == 0
    return np.where(rare, 3e7, 1e5) if name == "saas" else np.full(value.size, 3e5) + np.cos(np.arange(value.size))


def _as_often(name: str, value: Floats) -> Floats:
    """Ahead on average, and behind in hardly more than half of the futures: no 'usually'."""
    behind = np.arange(value.size) < value.size / 2 + 3
    return np.where(behind, -1e5, 9e5) if name == "saas" else np.zeros(value.size)


def _tail(name: str, value: Floats) -> Floats:
    """One future costs more than all others together."""
    return value - np.where(np.arange(value.size) == 7, 4e11 if name == "outsourced" else 0.0, 0.0)


def _scaled(name: str, value: Floats) -> Floats:
    """Alternatives that differ by their scale alone."""
    return value * (1.0, 0.999, 0.5, 2.0)[NAMES.index(name)]


EDGES: dict[str, Edge] = {
    "as it is": Edge(),
    "ties": Edge(net=lambda name, value: np.sign(np.sin(np.arange(value.size)).round()) * 1e6),
    "a tie with today": Edge(net=lambda name, value: np.where(np.arange(value.size) % 2 == 0, 0.0, 1e5 * NAMES.index(name))),
    "all losses": Edge(net=lambda name, value: -np.abs(value) - 1.0),
    "all gains": Edge(net=lambda name, value: np.abs(value) + 1.0),
    "the same gain always": Edge(net=lambda name, value: np.full(value.size, 1e6)),
    "one alternative": Edge(names=("outsourced",)),
    "one alternative, losses": Edge(names=("saas",), net=lambda name, value: -np.abs(value)),
    "one stakeholder": Edge(changes={"stakeholders": lambda entries: entries[:1]}),
    "no stakeholder": Edge(changes={"stakeholders": [], "sponsor": []}),
    "usually ahead, behind on average": Edge(net=_often_ahead),
    "usually behind, ahead on average": Edge(net=_often_behind),
    "behind as often as ahead": Edge(net=_as_often, worlds=2_000),
    "nothing happened": Edge(net=lambda name, value: np.zeros(value.size)),
    "one huge tail": Edge(net=_tail),
    "scales apart": Edge(net=_scaled),
    "two futures": Edge(worlds=2),
    "twenty futures": Edge(worlds=20),
    "nobody signs, not all known": Edge(changes={"sponsor": lambda entries: [entry | {"signs": False} for entry in entries]}),
    "one input": Edge(changes={"inputs": lambda entries: entries[:1]}),
    "interrupted": Edge(worlds=30, changes={"complete": False}),
    "nothing but values": Edge(without=("sources", "perceived", "budget", "funding", "paths", "rare", "variants")),
    "titles with 'and' and commas": Edge(
        changes={
            "alternatives": lambda entries: [
                entry | {"title": title}
                for entry, title in zip(
                    entries,
                    ("The way it is, today", "Build, run and mend", "A vendor and a half", "The vendor, watched", "IT from the cloud"),
                    strict=True,
                )
            ]
        }
    ),
}


def at_random(seed: int) -> Edge:
    """Return a result with everything drawn: futures, alternatives, scales, shifts, coarse values, and ties with today."""
    rng = np.random.default_rng(seed)
    names = tuple(name for name in NAMES if rng.random() < 0.7) or NAMES[:1]
    scale = {name: 10.0 ** rng.uniform(-3, 3) for name in NAMES}
    shift = {name: float(rng.normal()) * 10.0 ** rng.uniform(4, 7) for name in NAMES}
    coarse = 10.0 ** rng.uniform(4, 6.5) if rng.random() < 0.3 else 0.0
    alike = bool(rng.random() < 0.4)

    def net(name: str, value: Floats) -> Floats:
        moved: Floats = value * (scale[NAMES[0]] if alike else scale[name]) + shift[name] * (0.2 if alike else 1.0)
        return np.asarray(np.round(moved / coarse) * coarse) if coarse else moved

    kept = rng.random() < 0.3
    return Edge(worlds=int(10 ** rng.uniform(1, 3.3)), names=names, net=None if kept else net, seed=seed)


def told(faults: Iterable[object]) -> str:
    """Set faults one under the other."""
    return "\n".join(str(fault) for fault in faults)
