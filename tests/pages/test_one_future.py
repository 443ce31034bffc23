"""A dot opens the stored future nearest to it: its running value, sources and story are the stored ones, by mouse and by keyboard alike."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from itilsim.figures import dotplot, one_future
from itilsim.figures.future_words import said
from itilsim.figures.packed import Steps
from itilsim.figures.wording import Catalogue
from itilsim.pages.catalogue import open_catalogue
from itilsim.pages.report import write_report
from itilsim.tables.one_future import Futures, read_futures
from itilsim.tables.result import open_result
from tests.pages.synthetic import Made, make

NAMES = ("in-house", "outsourced", "outsourced-governed", "saas")
LEVELS = (np.arange(50) + 0.5) / 50


@pytest.fixture(scope="module")
def futures(made: Made) -> Futures:
    """Give the futures that the dots open."""
    return read_futures(open_result(made.folder))


@pytest.fixture(scope="module")
def english() -> Catalogue:
    """Give the English sentences."""
    return open_catalogue("en", "CNY")


def test_every_dot_opens_a_stored_future_and_none_is_nearer(made: Made, futures: Futures, english: Catalogue) -> None:
    stored = set(pq.read_table(made.folder / "paths.parquet", columns=["replication"])["replication"].to_pylist())
    drawn = dotplot.draw(dotplot.table(open_result(made.folder)), english).to_plotly_json()["data"]
    for place, name in enumerate(NAMES):
        opened = futures.numbers[futures.dots[place]]
        assert set(opened.tolist()) <= stored == set(range(1_000))
        assert drawn[place]["customdata"] == opened.tolist()
        apart = np.abs(made.values[name][:1_000][None, :] - np.quantile(made.values[name], LEVELS)[:, None])
        assert np.array_equal(apart[np.arange(50), opened], apart.min(axis=1))


def test_sources_add_up_to_the_value_to_the_cent_and_the_running_value_ends_there(made: Made, futures: Futures) -> None:
    for place, name in enumerate(NAMES):
        value = made.values[name][futures.numbers]
        assert np.abs(futures.amounts[place].sum(axis=0) - value).max() < 0.005
        assert np.abs(futures.paths[place, :, -1] - value).max() < 0.005
        assert futures.averages[place].sum() == pytest.approx(made.values[name].mean(), abs=0.005)


def unpacked(text: str) -> dict[int, int]:
    """Read whole numbers by place."""
    return {int(place): int(number) for place, number in (each.split(":") for each in text.split())}


def test_what_travels_to_the_page_adds_up_in_whole_steps(futures: Futures, english: Catalogue) -> None:
    """So the shown lines of a table, here, on average, and of the twin, always sum to the shown end of the line."""
    steps = one_future.steps_of(futures, english)
    packed = one_future.packed(futures, steps)
    json.dumps(packed, allow_nan=False)
    for place in range(len(NAMES)):
        for at in range(futures.numbers.size):
            path = np.cumsum([int(each) for each in packed["paths"][place][at].split()])
            assert sum(unpacked(packed["sources"][place][at]).values()) == path[-1] == round(futures.values[place, at] / steps.step)
            assert np.abs(path * steps.step - futures.paths[place, at]).max() <= steps.step / 2
    away = np.array([unpacked(packed["sources"][0][3]).get(source, 0) for source in range(len(futures.sources))])
    assert np.abs(away * steps.step - futures.amounts[0, :, 3]).max() < steps.step


@pytest.mark.parametrize(
    ("largest", "step", "unit", "decimals"), [(5.4e6, 1e3, 1e3, 0), (38e6, 1e4, 1e6, 2), (4e5, 1e2, 1e3, 1), (0.0, 1.0, 1.0, 0)]
)
def test_amounts_are_counted_to_four_figures_and_read_in_a_unit_of_the_language(
    english: Catalogue, largest: float, step: float, unit: float, decimals: int
) -> None:
    steps = Steps.of(largest, english)
    assert (steps.step, steps.unit, steps.decimals) == (step, unit, decimals)


def test_a_dot_whose_story_is_stored_tells_it_and_any_other_says_how_to_have_it_told(
    made: Made, futures: Futures, english: Catalogue
) -> None:
    words = one_future.worded(futures, one_future.steps_of(futures, english), english)
    rows = pq.read_table(made.folder / "stories.parquet").to_pylist()
    for place, name in enumerate(NAMES):
        own = words["alternatives"][place]
        assert own["command"] == f"itilsim explain office-automation/{name}.toml --replication {{replication}} --seed 20260701"
        for dot, shown in enumerate(own["dots"]):
            replication = futures.numbers[futures.dots[place, dot]]
            wanted = [row for row in rows if (row["alternative"], row["replication"]) == (name, replication)]
            told = [(event["month"], event["text"]) for event in shown["story"] or ()]
            assert told == [(row["month"], f"{row['sentence']} {row['then']}".strip()) for row in wanted]
        assert all(own["dots"][dot]["story"] for dot in (2, 24, 47)) and any(shown["story"] is None for shown in own["dots"])


def test_what_is_said_of_a_future_is_what_the_parquet_says(made: Made, futures: Futures, english: Catalogue) -> None:
    table = pq.read_table(made.folder / "sources.parquet").to_pydict()
    posted: dict[tuple[str, str], Any] = {}
    for name, source, value in zip(table["alternative"], table["source"], table["value"], strict=True):
        posted.setdefault((name, source), []).append(value)
    for place, name in enumerate(NAMES):
        gaps = {
            source: np.array(own) - np.array(posted.get(("today", source), 0.0)) for (who, source), own in posted.items() if who == name
        }
        for dot in (0, 2, 13, 47):
            replication = futures.numbers[futures.dots[place, dot]]
            sentence = said(futures, place, dot, english)
            assert f"future {replication} ends at" in sentence
            away = {source: gap[replication] - gap.mean() for source, gap in gaps.items()}
            whole = sum(away.values())
            most = max(away, key=lambda source: away[source] * np.sign(whole))
            assert f"What sets it apart most is {most.replace('-', ' ')}:" in sentence
            turned = "would end at" in sentence
            value = made.values[name][replication]
            assert turned == (value * (value - away[most]) < 0)


def test_an_early_end_is_said(tmp_path: Path, english: Catalogue) -> None:
    made = make(tmp_path / "ends", worlds=50)
    futures = read_futures(open_result(made.folder))
    dots = [(place, dot) for place in range(4) for dot in range(50)]
    early = [said(futures, *each, english) for each in dots if futures.numbers[futures.dots[each]] % 40 == 7]
    others = [said(futures, *each, english) for each in dots if futures.numbers[futures.dots[each]] % 40 != 7]
    assert early and all("ended early, in month 31." in sentence for sentence in early)
    assert not any("ended early" in sentence for sentence in others)


@pytest.mark.parametrize("absent", ["paths", "sources"])
def test_dots_promise_no_future_that_is_not_stored(tmp_path: Path, english: Catalogue, absent: str) -> None:
    made = make(tmp_path / "part", worlds=50, without=(absent,))
    table = dotplot.table(open_result(made.folder))
    assert "opens" not in dotplot.draw(table, english).layout.meta and len(dotplot.notes(table, english)) < 3
    assert not any("click" in note for note in dotplot.notes(table, english))


def amounts(figure: Any) -> list[list[str]]:
    """Read the cells of the table of sources, unspelled."""
    rows: list[list[str]] = figure.locator(".future-beside table").nth(1).locator("tbody tr").evaluate_all(
        "rows => rows.map(row => [...row.cells].map(cell => cell.textContent))"
    )
    return [[row[0], *(cell.replace(",", "").replace("−", "-") for cell in row[1:])] for row in rows]


def opened(browser: Any, page: Path, **context: Any) -> Any:
    """Open the page and wait until its figures are drawn."""
    tab = browser.new_context(bypass_csp=True, **({"viewport": {"width": 1280, "height": 900}} | context)).new_page()
    tab.goto(page.as_uri())
    tab.wait_for_selector("html[data-drawn]")
    return tab


def story_of(tab: Any, edition: str = "") -> tuple[str, ...]:
    """Read what an opened figure shows."""
    figure = tab.locator(f"#{edition}one-future figure")
    figure.locator(".main-svg").first.wait_for()
    chosen = figure.locator("select").evaluate_all("lists => lists.map(list => list.value)")
    return (*chosen, *(figure.locator(f".future-{part}").text_content() for part in ("said", "beside", "story")))


def marked(tab: Any) -> list[str]:
    """Give the dots that bear a ring, by the place of the alternative and of the dot."""
    return list(tab.locator(".edition:not([hidden]) .dots button[aria-current]").evaluate_all("all => all.map(each => each.dataset.at)"))


@pytest.mark.page
def test_a_click_and_the_keyboard_open_the_same_future(browser: Any, page: Path) -> None:
    tab = opened(browser, page)
    assert not tab.locator("#one-future details.folded").evaluate("details => details.open")
    dot = tab.locator("#plot-dotplot .scatterlayer .trace").nth(1).locator(".points path").nth(4)
    dot.scroll_into_view_if_needed()
    box = dot.bounding_box()
    tab.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    clicked = story_of(tab)
    assert clicked[:2] == ("1", "4")
    assert marked(tab) == ["1 4"]
    tab.locator("#one-future select[data-choose='dot']").select_option("7")
    assert marked(tab) == ["1 7"]
    tab.wait_for_function("Math.abs(document.querySelector('#one-future').getBoundingClientRect().top) < 120")
    tab.context.close()

    tab = opened(browser, page)
    tab.locator(".dots button[tabindex='0']").first.focus()
    for key in ("ArrowDown", *["ArrowRight"] * 4):
        tab.keyboard.press(key)
    assert tab.evaluate("document.activeElement.ariaLabel").startswith("Outsourced: Future 5 of 50:")
    tab.keyboard.press("Enter")
    assert story_of(tab) == clicked
    assert tab.evaluate("document.activeElement.dataset.choose") == "dot"
    tab.context.close()


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the page of a result with more sources than a table shows one by one: paper is posted as ten of unlike size."""
    made = make(tmp_path_factory.mktemp("many") / "result", worlds=100)
    table = pq.read_table(made.folder / "sources.parquet")
    paper = table.filter(pc.equal(table["source"], "paper"))
    parts = [table.filter(pc.not_equal(table["source"], "paper"))]
    for part in range(10):
        own = paper.set_column(paper.schema.get_field_index("source"), "source", pa.array([f"paper-{part}"] * paper.num_rows))
        share = pc.multiply(paper["value"], (part + 1) / 55)
        parts.append(own.set_column(own.schema.get_field_index("value"), "value", share))
    plain = [each.set_column(each.schema.get_field_index("source"), "source", each["source"].cast(pa.string())) for each in parts]
    pq.write_table(pa.concat_tables(plain), made.folder / "sources.parquet")
    return write_report(made.folder)


@pytest.mark.page
def test_the_table_of_sources_adds_up_here_on_average_and_for_the_twin(browser: Any, many: Path) -> None:
    tab = opened(browser, many)
    tab.locator("#one-future details.folded > summary").click()
    figure = tab.locator("#one-future figure")
    story_of(tab)
    for alternative, dot, twin in (("0", "2", "3"), ("3", "49", "1"), ("2", "24", "0")):
        for name, value in (("alternative", alternative), ("dot", dot), ("twin", twin)):
            figure.locator(f"select[data-choose='{name}']").select_option(value)
        *lines, total = amounts(figure)
        assert len(lines) == 13 and lines[-1][0] == "everything else"
        for column in (1, 2, 3):
            assert sum(float(line[column]) for line in lines) == pytest.approx(float(total[column]), abs=1e-6)
        same = figure.locator(".future-beside table").first.locator("td").all_text_contents()
        ends = figure.locator(".future-beside table").nth(1).locator("tbody tr").last.locator("td").all_text_contents()
        assert [same[int(alternative)], same[int(twin)]] == [ends[0], ends[2]]
    tab.context.close()


@pytest.mark.page
def test_a_phone_chooses_from_lists_and_chinese_tells_stories_in_chinese(browser: Any, page: Path) -> None:
    tab = opened(browser, page, viewport={"width": 390, "height": 844})
    tab.locator("button[data-show='zh']").first.click()
    tab.locator("#zh-one-future details.folded > summary").click()
    figure = tab.locator("#zh-one-future figure")
    story_of(tab, "zh-")
    figure.locator("select[data-choose='dot']").select_option("47")
    shown = figure.inner_text()
    assert "合同签订。" in shown and "The agreement is signed." not in shown
    assert re.search(r"按来源看得失（?\s?\(?万", shown)
    assert tab.evaluate("document.documentElement.scrollWidth") <= 390
    tab.context.close()
