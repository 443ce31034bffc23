"""Jobs and stored results: what was finished is never lost, and only results are deleted."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from itilsim.case import Case
from itilsim.live.jobs import Jobs
from itilsim.live.runs import compare, delete, open_run, runs
from itilsim.live.stored import BEFORE, PART, put, restore
from itilsim.study.folder import open_study
from itilsim.study.panel import same_bits
from itilsim.study.replay import replay
from itilsim.study.simulate import simulate
from itilsim.study.subject import WrongRequest
from tests.live.conftest import SCENARIOS

CHOSEN = ("hire",)
PREMIUM = "costs.premium.premium"


def test_a_job_stores_what_compare_would_store_and_says_how_it_stands(training: Case, tmp_path: Path) -> None:
    jobs = Jobs(tmp_path, every=0.05)
    job = jobs.start(training, alternatives=CHOSEN, replications=200)
    assert jobs.start(training, alternatives=CHOSEN, replications=200) is job and jobs.find(job.number) is job
    assert job.wait(60) and job.stand.state == "done" and (job.stand.done, job.stand.total) == (200, 200)
    wanted, found = simulate(training, 200, alternatives=CHOSEN), open_study(job.folder)
    assert found.complete and job.folder.name == wanted.manifest["folder"]
    for table in ("values", "sources", "perceived", "lifetimes"):
        for name, each in wanted.table(table).items():
            assert same_bits(each, found.table(table)[name])
    assert found.variants == wanted.variants and "stories" in found.manifest
    assert replay(job.folder).identical
    again = jobs.start(training, alternatives=CHOSEN, replications=200)
    assert again.wait(20) and again.stand.state == "done" and again.number > job.number and jobs.all() == (again, job)
    jobs.close()


def test_a_cancelled_job_keeps_its_worlds_and_goes_on(training: Case, tmp_path: Path) -> None:
    jobs = Jobs(tmp_path)
    job = jobs.start(training.with_values({PREMIUM: "300 CNY / user / month"}), alternatives=CHOSEN, replications=4_000)
    while job.stand.done < 64 and not job.is_over:
        time.sleep(0.01)
    job.cancel()
    assert job.wait(60) and job.stand.state == "cancelled"
    (run,) = runs(tmp_path)
    assert 64 <= run.worlds < 4_000 and run.wanted == 4_000 and not run.complete and run.values == {PREMIUM: "300 CNY / user / month"}
    on = jobs.go_on(run.name)
    while on.stand.done <= run.worlds and not on.is_over:
        time.sleep(0.01)
    on.cancel()
    assert on.wait(60)
    (later,) = runs(tmp_path)
    assert later.worlds > run.worlds and later.case == "training"
    jobs.close()


def test_a_job_at_fault_says_why_and_the_next_one_runs(training: Case, tmp_path: Path) -> None:
    jobs = Jobs(tmp_path / "results")
    (tmp_path / "results").write_text("a file stands where the folder would be", encoding="utf-8")
    job = jobs.start(training, alternatives=CHOSEN, replications=64)
    assert job.wait(60) and job.stand.state == "failed" and job.stand.said
    (tmp_path / "results").unlink()
    assert jobs.start(training, alternatives=CHOSEN, replications=64).wait(60)
    assert [run.worlds for run in runs(tmp_path / "results")] == [64]
    with pytest.raises(WrongRequest, match="alternative"):
        jobs.start(training, alternatives=("nobody",))
    with pytest.raises(WrongRequest, match="complete already"):
        jobs.go_on(runs(tmp_path / "results")[0].name)
    jobs.close()


KILLED = """
import sys
from pathlib import Path
from itilsim.case import load_case
from itilsim.live.jobs import Jobs
jobs = Jobs(Path(sys.argv[2]), every=0.1)
jobs.start(load_case(Path(sys.argv[1])), alternatives=("hire",), replications=100_000).wait()
"""


def test_a_killed_program_loses_no_more_than_the_last_stretch(tmp_path: Path) -> None:
    started = subprocess.Popen([sys.executable, "-c", KILLED, str(SCENARIOS / "training"), str(tmp_path)])
    try:
        until = time.monotonic() + 60
        while not any(run.worlds >= 64 for run in runs(tmp_path)) and time.monotonic() < until:
            time.sleep(0.02)
        seen = max(run.worlds for run in runs(tmp_path))
        time.sleep(0.3)
    finally:
        os.kill(started.pid, signal.SIGKILL)
        started.wait()
    restore(tmp_path)
    (run,) = runs(tmp_path)
    assert run.worlds >= seen and not run.complete
    assert [each.name for each in tmp_path.iterdir()] == [run.name]
    assert replay(run.folder).identical


def test_one_of_two_stretches_is_there_wherever_it_is_killed(training: Case, tmp_path: Path) -> None:
    earlier, later = (simulate(training, count, alternatives=CHOSEN, variants=False) for count in (10, 20))
    folder = tmp_path / "training-000000000000"
    put(earlier, folder)
    folder.rename(tmp_path / f"{BEFORE}{folder.name}")
    (tmp_path / f"{PART}xyz").mkdir()
    restore(tmp_path)
    assert [each.name for each in tmp_path.iterdir()] == [folder.name] and open_study(folder).replications == 10
    put(later, folder)
    assert open_study(folder).replications == 20 and len(list(tmp_path.iterdir())) == 1


def test_results_are_compared_world_by_world_where_they_hold_the_same(training: Case, tmp_path: Path) -> None:
    dear = training.with_values({PREMIUM: "600 CNY / user / month"})
    studies = [simulate(case, 100, seed=seed, alternatives=CHOSEN, variants=False) for case, seed in ((training, 1), (dear, 1), (dear, 2))]
    names = [study.save(tmp_path).name for study in studies]
    plain, other, apart = (open_run(tmp_path, name) for name in names)
    (same,) = compare(plain, other)
    difference = studies[0].net_value("hire") - studies[1].net_value("hire")
    assert same.is_paired and same.worlds == 100 and same.difference.value == pytest.approx(difference.mean(), rel=1e-12)
    assert same.difference.error == pytest.approx(difference.std(ddof=1) / 10.0, rel=1e-9)
    (wide,) = compare(plain, apart)
    error = np.hypot(*(study.net_value("hire").std(ddof=1) / 10.0 for study in (studies[0], studies[2])))
    assert not wide.is_paired and wide.difference.error == pytest.approx(error, rel=1e-9)
    with pytest.raises(WrongRequest):
        compare(plain, other, party="nobody")


def test_only_a_results_folder_right_below_is_deleted(training: Case, tmp_path: Path) -> None:
    place = tmp_path / "results"
    name = simulate(training, 10, alternatives=CHOSEN, variants=False).save(place).name
    shutil.copytree(place / name, tmp_path / "outside")
    (place / "notes").mkdir()
    (place / "link").symlink_to(tmp_path / "outside")
    for wrong in ("", ".", "..", "notes", "link", "../outside", str(tmp_path / "outside"), f"{name}/scenario", "nothing"):
        with pytest.raises(WrongRequest, match="no stored result"):
            delete(place, wrong)
    delete(place, name)
    assert runs(place) == () and (tmp_path / "outside" / "manifest.json").is_file() and (place / "notes").is_dir()
    assert runs(tmp_path / "nowhere") == ()
