"""A study holds what many worlds gave: totals by alternative, replication and party, simulated now or read back from a folder."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from itilsim.study.described import Described
from itilsim.study.panel import Panel, Panels
from itilsim.study.statistics import Difference, Floats, Summary, difference_of, summary_of
from itilsim.study.subject import WrongRequest
from itilsim.text.faults import unknown_name
from itilsim.text.shown import Shown


class Study(Described, Shown):
    """The totals of a study and its manifest. Amounts are present values in the case's currency, differences from the baseline."""

    def __init__(
        self,
        manifest: Mapping[str, Any],
        panels: Panels,
        *,
        scenario: Mapping[str, bytes] | None = None,
        variants: list[dict[str, Any]] | None = None,
        stories: list[dict[str, Any]] | None = None,
        folder: Path | None = None,
        load: Callable[[str], dict[str, Panel]] | None = None,
    ) -> None:
        self.manifest = dict(manifest)
        self.scenario = dict(scenario or {})
        self.variants = list(variants or [])
        self.stories = list(stories or [])
        """The notable happenings of a few futures, a row each; see `itilsim.explain.stories`."""
        self.folder = folder
        """The results folder, where the study was stored or read from one."""
        self._panels = dict(panels)
        self._load = load

    @property
    def complete(self) -> bool:
        """Whether all worlds that were asked for are there."""
        return bool(self.manifest["complete"])

    @property
    def stakeholders(self) -> tuple[str, ...]:
        """All stakeholders."""
        return tuple(each["name"] for each in self.manifest["stakeholders"])

    @property
    def panels(self) -> Panels:
        """All tables that are held in memory so far, or can be had."""
        return self._panels

    def table(self, name: str) -> dict[str, Panel]:
        """Give the panels of a table by alternative, empty where the study did not keep it."""
        if name not in self._panels:
            self._panels[name] = self._load(name) if self._load else {}
        return self._panels[name]

    @property
    def values(self) -> dict[str, Panel]:
        """The six components, net value and cash by alternative; rows are parties."""
        return self.table("values")

    def net_value(self, alternative: str, *, party: str | None = None) -> Floats:
        """Give a party's net value in each world, shape (worlds,), noughts for the baseline; the decision maker's unless named."""
        return self.value_of("net_value", alternative, party=party)

    def value_of(self, column: str, alternative: str, *, party: str | None = None) -> Floats:
        """Give a column of the table `values` for a party in each world, shape (worlds,)."""
        who = party if party is not None else self.decision_maker
        if alternative not in self.alternatives:
            raise WrongRequest(unknown_name("alternative", alternative, self.alternatives))
        if who not in self.parties:
            raise WrongRequest(unknown_name("party", who, self.parties))
        if alternative == self.baseline:
            return np.zeros(self.replications)
        each = self.values[alternative]
        return np.array(each[column][:, each.row(party=who)])

    def perceived(self, alternative: str, stakeholder: str) -> Floats:
        """Give the value of an alternative as a stakeholder perceives it in each world, shape (worlds,); noughts for the baseline."""
        if stakeholder not in self.stakeholders:
            raise WrongRequest(unknown_name("stakeholder", stakeholder, self.stakeholders))
        if alternative == self.baseline:
            return np.zeros(self.replications)
        each = self.table("perceived")[alternative]
        return np.array(each["value"][:, each.row(stakeholder=stakeholder)])

    def summary(self, alternative: str, *, party: str | None = None) -> Summary:
        """Summarise a party's net value over the worlds."""
        return summary_of(self.net_value(alternative, party=party))

    def compare(self, a: str, b: str, *, party: str | None = None) -> Difference:
        """Compare two alternatives in the same worlds, with the error of the mean difference."""
        who = party if party is not None else self.decision_maker
        return difference_of(a, b, who, of_a=self.net_value(a, party=who), of_b=self.net_value(b, party=who))

    def save(self, directory: str | Path) -> Path:
        """Store the study under a directory and give its folder; see `itilsim.study.folder`."""
        from itilsim.study.folder import write_study

        self.folder = write_study(self, Path(directory))
        return self.folder

    def __repr__(self) -> str:
        part = "" if self.complete else ", interrupted"
        return f"<Study of {self.manifest['case']}: {', '.join(self.alternatives)}; {self.replications} worlds{part}>"
