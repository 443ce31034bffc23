"""A stored sensitivity stands beside the inputs on the page and is worded no finer than its error; without one the page is as before."""

from __future__ import annotations

import json
import math
import re
from pathlib import Path
from typing import Any

import pytest

from itilsim.figures.first_place import first_place, sentences
from itilsim.pages.catalogue import open_catalogue
from itilsim.pages.report import write_report
from itilsim.study.sensitivity.stored import Sensitivity, write_sensitivity
from itilsim.tables.inputs import read_inputs
from itilsim.tables.result import open_result
from itilsim.tables.sensitivity import read_sensitivity
from itilsim.text.wording import plain
from tests.pages.synthetic import make


def row(key: str, swing: float, **more: Any) -> dict[str, Any]:
    """Give a row as it is stored: outsourced leads in-house by 100 k ± 20 k, more or less so at the ends."""
    ends = {"difference": 100_000.0, "difference_low": 100_000.0 - swing / 2, "difference_high": 100_000.0 + swing / 2, "swing": swing}
    nothing = {"change": 0, "changes_at": math.nan, "changes_at_error": math.nan, "changes_from": "", "changes_to": ""}
    return {
        "key": key, "label": key.replace(".", " "), "unit": "h", "low": 1.0, "likely": 2.0, "high": 3.0, "range": "as stated",
        "is_unknown": True, "reads": "outsourced", "replications": 500, "a": "outsourced", "b": "in-house", **ends,
        **{f"{name}_error": 20_000.0 for name in ends}, "closest": 1.0, "closest_error": 1.0, "closest_at": 1.0, "closest_to": "in-house",
        "is_sure": True, "first_low": "outsourced", "first_high": "outsourced", "changes": 0, **nothing, "change_is_sure": False, **more,
    }  # fmt: skip


def turned(at: float, error: float, before: str, after: str, *, sure: bool = True) -> dict[str, Any]:
    """Give what a row says of one change of first place."""
    found = {"changes_at": at, "changes_at_error": error, "changes_from": before, "changes_to": after, "change_is_sure": sure}
    return {"changes": 1, "change": 1, "is_sure": False, **found}


ROWS = [
    row("approvals.per-user", -900_000.0, **turned(2.3456, 0.0312, "outsourced", "in-house")),
    row("hour.value", 500_000.0, **turned(1.2345, 0.1, "saas", "outsourced", sure=False), first_low="saas"),
    row("overrun.build", 50_000.0),
    row("leak.frequency", 20_000.0, is_sure=False),
    row("saas.price", 0.0, **turned(1.5, 7.0, "outsourced", "in-house", sure=False)),
]
PLACES = {
    "approvals.per-user": "2.35 ± 0.03\nabove it in-house",
    "hour.value": "1.2 ± 0.1\nbelow it saas; too close to call",
    "overrun.build": "never in its range",
    "leak.frequency": "never seen in its range\nin-house: too close to call",
    "saas.price": "cannot be told where\nin-house instead; too close to call",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a made-up result."""
    return make(tmp_path / "result", worlds=50).folder


def store(folder: Path, rows: list[dict[str, Any]]) -> None:
    """Store rows as a sensitivity of the result's own inputs and software."""
    hashes = json.loads((folder / "manifest.json").read_text())["hashes"]
    made_from = {"schema": 1, "hashes": {name: hashes.get(name) for name in ("inputs", "software")}}
    write_sensitivity(Sensitivity(made_from, rows), folder / "sensitivity.parquet")


def test_each_input_says_where_first_place_changes_no_finer_than_the_error(folder: Path) -> None:
    """Also on which side of it which alternative is first, and what is too close to call."""
    store(folder, ROWS)
    table = read_sensitivity(open_result(folder))
    assert table is not None
    english = open_catalogue("en", "CNY")
    assert {each.key: plain(first_place(each, table, english, by_name=True)) for each in table.rows} == PLACES
    assert [each.key for each in table.rows] == list(PLACES), "the largest swing stands first"


def test_several_changes_of_one_input_are_all_there(folder: Path) -> None:
    """A row for each in the file, a line for each in the cell, the one nearest to the likely value first."""
    first = row("hour.value", 10.0, **turned(2.0, 0.0, "outsourced", "saas")) | {"changes": 2}
    store(folder, [first, first | {"change": 2, "changes_at": 2.75, "changes_from": "saas", "changes_to": "in-house"}])
    table = read_sensitivity(open_result(folder))
    assert table is not None and len(table.rows) == 1
    assert first_place(table.rows[0], table, open_catalogue("en", "CNY"), by_name=True) == "2\nabove it saas\n2.75\nabove it in-house"


def test_the_sentences_name_what_matters_and_what_turns_the_answer(folder: Path) -> None:
    """The largest swing, the inputs that surely change first place, and how many are too close."""
    english = open_catalogue("en", "CNY")
    store(folder, ROWS)
    table = read_sensitivity(open_result(folder))
    assert table is not None
    said = [plain(each) for each in sentences(table, english)]
    assert "**approvals per-user**, on average from +550 k CNY at its low to -350 k CNY at its high" in said[0]
    assert "approvals per-user (above 2.35 h" in said[1] and "hour value" not in said[1]
    assert said[2].startswith("Over the range of 3 inputs first place is too close to call")
    store(folder, [row("overrun.build", 50_000.0)])
    calm = read_sensitivity(open_result(folder))
    assert calm is not None and "comes first over the whole range of every input" in sentences(calm, english)[1]


def test_the_page_shows_it_beside_the_inputs_and_is_as_before_without(folder: Path) -> None:
    """A column more, inputs in order of swing, a sentence on top; a file of other inputs is passed over."""
    before = write_report(folder).read_text(encoding="utf-8")
    assert "First place changes at" not in before
    store(folder, ROWS)
    assert not (folder / "report.html").exists(), "a page that does not show it is taken away"
    text = write_report(folder).read_text(encoding="utf-8")
    part = text[text.index('<section id="inputs">') :].split("</section>")[0]
    for words in ("First place changes at", "2.35\u00a0±\u00a00.03", "takes first place from outsourced: approvals per-user"):
        assert words in part
    keys = [each.key for each in read_inputs(open_result(folder)).unknown]
    assert keys == list(PLACES)
    assert len(re.findall(r'data-label="First place changes at"', part)) == len(PLACES)
    manifest = json.loads((folder / "manifest.json").read_text())
    (folder / "manifest.json").write_text(json.dumps(manifest | {"hashes": {"inputs": "f" * 32}}))
    assert read_sensitivity(open_result(folder)) is None


def test_what_is_taken_as_known_shows_over_what_it_was_varied(folder: Path) -> None:
    """A fifth to each side, in its own unit."""
    store(folder, [row("users", -80_000.0, unit="user", low=640.0, high=960.0, is_unknown=False)])
    text = write_report(folder).read_text(encoding="utf-8")
    assert "640 to 960 user" in text and "Varied over" in text
