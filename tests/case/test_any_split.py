"""A study of the shipped case does not depend on how its worlds are split: by blocks, workers, or the length of the run."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest

from itilsim.case import load_case
from itilsim.study.simulate import simulate
from itilsim.study.study import Study

OFFICE = Path(__file__).resolve().parents[2] / "scenarios" / "office-automation"
TABLES = ("values", "sources", "lifetimes", "perceived", "inputs")


def stored(folder: Path, replications: int, *, workers: int, block: int | None) -> Study:
    """Simulate all alternatives of the shipped case and store the study."""
    study = simulate(load_case(OFFICE), replications, workers=workers, block=block, variants=False)
    study.save(folder)
    return study


def same_head(short: Study, long: Study) -> list[str]:
    """Name the tables in which the first worlds of a long study are not those of a short one, to the last bit."""
    differing = []
    for name in TABLES:
        assert short.folder is not None and long.folder is not None
        few, many = (pq.read_table(study.folder / f"{name}.parquet") for study in (short, long))
        many = many.filter(np.asarray(many["replication"]) < short.replications)
        if not few.equals(many):
            differing.append(name)
    return differing


@pytest.mark.parametrize(
    ("few", "many"), [(60, 150), pytest.param(1_000, 5_000, marks=pytest.mark.nightly)], ids=["60 of 150", "1,000 of 5,000"]
)
def test_neither_workers_nor_blocks_nor_the_length_of_a_run_move_a_number(tmp_path: Path, few: int, many: int) -> None:
    """The first worlds of a long run on one worker are the short run on two, in blocks of any size, to the last bit."""
    long = stored(tmp_path / "long", many, workers=1, block=None)
    for workers, block in ((2, None), (2, 7), (1, few)):
        assert same_head(stored(tmp_path / f"{workers}-{block}", few, workers=workers, block=block), long) == []
