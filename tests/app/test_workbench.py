"""A planner's way through the workbench in a real Chromium."""

from __future__ import annotations

import csv
from functools import partial
from importlib import resources
from io import StringIO
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from tests.app.conftest import Running, acted, settled, shelf, start, story, visited

pytestmark = [pytest.mark.page, pytest.mark.nightly]


LOOKS = [(1280, "en", "light"), (390, "zh", "dark"), (1280, "zh", "dark"), (390, "en", "light")]
THINNED = "#pieces tbody tr:nth-child(n+3), #pieces svg.main-svg > *"
"""Rows and strokes that axe-core need not look at one by one: its time goes with the number of elements."""


def opened(page: Any, app: Running, language: str = "en") -> Any:
    """Open the small case from its card and wait for the answer."""
    page.goto(f"{app.address}?language={language}")
    page.click(".shelf a")
    return settled(page)


def test_a_card_leads_to_an_answer(app: Running, page: Any) -> None:
    """The first page has a card with the question; behind it stands the first sentence, and then every figure."""
    page.goto(app.address)
    assert page.inner_text(".shelf h2") == "Claims in a small office"
    assert "Is it worth renting a system" in page.inner_text(".shelf .case p")
    assert page.locator(".shelf .plain li").all_inner_texts() == ["Staying with paper", "Renting it", "Renting it from a large provider"]
    opened(page, app)
    assert page.inner_text("#headline .answer p").startswith("On average Renting it is worth about")
    names = page.eval_on_selector_all("#pieces > section", "all => all.map(each => each.id)")
    assert names[:5] == ["decision-strip", "dotplot", "same-future", "at-least", "waterfall"]
    assert {"over-time", "gains", "two-sides", "one-future"} <= set(names)
    assert page.inner_text("#status span").startswith("1,000 futures. ")


def test_a_lever_moves_the_answer(app: Running, page: Any) -> None:
    """A move of the range moves the number, the answer and the figures; the case's own value comes back by a button."""
    opened(page, app)
    before = page.inner_text("#headline .stats")
    lever = page.locator('.lever[data-lever="users.clerks.number"]')
    acted(page, lambda: lever.locator("input[type=range]").fill("20"))
    assert lever.locator("input[type=number]").input_value() == "20"
    assert page.inner_text("#headline .stats") != before
    acted(page, lambda: lever.locator(".back").click())
    assert page.inner_text("#headline .stats") == before


def test_a_number_out_of_range_is_said_beside_its_field(app: Running, page: Any) -> None:
    """What a lever cannot be is said where it was written, and the answer stays."""
    opened(page, app)
    lever = page.locator('.lever[data-lever="users.clerks.number"]')
    lever.locator("input[type=number]").fill("5000")
    assert lever.locator(".fault").inner_text() == "Has to be a number from 20 to 120."
    assert page.get_attribute(".split", "data-serial") == "1"


def test_a_dot_opens_its_story(app: Running, page: Any) -> None:
    """A click on a dot opens its future with what happened in it, and what its twin differs by sums up to the difference."""
    opened(page, app)
    told = story(page)
    assert told.startswith("Future ")
    assert page.locator(".told .happened li").first.inner_text().startswith("Month 1")
    assert "In this future Renting it is worth" in told
    chosen = page.eval_on_selector_all('figure[data-figure="9"] select', "all => all.map(each => each.value)")
    assert chosen[:2] == ["0", "10"]
    rows = list(csv.reader(StringIO(unquote(page.get_attribute(".told a.csv", "href").partition(",")[2]).lstrip("\ufeff"))))
    *parts, total = [float(row[3]) for row in rows[1:]]
    assert sum(parts) == pytest.approx(total, abs=0.005)


def test_a_stakeholder_looks(app: Running, page: Any) -> None:
    """The answer as a stakeholder sees it says whose eyes these are, and leaves out what is about money."""
    opened(page, app)
    before = page.inner_text("#headline .answer")
    acted(page, lambda: page.select_option("#party", "stakeholder:treasurer"))
    assert page.inner_text("#headline .answer") != before
    assert page.inner_text("#headline .note").startswith("As The treasurer sees it")
    names = page.eval_on_selector_all("#pieces > section", "all => all.map(each => each.id)")
    assert names == ["decision-strip", "dotplot", "same-future", "at-least", "gains", "two-sides"]


def focused(page: Any, selector: str, *, most: int = 80) -> None:
    """Press Tab until what has the focus is what a selector names."""
    for _ in range(most):
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{selector} is not reached by Tab")


def test_by_keyboard_alone(app: Running, page: Any) -> None:
    """A card, a lever, the target, a dot and the pin are reached by Tab and worked by keys; the focus stays through new drawings."""
    page.goto(app.address)
    focused(page, ".shelf a")
    page.keyboard.press("Enter")
    page.wait_for_selector(".split")
    settled(page)
    focused(page, '.lever[data-lever="users.clerks.number"] input[type=range]')
    acted(page, lambda: page.keyboard.press("ArrowLeft"))
    assert page.evaluate("() => document.activeElement.matches('.lever input[type=range]')")
    assert page.evaluate("() => Number(document.activeElement.value) < 60")
    focused(page, "[data-do=pin]")
    acted(page, lambda: page.keyboard.press("Space"))
    focused(page, "#dotplot .dots button")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    page.wait_for_selector(".told[data-state=told]")
    page.evaluate("() => document.querySelector('#at-least input[type=range]').focus()")
    before = page.inner_text("#at-least .lead")
    page.keyboard.press("PageUp")
    assert page.inner_text("#at-least .lead") != before


@pytest.mark.parametrize("language", ["en", "zh"])
def test_at_the_width_of_a_phone(app: Running, browser: Any, language: str) -> None:
    """Nothing is wider than the screen; the levers are a sheet below the answer, which stays in sight while they move."""
    for page in visited(browser, viewport={"width": 390, "height": 844}, has_touch=True):
        opened(page, app, language)
        assert page.evaluate("() => document.documentElement.scrollWidth") <= 390
        assert not page.locator(".lever").first.is_visible()
        page.click(".sheet > summary")
        acted(page, partial(page.locator('.lever[data-lever="users.clerks.number"] input[type=range]').fill, "110"))
        answer, sheet = page.locator("#headline .answer p").first.bounding_box(), page.locator("aside").bounding_box()
        assert 0 <= answer["y"] < sheet["y"]
        page.click(".sheet > summary")
        assert story(page)
        assert page.evaluate("() => document.documentElement.scrollWidth") <= 390


def test_a_killed_app_loses_no_stored_run(browser: Any, tmp_path: Path) -> None:
    """What was stored is listed by the next app, and what was on its way is gone on with or begun again."""
    pytest.importorskip("dash", reason="dash is not installed")
    cases, results = shelf(tmp_path), tmp_path / "results"
    first = start(cases, results, "-n", "200", "--port", "8160")
    for page in visited(browser):
        page.goto(f"{first.address}case/claims")
        settled(page)
        page.click("[data-do=store]")
        page.wait_for_selector("[data-job-state=done]")
        acted(page, partial(page.locator('.lever[data-lever="users.clerks.number"] input[type=range]').fill, "110"))
        page.click("[data-do=store]")
        page.wait_for_selector("[data-job='2']")
        first.kill()
        page.goto("about:blank")
    second = start(cases, results, "-n", "200", "--port", "8160")
    for page in visited(browser):
        page.goto(second.address)
        assert page.locator("[data-run]").count() >= 1
        page.click("[data-run] a")
        assert page.inner_text("h1") == "Is it worth renting a system for claims, and from which provider?"
    second.kill()


@pytest.mark.parametrize(("width", "language", "scheme"), LOOKS)
def test_axe_finds_nothing_serious(app: Running, browser: Any, width: int, language: str, scheme: str) -> None:
    """The first page and the workbench can be used by everybody."""
    pytest.importorskip("axe_playwright_python", reason="axe-playwright-python, which carries axe-core, is not installed")
    axe = resources.files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
    options = {"viewport": {"width": width, "height": 900}, "color_scheme": scheme, "bypass_csp": True}
    for page in visited(browser, **options):
        page.goto(f"{app.address}?language={language}")
        assert serious(page, axe) == []
        opened(page, app, language)
        page.evaluate("() => document.querySelectorAll('details').forEach(each => { each.open = true })")
        page.click("[data-do=save]")
        acted(page, partial(page.click, "[data-do=pin]"))
        page.evaluate("thinned => document.querySelectorAll(thinned).forEach(each => each.remove())", THINNED)
        assert serious(page, axe) == []


def serious(page: Any, axe: str) -> list[str]:
    """Give what axe-core finds that is serious or worse."""
    page.evaluate(axe)
    found = page.evaluate("() => axe.run(document, {resultTypes: ['violations']})")
    assert found["passes"], "axe looked at nothing"
    bad = [each for each in found["violations"] if each["impact"] in ("serious", "critical")]
    return [f"{each['id']}: {node['html'][:200]}" for each in bad for node in each["nodes"]]
