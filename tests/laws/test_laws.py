"""The qualitative laws of the field hold in at least four fifths of a stated box of shipped cases, and vanish with their mechanism."""

from __future__ import annotations

from pathlib import Path

import pytest

from itilsim.study.engines import choose
from itilsim.study.sweep.description import read_study
from itilsim.study.sweep.run import run_sweep
from itilsim.study.sweep.stored import Sweep
from tests.laws.laws import LAWS, STUDIES, Law, share_that_holds


def swept(law: Law, folder: Path, *, off: bool = False) -> Sweep:
    """Run a law's study, with its mechanism or without."""
    path = folder / ("off.toml" if off else law.study)
    path.write_text(law.text(off=off))
    return Sweep(run_sweep(read_study(path), folder, choose("compiled")))


@pytest.mark.nightly
@pytest.mark.parametrize("name", LAWS)
def test_a_law_holds_in_most_of_its_box_and_vanishes_with_its_mechanism(name: str, tmp_path: Path) -> None:
    law = LAWS[name]
    held, without = (share_that_holds(law, swept(law, tmp_path, off=off)) for off in (False, True))
    print(f"{name}: holds in {held:.0%} of its box, in {without:.0%} without its mechanism")
    assert held >= 0.8
    assert without <= 0.2


def test_every_study_of_a_law_is_read(tmp_path: Path) -> None:
    """All inputs exist, all values are allowed, and the lines that switch the mechanism off are allowed too."""
    for law in LAWS.values():
        for off in (False, True):
            path = tmp_path / "study.toml"
            path.write_text(law.text(off=off))
            assert law.axis in {each.key for each in read_study(path).design.inputs}
    assert {law.study for law in LAWS.values()} <= {path.name for path in STUDIES.glob("*.toml")}
