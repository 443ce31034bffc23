"""Alternatives of one case live in the same worlds: what is not known, and who looks, is one thing in all of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from itilsim.case import load_case
from itilsim.text.faults import FaultyInput
from tests.case.small_cases import office_copy


def refused(folder: Path) -> str:
    """Give what is said of a case that is refused, with its places."""
    with pytest.raises(FaultyInput) as wrong:
        _ = load_case(folder).alternatives
    return "\n".join(str(fault) for fault in wrong.value.faults)


def test_an_unknown_input_with_two_ranges_is_refused_with_its_place(tmp_path: Path) -> None:
    folder = office_copy(tmp_path)
    path = folder / "saas.toml"
    text = path.read_text()
    line = 'day_value = { low = 1, likely = 2, high = 3, unit = "CNY / case", trust = "judgement", source = "none" }'
    path.write_text(f"{text}\n[activities.approvals]\n{line}\n" if "[activities.approvals]" not in text else text.replace(
        "[activities.approvals]", f"[activities.approvals]\n{line}", 1
    ))  # fmt: skip
    said = refused(folder)
    assert "saas.toml:" in said
    assert "one thing in all alternatives" in said


def test_a_stakeholder_of_two_parties_is_refused_with_its_place(tmp_path: Path) -> None:
    folder = office_copy(tmp_path)
    path = folder / "saas.toml"
    path.write_text(path.read_text() + '\n[stakeholders.sponsor]\nparty = "departments"\n')
    said = refused(folder)
    assert "saas.toml:" in said
    assert "'departments', but 'company' in 'today'" in said
