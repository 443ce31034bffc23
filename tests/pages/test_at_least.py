"""Figure 3: each curve is the share counted from the stored futures, each target's sentence agrees with it, and the target can be moved."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq
import pytest

from itilsim.figures import at_least
from itilsim.pages.catalogue import open_catalogue
from itilsim.pages.report import write_report
from itilsim.tables.at_least import POINTS, AtLeast
from itilsim.tables.net_value import NetValues, strip
from itilsim.tables.result import Alternative, open_result
from tests.pages.synthetic import TITLES, Floats, Made, make

ENGLISH, CHINESE = open_catalogue("en", "CNY"), open_catalogue("zh", "CNY")
RNG = np.random.default_rng(3)
CASES: dict[str, dict[str, Any]] = {
    "plain": {"worlds": 1_500},
    "ties": {"net": lambda name, value: np.full(value.size, 1e6)},
    "steps": {"net": lambda name, value: 5e5 * (np.arange(value.size) % 3 + len(name) % 2)},
    "all-losses": {"net": lambda name, value: -np.abs(value) - 1e5},
    "one-alternative": {"names": ("saas",)},
    "twenty-futures": {"worlds": 20},
    "one-huge-tail": {"net": lambda name, value: np.where(np.arange(value.size) == 3, -4e9, value)},
    "nothing-happened": {"net": lambda name, value: np.zeros(value.size)},
}


@pytest.fixture(scope="module", params=sorted(CASES))
def odd(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Made:
    """Give one made-up result after the other."""
    return make(tmp_path_factory.mktemp("at-least") / request.param, **({"worlds": 300} | CASES[request.param]))


def stored(made: Made) -> dict[str, Floats]:
    """Read the company's net value of each alternative from the file itself, by title."""
    rows = pq.read_table(made.folder / "values.parquet", columns=["alternative", "party", "net_value"]).to_pylist()
    return {TITLES[n][0]: np.array([r["net_value"] for r in rows if (r["alternative"], r["party"]) == (n, "company")]) for n in made.values}


def test_curves_are_the_shares_counted_from_the_file(odd: Made) -> None:
    table = at_least.table(open_result(odd.folder))
    drawn = at_least.draw(table, ENGLISH).to_plotly_json()
    for place, (title, values) in enumerate(stored(odd).items()):
        amounts, counts = table.steps(place)
        assert len(amounts) <= POINTS and amounts[0] == table.low and amounts[-1] == table.high
        assert counts.tolist() == [(values >= amount).sum() for amount in amounts]
        few = np.unique(values).size <= POINTS - 2
        for amount in RNG.uniform(table.low, table.high, 300):
            said = counts[np.searchsorted(amounts, amount, side="left")]
            assert 0 <= (values >= amount).sum() - said <= (0 if few else values.size / (POINTS - 3) + 1)
        trace = drawn["data"][place]
        assert (trace["name"], trace["line"]["shape"]) == (title, "vh")
        assert np.allclose(trace["y"], counts / values.size, atol=1e-5) and np.allclose(trace["x"], amounts, atol=0.01)


def test_targets_are_round_and_reach_over_the_whole_axis(odd: Made) -> None:
    table = at_least.table(open_result(odd.folder))
    amounts = at_least.targets(table)
    steps = np.diff(amounts)
    assert 40 <= len(amounts) <= at_least.TARGETS + 1 and 0.0 in amounts
    assert np.allclose(steps, steps[0]) and f"{steps[0]:.1e}"[0] in "125"
    assert amounts[0] - table.low < 1.001 * steps[0] and table.high - amounts[-1] < 1.001 * steps[0]
    first = amounts[at_least.first(table)]
    leader = max(stored(odd).values(), key=lambda values: float(values.mean()))
    assert first != 0.0 and abs(first - np.median(leader)) <= 1.5 * steps[0] + max(0.0, float(np.median(leader)) - table.high)


def level(a: Floats, b: Floats, target: float) -> bool:
    """Say by a sign test whether two alternatives cannot be told apart: of the futures in which they differ, about as many for either."""
    for_a, for_b = int(((a >= target) & (b < target)).sum()), int(((b >= target) & (a < target)).sum())
    return bool((for_a - for_b) ** 2 <= 4 * (for_a + for_b + 2))


def percents(text: str) -> list[float]:
    """Give the percentages of a sentence, a bound as its own number."""
    return [float(each) for each in re.findall(r"([\d.]+) %", text)]


def check(text: str, target: float, values: dict[str, Floats]) -> str:
    """Hold a target's sentence against the futures; give the form that it has."""
    futures = next(iter(values.values())).size
    reach = {title: int((each >= target).sum()) for title, each in values.items()}
    most, least = max(reach.values()), min(reach.values())
    text = text.replace("\u00a0", " ")
    assert ("more than staying with paper" in text, "less than staying with paper" in text) == (target > 0, target < 0)
    sure = "; staying with paper itself is sure."
    named = re.findall(r"\*\*(.+?)\*\*", text)
    if text.startswith(("No alternative is worth", "Every alternative is worth")) or " in every one of the " in text:
        form = "none" if text.startswith("No") else "all" if text.startswith("Every") else "sure"
        assert f"of the {futures:,} futures" in text
        assert {"none": most == 0, "all": least == futures, "sure": most == futures}[form]
        assert form != "sure" or named == [title for title, count in reach.items() if count == futures]
        return form
    assert 0 < most < futures and (sure in text) == (target <= 0)
    best = max(reach, key=reach.__getitem__)
    same = [title for title in reach if title == best or level(values[best], values[title], target)]
    shares = percents(text)
    if "is the safest bet" in text or len(values) == 1:
        assert same == [best] == named and len(shares) == 1
    elif "no alternative can be told" in text or re.search(r"\d alternatives cannot be told", text):
        assert len(same) > at_least.LISTED and (len(same) == len(values)) == ("no alternative" in text)
        assert re.findall(r"(\d+) alternatives cannot", text) in ([], [str(len(same))])
        named = [title for title in (min(same, key=reach.__getitem__), best) if reach[title]]
    else:
        assert sorted(named) == sorted(same) and f"cannot be told apart by {futures:,} futures" in text
        assert [reach[title] for title in named] == sorted((reach[title] for title in named), reverse=True)
        named = [title for title in named if reach[title]]
    for title, share in zip(named, shares, strict=True):
        error = np.sqrt((reach[title] + 1) / (futures + 2) * (1 - (reach[title] + 1) / (futures + 2)) / (futures + 2))
        assert abs(share - 100 * reach[title] / futures) <= max(100 * error * 2.6, 0.51)
    return "best" if "safest" in text else "level"


def test_every_targets_sentence_agrees_with_the_file(odd: Made) -> None:
    values = stored(odd)
    table = at_least.table(open_result(odd.folder))
    travelling = at_least.draw(table, ENGLISH).to_plotly_json()["layout"]["meta"]["targets"]
    assert [each["amount"] for each in travelling] == at_least.targets(table)
    for each in travelling:
        check(each["said"], each["amount"], values)
        assert len(each["cells"]) == len(values) + 1
        for title, cell in zip(values, each["cells"], strict=False):
            count = (values[title] >= each["amount"]).sum()
            assert (cell == "none", cell == "all") == (count == 0, count == values[title].size)
        assert each["cells"][-1] == ("all" if each["amount"] <= 0 else "none")
    assert at_least.sentences(table, ENGLISH) == [travelling[at_least.first(table)]["said"]]
    for each in at_least.draw(table, CHINESE).to_plotly_json()["layout"]["meta"]["targets"]:
        assert not re.search(r"[{}]|\bworth\b|\bfutures\b", each["said"])


def test_all_forms_of_the_sentence_occur(tmp_path: Path) -> None:
    made = make(tmp_path / "forms", worlds=400)
    table = at_least.table(open_result(made.folder))
    forms = {check(at_least.sentence(table.at(x), table, ENGLISH), x, stored(made)) for x in (-1e10, *at_least.targets(table), 1e10)}
    assert {"none", "all", "best", "level"} <= forms


def test_what_the_same_futures_tell_apart_is_told_apart(tmp_path: Path) -> None:
    """Two chances that are nearly equal, but one alternative reaches the target whenever the other does, and in ten futures more."""
    better = np.arange(300) < 110
    made = make(
        tmp_path / "paired", worlds=300, names=("in-house", "saas"),
        net=lambda name, value: np.where(better if name == "saas" else np.arange(300) < 100, 1e6, -1e6),
    )  # fmt: skip
    table = at_least.table(open_result(made.folder))
    assert "**SaaS** is the safest bet" in at_least.sentence(table.at(5e5), table, ENGLISH)


def test_nine_alternatives_that_are_close_are_told_by_their_count() -> None:
    """Seven that differ by little beside two that are far behind."""
    names = tuple(Alternative(f"way-{i}", f"Way {i}", "", 0.0) for i in range(9))
    values = RNG.normal(0.0, 1e6, (9, 60)) - np.array([0, 0, 9e6, 0, 0, 0, 9e6, 0, 0])[:, None]
    today = Alternative("today", "staying with paper", "", 0.0)
    table = AtLeast(strip(NetValues("CNY", 60, today, names, values, values)), -12e6, 3e6)
    by_title = {name.title: row for name, row in zip(names, values, strict=True)}
    said = {amount: at_least.sentence(table.at(amount), table, ENGLISH) for amount in at_least.targets(table)}
    assert {check(text, amount, by_title) for amount, text in said.items()} >= {"all", "sure", "level"}
    assert any("alternatives cannot be told apart" in text for text in said.values())


@pytest.fixture(scope="module")
def moved(browser: Any, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Open a small page, at the figure."""
    path = write_report(make(tmp_path_factory.mktemp("moved") / "result", worlds=200).folder)
    context = browser.new_context(viewport={"width": 1280, "height": 1000}, locale="en-GB", bypass_csp=True)
    tab = context.new_page()
    tab.address = path.as_uri()
    tab.goto(path.as_uri())
    tab.wait_for_selector("#plot-at-least[data-drawn] .main-svg")
    tab.locator("#plot-at-least").scroll_into_view_if_needed()
    yield tab
    context.close()


def seen(tab: Any, prefix: str = "") -> dict[str, Any]:
    """Give what the figure shows at its target, once the line stands there."""
    place = f"document.getElementById('plot-{prefix}at-least')"
    stands = f"{place}.layout.meta.targets[{place}.closest('figure').querySelector('input[type=range]').value].amount"
    tab.wait_for_function(f"{place}.layout.shapes[0].x0 === {stands}", timeout=10_000)
    found: dict[str, Any] = tab.evaluate(
        """prefix => {
        const place = document.getElementById(`plot-${prefix}at-least`), figure = place.closest("figure");
        const range = figure.querySelector("input[type=range]"), lead = figure.closest("section").querySelector("p.lead");
        return {
          said: [...lead.childNodes].map(node => node.nodeName === "STRONG" ? `**${node.textContent}**` : node.textContent).join(""),
          place: Number(range.value), spoken: range.getAttribute("aria-valuetext"), output: figure.querySelector("output").textContent,
          line: place.layout.shapes[0].x0, handle: place.layout.annotations[0].text, targets: place.layout.meta.targets,
          cells: [...figure.querySelectorAll("[data-cell]")].map(cell => cell.textContent),
        } }""",
        prefix,
    )
    return found


def agrees(shown: dict[str, Any]) -> None:
    """Hold everything that is shown against the target that the range stands at."""
    target = shown["targets"][shown["place"]]
    for key, travelling in (("line", "amount"), ("handle", "handle"), ("spoken", "spoken"), ("said", "said"), ("cells", "cells")):
        assert shown[key] == target[travelling]
    assert shown["output"] == target["spoken"]


@pytest.mark.page
def test_the_line_is_dragged_by_mouse(moved: Any) -> None:
    before = seen(moved)
    agrees(before)
    box = moved.locator("#plot-at-least .nsewdrag").bounding_box()
    low, high = moved.evaluate("document.querySelector('#plot-at-least').layout.xaxis.range")
    height = box["y"] + 0.6 * box["height"]
    moved.mouse.move(box["x"] + box["width"] * (before["line"] - low) / (high - low), height)
    moved.mouse.down()
    for share in (0.4, 0.7, 0.8):
        moved.mouse.move(box["x"] + share * box["width"], height)
    moved.mouse.up()
    after = seen(moved)
    agrees(after)
    assert after["said"] != before["said"]
    assert abs(after["line"] - (low + 0.8 * (high - low))) <= 0.51 * (after["targets"][1]["amount"] - after["targets"][0]["amount"])
    moved.mouse.move(box["x"] + 0.2 * box["width"], height)
    assert seen(moved)["place"] == after["place"]


@pytest.mark.page
def test_the_target_is_moved_by_keys_and_named_to_a_screen_reader(moved: Any) -> None:
    slider = moved.get_by_role("slider", name="Target")
    slider.focus()
    before = seen(moved)
    for key, by in (("ArrowRight", 1), ("ArrowLeft", -1), ("ArrowLeft", -1), ("End", None), ("Home", None)):
        at = seen(moved)["place"]
        moved.keyboard.press(key)
        after = seen(moved)
        agrees(after)
        assert after["place"] == (at + by if by else len(after["targets"]) - 1 if key == "End" else 0)
    assert seen(moved)["spoken"] != before["spoken"] and "staying with paper" in after["spoken"]
    assert moved.locator("#at-least p.lead").get_attribute("aria-live") == "polite"


@pytest.mark.page
def test_a_name_brings_out_its_curve(moved: Any) -> None:
    opacity = "document.querySelector('#plot-at-least').data.map(trace => trace.opacity)"
    before = moved.evaluate(opacity)
    button = moved.locator("#at-least [data-curve='1']")
    button.focus()
    assert moved.evaluate(opacity) == [1 if i == 1 else 0.15 for i in range(5)]
    assert moved.locator("#plot-at-least .legend").count() == 1 and not moved.locator("#plot-at-least .legend").is_visible()
    moved.keyboard.press("Enter")
    moved.locator("#at-least input[type=range]").focus()
    assert button.get_attribute("aria-pressed") == "true" and moved.evaluate(opacity)[0] == 0.15
    button.click()
    moved.locator("#at-least input[type=range]").focus()
    moved.mouse.move(5, 5)
    assert moved.evaluate(opacity) == before


@pytest.mark.page
def test_the_chinese_edition_shows_the_same_target_and_moves_too(moved: Any) -> None:
    moved.locator("#at-least input[type=range]").focus()
    moved.keyboard.press("End")
    moved.keyboard.press("ArrowLeft")
    english = seen(moved)
    moved.locator(".edition:not([hidden]) [data-show=zh]").click()
    moved.wait_for_selector("#plot-zh-at-least[data-drawn] .main-svg")
    moved.wait_for_timeout(300)
    chinese = seen(moved, "zh-")
    agrees(chinese)
    assert (chinese["place"], chinese["line"]) == (english["place"], english["line"]) and "未来" in chinese["said"]
    moved.get_by_role("slider", name="目标").focus()
    for _ in range(20):
        moved.keyboard.press("ArrowLeft")
    after = seen(moved, "zh-")
    agrees(after)
    assert after["place"] == english["place"] - 20 and after["said"] != chinese["said"]


@pytest.mark.page
def test_without_scripts_the_first_sentence_and_its_chances_stand(browser: Any, moved: Any) -> None:
    context = browser.new_context(java_script_enabled=False)
    tab = context.new_page()
    tab.goto(moved.address)
    assert tab.locator("#at-least p.lead").inner_text().startswith("To be worth at least")
    assert tab.locator("#at-least [data-cell]").count() == 5 and not tab.locator("#at-least input").is_visible()
    context.close()
