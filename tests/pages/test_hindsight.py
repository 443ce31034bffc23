"""Hindsight: regret, the mean of the worst futures, what is beaten and who takes what, against what Parquet holds."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from itilsim.figures import hindsight as figure
from itilsim.figures.placing import placed
from itilsim.figures.wording import Amount
from itilsim.pages.catalogue import open_catalogue
from itilsim.tables.hindsight import read_hindsight, tail
from itilsim.tables.result import open_result
from itilsim.text.wording import plain
from tests.pages.synthetic import Floats, Made, make
from tests.pages.test_gains import EDGES, TITLES, said

ENGLISH = open_catalogue("en", "CNY")


def regrets(made: Made) -> dict[str, Floats]:
    """Give the regret of each alternative and of the baseline by hand."""
    everything = {**made.values, "today": np.zeros_like(next(iter(made.values.values())))}
    best = np.max(list(everything.values()), axis=0)
    return {name: best - value for name, value in everything.items()}


def amount(text: str) -> float:
    """Read an amount as it is worded."""
    number, power = re.fullmatch(r"([\d.,]+) ?(k|M|bn)? CNY", text).groups()  # type: ignore[union-attr]
    return float(number.replace(",", "")) * {None: 1.0, "k": 1e3, "M": 1e6, "bn": 1e9}[power]


def test_regret_and_the_worst_futures_are_what_parquet_holds(made: Made) -> None:
    table = read_hindsight(open_result(made.folder))
    assert [row.alternative.name for row in table.rows] == [*made.values, "today"]
    for row, (name, regret) in zip(table.rows, regrets(made).items(), strict=True):
        assert row.regret.value == pytest.approx(regret.mean())
        assert row.regret_high.value == pytest.approx(np.quantile(regret, 0.95))
        value = made.values.get(name, np.zeros(regret.size))
        assert row.mean.value == pytest.approx(value.mean())
        assert row.worst.value == pytest.approx(np.sort(value)[: round(0.05 * value.size)].mean())


def test_the_error_of_the_worst_futures_is_that_of_drawing_them_again() -> None:
    rng = np.random.default_rng(7)
    values = rng.lognormal(0.0, 1.0, 2_000) * -1e5
    again = [np.sort(rng.lognormal(0.0, 1.0, 2_000) * -1e5)[:100].mean() for _ in range(400)]
    stated = tail(values).std(ddof=1) / np.sqrt(values.size)
    assert stated == pytest.approx(np.std(again), rel=0.3)


@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_who_cannot_bear_the_regret_takes_what_the_sentence_says(tmp_path: Path, seed: int) -> None:
    made = make(tmp_path / "r", worlds=600, seed=seed)
    text = said(figure, made.folder)
    match = re.match(
        r"Whoever cannot bear more than (.+? CNY) of regret in 1 future of 20 (?:takes|chooses among) (.+?)"
        r"(?:: these cannot be told apart.*?)?\.",
        text,
    )
    assert match, text
    high = {name: float(np.quantile(regret, 0.95)) for name, regret in regrets(made).items()}
    least = min(high, key=high.__getitem__)
    takes = re.split(r", (?=[A-Z])| and (?=[A-Zs](?:aaS|taying|n-house|utsourced))", match[2])
    titles = TITLES | {"today": "Staying with paper"}
    assert titles[least] in takes
    bound = amount(match[1])
    named = [name for name, title in titles.items() if title in takes]
    assert all(high[name] <= bound * (1 + 1e-9) for name in named), "the bound holds for whatever is named"
    table = read_hindsight(open_result(made.folder))
    errors = {row.alternative.name: row.regret_high.error for row in table.rows}
    for name in set(high) - set(named):
        assert high[name] - high[least] > 2 * np.hypot(errors[name], errors[least]), f"{name} cannot be told from {least}"


def test_a_bound_is_rounded_up_and_no_finer_than_its_error() -> None:
    for value, error, words in ((704_123.0, 25_000.0, "710 k CNY"), (704_123.0, 200.0, "710 k CNY"), (123_456.0, 60_000.0, "130 k CNY")):
        assert plain(ENGLISH.word(figure.ceiling(value, error))) == words
    assert plain(ENGLISH.word(figure.ceiling(123_456.0, 160_000.0))) == "200 k CNY"
    assert figure.ceiling(0.0, 0.0) == Amount(0.0, exact=True)


def test_what_is_surely_less_in_both_is_marked_and_nothing_else(tmp_path: Path) -> None:
    steps = {"in-house": 0.0, "outsourced": -1e6, "outsourced-governed": 2e6, "saas": 1e6}

    def stepped(name: str, value: Floats) -> Floats:
        wave = np.sin(np.arange(value.size))
        return steps[name] + wave * (2e5 if name != "outsourced-governed" else 6e6)

    made = make(tmp_path / "r", worlds=500, net=stepped)
    table = read_hindsight(open_result(made.folder))
    beaten = {row.alternative.name: row.beaten for row in table.rows}
    assert beaten == {"in-house": True, "outsourced": True, "outsourced-governed": False, "saas": False, "today": True}
    text = said(figure, made.folder)
    assert "Each choice but Outsourced and governed and SaaS is surely worth less than another one" in text
    fills = [trace["marker"]["color"] for trace in figure.draw(table, ENGLISH).to_plotly_json()["data"] if trace.get("yaxis") == "y2"]
    assert [fill == "#ffffff" for fill in fills] == list(beaten.values())


def test_what_is_best_in_nearly_every_future_is_not_regretted(tmp_path: Path) -> None:
    net = lambda name, value: np.abs(value) + (9e6 if name == "saas" else 0.0)  # noqa: E731
    text = said(figure, make(tmp_path / "r", worlds=300, net=net).folder)
    assert text.startswith("In 19 of 20 futures nobody regrets having taken SaaS.")


def test_level_choices_are_not_ranked(tmp_path: Path) -> None:
    text = said(figure, make(tmp_path / "r", worlds=100, net=lambda name, value: np.zeros(value.size)).folder)
    assert "no choice can be told from another by 100 futures" in text
    assert "No choice is surely worth less than another" in text


@pytest.mark.parametrize("name", sorted(EDGES))
def test_edges_have_clean_sentences_and_whole_tables(tmp_path: Path, name: str) -> None:
    made = make(tmp_path / name, **({"worlds": 200} | EDGES[name]))
    table = read_hindsight(open_result(made.folder))
    json.dumps(figure.draw(table, ENGLISH).to_plotly_json(), allow_nan=False)
    for sentence in figure.sentences(table, ENGLISH) + figure.notes(table, ENGLISH):
        assert not re.search(r"[{}]|\bnan\b|\binf\b| {2}", sentence), sentence
    numbers = figure.numbers(table, ENGLISH)
    assert len(numbers.rows) == len(made.values) + 1 and all(len(row) == len(numbers.heads) for row in numbers.rows)


def test_names_cover_neither_marks_nor_each_other() -> None:
    marks: list[tuple[float, float]] = [(300.0, 100.0), (310.0, 118.0), (330.0, 100.0), (900.0, 200.0), (600.0, 250.0)]
    names = ["Outsourced and governed", "Outsourced", "In-house", "Rented from one that hosts", "Staying with paper"]
    size = (960.0, 330.0)
    boxes: list[tuple[float, float, float, float]] = []
    for (x, y), name, side in zip(marks, names, placed(marks, names, size, (600.0, 250.0)), strict=True):
        width, middle, start = 6.4 * len(name), y + side["yshift"], x + side["xshift"]
        left = start - {"left": 0.0, "center": width / 2, "right": width}[side["xanchor"]]
        boxes.append((left, middle - 7, left + width, middle + 7))
    for i, (left, low, right, high) in enumerate(boxes):
        assert left >= 0 and right <= size[0] and low >= 0 and high <= size[1]
        assert not any(left < x < right and low < y < high for x, y in marks)
        assert not any(left < b[2] and b[0] < right and low < b[3] and b[1] < high for b in boxes[:i])


@pytest.mark.page
def test_it_opens_on_demand_and_by_its_link(browser: Any, page: Path) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844})
    tab = context.new_page()
    tab.goto(page.as_uri())
    tab.wait_for_selector("html[data-drawn]")
    assert tab.locator("#hindsight .lead").first.is_visible() and not tab.locator("#plot-hindsight").is_visible()
    tab.evaluate("location.hash = '#hindsight'")
    tab.wait_for_selector("#plot-hindsight[data-drawn]")
    assert tab.locator("#plot-hindsight .main-svg").first.bounding_box()["width"] <= 390
    context.close()
