"""How kinds outside the package are found: in the folders that ITILSIM_KINDS names, and nowhere else."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from itilsim.cli.app import main
from itilsim.kinds.block import kinds
from itilsim.kinds.outside import DOOR
from tests.plugins.conftest import CASE, KINDS, Door

ROOT = Path(__file__).parents[2]
OWN = '''from typing import Literal

from itilsim.kinds.costs.once import Once


class Mine(Once):
    """A cost of one's own."""

    kind: Literal["{kind}"] = "{kind}"
'''
IN_PROCESSES = """
import sys
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import itilsim
from itilsim.study.manifest import software_hash

if __name__ == "__main__":
    case = itilsim.load(sys.argv[1])
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as processes:
        apart = itilsim.simulate(case, 6, variants=False, executor=processes, block=3)
    together = itilsim.simulate(case, 6, variants=False)
    assert (apart.perceived("rented", "treasurer") == together.perceived("rented", "treasurer")).all()
    print(software_hash())
"""


def run(*command: str | Path, opened: Path | None) -> subprocess.CompletedProcess[str]:
    """Run a command in a process of its own, with or without the variable."""
    environment = {name: value for name, value in os.environ.items() if name != DOOR}
    if opened is not None:
        environment[DOOR] = str(opened)
    return subprocess.run([sys.executable, *command], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=300)


def added(folder: Path, place: str, text: str) -> Path:
    """Write a file of a folder of kinds and give the folder."""
    (folder / place).parent.mkdir(parents=True, exist_ok=True)
    (folder / place).write_text(text, encoding="utf-8")
    return folder


def test_without_the_door_the_kinds_are_unknown(door: Door, capfd: pytest.CaptureFixture[str]) -> None:
    """Each at its place, with exit code 3."""
    door()
    assert main(["check", str(CASE)]) == 3
    said = capfd.readouterr().err
    assert "case.toml:52:8: error: unknown kind in stakeholders 'budget-holder'" in said
    assert all(f"'{kind}'" in said for kind in ("flood", "every-nth-month", "volume-discount"))


def test_with_the_door_open_they_are_known(door: Door, capfd: pytest.CaptureFixture[str]) -> None:
    """In two folders as in one; none of the program's own is lost."""
    door()
    before = {section: set(held) for section, held in kinds().items()}
    door(KINDS)
    assert main(["check", str(CASE)]) == 0, capfd.readouterr().err
    more = {"risks": {"flood"}, "costs": {"every-nth-month"}, "prices": {"volume-discount"}, "stakeholders": {"budget-holder"}}
    assert {section: set(held) - before[section] for section, held in kinds().items() if set(held) - before[section]} == more
    assert all(before[section] <= set(held) for section, held in kinds().items())
    assert kinds()["risks"]["flood"].section == "risks"


def test_several_folders_are_searched(door: Door, tmp_path: Path) -> None:
    """Two folders may add to one section."""
    door(KINDS, added(tmp_path, "costs/my_own.py", OWN.format(kind="my-own")))
    assert {"every-nth-month", "my-own"} <= set(kinds()["costs"])


def test_code_beside_a_case_is_never_run(tmp_path: Path, door: Door) -> None:
    """Whoever sends a case sends no program: neither with the door shut nor with another folder open."""
    folder = tmp_path / "sent"
    shutil.copytree(CASE, folder)
    trap = f"from pathlib import Path\nPath({str(tmp_path / 'sprung')!r}).write_text('')\n"
    for place in ("kinds/risks/flood.py", "risks/flood.py", "flood.py", "conftest.py", "itilsim.py"):
        added(folder, place, trap)
    door()
    assert main(["check", str(folder)]) == 3
    door(KINDS)
    assert main(["check", str(folder)]) == 0 and main(["describe", str(folder)]) == 0
    assert not (tmp_path / "sprung").exists()


REFUSED = {
    "a folder that is not there": (None, "there is no such folder, and ITILSIM_KINDS names it"),
    "a section that does not exist": (("risk/flood.py", OWN.format(kind="flood")), "unknown section 'risk'; did you mean 'risks'"),
    "a kind that there is already": (("costs/once.py", OWN.format(kind="once")), "there is a kind 'once' in costs already"),
    "a kind called otherwise than its file": (("costs/mine.py", OWN.format(kind="my-own")), "found no kind 'mine'; a file holds one class"),
    "a file without a kind": (("costs/mine.py", "x = 1\n"), "found no kind 'mine'"),
    "a file that is no program": (("costs/mine.py", "x = 1\nclass\n"), "mine.py:2:1: error: the kind cannot be imported: SyntaxError"),
    "a file that needs what is not there": (("costs/mine.py", "import nowhere_at_all\n"), "ModuleNotFoundError: No module named 'nowhere_"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_is_no_kind_is_refused_with_its_place(what: str, door: Door, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """With exit code 3 and a sentence, whatever is asked for."""
    file, words = REFUSED[what]
    door(added(tmp_path / "kinds", *file) if file else tmp_path / "kinds")
    assert main(["check", str(CASE)]) == 3
    said = capfd.readouterr().err
    assert words in said and said.startswith(str(tmp_path / "kinds")) and "Traceback" not in said


def test_what_is_no_section_or_a_helper_is_passed_over(door: Door, tmp_path: Path) -> None:
    """A folder without programs, files of notes, and helpers whose names begin with a low line."""
    added(added(tmp_path, "notes/readme.md", "of risks"), "risks/_season.py", "x = 1\n")
    door(added(tmp_path, "_old/flood.py", "class"))
    assert "flood" not in kinds()["risks"]


def test_the_door_is_that_of_the_process(tmp_path: Path) -> None:
    """As somebody types it; worker processes know the kinds too, and results made with other kinds are told apart."""
    script = tmp_path / "apart.py"
    script.write_text(IN_PROCESSES, encoding="utf-8")
    copy = tmp_path / "kinds"
    shutil.copytree(KINDS, copy)
    shut = run("-m", "itilsim", "check", CASE, opened=None)
    assert shut.returncode == 3 and "unknown kind" in shut.stderr
    first = run(script, CASE, opened=copy)
    assert first.returncode == 0, first.stderr
    flood = copy / "risks" / "flood.py"
    flood.write_text(flood.read_text(encoding="utf-8").replace("amount=1.0)", "amount=0.5)"), encoding="utf-8")
    hashed = "from itilsim.study.manifest import software_hash as h; print(h())"
    changed, none = (run("-c", hashed, opened=each).stdout for each in (copy, None))
    assert len({first.stdout, changed, none}) == 3
