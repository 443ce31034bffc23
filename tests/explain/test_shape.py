"""How the explanation is built: no circle of imports in it, and no knowledge of any single kind."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import itilsim.explain
from itilsim.kinds.block import kinds

FOLDER = Path(itilsim.explain.__file__).parent
OF_THE_LEDGER = {"parties", "outcomes", "costs", "risks"}
"""Sections whose names are also words of any ledger."""


def imported(path: Path) -> Iterator[str]:
    """Give the modules that a file imports, wherever in it that is said."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module is not None:
            yield node.module
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def test_no_module_imports_another_in_a_circle() -> None:
    within = f"{itilsim.explain.__name__}."
    needs = {
        path.stem: {name.removeprefix(within) for name in imported(path) if name.startswith(within)} for path in FOLDER.glob("*.py")
    }
    assert len(list(TopologicalSorter(needs).static_order())) == len(needs) > 5


def test_no_module_knows_a_section_of_kinds_or_imports_a_kind() -> None:
    sections = set(kinds()) - OF_THE_LEDGER
    for path in FOLDER.glob("*.py"):
        assert not [name for name in imported(path) if name.startswith("itilsim.kinds.") and name.count(".") > 2], path
        values = {node.value for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Constant)}
        assert not values & sections, path
