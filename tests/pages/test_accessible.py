"""The page can be used by everybody: axe-core finds nothing serious, in both languages, light and dark, on a desktop and on a phone."""

from __future__ import annotations

from importlib import resources
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from itilsim.pages.catalogue import languages

WIDTHS = {"desktop": 1280, "phone": 390}
PAIRED = {("desktop", "en", "light"), ("desktop", "zh", "dark"), ("phone", "en", "dark"), ("phone", "zh", "light")}
"""Every two of size, language and colours meet in these; the others run at night."""
EVERY = [
    pytest.param(*each, marks=() if each in PAIRED else pytest.mark.nightly)
    for each in product(WIDTHS, languages(), ("light", "dark"))
]


@pytest.fixture(scope="module")
def axe() -> str:
    """Give the script of axe-core."""
    pytest.importorskip("axe_playwright_python", reason="axe-playwright-python, which carries axe-core, is not installed")
    return resources.files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")


def unfolded(tab: Any) -> None:
    """Open whatever opens on demand, and wait until its figures are drawn."""
    tab.evaluate("document.querySelectorAll('.edition:not([hidden]) details').forEach((each) => (each.open = true))")
    tab.wait_for_function("[...document.querySelectorAll('.edition:not([hidden]) .plot')].every((place) => place.dataset.drawn)")


def thinned(tab: Any) -> None:
    """Leave the shown edition, two rows of each table, and no strokes in the pictures: axe's time goes with the number of elements."""
    rest = ".edition[hidden], tbody tr:nth-child(n+3), svg.main-svg > *"
    tab.evaluate(f"document.querySelectorAll('{rest}').forEach((each) => each.remove())")


@pytest.mark.page
@pytest.mark.parametrize("rows", ["two", pytest.param("all", marks=pytest.mark.nightly)])
@pytest.mark.parametrize(("size", "language", "scheme"), EVERY)
def test_axe_finds_nothing_serious(browser: Any, page: Path, axe: str, language: str, size: str, scheme: str, rows: str) -> None:
    context = browser.new_context(viewport={"width": WIDTHS[size], "height": 900}, color_scheme=scheme, bypass_csp=True)
    tab = context.new_page()
    tab.goto(page.as_uri())
    tab.wait_for_selector("html[data-drawn]")
    tab.locator(f'.edition:not([hidden]) [data-show="{language}"]').click()
    unfolded(tab)
    if rows == "two":
        thinned(tab)
    tab.evaluate(axe)
    rules = {"resultTypes": ["violations"]} | ({"runOnly": ["color-contrast"]} if scheme == "dark" and rows == "two" else {})
    found = tab.evaluate("(options) => axe.run(document, options)", rules)
    assert found["passes"], "axe looked at nothing"
    assert [f"{each['id']}: {node['html'][:200]}" for each in found["violations"] for node in each["nodes"] if serious(each)] == []
    context.close()


def serious(violation: dict[str, Any]) -> bool:
    """Say whether a finding keeps somebody from using the page."""
    return violation["impact"] in ("serious", "critical")


@pytest.mark.page
def test_a_drawing_is_one_picture_with_a_name(browser: Any, page: Path) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    tab = context.new_page()
    tab.goto(page.as_uri())
    tab.wait_for_selector("html[data-drawn]")
    place = tab.locator('.edition[lang="en"] #plot-dotplot')
    title = place.get_attribute("aria-label")
    assert title == "Fifty equally likely futures of each alternative" and place.get_attribute("role") == "group"
    assert place.locator("svg.main-svg[role=img]").get_attribute("aria-label") == title
    assert place.locator("svg.main-svg:not([role=img]):not([aria-hidden])").count() == 0
    context.close()
