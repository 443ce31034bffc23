"""A planner's way through the workbench in a real Chromium."""

from __future__ import annotations

from typing import Any

import pytest

from tests.app.conftest import Running, settled

pytestmark = [pytest.mark.page, pytest.mark.nightly]


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
    lever.locator("input[type=range]").fill("20")
    assert lever.locator("input[type=number]").input_value() == "20"
    page.wait_for_selector(".split[data-serial='2']")
    settled(page)
    assert page.inner_text("#headline .stats") != before
    lever.locator(".back").click()
    page.wait_for_selector(".split[data-serial='3']")
    settled(page)
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
    page.evaluate("() => document.querySelector('#dotplot .plot').scrollIntoView({block: 'center', behavior: 'instant'})")
    point = page.locator("#plot-dotplot .scatterlayer .trace").first.locator(".points path").nth(10)
    box = point.bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.wait_for_selector(".told[data-state=told]")
    assert page.locator(".told .happened li").first.inner_text().startswith("Month 1")
    assert page.locator(".told h3").first.inner_text().startswith("Future ")
    assert "In this future Renting it is worth" in page.inner_text(".told > p")
    chosen = page.eval_on_selector_all('figure[data-figure="9"] select', "all => all.map(each => each.value)")
    assert chosen[:2] == ["0", "10"]


def test_a_stakeholder_looks(app: Running, page: Any) -> None:
    """The answer as a stakeholder sees it says whose eyes these are, and leaves out what is about money."""
    opened(page, app)
    before = page.inner_text("#headline .answer")
    page.select_option("#party", "stakeholder:treasurer")
    page.wait_for_selector(".split[data-serial='2']")
    settled(page)
    assert page.inner_text("#headline .answer") != before
    assert page.inner_text("#headline .note").startswith("As The treasurer sees it")
    names = page.eval_on_selector_all("#pieces > section", "all => all.map(each => each.id)")
    assert names == ["decision-strip", "dotplot", "same-future", "at-least", "gains", "two-sides"]
