"""The auditor notices: a page is held against numbers that were moved by more than their error, and a sentence of it is objected to."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from itilsim.pages import report
from tests.pages.claims.audit import audit, auditor
from tests.pages.claims.edges import Edge
from tests.pages.claims.forms import FORMS

Move = Callable[[dict[str, Any]], None]


@pytest.fixture(scope="module")
def honest(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Give a result with its page, which is borne out."""
    folder = Edge(worlds=2_000).write(tmp_path_factory.mktemp("honest") / "result")
    page = report.write_report(folder)
    assert not audit(folder, page)
    return folder, page


def moved(folder: Path, to: Path, file: str, move: Move) -> Path:
    """Copy a result with the columns of one file moved."""
    shutil.copytree(folder, to)
    table = pq.read_table(folder / f"{file}.parquet")
    columns = {name: np.array(table[name].to_pylist()) for name in table.column_names}
    move(columns)
    types = table.schema
    arrays = [pa.array(columns[name].tolist()).cast(types.field(name).type) for name in table.column_names]
    pq.write_table(pa.Table.from_arrays(arrays, names=table.column_names), to / f"{file}.parquet")
    return to


def own(columns: dict[str, Any], alternative: str, **where: str) -> Any:
    """Say which rows are an alternative's."""
    found = columns["alternative"] == alternative
    for name, value in where.items():
        found = found & (columns[name] == value)
    return found


def lower_mean(columns: dict[str, Any]) -> None:
    """The leader is worth a tenth less, by many errors."""
    columns["net_value"][own(columns, "outsourced-governed", party="company")] *= 0.8


def lose_oftener(columns: dict[str, Any]) -> None:
    """One future in five of SaaS is a loss."""
    rows = np.flatnonzero(own(columns, "saas", party="company"))
    columns["net_value"][rows[::5]] = -5e6


def other_cash(columns: dict[str, Any]) -> None:
    """The leader is worth something in cash."""
    columns["cash"][own(columns, "outsourced-governed", party="company")] += 3e6


def other_costs(columns: dict[str, Any]) -> None:
    """Costs imposed are half as large again."""
    columns["costs_imposed"][own(columns, "in-house", party="company")] *= 1.5


def provider_loses(columns: dict[str, Any]) -> None:
    """The vendor gains in no future."""
    columns["net_value"][own(columns, "outsourced-governed", party="vendor")] = -1.0


def later_back(columns: dict[str, Any]) -> None:
    """Half pay back a year later."""
    columns["payback_month"] = np.array(
        [None if m is None or m != m else min(60.0, m + 12) for m in columns["payback_month"]], dtype=object
    )


def rarer_leak(columns: dict[str, Any]) -> None:
    """Leaks of the vendor's happen half as often."""
    rows = np.flatnonzero(own(columns, "outsourced", risk="source-leak") & (columns["occurrences"] > 0))
    for name in ("occurrences", "loss"):
        columns[name][rows[::2]] = 0


def other_first(columns: dict[str, Any]) -> None:
    """Over seven years SaaS is far ahead."""
    columns["mean"][own(columns, "saas", variant="horizon 7 years")] = 9e7


def unhappy(columns: dict[str, Any]) -> None:
    """The users are mostly worse off."""
    rows = columns["stakeholder"] == "users"
    columns["value"][rows] = -np.abs(columns["value"][rows])


def dearer_year(columns: dict[str, Any]) -> None:
    """SaaS spends most in its last year."""
    columns["running"][own(columns, "saas") & (columns["year"] == 5)] = -9e6


def other_source(columns: dict[str, Any]) -> None:
    """Faster approvals bring twice as much."""
    columns["value"][columns["source"] == "faster-approvals"] *= 2


PLANTED: list[tuple[str, str, Move]] = [
    ("answer", "values", lower_mean),
    ("dotplot", "values", lose_oftener),
    ("same-future", "values", lower_mean),
    ("at-least", "values", lose_oftener),
    ("convergence", "values", lower_mean),
    ("hindsight", "values", lose_oftener),
    ("cash", "values", other_cash),
    ("waterfall", "values", other_costs),
    ("waterfall", "sources", other_source),
    ("two-sides", "values", provider_loses),
    ("over-time", "funding", later_back),
    ("risks", "rare", rarer_leak),
    ("rankings", "variants", other_first),
    ("gains", "perceived", unhappy),
    ("cash", "budget", dearer_year),
]


@pytest.mark.parametrize(("section", "file", "move"), PLANTED, ids=[f"{section}-{move.__name__}" for section, _, move in PLANTED])
def test_a_number_that_was_moved_is_noticed_where_it_is_said(
    honest: tuple[Path, Path], tmp_path: Path, section: str, file: str, move: Move
) -> None:
    """The page stays, the folder is moved under it."""
    folder, page = honest
    faults = audit(moved(folder, tmp_path / "moved", file, move), page)
    assert section in {fault.section for fault in faults}, [str(fault) for fault in faults]
    assert all("cannot be read" not in str(fault) for fault in faults)


def test_a_fact_of_the_manifest_that_was_moved_is_noticed(honest: tuple[Path, Path], tmp_path: Path) -> None:
    """The discount rate, an input less, the sponsor's mind, and the seed."""
    folder, page = honest
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    changes: dict[str, tuple[str, object]] = {
        "discount_rate": ("answer", 0.09),
        "inputs": ("inputs", manifest["inputs"][1:]),
        "sponsor": ("people", [entry | {"signs": False} for entry in manifest["sponsor"]]),
        "seed": ("method", 7),
    }
    for key, (section, value) in changes.items():
        to = tmp_path / key
        shutil.copytree(folder, to)
        (to / "manifest.json").write_text(json.dumps(manifest | {key: value}), encoding="utf-8")
        assert section in {fault.section for fault in audit(to, page)}, key


def test_a_sentence_of_no_known_form_is_a_fault(honest: tuple[Path, Path], tmp_path: Path) -> None:
    """Nothing goes unchecked because nobody thought of it."""
    folder, page = honest
    text = page.read_text(encoding="utf-8")
    lead = '<p class="lead">'
    other = tmp_path / "other.html"
    other.write_text(text.replace(lead, f"{lead}Everything will be fine.</p>{lead}", 1), encoding="utf-8")
    (fault,) = audit(folder, other)
    assert fault.text == "Everything will be fine." and "no form" in fault.reasons[0]


def test_every_form_has_a_name_of_its_own() -> None:
    """A form is told from another by its check's name; explanations share one."""
    names = [form.name for form in FORMS if form.name != "explains"]
    assert len(names) == len(set(names))


def test_many_forms_are_met(honest: tuple[Path, Path]) -> None:
    """The result as it is made up meets at least forty forms."""
    opened = auditor(*honest)
    opened.faults()
    assert len(opened.used) >= 40
