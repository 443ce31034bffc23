"""The reference engine lives without a compiler, the kernel without SimPy, and a lower floor never names an upper one."""

from __future__ import annotations

import ast
import hashlib
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from itilsim.case import load_case
from itilsim.case.lower import lower
from itilsim.engine.compiled import run_block as run_compiled

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "itilsim"
CASE = ROOT / "scenarios" / "office-automation"
RECORDS = ("amounts", "measures", "counts", "finals", "lived", "endings", "theta")

LIVES_WITHOUT = """
import hashlib, sys
from pathlib import Path

class Refuses:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in ("numba", "llvmlite"):
            raise ImportError(f"{name} is not installed")

sys.meta_path.insert(0, Refuses())
from itilsim.case import load_case
from itilsim.case.lower import lower
from itilsim.engine.reference import run_block

ledger = run_block(lower(load_case(Path(sys.argv[1])), "outsourced"), 31, 4, 2)
for record in sys.argv[2:]:
    print(hashlib.sha256(getattr(ledger, record).tobytes()).hexdigest())
try:
    import numba
except ImportError:
    print("no compiler")
"""


def test_without_the_compiler_the_reference_gives_the_same_ledger() -> None:
    """Two worlds of one alternative, in an interpreter in which numba cannot be imported."""
    command = [sys.executable, "-c", LIVES_WITHOUT, str(CASE), *RECORDS]
    said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=120).stdout.split("\n")
    ledger = run_compiled(lower(load_case(CASE), "outsourced"), 31, 4, 2)
    assert said[:-2] == [hashlib.sha256(getattr(ledger, record).tobytes()).hexdigest() for record in RECORDS]
    assert said[-2] == "no compiler"


@cache
def modules() -> dict[str, Path]:
    """Give the file of every module of the package."""
    found = {}
    for path in PACKAGE.rglob("*.py"):
        parts = path.relative_to(ROOT).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


@cache
def imports_of(module: str) -> frozenset[str]:
    """Give what a module imports anywhere in its source: modules of the package in full, others by their first name."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(modules()[module].read_text())):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            inner = {f"{node.module}.{alias.name}" for alias in node.names}
            known = inner & set(modules())
            found.update(known)
            if len(known) < len(inner):
                found.add(node.module)
    return frozenset(name if name in modules() else name.split(".")[0] for name in found)


def reached_from(folder: str) -> set[str]:
    """Give everything that the modules of a folder import, directly or through others."""
    waiting = [name for name in modules() if name == folder or name.startswith(folder + ".")]
    reached: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached.add(name)
            waiting += [each for each in imports_of(name) if each in modules()]
            reached.update(each for each in imports_of(name) if each not in modules())
    return reached


def test_the_reference_never_reaches_the_kernel() -> None:
    reached = reached_from("itilsim.engine.reference")
    assert "simpy" in reached and "itilsim.rules.month" in reached
    assert not [name for name in reached if name in ("numba", "llvmlite") or name.startswith("itilsim.engine.compiled")]


def test_the_kernel_never_reaches_simpy() -> None:
    reached = reached_from("itilsim.engine.compiled")
    assert "numba" in reached and "itilsim.rules.month" in reached
    assert not [name for name in reached if name == "simpy" or name.startswith("itilsim.engine.reference")]


def test_engines_see_rows_rules_draws_and_the_ledger_alone() -> None:
    """No engine knows a case, a kind of block or a study."""
    allowed = ("engine", "rules", "plan", "world", "ledger")
    reached = {name.split(".")[1] for name in reached_from("itilsim.engine") if name.startswith("itilsim.")}
    assert reached <= set(allowed)


FLOORS: tuple[tuple[str, ...], ...] = (
    ("text", "plan.rows", "plan.accounts", "plan.number"),
    ("rules",),
    ("world.keys", "world.quantiles"),
    ("world", "plan"),
    ("ledger",),
    ("engine",),
    ("kinds",),
    ("case",),
    ("study",),
    ("",),
    ("cli", "__main__"),
)
"""From the ground up; a module belongs to its longest prefix, and what has no floor of its own lies under the command line.

Rows are the ground on which the rules stand, and a plan is built with rules and quantile tables: so the packages `plan` and `world` lie
on two floors each.
"""
STORED_ONLY = ("tables", "figures", "pages")
"""Analysis, which reads stored results: no engine, no case, no study."""


def floor_of(module: str) -> int:
    """Give the floor of a module."""
    inner = module.removeprefix("itilsim").removeprefix(".")
    best, place = -1, 0
    for number, names in enumerate(FLOORS):
        for name in names:
            if (not name or inner == name or inner.startswith(name + ".")) and len(name) > best:
                best, place = len(name), number
    return place


def offences() -> list[str]:
    """Name each import from a lower floor to an upper one."""
    return [
        f"{name} imports {other}"
        for name in sorted(modules())
        for other in sorted(imports_of(name))
        if other in modules() and floor_of(other) > floor_of(name)
    ]


def test_a_lower_floor_never_names_an_upper_one() -> None:
    """In particular nobody imports the command line."""
    assert offences() == []


@pytest.mark.parametrize("package", STORED_ONLY)
def test_analysis_reads_stored_tables_alone(package: str) -> None:
    reached = {name.split(".")[1] for name in reached_from(f"itilsim.{package}") if name.startswith("itilsim.")}
    assert not reached & {"engine", "kinds", "case", "study", "cli", "plan", "rules", "world"}


def test_nobody_imports_the_root_of_the_package() -> None:
    """A module names what it needs; the root is for people and would close a circle."""
    assert [name for name in modules() if "itilsim" in imports_of(name)] == []


def test_the_checks_see_an_import_that_is_hidden_in_a_function(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A rule that imported the command line, or a kernel that imported SimPy, would be named."""
    hidden = tmp_path / "losses.py"
    hidden.write_text("def settle():\n    from itilsim.cli import main\n    import simpy\n    return main, simpy\n")
    monkeypatch.setitem(modules(), "itilsim.rules.losses", hidden)
    imports_of.cache_clear()
    try:
        assert "itilsim.rules.losses imports itilsim.cli" in offences()
        assert "simpy" in reached_from("itilsim.engine.compiled")
    finally:
        imports_of.cache_clear()
