"""A sweep is one dataset over many points of a case, on the same worlds, whole or absent point by point, whatever interrupts it."""

from __future__ import annotations

import itertools
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import itilsim
from itilsim.case import Case, load_case
from itilsim.study.engines import choose
from itilsim.study.folder import NoResult
from itilsim.study.folder import open_study as open_plain
from itilsim.study.progress import Silent
from itilsim.study.simulate import simulate
from itilsim.study.subject import WrongRequest
from itilsim.study.sweep.description import read_study
from itilsim.study.sweep.folder import alone, folder_of
from itilsim.study.sweep.run import SweepInterrupted, run_sweep
from itilsim.study.sweep.stored import Sweep
from itilsim.text.faults import Fault, FaultyInput

ROOT = Path(__file__).resolve().parents[2]
OFFICE = ROOT / "scenarios" / "office-automation"
FEE, RATE, GUARDED = "outsourced:prices.service.amount", "outsourced:prices.build.rate", "outsourced:controls.vetting.running"
GRID = f"""
alternatives = ["outsourced", "in-house"]
worlds = 20
seed = 3
design = "grid"
[vary."{FEE}"]
low = 120
high = 480
steps = 3
unit = "k CNY / year"
[vary."{RATE}"]
values = [150, 275]
unit = "CNY / h"
"""
SAMPLED = f"""
points = 16
[vary."{FEE}"]
low = 100
high = 400
unit = "k CNY / year"
[vary."{RATE}"]
low = 50
high = 800
spacing = "logarithmic"
unit = "CNY / h"
[vary."{GUARDED}"]
values = [true, false]
"""


@pytest.fixture(autouse=True)
def _made_up_lowering() -> Iterator[None]:
    """Sweeps run on the shipped case itself, not on a made-up one."""
    yield


def written(folder: Path, text: str, name: str = "fees.toml") -> Path:
    """Write a study beside nothing; it names the shipped case."""
    path = folder / name
    path.write_text(f'case = "{OFFICE}"\n{text}')
    return path


def swept(path: Path, out: Path, **options: Any) -> Sweep:
    """Run a sweep and open it."""
    found = itilsim.open_study(run_sweep(read_study(path), out, choose("compiled"), **options))
    assert isinstance(found, Sweep)
    return found


def contents(folder: Path) -> dict[str, bytes]:
    """Give every file of a folder with its bytes."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.fixture(scope="module")
def grid(tmp_path_factory: pytest.TempPathFactory) -> Sweep:
    """Give the sweep of 6 points and 20 worlds, undisturbed."""
    folder = tmp_path_factory.mktemp("grid")
    return swept(written(folder, GRID), folder, workers=2)


def test_each_point_is_what_a_study_of_it_gives(grid: Sweep) -> None:
    """To the last bit, on the same worlds, also where an alternative was not lived again."""
    case = load_case(OFFICE)
    assert len(grid) == 6 and grid.complete
    for point in grid:
        fee, rate = point.inputs[FEE], point.inputs[RATE]
        values = {FEE: f"{fee:g} k CNY / year", RATE: f"{rate:g} CNY / h"}
        own = simulate(case.with_values(values), 20, seed=3, alternatives=["outsourced", "in-house"], variants=False)
        for name, party in itertools.product(("outsourced", "in-house", "today"), ("company", "vendor")):
            assert (own.net_value(name, party=party) == point.net_value(name, party)).all()
    assert (grid.net_value(0, "in-house") == grid.net_value(5, "in-house")).all()
    assert (grid.net_value(0, "outsourced") != grid.net_value(5, "outsourced")).all()


def test_one_dataset_with_a_column_for_each_varied_input(grid: Sweep) -> None:
    """Read by whoever reads Parquet: the columns of values and the varied inputs, in the study's unit."""
    table = grid.dataset().to_table()
    own = ["alternative", "replication", "party"]
    components = ["outcomes_supported", "outcomes_affected", "costs_removed", "costs_imposed", "risks_removed", "risks_imposed"]
    assert table.column_names == ["point", FEE, RATE, *own, *components, "net_value", "cash"]
    assert table.num_rows == 6 * 2 * 20 * len(grid.parties)
    assert grid.input(FEE).tolist() == [120.0, 120.0, 300.0, 300.0, 480.0, 480.0]
    assert grid.input(RATE).tolist() == [150.0, 275.0] * 3
    assert grid.points.column_names == ["point", FEE, RATE]
    first = pq.read_table(grid.folder / "values" / "point-000003.parquet")
    assert first["point"].unique().to_pylist() == [3] and first[FEE].unique().to_pylist() == [300.0]
    assert first.schema.field(FEE).type == pa.float64()
    means, errors = grid.means("outsourced")
    assert means[4] == pytest.approx(grid.net_value(4, "outsourced").mean(), rel=1e-12) and (errors > 0.0).all()
    # Less is left as the fee rises, and as the rate does: both enter the company's value with a minus.
    assert means[0] > means[2] > means[4] and (means[::2] > means[1::2]).all()


def test_workers_and_blocks_change_no_byte(grid: Sweep, tmp_path: Path) -> None:
    other = run_sweep(read_study(written(tmp_path, GRID)), tmp_path, choose("compiled"), workers=1)
    assert contents(other) == contents(grid.folder) | {"scenario/fees.toml": (tmp_path / "fees.toml").read_bytes()}


class Stopper(Silent):
    """Interrupts when so many worlds are done."""

    def __init__(self, worlds: int) -> None:
        self.left = worlds

    def advance(self, worlds: int) -> None:
        self.left -= worlds
        if self.left <= 0:
            raise KeyboardInterrupt


def test_interrupted_sweeps_keep_finished_points_and_go_on(grid: Sweep, tmp_path: Path) -> None:
    """Ctrl-C after 3 points; what a killed writer left is taken away; a sweep that is done does nothing."""
    path = written(tmp_path, GRID)
    with pytest.raises(SweepInterrupted, match="3 of 6 points are kept"):
        swept(path, tmp_path, progress=Stopper(60))
    folder = tmp_path / folder_of(read_study(path))
    part = itilsim.open_study(folder)
    assert isinstance(part, Sweep) and not part.complete and [each.number for each in part] == [0, 1, 2]
    with pytest.raises(WrongRequest, match="found the point 4; 3 of 6 points are stored"):
        part.net_value(4, "outsourced")
    assert np.isnan(part.means("outsourced")[0][3:]).all()
    torn = folder / "values" / ".point-000003.parquet.x1y2"
    torn.write_bytes(b"PAR1 torn")
    first = (folder / "values" / "point-000000.parquet").stat().st_mtime_ns
    swept(path, tmp_path)
    assert not torn.exists() and (folder / "values" / "point-000000.parquet").stat().st_mtime_ns == first
    assert contents(folder) == contents(grid.folder)


def test_points_of_another_software_are_made_again(tmp_path: Path) -> None:
    """Numbers of two versions never lie in one dataset."""
    path = written(tmp_path, f'alternatives = ["outsourced"]\nworlds = 2\ndesign = "list"\n[vary."{GUARDED}"]\nvalues = [true, false]\n')
    folder = swept(path, tmp_path).folder
    whole = contents(folder)
    manifest = json.loads((folder / "manifest.json").read_text())
    manifest["hashes"]["software"] = "another"
    (folder / "manifest.json").write_text(json.dumps(manifest))
    (folder / "values" / "point-000000.parquet").write_bytes(b"old numbers")
    assert swept(path, tmp_path).folder == folder and contents(folder) == whole


def test_killed_at_any_instant_the_data_are_the_same(grid: Sweep, tmp_path: Path) -> None:
    """SIGKILL three times as points come in, then a last run: every file has the bytes of the undisturbed sweep."""
    path = written(tmp_path, GRID)
    folder = tmp_path / "results" / grid.folder.name
    command = [sys.executable, "-m", "itilsim", "sweep", str(path), "--out", str(folder.parent), "--quiet"]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    dice, killed = random.Random(5), 0
    for wanted in (1, 2, 4):
        process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
        while process.poll() is None and len(list(folder.glob("values/point-*"))) < wanted:
            time.sleep(0.001)
        time.sleep(dice.uniform(0.0, 0.03))
        process.send_signal(signal.SIGKILL)
        killed += process.wait() == -signal.SIGKILL
    assert killed >= 2, "the sweep was over before it was killed"
    subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)
    assert contents(folder) == contents(grid.folder)


def test_values_that_do_not_go_together_stop_after_the_points_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The fault names the point and its values, in the study's file; the four points before it are stored."""
    sound = Case.with_values

    def with_values(case: Case, values: Mapping[str, Any]) -> Case:
        if len(values) == 2 and str(values[FEE]).startswith("480"):
            raise FaultyInput([Fault("outsourced.toml", 7, 1, "these two do not go together")])
        return sound(case, values)

    monkeypatch.setattr(Case, "with_values", with_values)
    path = written(tmp_path, GRID)
    with pytest.raises(FaultyInput, match=r"fees.toml:7:2: error: at point 4 \(.*= 480 k CNY / year, .*= 150 CNY / h\): these two do"):
        swept(path, tmp_path)
    assert Sweep(tmp_path / folder_of(read_study(path))).done.tolist() == [True] * 4 + [False] * 2


def test_two_processes_do_not_write_the_same_sweep(tmp_path: Path) -> None:
    path = written(tmp_path, GRID)
    folder = tmp_path / folder_of(read_study(path))
    folder.mkdir()
    with alone(folder), pytest.raises(WrongRequest, match="another process is writing this sweep"):
        swept(path, tmp_path)


def test_more_is_kept_where_asked_for(tmp_path: Path) -> None:
    """Each table of a study has a folder of its own; the same values as without."""
    fees = ["120 k CNY / year", "240 k CNY / year"]
    text = f'alternatives = ["outsourced"]\nworlds = 3\nkeep = "{{keep}}"\n[vary."{FEE}"]\nvalues = {json.dumps(fees)}\n'
    lean = swept(written(tmp_path, text.format(keep="values")), tmp_path)
    rich = swept(written(tmp_path, text.format(keep="sources")), tmp_path)
    assert lean.folder != rich.folder and (lean.net_value(1, "outsourced") == rich.net_value(1, "outsourced")).all()
    assert {"sources", "lifetimes", "perceived", "inputs"} <= {each.name for each in rich.folder.iterdir() if each.is_dir()}
    assert rich.panels(1, "lifetimes")["outsourced"].worlds == 3 and rich.points[FEE].to_pylist() == fees
    with pytest.raises(WrongRequest, match="unknown table of this sweep 'lifetimes'"):
        lean.dataset("lifetimes")


@pytest.mark.parametrize("design", ["latin-hypercube", "sobol"])
def test_sampled_designs_fill_the_ranges(tmp_path: Path, design: str) -> None:
    """Sixteen points meet each sixteenth of a range once, the same ones for a seed, others for another."""
    path = written(tmp_path, f'design = "{design}"\n{SAMPLED}')
    found = read_study(path).design
    assert len(found) == 16
    columns = found.columns(0, 16)
    fee = np.array(columns[FEE])
    assert sorted(((fee - 100.0) / 300.0 * 16).astype(int).tolist()) == list(range(16))
    rate = np.log(np.array(columns[RATE]) / 50.0) / np.log(16.0)
    assert sorted((rate * 16).astype(int).tolist()) == list(range(16))
    assert sorted(columns[GUARDED]) == [False] * 8 + [True] * 8
    again, other = read_study(path).design, read_study(path, seed=2).design
    assert again.columns(0, 16) == columns and other.columns(0, 16) != columns


def test_a_list_takes_values_together(tmp_path: Path) -> None:
    fees, guarded = "values = [120, 120, 240]\nunit = 'k CNY / year'", "values = [true, false, true]"
    text = f'design = "list"\n[vary."{FEE}"]\n{fees}\n[vary."{GUARDED}"]\n{guarded}\n'
    design = read_study(written(tmp_path, text)).design
    assert [design.at(point) for point in range(3)] == [
        {FEE: 120.0, GUARDED: True},
        {FEE: 120.0, GUARDED: False},
        {FEE: 240.0, GUARDED: True},
    ]


def test_a_point_like_the_one_before_has_its_values(tmp_path: Path) -> None:
    text = f'alternatives = ["outsourced"]\nworlds = 70\ndesign = "list"\n[vary."{GUARDED}"]\nvalues = [true, true, false, true]\n'
    first, second, third, fourth = (each.net_value("outsourced").tolist() for each in swept(written(tmp_path, text), tmp_path))
    assert first == second == fourth != third


def test_what_is_set_and_held_fixed_reaches_every_point(tmp_path: Path) -> None:
    text = f'alternatives = ["outsourced"]\nworlds = 5\nfrozen = ["trust"]\ndesign = "list"\n{{}}[vary."{GUARDED}"]\nvalues = [true]\n'
    plain = swept(written(tmp_path, text.format("")), tmp_path)
    dear = swept(written(tmp_path, text.format(f'[set]\n"{FEE}" = "900 k CNY / year"\n')), tmp_path)
    assert dear.manifest["settings"]["frozen"] == ["trust"] and dear.manifest["values"] == {FEE: "900 k CNY / year"}
    assert (plain.net_value(0, "outsourced") > dear.net_value(0, "outsourced")).all()


FAULTS = {
    'worlds = 0\n[vary."a.b.c"]\nvalues = [1]': [(2, 10, "found '0'; worlds is a whole number, at least 1")],
    'wolrds = 5\n[vary."a.b.c"]\nvalues = [1]': [(2, 1, "unknown key 'wolrds'; did you mean 'worlds'?")],
    'design = "sobol"\n[vary."a.b.c"]\nvalues = [1]': [(2, 10, "'points' is missing; the design 'sobol' needs")],
    'points = 4\n[vary."a.b.c"]\nvalues = [1]': [(2, 10, "found 'points', but the design 'grid' has as many points as its values give")],
    '[vary."a.b.c"]\nvalues = []': [(3, 10, "found '[]'; values is a list with something in it")],
    '[vary."a.b.c"]\nvalues = [1, "2"]': [(3, 14, "found '2' after '1'; all values of an input are of one type")],
    '[vary."a.b.c"]\nvalues = [1, 2, 1]': [(3, 17, "found '1' for the second time")],
    '[vary."a.b.c"]\nlow = 3\nhigh = 1\nsteps = 2': [(4, 8, "found high = 1, which is not above low = 3")],
    '[vary."a.b.c"]\nlow = 0\nhigh = 1\nsteps = 2\nspacing = "logarithmic"': [(3, 7, "found low = 0; logarithmic spacing needs")],
    '[vary."a.b.c"]\nlow = nan\nhigh = 1\nsteps = 2': [(3, 7, "found 'nan'; low is a finite number")],
    '[vary."a.b.c"]\nlow = 0\nhigh = 1\nsteps = 2_000_000': [(2, 2, "found 2,000,000 points; a sweep has at most 1,000,000")],
    "seed = 1": [(1, 1, "a sweep needs an input to vary at least")],
    'design = "list"\n[vary."a.b.c"]\nvalues = [1]\n[vary."a.b.d"]\nvalues = [1, 2]': [(3, 2, "found 1 of a.b.c, 2 of a.b.d")],
    '[vary."prices.service.amuont"]\nvalues = ["1 CNY / year"]': [(2, 7, "unknown key 'prices.service.amuont'; did you mean")],
    f'[vary."{FEE}"]\nvalues = [120]': [(3, 11, "found '120'")],
    f'[vary."{FEE}"]\nlow = -5\nhigh = 10\nsteps = 2\nunit = "CNY / year"': [(3, 7, "found '-5 CNY / year', which is below nought")],
    '[vary."controls.vetting.remaining"]\nvalues = [20, 120, 40]\nunit = "%"': [(3, 15, "found '120 %'")],
    f'alternatives = ["outsorced"]\n[vary."{FEE}"]\nvalues = [120]\nunit = "k CNY / year"': [
        (2, 17, "unknown alternative 'outsorced'; did you mean 'outsourced'")
    ],
    f'frozen = ["mood"]\n[vary."{FEE}"]\nvalues = [120]\nunit = "k CNY / year"': [(2, 11, "unknown behaviour to hold fixed 'mood'")],
    f'[set]\n"a.b" = 1\n[vary."{FEE}"]\nvalues = [120]\nunit = "k CNY / year"': [(3, 1, "unknown key 'a.b'")],
}


@pytest.mark.parametrize("text", FAULTS)
def test_what_is_wrong_is_named_with_its_place(tmp_path: Path, text: str) -> None:
    """In sentences, at the line and column of the study's file, before anything is simulated."""
    path = written(tmp_path, text)
    with pytest.raises(FaultyInput) as raised:
        read_study(path)
    assert len(raised.value.faults) == len(FAULTS[text]), str(raised.value)
    for fault, (line, column, said) in zip(raised.value.faults, FAULTS[text], strict=True):
        assert (fault.path, fault.line, fault.column) == (str(path), line, column) and said in fault.message, str(fault)


def test_a_folder_is_opened_as_what_it_is(grid: Sweep) -> None:
    """What reads a comparison refuses a sweep in a sentence."""
    assert isinstance(itilsim.open_study(grid.folder / "manifest.json"), Sweep)
    with pytest.raises(NoResult, match="this is a sweep"):
        open_plain(grid.folder)


def test_the_shipped_study_is_in_order() -> None:
    """It reads, and its first and last points are lowered."""
    for path in sorted((ROOT / "scenarios" / "studies").glob("*.toml")):
        study = read_study(path)
        assert study.case_at(0).alternatives and study.case_at(len(study.design) - 1).alternatives
