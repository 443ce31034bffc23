"""Every shipped case, whatever there is in scenarios/: sound, the same in both engines, its books kept, its story and its page made."""

from __future__ import annotations

import html
import tomllib
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from multiprocessing import get_context
from pathlib import Path

import pytest

from itilsim.case import Case, load_case
from itilsim.case.lower import lower
from itilsim.cli.app import main
from itilsim.engine.compiled import run_block as run_compiled
from itilsim.engine.reference import run_block as run_reference
from tests.cases import conservation
from tests.cases.lives import Lived, differing, live

SCENARIOS = Path(__file__).parents[2] / "scenarios"
FOLDERS = sorted(path.parent for path in SCENARIOS.glob("*/case.toml"))
WORLDS = 30
GRID = 0.25
SEED = 20263


def alternatives_of(folder: Path) -> list[str]:
    """Give the names of a case's alternatives, none where its head cannot be read (which `check` tells)."""
    try:
        names: list[str] = tomllib.loads((folder / "case.toml").read_text(encoding="utf-8"))["case"]["alternatives"]
    except (tomllib.TOMLDecodeError, KeyError):
        return []
    return names


ALTERNATIVES = [pytest.param(folder, name, id=f"{folder.name}/{name}") for folder in FOLDERS for name in alternatives_of(folder)]
each_case = pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
each_alternative = pytest.mark.parametrize(("folder", "alternative"), ALTERNATIVES)


@cache
def case_of(folder: Path) -> Case:
    """Read a case."""
    return load_case(folder)


@cache
def lived(folder: Path, alternative: str) -> Lived:
    """Live some worlds of an alternative."""
    return live(case_of(folder), alternative, WORLDS)


@pytest.fixture(scope="module")
def pool() -> Iterator[ProcessPoolExecutor]:
    """Two processes for the reference engine."""
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as processes:
        yield processes


def agree(pool: ProcessPoolExecutor, folder: Path, alternative: str, *, worlds: int, grid_worlds: int) -> None:
    """Check that both engines give the same ledger in worlds of an alternative, and in others in which all times lie on a grid."""
    waiting = []
    for grid, count in ((0.0, worlds), (GRID, grid_worlds)):
        plan = lower(case_of(folder), alternative, grid=grid)
        step = max(1, -(-count // 2))
        for first in range(0, count, step):
            many = min(step, count - first)
            waiting.append((plan, grid, first, many, pool.submit(run_reference, plan, SEED, first, many)))
    for plan, grid, first, many, slow in waiting:
        parted = differing(slow.result(), run_compiled(plan, SEED, first, many))
        assert not parted, f"worlds {first} to {first + many - 1} on a grid of {grid}: {', '.join(parted)} differ"


def test_there_are_cases() -> None:
    assert SCENARIOS / "office-automation" in FOLDERS


@each_case
def test_nothing_is_wrong_with_it(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(folder)]) == 0, capfd.readouterr().err
    assert set(case_of(folder).alternatives) == set(alternatives_of(folder))


@each_alternative
def test_both_engines_agree(folder: Path, alternative: str, pool: ProcessPoolExecutor) -> None:
    agree(pool, folder, alternative, worlds=3, grid_worlds=1)


@pytest.mark.nightly
@each_alternative
def test_both_engines_agree_on_many_worlds(folder: Path, alternative: str, pool: ProcessPoolExecutor) -> None:
    agree(pool, folder, alternative, worlds=100, grid_worlds=20)


@each_alternative
def test_it_keeps_its_books(folder: Path, alternative: str) -> None:
    """Transfers, what is not lived, parts and wholes, chains, values: see `conservation`."""
    conservation.keeps_its_books(lived(folder, alternative), lived(folder, case_of(folder).baseline))


@each_alternative
def test_nobodys_account_moves_without_a_posting(folder: Path, alternative: str) -> None:
    conservation.accounts_move_by_postings_only(lived(folder, alternative), world=1)


def test_some_party_stands_twice_in_one_chain() -> None:
    """In the case that is made for it, where it is there."""
    folder = SCENARIOS / "value-chain"
    if folder not in FOLDERS:
        pytest.skip("there is no case of a chain")
    assert any(conservation.chains_add_up(lived(folder, name)) for name in alternatives_of(folder))


@each_case
def test_the_story_of_a_world_is_told(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Of the first alternative that is not today, against its twin today."""
    case = case_of(folder)
    other = next(name for name in case.alternatives if name != case.baseline)
    against = folder / f"{case.baseline}.toml"
    assert main(["explain", str(folder / f"{other}.toml"), "-k", "2", "--against", str(against)]) == 0
    printed = capfd.readouterr()
    assert printed.out.count("\n") > 10, printed.err


@each_case
def test_it_is_compared_and_has_its_page(folder: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["compare", str(folder), "-n", "50", "--quiet", "--out", str(tmp_path)]) == 0, capfd.readouterr().err
    (result,) = tmp_path.iterdir()
    (result / "report.html").unlink()
    assert main(["report", str(result)]) == 0, capfd.readouterr().err
    page = html.unescape((result / "report.html").read_text(encoding="utf-8")).casefold()
    case = case_of(folder)
    for title in (case.title, *(alternative.title for alternative in case.alternatives.values())):
        assert title.casefold() in page, f"the page does not name '{title}'"
