"""The workbench: one case whose levers are moved, with the plans and lifetimes that earlier questions left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Lock
from typing import Any

from itilsim.case.case import Case
from itilsim.explain import Story, Twins, compare_twins, trace
from itilsim.live.asked import Asked, Wish
from itilsim.live.held import Held
from itilsim.live.kept import MOST_BYTES, Kept
from itilsim.live.moved import Moved, Plans, base_manifest, move
from itilsim.live.pace import Pace
from itilsim.study.blocks import default_workers
from itilsim.study.engines import choose
from itilsim.study.subject import WrongRequest
from itilsim.text.faults import unknown_name

WANTED = 10_000


class Workbench:
    """Answers questions about one case, the newest first; safe to use from several threads."""

    def __init__(self, case: Case, *, seed: int = 1, workers: int | None = None, most_bytes: int = MOST_BYTES) -> None:
        self.base_case, self.seed = case, seed
        self.engine = choose("compiled").run
        self.plans, self.kept = Plans(), Kept(most_bytes)
        threads = workers or default_workers()
        self.pool, self.pace = ThreadPoolExecutor(max_workers=threads, thread_name_prefix="lifetimes"), Pace(threads)
        everything = Wish({}, tuple(case.alternatives), None, None, WANTED, seed)
        self.base: Mapping[str, Any] = base_manifest(self.moved(everything))
        self._ranking: tuple[str, ...] = ()
        self._asked: Asked | None = None
        self._lock = Lock()

    def ask(
        self,
        values: Mapping[str, Any],
        *,
        alternatives: Sequence[str],
        party: str | None = None,
        horizon: int | None = None,
        wanted: int = WANTED,
    ) -> Asked:
        """Ask what the alternatives are worth with values moved, to a party (the decision maker unless named), over so many months.

        Returns at once; what an earlier question still does is given up. A fault in the values is raised where the answer is taken.
        """
        asked = Asked(self, Wish(dict(values), tuple(alternatives), party, horizon, wanted, self.seed))
        with self._lock:
            before, self._asked = self._asked, asked
        if before is not None:
            before.cancel()
        return asked

    def moved(self, wish: Wish) -> Moved:
        """Give the case as a question moves it; raises FaultyInput or WrongRequest."""
        if wish.party is not None and wish.party not in self.base_case.parents:
            raise WrongRequest(unknown_name("party", wish.party, tuple(self.base_case.parents)))
        return move(
            self.base_case, wish.values, alternatives=wish.alternatives, party=wish.party, horizon=wish.horizon, seed=wish.seed,
            wanted=wish.wanted,
        )  # fmt: skip

    def order(self, names: Sequence[str]) -> list[str]:
        """Give alternatives in the order in which they are lived: the baseline, then those that did best when last asked for."""
        ranking = (self.base_case.baseline, *self._ranking)
        return sorted(names, key=lambda name: ranking.index(name) if name in ranking else len(ranking))

    def remember(self, answer: Held) -> None:
        """Remember which alternatives do best."""
        values = answer.panels["values"]
        at = {name: each["net_value"][:, each.row(party=answer.decision_maker)].mean() for name, each in values.items()}
        self._ranking = (*sorted(at, key=lambda name: -at[name]), *(name for name in self._ranking if name not in at))

    def close(self) -> None:
        """Give up what is asked and end the workers."""
        with self._lock:
            if self._asked is not None:
                self._asked.cancel()
        self.pool.shutdown(wait=True, cancel_futures=True)


def story(asked: Asked, alternative: str, replication: int, against: str | None = None) -> Story | Twins:
    """Tell the story of one world as it was asked about, or how it differs from its twin under another alternative."""
    case = asked.case
    told = trace(case[alternative], asked.wish.seed, replication)
    return told if against is None else compare_twins(told, trace(case[against], asked.wish.seed, replication))
