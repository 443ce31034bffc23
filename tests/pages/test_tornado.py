"""The tornado: bars between the differences at either end, sorted, marked where first place changes, and sentences that count them."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from itilsim.figures import first_place, tornado
from itilsim.pages.catalogue import open_catalogue
from itilsim.pages.parts import inputs
from itilsim.pages.report import write_report
from itilsim.tables.result import open_result
from itilsim.tables.sensitivity import Sensitivity, label_of
from itilsim.text.wording import plain
from tests.pages.synthetic import make
from tests.pages.test_gains import shown
from tests.pages.test_sensitivity_part import ROWS, row, store, turned

ENGLISH = open_catalogue("en", "CNY")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a made-up result."""
    return make(tmp_path / "result", worlds=50).folder


def table_of(folder: Path, rows: list[dict[str, Any]]) -> Sensitivity:
    """Store rows and read them again."""
    store(folder, rows)
    found = tornado.table(open_result(folder))
    assert found is not None
    return found


def spec_of(table: Sensitivity) -> Any:
    """Draw and give the plain specification, which must be strict JSON."""
    spec = tornado.draw(table, ENGLISH).to_plotly_json()
    json.dumps(spec, allow_nan=False)
    return spec


def test_each_bar_reaches_from_the_difference_at_low_to_that_at_high(folder: Path) -> None:
    spec = spec_of(table_of(folder, ROWS))
    ahead, behind, low, high = spec["data"][:4]
    drawn = [stored for stored in ROWS if stored["swing"]]
    for place, stored in enumerate(drawn):
        ends = sorted((stored["difference_low"], stored["difference_high"]))
        right = ahead["base"][place], ahead["base"][place] + ahead["x"][place]
        left = behind["base"][place], behind["base"][place] + behind["x"][place]
        assert right == pytest.approx([max(0.0, end) for end in ends]) and left == pytest.approx([min(0.0, end) for end in ends])
        assert low["x"][place] == pytest.approx(stored["difference_low"]) and high["x"][place] == pytest.approx(stored["difference_high"])
        assert (low["text"][place].strip(), high["text"][place].strip()) == ("1", "3")
    assert low["marker"]["color"] == "#ffffff" != high["marker"]["color"], "open at low, filled at high"
    sizes = [abs(stored["swing"]) for stored in drawn]
    assert sizes == sorted(sizes, reverse=True) and len(low["x"]) == len(sizes)
    assert behind["marker"]["pattern"]["shape"] and not ahead["marker"]["pattern"]["shape"]


def test_a_swing_within_its_error_is_pale(folder: Path) -> None:
    table = table_of(folder, [row("a.b.c", 500_000.0), row("a.b.d", 30_000.0)])
    opacities = spec_of(table)["data"][0]["marker"]["opacity"]
    assert opacities[0] > 2 * opacities[1]


def test_sure_changes_alone_are_marked_those_between_the_two_at_nought(folder: Path) -> None:
    to_saas = row("c.d.e", 400_000.0, **turned(2.5, 0.1, "outsourced", "saas"))
    table = table_of(folder, [*ROWS, to_saas])
    marks = spec_of(table)["data"][4]
    assert len(marks["x"]) == 2
    assert marks["x"][0] == 0.0, "between the leader and the second"
    assert marks["x"][1] == pytest.approx(to_saas["difference_low"] + 0.75 * to_saas["swing"])
    assert [plain(text) for text in marks["text"]] == ["Above 2.35 h: in-house first", "Above 2.5 h: SaaS first"]


def test_many_inputs_are_cut_but_none_that_changes_first_place(folder: Path) -> None:
    many = [row(f"x.y.z{i}", 1e6 - 1e4 * i) for i in range(30)]
    turning = row("x.small.one", 61_000.0, **turned(2.0, 0.1, "outsourced", "saas"))
    table = table_of(folder, [*many, turning, row("x.still.one", 0.0)])
    assert len(spec_of(table)["data"][2]["x"]) == tornado.MOST + 1
    notes = [plain(note) for note in tornado.notes(table, ENGLISH)]
    assert f"{30 - tornado.MOST} inputs more, not drawn, swing the difference by about 860 k CNY or less." in notes
    assert "The difference does not depend on one input at all." in notes
    few = tornado.notes(table_of(folder, many[: tornado.MOST + 1]), ENGLISH)
    assert any(plain(note).startswith("One input more, not drawn, swings the difference by about ") for note in few)
    assert len(tornado.numbers(table, ENGLISH).rows) == 32


def test_the_sentences_count_what_can_flip_what_is_close_and_what_never_does(folder: Path) -> None:
    text = plain(" ".join(tornado.sentences(table_of(folder, ROWS), ENGLISH)))
    assert re.match(r"One at a time, this input moves the difference between outsourced and in-house most: \*\*approvals", text)
    assert "on average from +550 k CNY at its low to -350 k CNY at its high" in text
    assert "takes first place from outsourced: approvals per-user (above 2.35 h in-house comes first)." in text
    assert "Over the range of 3 inputs first place is too close to call by 500 futures." in text
    assert "Over the whole range of one input, each by itself, outsourced comes first." in text
    assert len(ROWS) == 1 + 3 + 1


def test_swings_that_cannot_be_told_apart_are_named_together(folder: Path) -> None:
    table = table_of(folder, [row("a.b.c", 500_000.0), row("a.b.d", -480_000.0), row("a.b.e", 300_000.0)])
    text = tornado.sentences(table, ENGLISH)[0]
    assert "none of them surely more than another" in text and "**a b c**" not in text
    assert "**B: c**" in text and "**B: d**" in text and "**B: e**" not in text


def test_where_nothing_surely_moves_the_difference_no_input_is_named(folder: Path) -> None:
    text = tornado.sentences(table_of(folder, [row("a.b.c", 30_000.0)]), ENGLISH)[0]
    assert text == "No input that was varied surely moves the difference between outsourced and in-house."


def test_it_is_left_out_where_nothing_fitting_is_stored_and_the_inputs_say_how_to_get_it(folder: Path) -> None:
    assert not shown(8, "tornado", folder)
    assert "<code>itilsim sensitivity office-automation --seed 20260701</code>" in inputs.part(open_result(folder), ENGLISH)
    store(folder, ROWS)
    assert shown(8, "tornado", folder)
    assert "<code>itilsim sensitivity" not in inputs.part(open_result(folder), ENGLISH)
    manifest = json.loads((folder / "manifest.json").read_text())
    (folder / "manifest.json").write_text(json.dumps(manifest | {"hashes": {"inputs": "f" * 32}}))
    assert not shown(8, "tornado", folder), "left over from other inputs"


def test_nothing_but_inputs_that_move_nothing_is_no_tornado(folder: Path) -> None:
    assert tornado.draw(table_of(folder, [row("a.b.c", 0.0)]), ENGLISH) == ""


@pytest.mark.parametrize(
    ("key", "label", "words"),
    [
        ("capacities.servers.lead", "capacities servers lead", "Servers: lead"),
        ("saas+hybrid:changes.requirements.triage_hours", "changes requirements triage hours", "Requirements: triage hours"),
        ("users.staff.hour", "full cost of an office hour", "full cost of an office hour"),
        ("horizon", "", "Horizon"),
        ("paper.price", "Paper, all-in", "Paper, all-in"),
    ],
)
def test_an_input_without_a_label_is_not_called_by_its_key(key: str, label: str, words: str) -> None:
    assert label_of(key, label) == words


def test_a_change_below_a_value_names_who_is_first_there(folder: Path) -> None:
    table = table_of(folder, [row("a.b.c", 900_000.0, **turned(1.5, 0.1, "saas", "outsourced"), first_low="saas")])
    side, other = first_place.other_side(table.rows[0].changes[0], table)
    assert (side, other.name) == ("below", "saas")
    assert "(below 1.5 h SaaS comes first)" in plain(tornado.sentences(table, ENGLISH)[1])


@pytest.mark.page
def test_a_phone_shows_it_whole(browser: Any, folder: Path) -> None:
    store(folder, [*ROWS, row("some.thing.with_a_long_name_that_has_to_be_wrapped_on_a_phone", 700_000.0)])
    context = browser.new_context(viewport={"width": 390, "height": 844}, bypass_csp=True)
    tab = context.new_page()
    tab.goto(write_report(folder).as_uri())
    tab.wait_for_selector("#plot-tornado[data-drawn]")
    assert tab.evaluate("document.documentElement.scrollWidth") <= 390
    boxes = tab.locator("#plot-tornado .annotation text").evaluate_all(
        "all => all.map(t => t.getBoundingClientRect()).map(b => [b.left, b.right])"
    )
    assert boxes and all(left >= 0 and right <= 391 for left, right in boxes), boxes
    context.close()
