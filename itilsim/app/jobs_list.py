"""Jobs on the page: studies that run in full beside the workbench, how far they are, and how they are stopped or gone on with."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

from itilsim.app.desk import Opened
from itilsim.app.state import Refused, State
from itilsim.figures.wording import Catalogue
from itilsim.live.job import Job
from itilsim.live.jobs import Jobs


def start_job(jobs: Jobs, opened: Opened, state: State) -> Job:
    """Begins the study of a state; raises Refused where no file states its horizon, WrongRequest for what cannot be run."""
    case = opened.case.with_values(state.values(opened)) if state.moved or state.stated else opened.case
    if state.horizon is not None:
        raise Refused("another horizon than the case's is stored in a scenario: save this state, and run that")
    names = [case.baseline, *state.alternatives]
    return jobs.start(case, alternatives=names, replications=opened.wanted, seed=opened.bench.seed)


def change_job(jobs: Jobs, data: Mapping[str, Any]) -> None:
    """Stops a job, or goes on with one that was stopped; raises Refused where there is none."""
    number = data.get("number")
    job = jobs.find(number) if isinstance(number, int) else None
    if job is None:
        raise Refused("there is no such job")
    if data.get("do") == "cancel":
        job.cancel()
    else:
        jobs.go_on(job.folder.name)


def jobs_list(jobs: Jobs, catalogue: Catalogue) -> tuple[str, bool]:
    """Gives the list of jobs as HTML, and whether one of them is on its way."""
    known = jobs.all()
    if not known:
        return "", False
    title = escape(catalogue.say("app.jobs"))
    entries = "".join(_entry(job, catalogue) for job in known)
    return f'<section id="jobs-list"><h2>{title}</h2><ul class="jobs">{entries}</ul></section>', any(not job.is_over for job in known)


def _entry(job: Job, catalogue: Catalogue) -> str:
    stand = job.stand
    key = f"app.job-{stand.state}"
    said = escape(catalogue.say(key, done=stand.done, total=stand.total, why=stand.said))
    title = escape(job.case.title)
    bar = button = ""
    if not job.is_over:
        bar = f'<progress max="{max(1, stand.total)}" value="{stand.done}" aria-label="{title}"></progress>'
        button = _button("cancel", job, catalogue)
    elif stand.state == "done":
        button = f'<a href="/run/{escape(job.folder.name)}">{escape(catalogue.say("app.run-open"))}</a>'
    elif stand.state == "cancelled" and (job.folder / "manifest.json").is_file():
        button = _button("go-on", job, catalogue)
    return f'<li data-job="{job.number}" data-job-state="{stand.state}"><b>{title}</b><span>{said}</span>{bar}{button}</li>'


def _button(do: str, job: Job, catalogue: Catalogue) -> str:
    text = escape(catalogue.say(f"app.job-{do}"))
    return f'<button type="button" data-job-do="{do}" data-number="{job.number}">{text}</button>'
