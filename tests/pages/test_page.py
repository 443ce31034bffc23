"""The page is one file that asks for nothing, opens quickly, reads well on a phone, and can be reached by keyboard."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from itilsim.figures.figure import figures
from itilsim.pages.part import parts
from itilsim.pages.report import write_report
from tests.pages.synthetic import Made, make

OPTIONAL = ("sources", "perceived", "budget", "funding", "paths", "rare", "variants", "months", "lifetimes", "stories")


@pytest.fixture(scope="module")
def opened(browser: Any, page: Path) -> Any:
    """Open the page at desktop width and record what it asks for and complains of."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    tab = context.new_page()
    tab.asked, tab.complaints = [], []
    tab.on("request", lambda request: tab.asked.append(request.url))
    tab.on("console", lambda message: tab.complaints.append(f"{message.type}: {message.text}"))
    tab.on("pageerror", lambda error: tab.complaints.append(str(error)))
    tab.goto(page.as_uri())
    tab.wait_for_selector("html[data-drawn]")
    yield tab
    context.close()


def test_the_page_is_small_and_appears_whole(tmp_path: Path) -> None:
    made = make(tmp_path / "large", worlds=10_000)
    path = write_report(made.folder)
    assert path.stat().st_size < 3_500_000
    assert not list(made.folder.glob("*.part"))


def test_text_comes_first_and_the_library_last(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert text.index("<h1>") < text.index("At a glance") < text.index('id="data-dotplot"') < text.index("plotly.js (basic")
    assert len(text[: text.index("<h1>")]) < 20_000


def test_the_page_can_be_written_elsewhere_and_says_the_same(made: Made, page: Path, tmp_path: Path) -> None:
    path = write_report(made.folder, tmp_path / "mailed.html")
    assert path == tmp_path / "mailed.html" and path.read_bytes() == page.read_bytes()


def test_nothing_in_the_data_can_end_a_script_early(made: Made, tmp_path: Path) -> None:
    manifest = json.loads((made.folder / "manifest.json").read_text())
    for entry in manifest["alternatives"]:
        entry["title"] += " </script><b>&"
    for file in made.folder.glob("*.parquet"):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    (tmp_path / "manifest.json").write_text(json.dumps(manifest))
    text = write_report(tmp_path).read_text(encoding="utf-8")
    assert "</script><b>" not in text and "&lt;/script&gt;&lt;b&gt;&amp;" in text
    assert text.count("<script") == text.count("</script>")


@pytest.mark.parametrize("absent", OPTIONAL)
def test_a_file_that_is_not_stored_leaves_out_its_part_only(tmp_path: Path, absent: str) -> None:
    made = make(tmp_path / "part", worlds=50, without=(absent,))
    text = write_report(made.folder).read_text(encoding="utf-8")
    text = text[text.index('<div class="edition" lang="en"') :].split('<div class="edition" lang="zh', 1)[0]
    sections = set(re.findall(r'<section id="([\w-]+)"', text))
    stored = {file.stem for file in made.folder.glob("*.parquet")}
    gone = {figure.title.split(".")[1] for figure in figures() if not set(figure.files) <= stored}
    gone |= {"rare": {"risks"}, "variants": {"rankings"}}.get(absent, set())
    everything = {figure.title.split(".")[1] for figure in figures()} | {each.name for each in parts()}
    assert sections == everything - gone
    links = set(re.findall(r'<a href="#([\w-]+)"', text))
    assert links - {"answer"} == sections


def test_an_interrupted_run_is_called_one(tmp_path: Path) -> None:
    made = make(tmp_path / "short", worlds=50)
    manifest = json.loads((made.folder / "manifest.json").read_text())
    (made.folder / "manifest.json").write_text(json.dumps(manifest | {"complete": False}))
    assert "The run was interrupted: these are its first 50 futures." in write_report(made.folder).read_text(encoding="utf-8")


@pytest.mark.page
def test_no_request_leaves_the_page_and_nothing_complains(opened: Any) -> None:
    assert [url for url in opened.asked if not url.startswith(("file:", "data:", "blob:"))] == []
    assert len(opened.asked) == 1
    assert opened.complaints == []


@pytest.mark.page
def test_every_figure_is_drawn_and_has_its_numbers(opened: Any, made: Made) -> None:
    stored = {file.stem for file in made.folder.glob("*.parquet")}
    shown = opened.locator(".edition:not([hidden]) figure[data-figure]")
    assert shown.evaluate_all("all => all.map(f => f.dataset.figure)") == [
        str(figure.number) for figure in figures() if set(figure.files) <= stored
    ]
    assert opened.locator(".plot .main-svg").count() >= 4
    assert opened.locator(".plot path.point, .plot .points path").count() > 200
    for name in ("decision-strip", "dotplot", "same-future", "waterfall", "over-time"):
        assert opened.locator(f"#{name} details table tbody tr").count() > 0


@pytest.mark.page
def test_no_chart_can_be_shared(opened: Any) -> None:
    opened.locator(".plot").first.hover()
    titles = opened.locator("[data-title], .modebar-btn").evaluate_all(
        "all => all.map(b => (b.dataset.title || b.getAttribute('aria-label') || '') + b.textContent)"
    )
    assert not [title for title in titles if re.search(r"share|cloud|edit|plotly", title, re.I)]
    assert opened.evaluate("document.querySelector('.plot')._context.showSendToCloud") is False
    assert opened.evaluate("document.querySelector('.plot')._context.plotlyServerURL") == ""


@pytest.mark.page
def test_a_drawing_is_kept_as_a_picture(opened: Any, tmp_path: Path) -> None:
    with opened.expect_download() as kept:
        opened.locator("#dotplot button.picture").click()
    assert kept.value.suggested_filename == "fifty-equally-likely-futures-of-each-alternative.png"
    kept.value.save_as(tmp_path / "kept.png")
    head = (tmp_path / "kept.png").read_bytes()[:24]
    width, height = (int.from_bytes(head[at : at + 4]) for at in (16, 20))
    shown = opened.locator("#dotplot .plot").bounding_box()
    assert head[1:4] == b"PNG" and (width, height) == (2 * int(shown["width"]), 2 * int(shown["height"]))


@pytest.mark.page
def test_the_contents_show_what_is_read_and_where_they_go_on(browser: Any, page: Path) -> None:
    context = browser.new_context(viewport={"width": 500, "height": 844}, reduced_motion="reduce")
    tab = context.new_page()
    tab.goto(page.as_uri())
    tab.wait_for_selector("nav ul.goes-on:not(.came-on)")
    assert tab.locator(".edition:not([hidden]) nav a[aria-current]").get_attribute("href") == "#answer"
    tab.evaluate("document.querySelector('#method').scrollIntoView()")
    tab.wait_for_selector("nav a[href='#method'][aria-current]")
    tab.wait_for_selector("nav ul.came-on")
    link, bar = (tab.locator(f".edition:not([hidden]) nav {name}").bounding_box() for name in ("a[href='#method']", "ul"))
    assert bar["x"] <= link["x"] and link["x"] + link["width"] <= bar["x"] + bar["width"] + 1  # a list scrolls by whole pixels
    context.close()


@pytest.mark.page
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_phone_scrolls_only_down(browser: Any, page: Path, scheme: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, color_scheme=scheme)
    tab = context.new_page()
    tab.goto(page.as_uri())
    tab.wait_for_selector("html[data-drawn]")
    assert tab.evaluate("document.documentElement.scrollWidth") <= 390
    for summary in tab.locator(".edition:not([hidden]) summary").all():
        summary.click()
    assert tab.evaluate("document.documentElement.scrollWidth") <= 390
    over = "e.getBoundingClientRect().right > 391 && !e.closest('.scroll,pre,nav,svg,.skip')"
    wide = f"all => all.filter(e => {over}).map(e => e.className || e.tagName)"
    assert tab.locator(".edition:not([hidden]) main *").evaluate_all(wide) == []
    context.close()


@pytest.mark.page
def test_figures_follow_the_readers_colours_and_width(browser: Any, page: Path) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, color_scheme="light", bypass_csp=True)
    tab = context.new_page()
    tab.goto(page.as_uri())
    tab.wait_for_selector("html[data-drawn]")
    ink = "document.querySelector('#plot-dotplot').layout.font.color"
    assert tab.evaluate(ink) == "#1c2430"
    tall = tab.evaluate("document.querySelector('#plot-waterfall').getBoundingClientRect().height")
    tab.emulate_media(color_scheme="dark")
    tab.wait_for_function(f"{ink} === '#e8ebef'")
    tab.set_viewport_size({"width": 390, "height": 844})
    tab.wait_for_function(f"document.querySelector('#plot-waterfall').getBoundingClientRect().height > {tall + 200}")
    context.close()


@pytest.mark.page
def test_everything_that_opens_or_scrolls_is_reached_by_keyboard(browser: Any, page: Path) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    tab = context.new_page()
    tab.goto(page.as_uri())
    tab.wait_for_selector("html[data-drawn]")
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.className") == "skip"
    reached: set[str] = set()
    for _ in range(120):
        tab.keyboard.press("Tab")
        reached.add(tab.evaluate("document.activeElement.tagName + '.' + document.activeElement.className"))
    assert {"SUMMARY.", "DIV.scroll", "A."} <= reached
    context.close()


@pytest.mark.page
def test_the_page_reads_without_scripts(browser: Any, page: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    tab = context.new_page()
    tab.goto(page.as_uri())
    assert tab.locator(".answer p").count() >= 1
    assert "Figures need JavaScript" in tab.locator(".edition:not([hidden]) header").inner_text()
    context.close()
