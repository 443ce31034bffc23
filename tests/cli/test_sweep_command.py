"""The verb `sweep` keeps to the contract of all verbs: exit codes, what goes where, strict JSON, and what was done is kept."""

from __future__ import annotations

import json
import os
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

import itilsim
from itilsim.study.sweep.stored import Sweep
from tests.cli.conftest import Command

OFFICE = Path(__file__).resolve().parents[2] / "scenarios" / "office-automation"
FEE = "outsourced:prices.service.amount"


@pytest.fixture(autouse=True)
def _made_up() -> Iterator[None]:
    """The shipped case and the engine themselves, not made-up ones."""
    yield


@pytest.fixture
def study(tmp_path: Path) -> Path:
    """Give a study of 3 points and 4 worlds."""
    path = tmp_path / "fee.toml"
    path.write_text(
        f'title = "The fee"\ncase = "{OFFICE}"\nalternatives = ["outsourced"]\nworlds = 4\n\n'
        f'[vary."{FEE}"]\nlow = 120\nhigh = 360\nsteps = 3\nunit = "k CNY / year"\n'
    )
    return path


def test_a_table_of_points_and_where_they_lie(itilsim_command: Command, study: Path) -> None:
    """The same command finds what it has done."""
    ended = itilsim_command("sweep", study, "--quiet")
    assert (ended.code, ended.err) == (0, "")
    assert "The fee: net value to company in CNY against 'today', 4 worlds at each point" in ended.out
    rows = [line.split() for line in ended.out.splitlines()]
    assert [row[1] for row in rows if row[:1] and row[0].isdigit()] == ["120", "240", "360"]
    folder = Path(ended.out.split("Dataset: ")[1].strip())
    assert folder.parent == Path("results") and folder.name.startswith("fee-") and len(folder.name) == len("fee-") + 12
    again = itilsim_command("sweep", study)
    assert again.out == ended.out and "holds this sweep already" in again.err


def test_json_is_one_strict_object(itilsim_command: Command, study: Path) -> None:
    ended = itilsim_command("sweep", study, "--json", "-n", "2", "--seed", "9")
    found = json.loads(ended.out, parse_constant=lambda name: pytest.fail(name))
    assert (found["schema"], found["study"], found["points"], found["replications"], found["seed"]) == (1, "fee", 3, 2, 9)
    assert found["inputs"][0]["key"] == FEE and found["inputs"][0]["unit"] == "k CNY / year"
    sweep = itilsim.open_study(found["result"])
    assert isinstance(sweep, Sweep) and sweep.complete and sweep.replications == 2


def test_exit_codes(itilsim_command: Command, study: Path) -> None:
    """3 with file, line and column for what the file says wrong, 2 for a command that makes no sense; nothing is written."""
    study.write_text(study.read_text().replace("steps", "stpes"))
    ended = itilsim_command("sweep", study)
    assert ended.code == 3 and ended.out == "" and f"{study}:9:1: error: unknown key 'stpes'; did you mean 'steps'?" in ended.err
    study.write_text(study.read_text().replace("stpes", "steps"))
    assert itilsim_command("sweep", study.with_name("no.toml")).code == 3
    for wrong in (("--workers", "0"), ("--engine", "steam"), ("-n", "0"), ("--seed", "-1"), ("--nonsense",)):
        ended = itilsim_command("sweep", study, *wrong)
        assert ended.code == 2 and ended.out == "" and "Traceback" not in ended.err, wrong
    assert not list(Path().glob("results/*/manifest.json"))


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interruption_keeps_finished_points(itilsim_command: Command, study: Path, number: signal.Signals) -> None:
    """It ends with 130 and says how many are kept; the same command goes on from there."""
    study.write_text(study.read_text().replace("steps = 3", "steps = 400"))

    def stop() -> None:
        until = time.monotonic() + 30.0
        while not list(Path().glob("results/*/values/point-*")) and time.monotonic() < until:
            time.sleep(0.01)
        os.kill(os.getpid(), number)

    threading.Thread(target=stop).start()
    ended = itilsim_command("sweep", study, "--quiet")
    assert ended.code == 130 and ended.out == "" and "Traceback" not in ended.err
    kept = itilsim.open_study(next(Path("results").iterdir()))
    assert isinstance(kept, Sweep) and not kept.complete and kept.done.any()
    assert f"interrupted: {int(kept.done.sum())} of 400 points are kept in results/fee-" in ended.err


def test_replay_refuses_a_sweep(itilsim_command: Command, study: Path) -> None:
    result = json.loads(itilsim_command("sweep", study, "--json", "--quiet").out)["result"]
    ended = itilsim_command("replay", result)
    assert ended.code == 2 and "this is a sweep" in ended.err
