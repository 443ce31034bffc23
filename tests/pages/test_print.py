"""On paper nothing is cut: a figure and a row of a table stay whole, and the colours are those of a light page."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from itilsim.pages.catalogue import languages

A4 = {"width": 673, "height": 1_001}
"""What A4 leaves between margins of 16 mm, in px."""
PLOTS = ".edition:not([hidden]) main > section > figure .plot"


@pytest.mark.page
@pytest.mark.parametrize("language", languages())
def test_no_figure_is_taller_than_a_page_and_none_may_be_cut(browser: Any, page: Path, language: str) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, color_scheme="dark", bypass_csp=True)
    tab = context.new_page()
    tab.goto(page.as_uri())
    tab.wait_for_selector("html[data-drawn]")
    tab.locator(f'.edition:not([hidden]) [data-show="{language}"]').click()
    tab.wait_for_function(f"[...document.querySelectorAll('{PLOTS}')].every((each) => each.dataset.drawn)")
    tab.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    tab.emulate_media(media="print", color_scheme="dark")
    tab.set_viewport_size(A4)
    found = tab.evaluate("""() => [...document.querySelectorAll("PLOTS")].map((place) => ({
      tall: place.getBoundingClientRect().height,
      drawn: place.querySelector(".main-svg").getBoundingClientRect().height,
      wide: place.querySelector(".main-svg").getBoundingClientRect().width / place.getBoundingClientRect().width,
      ink: place.layout.font.color,
      cut: getComputedStyle(place).breakInside,
    }))""".replace("PLOTS", PLOTS))
    assert len(found) > 4
    for each in found:
        assert each["tall"] == each["drawn"] <= 800 and each["wide"] == pytest.approx(1.0, abs=0.01)
        assert (each["ink"], each["cut"]) == ("#1c2430", "avoid")
    rows = "[...document.querySelectorAll('.edition:not([hidden]) main tr')].every((e) => getComputedStyle(e).breakInside === 'avoid')"
    assert tab.evaluate(rows)
    hidden = "[...document.querySelectorAll('.edition:not([hidden]) :is(nav, .switch, .download, summary)')]"
    assert tab.evaluate(f"{hidden}.every((e) => getComputedStyle(e).display === 'none')")
    assert tab.locator(f'.edition[data-language="{language}"]').is_visible()
    tab.emulate_media(media="screen", color_scheme="dark")
    tab.set_viewport_size({"width": 1280, "height": 900})
    tab.evaluate("window.dispatchEvent(new Event('afterprint'))")
    again = tab.locator(PLOTS).first
    assert again.locator(".main-svg").first.bounding_box()["width"] == again.bounding_box()["width"] > 900
    context.close()
