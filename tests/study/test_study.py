"""A study is a pure function of case, seed and number of worlds: no split, no interruption and no storage changes a bit."""

from __future__ import annotations

import json
import threading
import weakref
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq
import pytest

from itilsim.ledger.ledger import Ledger
from itilsim.study import folder as stored_folder
from itilsim.study.folder import NoResult, open_study, strict_json
from itilsim.study.manifest import FLOORS, PACKAGE
from itilsim.study.panel import same_bits
from itilsim.study.progress import Silent
from itilsim.study.replay import replay
from itilsim.study.simulate import Interrupted, simulate
from itilsim.study.statistics import cvar_of, difference_of, probability_best, summary_of
from itilsim.study.study import Study
from itilsim.study.subject import WrongRequest
from itilsim.study.variants import AS_STATED
from tests.study.fakes import FakeCase, FakePlan, fake_engine

CASE = FakeCase()


def small(replications: int = 60, **options: Any) -> Study:
    """Run a small study on the made-up engine."""
    return simulate(CASE, replications, **{"engine": fake_engine, "workers": 2, "variants": False, **options})


def files_of(study: Study, directory: Path) -> dict[str, bytes]:
    """Store a study and give the bytes of its Parquet files."""
    folder = study.save(directory)
    return {each.name: each.read_bytes() for each in sorted(folder.glob("*.parquet"))}


def test_how_worlds_are_split_never_changes_a_byte(tmp_path: Path) -> None:
    """Blocks of 1, 7 and 64 worlds, one worker and three."""
    whole = files_of(small(workers=1, block=64, variants=True), tmp_path / "a")
    assert {"values.parquet", "sources.parquet", "variants.parquet", "months.parquet"} <= whole.keys()
    for block, workers in ((1, 3), (7, 1), (7, 3)):
        assert files_of(small(workers=workers, block=block, variants=True), tmp_path / f"{block}-{workers}") == whole


def test_blocks_that_finish_out_of_order_stay_in_order() -> None:
    """The first block waits until a later one is done."""
    later = threading.Event()

    def slow_start(plan: FakePlan, seed: int, first: int, count: int) -> Ledger:
        if first == 0:
            assert later.wait(10.0)
        else:
            later.set()
        return fake_engine(plan, seed, first, count)

    found = small(30, block=10, engine=slow_start)
    assert (found.net_value("outsourced") == small(30).net_value("outsourced")).all()


def test_the_first_worlds_of_a_longer_run_are_the_shorter_run() -> None:
    """Every kept table, world by world."""
    long, short = small(90), small(40)
    for table, panels in short.panels.items():
        for name, each in panels.items():
            assert same_bits(long.table(table)[name].head(each.worlds), each), (table, name)


class Stopper(Silent):
    """Interrupts a study after so many worlds."""

    def __init__(self, after: int) -> None:
        self.left = after

    def advance(self, worlds: int) -> None:
        """Count down, and interrupt at nought."""
        self.left -= worlds
        if self.left <= 0:
            raise KeyboardInterrupt


def interrupted(after: int, **options: Any) -> Study:
    """Give the finished prefix of a study interrupted after so many worlds."""
    with pytest.raises(Interrupted) as raised:
        small(progress=Stopper(after), **options)
    assert raised.value.study is not None
    return raised.value.study


@pytest.mark.parametrize("keep", ["values", "sources", "months"])
def test_interrupted_and_resumed_equals_uninterrupted(tmp_path: Path, keep: str) -> None:
    """Byte for byte, through the folder, with other blocks before and after."""
    part = interrupted(20, block=10, keep=keep, variants=True)
    assert not part.complete and part.replications == 20
    folder = part.save(tmp_path / "part")
    again = open_study(folder)
    assert again.replications == 20 and not again.complete
    resumed = small(keep=keep, block=7, resume=again, variants=True)
    assert resumed.complete
    assert resumed.manifest["folder"] == part.manifest["folder"]
    assert files_of(resumed, tmp_path / "part") == files_of(small(keep=keep, variants=True), tmp_path / "whole")


def test_an_interruption_while_variants_run_keeps_all_worlds(tmp_path: Path) -> None:
    """Only the variants are done again."""
    with pytest.raises(Interrupted) as raised:
        small(60, block=20, progress=Stopper(70), variants=True)
    part = raised.value.study
    assert part is not None and part.replications == 60 and not part.complete
    lived = []

    def counting(plan: FakePlan, seed: int, first: int, count: int) -> Ledger:
        lived.append((plan.months, plan.cap))
        return fake_engine(plan, seed, first, count)

    counting.__name__ = fake_engine.__name__
    resumed = small(60, engine=counting, resume=part, variants=True)
    assert resumed.complete and {(24, 1.0)}.isdisjoint(lived)


def test_nothing_finished_is_nothing_kept() -> None:
    """An interruption in the first block carries no study."""

    def stop(*_: Any) -> Ledger:
        raise KeyboardInterrupt

    with pytest.raises(Interrupted) as raised:
        small(engine=stop)
    assert raised.value.study is None


def test_a_study_goes_on_only_from_its_own_kind() -> None:
    """Another seed is another study."""
    part = interrupted(20, block=10)
    with pytest.raises(WrongRequest, match="other inputs"):
        small(resume=part, seed=2)


def test_ledgers_are_let_go_block_by_block() -> None:
    """Memory holds the blocks in flight, not the run."""
    made: list[weakref.ref[Any]] = []
    most = 0

    def watched(plan: FakePlan, seed: int, first: int, count: int) -> Ledger:
        nonlocal most
        found = fake_engine(plan, seed, first, count)
        made.append(weakref.ref(found.amounts))
        most = max(most, sum(each() is not None for each in made))
        return found

    study = small(120, block=4, workers=2, engine=watched)
    assert len(made) == 90 and most <= 2 * 3
    assert study.replications == 120 and all(each() is None for each in made)


def test_stored_and_opened_is_the_same(tmp_path: Path) -> None:
    """Every table comes back with the same bits, and the interface reads alike."""
    study = small(variants=True)
    opened = open_study(study.save(tmp_path))
    for table, panels in study.panels.items():
        assert list(opened.table(table)) == [name for name, each in panels.items() if each.rows]
        for name, each in opened.table(table).items():
            assert same_bits(each, panels[name]), (table, name)
    assert opened.variants == study.variants
    assert opened.compare("outsourced", "in-house") == study.compare("outsourced", "in-house")
    assert opened.scenario == dict(CASE.source_files)
    assert (opened.net_value("today") == 0.0).all()


def test_files_have_the_columns_of_the_contract(tmp_path: Path) -> None:
    """Names, plain types, order of rows, and no row for the baseline where differences stand."""
    folder = small(20).save(tmp_path)
    six = "outcomes_supported outcomes_affected costs_removed costs_imposed risks_removed risks_imposed"
    expected = {
        "values": f"alternative replication party {six} net_value cash",
        "sources": "alternative replication party source component value cash",
        "perceived": "alternative replication stakeholder value",
        "inputs": "replication volume wage",
        "budget": "alternative replication year one_off running",
        "funding": "alternative replication peak_funding payback_month payback_cash_month",
        "paths": "alternative replication month value cash",
        "months": "alternative replication month service.oa.adoption service.oa.utility",
        "rare": "alternative replication risk occurrences loss",
        "lifetimes": "alternative replication count.risk.source-leak count.team.support.done months_lived.vendor ending.vendor "
        "final.relationship.vendor.trust",
    }
    for table, columns in expected.items():
        schema = pq.read_schema(folder / f"{table}.parquet")
        assert schema.names == columns.split(), table
        assert {str(each) for each in schema.types} <= {"string", "int64", "double"}
    values = pq.read_table(folder / "values.parquet").to_pydict()
    assert set(values["alternative"]) == {"in-house", "outsourced"}
    assert values["replication"][:6] == [0, 0, 0, 0, 0, 1]
    assert values["party"][:5] == list(CASE.parents)
    assert set(pq.read_table(folder / "sources.parquet")["alternative"].to_pylist()) == set(CASE.alternatives)
    lifetimes = pq.read_table(folder / "lifetimes.parquet").to_pydict()
    assert lifetimes["ending.vendor"][0] is None and lifetimes["ending.vendor"][-1] == "ended early"
    encodings = pq.ParquetFile(folder / "values.parquet").metadata.row_group(0).column(9)
    assert encodings.compression == "ZSTD" and "BYTE_STREAM_SPLIT" in encodings.encodings


def test_paths_end_at_net_value_and_sources_add_up_to_it() -> None:
    """The tables tell one story."""
    study = small()
    for name in ("in-house", "outsourced"):
        net = study.net_value(name)
        assert study.table("paths")[name]["value"][:, -1] == pytest.approx(net, rel=1e-9, abs=1e-6)
        own, base = study.table("sources")[name], study.table("sources")["today"]
        company = [at for at in range(own.rows) if own.labels["party"][at] == "company"]
        total = own["value"][:, company].sum(axis=1)
        company = [at for at in range(base.rows) if base.labels["party"][at] == "company"]
        assert total - base["value"][:, company].sum(axis=1) == pytest.approx(net, rel=1e-9, abs=1e-6)


@pytest.mark.parametrize(
    ("keep", "there", "absent"), [("values", {"values", "rare"}, {"sources", "paths"}), ("sources", {"sources"}, set())]
)
def test_keep_says_how_much_is_stored(tmp_path: Path, keep: str, there: set[str], absent: set[str]) -> None:
    """Fewer tables, the same numbers."""
    names = {name.removesuffix(".parquet") for name in files_of(small(keep=keep), tmp_path)}
    assert there <= names and not absent & names


def test_paths_are_kept_of_the_first_worlds_unless_months_are_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """The limit holds across blocks."""
    monkeypatch.setattr("itilsim.study.reckoning.FIRST_WORLDS", 25)
    assert small(60, block=10).table("paths")["outsourced"].worlds == 25
    assert small(60, block=10).table("months")["today"].worlds == 25
    assert small(60, block=10, keep="months").table("months")["today"].worlds == 60


def test_a_file_is_whole_or_absent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A write that fails leaves no half file and no manifest, so the folder is no study."""
    study = small()
    folder = study.save(tmp_path)

    def fail(panels: Any, path: Path) -> None:
        path.write_bytes(b"half")
        raise OSError("the disk is full")

    monkeypatch.setattr(stored_folder, "write_panels", fail)
    with pytest.raises(OSError, match="disk is full"):
        study.save(tmp_path)
    assert [each.name for each in folder.iterdir() if each.is_file()] == []
    with pytest.raises(NoResult, match=r"no manifest\.json"):
        open_study(folder)


def test_a_folder_is_named_by_all_that_moves_its_numbers() -> None:
    """Workers and blocks do not; seed, inputs, worlds, alternatives and settings do."""
    name = small().manifest["folder"]
    assert name.startswith("office-") and len(name) == len("office-") + 12
    assert small(workers=1, block=3).manifest["folder"] == name
    others = [
        small(61),
        small(seed=2),
        small(keep="values"),
        small(alternatives=["outsourced"]),
        small(frozen=["trust"]),
        small(baseline="in-house"),
        simulate(replace(CASE, discount_rate=0.05), 60, engine=fake_engine, variants=False),
    ]
    assert len({each.manifest["folder"] for each in others} | {name}) == len(others) + 1


def test_another_baseline_measures_against_it() -> None:
    """Differences between two alternatives do not depend on the baseline."""
    usual, other = small(), small(baseline="in-house")
    apart = usual.net_value("outsourced") - usual.net_value("in-house")
    assert other.net_value("outsourced") == pytest.approx(apart, rel=1e-9, abs=1e-6)
    assert (other.net_value("in-house") == 0.0).all()


def test_frozen_behaviour_reaches_the_lowering() -> None:
    """What is held fixed gives other lifetimes."""
    assert (small(frozen=["decisions"]).net_value("outsourced") != small().net_value("outsourced")).any()


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"alternatives": ["outsorced"]}, "did you mean 'outsourced'"),
        ({"baseline": "yesterday"}, "unknown alternative 'yesterday'"),
        ({"alternatives": ["today"]}, "nothing to measure"),
        ({"replications": 0}, "at least 1"),
        ({"seed": -1}, "whole number"),
        ({"keep": "all"}, "unknown degree of keeping"),
        ({"frozen": ["love"]}, "unknown behaviour"),
        ({"precision": "fine"}, "'1 %'"),
        ({"engine": "warp"}, "unknown engine"),
        ({"workers": 0}, "at least 1"),
    ],
)
def test_what_cannot_be_run_is_refused_in_a_sentence(options: dict[str, Any], says: str) -> None:
    """Before anything is simulated."""
    with pytest.raises(WrongRequest, match=says):
        simulate(CASE, **{"replications": 10, "engine": fake_engine, **options})


def test_precision_stops_a_study_that_is_known_well_enough() -> None:
    """A wide tolerance stops at the first look; a narrow one goes to the end; the worlds are the same."""
    assert small(1_200, precision="50 %").replications == 500
    assert small(1_200, precision="1 M").complete
    assert small(600, precision="0.0001 %").replications == 600
    stopped = small(1_200, precision="50 %", block=33)
    assert (stopped.net_value("outsourced") == small(500).net_value("outsourced")).all()
    assert stopped.manifest["settings"]["precision"] == "50 %"


def test_the_same_draw_reaches_every_alternative() -> None:
    """Worlds that differ between alternatives are an error, not a comparison."""

    def drifting(plan: FakePlan, seed: int, first: int, count: int) -> Ledger:
        found = fake_engine(plan, seed, first, count)
        return replace(found, theta=found.theta + (plan.name == "outsourced"))

    with pytest.raises(ValueError, match="drawn differently for 'outsourced'"):
        small(engine=drifting)


def test_a_replay_compares_to_the_last_bit(tmp_path: Path) -> None:
    """The same engine agrees; one that is off by the tenth of a trillionth in one amount of one world does not."""
    folder = small().save(tmp_path)
    same = replay(folder, case=CASE, engine=fake_engine)
    assert same.identical and same.tables == ("values", "sources", "perceived", "lifetimes")

    def off(plan: FakePlan, seed: int, first: int, count: int) -> Ledger:
        found = fake_engine(plan, seed, first, count)
        amounts = found.amounts.copy()
        if plan.name == "outsourced" and first <= 33 < first + count:
            amounts[33 - first, 0, 0] *= 1.0 + 1e-13
        return replace(found, amounts=amounts)

    other = replay(folder, case=CASE, engine=off)
    assert not other.identical
    assert any("'outsourced'" in said and "replication 33" in said for said in other.differences)
    changed = replay(folder, case=replace(CASE, cap=3.0), engine=fake_engine)
    assert not changed.identical and "read differently" in changed.differences[0]


def test_variants_rank_again_on_the_same_worlds() -> None:
    """The case as stated comes first; shares of being best leave the rest to the baseline."""
    study = small(variants=True)
    assert [row["variant"] for row in study.variants[::2]] == [AS_STATED, "horizon 1 year", "caps doubled"]
    assert {row["replications"] for row in study.variants} == {60}
    stated = [row for row in study.variants if row["variant"] == AS_STATED]
    assert stated[0]["mean"] == study.summary("in-house").mean
    assert sum(row["probability_best"] for row in stated) == pytest.approx(1.0 - np.mean(
        np.maximum(study.net_value("in-house"), study.net_value("outsourced")) < 0.0
    ))  # fmt: skip


def test_the_sponsor_signs_by_what_the_sponsor_perceives() -> None:
    """A sponsor who looks at the bad tail does not sign what is worth more on average; the reason names the sources."""
    study = small(200)
    answers = {each["alternative"]: each for each in study.manifest["sponsor"]}
    assert set(answers) == {"in-house", "outsourced"}
    for name, each in answers.items():
        perceived = study.perceived(name, "sponsor")
        assert each["cvar"] == cvar_of(perceived, 0.05) and each["signs"] is (each["cvar"] >= 0.0)
    assert not answers["outsourced"]["signs"]
    assert "source-leak" in answers["outsourced"]["why"] and "less than staying with paper" in answers["outsourced"]["why"]


def test_statistics_of_known_numbers() -> None:
    """A tail that ends inside a world counts it in part; ties share a world."""
    values = np.arange(30, dtype=float) - 10.0
    assert cvar_of(values, 0.05) == pytest.approx((-10.0 + 0.5 * -9.0) / 1.5)
    assert cvar_of(values, 1.0) == pytest.approx(values.mean())
    summary = summary_of(values)
    assert summary.mean == 4.5 and summary.probability_positive == 19 / 30
    assert summary.standard_error == pytest.approx(values.std(ddof=1) / 30**0.5)
    found = difference_of("a", "b", "p", of_a=np.array([1.0, 2.0, 0.0]), of_b=np.array([0.0, 5.0, 0.0]))
    assert (found.probability_a_better, found.probability_equal) == (1 / 3, 1 / 3)
    assert (found.mean_when_better, found.mean_when_worse) == (1.0, -3.0)
    shares = probability_best({"a": np.array([1.0, 0.0]), "b": np.array([1.0, -1.0]), "c": np.array([0.0, 2.0])})
    assert shares == {"a": 0.25, "b": 0.25, "c": 0.5}


def test_the_manifest_is_strict_json_and_says_how(tmp_path: Path) -> None:
    """Not a number is null, and nothing names the machine's paths."""
    folder = small(1).save(tmp_path)
    text = (folder / "manifest.json").read_text(encoding="utf-8")
    manifest = json.loads(text, parse_constant=lambda name: pytest.fail(name))
    for key in ("schema", "software", "question", "inputs", "sponsor", "seed", "hashes", "caveats", "timings", "complete"):
        assert key in manifest
    assert str(tmp_path) not in text and str(Path.cwd()) not in text
    assert json.loads(strict_json({"a": float("nan"), "b": [float("inf"), 1]})) == {"a": None, "b": [None, 1]}


def test_code_that_may_move_a_number_is_part_of_the_software_hash() -> None:
    """A folder of the package is a floor under the numbers, or it only shows them."""
    folders = {each.parent.name for each in PACKAGE.glob("*/__init__.py")}
    assert folders - set(FLOORS) <= {"app", "cli", "explain", "exports", "figures", "live", "notebooks", "pages", "tables"}


def test_an_executor_does_the_same_work() -> None:
    """One that was handed in, which stays open."""
    with ThreadPoolExecutor(3) as executor:
        found = small(executor=executor, block=5)
        assert executor.submit(int, "7").result() == 7
    assert (found.net_value("outsourced") == small().net_value("outsourced")).all()


@pytest.mark.parametrize("read", [lambda p: open_study(p / "nowhere"), lambda p: open_study(p)])
def test_what_is_no_study_is_refused_in_a_sentence(tmp_path: Path, read: Callable[[Path], Study]) -> None:
    """A folder without a manifest, or none at all."""
    with pytest.raises(NoResult, match="is needed"):
        read(tmp_path)
