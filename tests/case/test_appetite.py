"""The appetite for losses by risks: what a case may state, and that whatever else it states is refused at its place."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from itilsim.case import load_case
from itilsim.case.header import Appetite
from itilsim.cli.describe import describe_case
from itilsim.text.faults import FaultyInput
from tests.case.small_cases import OFFICE, office_copy

STATED = 'appetite = { amount = "400 k CNY", chance = "5 %", source = "judgement" }'


def stating(folder: Path, line: str) -> Path:
    """Copy the shipped case with a line of its head about the appetite, or with none."""
    folder.mkdir()
    case = office_copy(folder)
    path = case / "case.toml"
    text = re.sub(r"^appetite = .*\n", "", path.read_text(encoding="utf-8"), flags=re.M)
    path.write_text(text.replace("[case]\n", f"[case]\n{line}\n", 1), encoding="utf-8")
    return case


def test_an_appetite_is_read_in_the_currency_of_the_case(tmp_path: Path) -> None:
    assert load_case(stating(tmp_path / "stated", STATED)).header.appetite == Appetite(400_000.0, 0.05, "judgement")
    assert load_case(stating(tmp_path / "none", "")).header.appetite is None


@pytest.mark.parametrize(
    ("line", "column", "said"),
    [
        ('appetite = "1 M CNY"', 12, "found '1 M CNY'; the appetite for losses is"),
        (STATED.replace("amount", "amuont"), 14, "amount"),
        (STATED.replace("400 k CNY", "-400 k CNY"), 23, "more than nought"),
        (STATED.replace("400 k CNY", "400 h"), 23, "the amount of the appetite"),
        (STATED.replace("5 %", "100 %"), 45, "less than 100 %"),
        (STATED.replace("5 %", "0 %"), 45, "more than nought"),
        (STATED.replace('"5 %"', '"5 %/year"'), 45, "the chance of the appetite"),
        (STATED.replace(', chance = "5 %"', ""), 12, "the chance of the appetite"),
        (STATED.replace('"judgement"', '""'), 61, "where it comes from"),
    ],
)
def test_what_is_no_appetite_is_refused_at_its_place(tmp_path: Path, line: str, column: int, said: str) -> None:
    with pytest.raises(FaultyInput) as wrong:
        load_case(stating(tmp_path / "wrong", line))
    found = [(fault.line, fault.column) for fault in wrong.value.faults if said in str(fault)]
    own = (OFFICE / "case.toml").read_text(encoding="utf-8").split("[case]")[0].count("\n") + 2
    assert (own, column) in found, [str(fault) for fault in wrong.value.faults]


@pytest.mark.parametrize(("line", "said"), [(STATED, ["Losses by risks over 400 k CNY", "in 5 % of lifetimes (judgement)"]), ("", [])])
def test_describe_says_it_and_only_where_it_is_stated(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], line: str, said: list[str]
) -> None:
    describe_case(stating(tmp_path / "described", line), values={}, sheet=None, json=False)
    text = capsys.readouterr().out.split("\nAlternatives", 1)[0]
    assert all(part in text for part in said) and ("Losses by risks" in text) == bool(said)
