"""Faults name their place, come sorted and once, and misspelt names are answered with the nearest known."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import itilsim.text
from itilsim.text.faults import Fault, FaultyInput, nearest, shown, unknown_name

FLOOR = Path(itilsim.text.__file__).parent


def test_a_fault_is_printed_as_editors_expect_it() -> None:
    assert str(Fault("case.toml", 3, 7, "found 'x'")) == "case.toml:3:7: error: found 'x'"


def test_faults_come_sorted_by_place_and_once() -> None:
    late, early = Fault("b.toml", 10, 1, "late"), Fault("b.toml", 2, 9, "early")
    other = Fault("a.toml", 99, 1, "other file")
    raised = FaultyInput([late, early, other, late])
    assert raised.faults == (other, early, late)
    assert str(raised).splitlines() == [str(other), str(early), str(late)]


def test_faulty_input_without_a_fault_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one fault"):
        FaultyInput([])


def test_nearest_ignores_case_and_gives_nothing_for_strangers() -> None:
    assert nearest("Vendr", ["vendor", "company", "vendor-support"])[0] == "vendor"
    assert nearest("CNI", ["CNY"]) == ["CNY"]
    assert nearest("zzzz", ["vendor", "company"]) == []


@pytest.mark.parametrize(
    ("known", "said"),
    [
        (["vendor", "company"], "unknown party 'vendr'; did you mean 'vendor'?"),
        (["bank", "city"], "unknown party 'vendr'; known here: 'bank', 'city'"),
        ([], "unknown party 'vendr'; none is known here"),
    ],
)
def test_an_unknown_name_is_answered_with_what_is_known(known: list[str], said: str) -> None:
    assert unknown_name("party", "vendr", known) == said


def test_many_unlike_names_are_not_all_listed() -> None:
    said = unknown_name("party", "vendr", [f"{n:03}" for n in range(50)])
    assert "among the 50 known" in said
    assert "'040'" not in said


def test_quoted_text_stays_on_one_line_and_short() -> None:
    assert shown("a\nb\x00") == r"'a\nb\x00'"
    assert len(shown("x" * 1000)) < 80


def test_the_floor_imports_nothing_else_of_the_package() -> None:
    for module in FLOOR.glob("*.py"):
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            strangers = [n for n in names if n.startswith("itilsim") and not n.startswith("itilsim.text.")]
            assert not strangers, f"{module.name} imports {strangers}"


def test_heavy_libraries_are_imported_late() -> None:
    for module in FLOOR.glob("*.py"):
        for node in ast.parse(module.read_text(encoding="utf-8")).body:
            name = node.module if isinstance(node, ast.ImportFrom) else None
            assert name is None or not name.startswith(("scipy", "numpy")), f"{module.name} imports {name} at once"
