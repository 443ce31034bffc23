"""The questions that a page may ask, by name; what is refused comes back as sentences."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from itilsim.app.answering import in_language, look
from itilsim.app.by_hand import read_by_hand
from itilsim.app.desk import Desk, Opened
from itilsim.app.futures import future
from itilsim.app.jobs_list import change_job, jobs_list, start_job
from itilsim.app.runs_list import compare_runs, delete_run, runs_list
from itilsim.app.saving import save_state
from itilsim.app.shelf import words_of
from itilsim.app.state import Refused, State, read_state
from itilsim.figures.wording import Catalogue
from itilsim.live.asked import GivenUp
from itilsim.live.jobs import Jobs
from itilsim.pages.catalogue import languages, open_catalogue
from itilsim.study.folder import NoResult
from itilsim.study.subject import WrongRequest
from itilsim.tables.result import ResultFault
from itilsim.text.faults import FaultyInput

REFUSALS = (Refused, WrongRequest, FaultyInput, ResultFault, NoResult)
Told = dict[str, Any]
Question = Callable[[Mapping[str, Any]], Told]


class Questions:
    """Answers everything that a page asks; safe to use from several threads."""

    def __init__(self, desk: Desk, jobs: Jobs, results: Path) -> None:
        """Takes the desk on which cases lie open, the jobs, and the folder of stored results."""
        self.desk, self.jobs, self.results = desk, jobs, results

    def named(self) -> Mapping[str, Callable[[Any], Told]]:
        """Gives the questions by name; each takes what a page sent and gives what it is told, with the same serial."""
        known: dict[str, Question] = {
            "look": self._look, "future": self._future, "input": self._input, "save": self._save, "jobs": self._jobs, "runs": self._runs,
        }  # fmt: skip
        return {name: _answered(question) for name, question in known.items()}

    def _about(self, data: Mapping[str, Any]) -> tuple[Opened, State, Catalogue]:
        """Reads what most questions are about: a case, a state of it, and the words of the page."""
        opened = self.desk.opened(data.get("case"))
        if not opened.is_newest(data.get("tab"), data.get("serial")):
            raise GivenUp("a newer question of this page is known already")
        return opened, read_state(data.get("state"), opened), _catalogue(data, opened.case.currency)

    def _look(self, data: Mapping[str, Any]) -> Told:
        opened, state, catalogue = self._about(data)
        pinned = None if data.get("pinned") is None else read_state(data["pinned"], opened)
        drawn = data.get("drawn")
        return look(opened, state, pinned, drawn if isinstance(drawn, int) else 0, catalogue)

    def _future(self, data: Mapping[str, Any]) -> Told:
        opened, state, catalogue = self._about(data)
        result = in_language(opened.ask(state).snapshot(), catalogue)
        return {"html": future(opened, state, data, result, catalogue)}

    def _input(self, data: Mapping[str, Any]) -> Told:
        opened, state, catalogue = self._about(data)
        return read_by_hand(opened, state, catalogue, words_of(opened.case, catalogue.code))

    def _save(self, data: Mapping[str, Any]) -> Told:
        opened, state, catalogue = self._about(data)
        return {"html": save_state(opened, state, data.get("name"), self.desk.shelf, catalogue)}

    def _jobs(self, data: Mapping[str, Any]) -> Told:
        said: list[str] = []
        try:
            if data.get("do") == "start":
                start_job(self.jobs, *self._about(data)[:2])
            elif data.get("do") in ("cancel", "go-on"):
                change_job(self.jobs, data)
        except REFUSALS as fault:
            said = sentences(fault)
        html, is_busy = jobs_list(self.jobs, _catalogue(data, ""))
        return {"html": html, "busy": is_busy, "said": said}

    def _runs(self, data: Mapping[str, Any]) -> Told:
        do = data.get("do")
        if do == "compare":
            return {"between": compare_runs(self.results, data.get("names"), lambda currency: _catalogue(data, currency))}
        if do == "delete":
            delete_run(self.results, data)
        elif do == "go-on":
            self.jobs.go_on(str(data.get("name")))
        return {"html": runs_list(self.results, _catalogue(data, ""))}


def _catalogue(data: Mapping[str, Any], currency: str) -> Catalogue:
    code = data.get("language")
    return open_catalogue(code if code in languages() else languages()[0], currency)


def _answered(question: Question) -> Callable[[Any], Told]:
    def answered(data: Any) -> Told:
        asked: Mapping[str, Any] = data if isinstance(data, Mapping) else {}
        serial = {"serial": asked.get("serial")}
        try:
            return serial | question(asked)
        except GivenUp:
            return serial | {"again": True}
        except REFUSALS as fault:
            return serial | {"fault": sentences(fault)}

    return answered


def sentences(fault: Exception) -> list[str]:
    """Gives what a refusal says, each fault as a sentence of its own."""
    return [each.message for each in fault.faults] if isinstance(fault, FaultyInput) else [str(fault)]
