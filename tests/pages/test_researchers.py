"""What researchers get on top: how the comparison settles, how well percentiles are known, numbers to keep, how to cite."""

from __future__ import annotations

import csv
import math
import re
from html import unescape
from io import StringIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from itilsim.figures import convergence as figure
from itilsim.pages.catalogue import open_catalogue
from itilsim.pages.parts import intervals as intervals_part
from itilsim.pages.parts import method
from itilsim.tables.convergence import convergence, last_doubt, read_convergence, round_steps, running
from itilsim.tables.intervals import LEVELS, intervals, ranks
from itilsim.tables.net_value import read_strip
from itilsim.tables.result import open_result
from tests.pages.synthetic import Made, make

ENGLISH = open_catalogue("en", "CNY")


def test_running_means_and_errors_are_those_of_the_first_futures() -> None:
    values = np.random.default_rng(1).normal(3e6, 2.0, 400)
    means, errors = running(values)
    for count in (2, 3, 17, 400):
        assert means[count - 1] == pytest.approx(values[:count].mean(), rel=1e-14)
        assert errors[count - 1] == pytest.approx(values[:count].std(ddof=1) / math.sqrt(count), rel=1e-6)
    assert errors[0] == means[0] == values[0]


def test_doubt_ends_where_no_longer_prefix_is_within_two_errors() -> None:
    rng = np.random.default_rng(2)
    for shift in (-0.3, 0.0, 0.1, 0.5, 3.0):
        values = rng.normal(shift, 1.0, 300)
        within = [n for n in range(2, 301) if values[:n].mean() <= 2 * values[:n].std(ddof=1) / math.sqrt(n)]
        assert last_doubt(values) == max([1, *within])
    assert last_doubt(np.zeros(50)) == 50
    assert last_doubt(np.full(50, 2.0)) == 1


def test_the_doubt_is_about_everything_that_could_come_first(made: Made) -> None:
    table = convergence(read_strip(open_result(made.folder)))
    names = sorted(made.values, key=lambda name: -made.values[name].mean())
    rivals = [made.values[names[0]] - made.values[name] for name in names[1:]] + [made.values[names[0]]]
    assert table.doubt == max(last_doubt(each) for each in rivals)
    assert table.counts[-1] == table.futures == 2_000 and table.counts.size <= 200
    assert table.at(2_000).value == pytest.approx(table.pair.mean.value, rel=1e-12)
    assert round_steps(2_000) == (10, 20, 50, 100, 200, 500, 1_000, 2_000) and round_steps(7) == (7,)


@pytest.mark.parametrize(
    ("net", "said"),
    [
        (lambda name, value: np.full(value.size, 1e6), "there is nothing to settle"),
        (lambda name, value: np.full(value.size, 1e6 if name == "saas" else 0.0), "out of doubt from the first few futures"),
        (lambda name, value: np.random.default_rng(len(name)).normal(0.0, 1e6, value.size), "First place is still in doubt"),
    ],
)
def test_what_is_said_of_doubt_is_so(tmp_path: Path, net: Any, said: str) -> None:
    made = make(tmp_path / "odd", worlds=60, names=("in-house", "saas"), net=net)
    assert said in " ".join(figure.sentences(read_convergence(open_result(made.folder)), ENGLISH))


def test_a_number_of_futures_is_said_with_two_figures_and_not_too_low() -> None:
    assert [figure.rounded_up(count) for count in (1, 99, 100, 101, 396, 1_234)] == [1, 99, 100, 110, 400, 1_300]


@pytest.mark.parametrize("futures", [1, 7, 20, 100, 400])
def test_intervals_hold_the_percentile_as_often_as_they_say(futures: int) -> None:
    for level in LEVELS:
        low, high = ranks(futures, level)
        chance = [math.comb(futures, below) * level**below * (1 - level) ** (futures - below) for below in range(high)]
        assert sum(chance[low:]) >= 0.95 - 1e-9
        assert low == 0 or sum(chance[:low]) < 0.025 <= sum(chance[: low + 1])
        assert 0 <= low < high <= futures + 1


def test_intervals_cover_over_many_studies() -> None:
    rng = np.random.default_rng(3)
    held = np.zeros(len(LEVELS))
    for _ in range(400):
        for place, (level, cell) in enumerate(zip(LEVELS, intervals(rng.random(200)), strict=True)):
            held[place] += (cell.low is None or cell.low <= level) and (cell.high is None or level <= cell.high)
    assert (held / 400 >= 0.95 - 3 * math.sqrt(0.05 * 0.95 / 400)).all()


def test_an_interval_that_nothing_bounds_is_open(tmp_path: Path) -> None:
    made = make(tmp_path / "few", worlds=20)
    html = unescape(intervals_part.part(open_result(made.folder), ENGLISH)).replace("\u00a0", " ")
    assert re.search(r"or less</span>", html) and re.search(r"or more</span>", html)
    lone = make(tmp_path / "one", worlds=1)
    assert "open</span>" in intervals_part.part(open_result(lone.folder), ENGLISH)


def test_it_is_cited_with_version_seed_and_hash(made: Made) -> None:
    text = unescape(method.part(open_result(made.folder), ENGLISH))
    assert "Office automation for 800 people. Simulated with itilsim 0.1.0: 2,000 futures, seed 20260701, inputs 0123456789abcdef" in text
    assert "@misc{office-automation-01234567," in text and "note = {2000 futures, seed 20260701, engine compiled, inputs 0123" in text


@pytest.mark.page
def test_numbers_are_kept_by_keyboard_from_a_file_without_a_request(browser: Any, page: Path, made: Made, tmp_path: Path) -> None:
    context = browser.new_context(accept_downloads=True, viewport={"width": 1280, "height": 900})
    tab = context.new_page()
    asked: list[str] = []
    tab.on("request", lambda request: asked.append(request.url))
    tab.goto(page.as_uri())
    tab.wait_for_selector("html[data-drawn]")
    tab.locator('.edition[lang="en"] #decision-strip summary').focus()
    tab.keyboard.press("Enter")
    tab.keyboard.press("Tab")
    tab.keyboard.press("Tab")
    with tab.expect_download() as waiting:
        tab.keyboard.press("Enter")
    assert waiting.value.suggested_filename == "at-a-glance.csv"
    waiting.value.save_as(tmp_path / "kept.csv")
    heads, *rows = csv.reader(StringIO((tmp_path / "kept.csv").read_text(encoding="utf-8-sig")))
    assert heads[1] == "Mean (CNY)"
    assert [float(row[1]) for row in rows[:-1]] == [float(value.mean()) for value in made.values.values()]
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    context.close()
