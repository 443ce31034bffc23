"""A planner's whole way: open, read, drag, click a dot, move two levers, pin, compare, step, save, and the command line agrees."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from tests.app.conftest import WORLDS, Running, acted, settled, shelf, start, story, visited

pytestmark = [pytest.mark.page, pytest.mark.nightly]
SAID = {
    "en": {"first": "On average Renting it is worth about", "label": "Clerks", "saved": "Saved as", "pinned": "Since the pinned state"},
    "zh": {"first": "租用", "label": "职员人数", "saved": "已另存为", "pinned": "与固定的状态相比"},
}


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """Give an app of its own, which may store and save."""
    pytest.importorskip("dash", reason="dash is not installed")
    folder = tmp_path_factory.mktemp("planner")
    running = start(shelf(folder), folder / "results", "-n", str(WORLDS), "--port", "8140")
    yield running
    running.kill()


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    """Give a page of a new visitor."""
    yield from visited(browser)


def shown(page: Any) -> dict[str, float]:
    """Give each alternative's mean as the page offers it unrounded, by its title."""
    link = page.get_attribute("[id$=decision-strip] a.csv", "href")
    rows = list(csv.reader(StringIO(unquote(link.partition(",")[2]).lstrip("\ufeff"))))
    return {row[0]: float(row[1]) for row in rows[1:-1]}


def by_command(cases: Path, name: str) -> list[float]:
    """Give the means of the alternatives of a scenario from the command line."""
    command = [sys.executable, "-m", "itilsim", "compare", str(cases / name), "-n", str(WORLDS), "--seed", "1", "--json", "--quiet"]
    done = subprocess.run([*command, "--out", str(cases.parent / "cli")], capture_output=True, text=True, check=True)
    told = json.loads(done.stdout)
    return [each["parties"]["office"]["mean"] for each in told["alternatives"] if each["name"] != told["baseline"]]


def moved(page: Any, key: str, value: str) -> None:
    """Move a lever by its range and wait for the answer to it."""
    acted(page, lambda: page.locator(f'.lever[data-lever="{key}"] input[type=range]').fill(value))


def dragged(page: Any) -> None:
    """Drag the target of figure 3 across its drawing."""
    page.evaluate("() => document.querySelector('[id$=at-least] .plot').scrollIntoView({block: 'center', behavior: 'instant'})")
    box = page.locator("[id$=at-least] .nsewdrag").first.bounding_box()
    page.mouse.move(box["x"] + box["width"] * 0.3, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.8, box["y"] + box["height"] / 2, steps=4)
    page.mouse.up()


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_whole_way(own: Running, page: Any, language: str) -> None:
    """What is saved gives on the command line the means that the page showed."""
    said = SAID[language]
    page.goto(f"{own.address}?language={language}")
    page.click('.shelf a[href="/case/claims"]')
    settled(page)
    assert said["first"] in page.inner_text("#headline .answer p")
    assert page.locator(".lever label", has_text=said["label"]).count() == 1
    before = page.inner_text("[id$=at-least] .lead")
    dragged(page)
    assert page.inner_text("[id$=at-least] .lead") != before
    story(page)
    acted(page, lambda: page.click("[data-do=pin]"))
    moved(page, "users.clerks.number", "90")
    moved(page, "costs.setup.amount", "45")
    assert said["pinned"] in page.inner_text("#changes .lead")
    after = shown(page)
    acted(page, lambda: page.click("[data-do=undo]"))
    assert page.locator('.lever[data-lever="costs.setup.amount"] input').first.input_value() == "20"
    assert shown(page) != after
    acted(page, lambda: page.click("[data-do=redo]"))
    assert shown(page) == after
    page.click("[data-do=save]")
    page.fill("#save-name", f"more-clerks-{language}")
    page.keyboard.press("Enter")
    page.wait_for_selector("#saved.done")
    assert said["saved"] in page.inner_text("#saved")
    assert by_command(own.cases, f"more-clerks-{language}") == pytest.approx(list(after.values()), rel=1e-9)


def test_a_bad_name_is_said(own: Running, page: Any) -> None:
    """A name that would be a path is refused with a sentence, and nothing is written."""
    page.goto(f"{own.address}case/claims")
    settled(page)
    page.click("[data-do=save]")
    page.evaluate("() => document.querySelector('#save-name').removeAttribute('pattern')")
    page.fill("#save-name", "../elsewhere")
    page.keyboard.press("Enter")
    page.wait_for_selector("#saved.warning")
    assert "a name is made of small letters, digits and hyphens" in page.inner_text("#saved")
    assert not (own.cases.parent / "elsewhere").exists()


def test_uncertainty_by_hand(own: Running, page: Any) -> None:
    """An input that is written by hand is read by the reader: its fault stands beside it, and what can be read moves the answer."""
    page.goto(f"{own.address}case/claims")
    settled(page)
    page.click("#hand summary")
    page.select_option("#hand-key", "prices.fee.amount")
    page.wait_for_selector("#hand-curve .curve")
    page.fill("#hand-low", "120")
    page.wait_for_selector("#hand-fault:not([hidden])")
    assert "write low, likely and high from the smallest to the largest" in page.inner_text("#hand-fault")
    assert page.get_attribute(".split", "data-serial") == "1"
    page.fill("#hand-low", "90")
    page.wait_for_selector(".split[data-serial='2']")
    settled(page)
    assert "Half of the worlds have" in page.inner_text("#hand-curve")


def test_a_study_is_stored_compared_and_deleted(own: Running, page: Any) -> None:
    """A study runs on while the page is loaded again; two results are compared, and one is deleted after a question."""
    page.goto(f"{own.address}case/claims")
    settled(page)
    page.click("[data-do=store]")
    page.wait_for_selector("[data-job]")
    moved(page, "users.clerks.number", "100")
    page.click("[data-do=store]")
    page.wait_for_selector("[data-job='2']")
    page.reload()
    page.wait_for_selector("[data-job='2'][data-job-state=done]")
    page.goto(own.address)
    assert page.locator("[data-run]").count() == 2
    for box in page.locator("[name=run]").all():
        box.check()
    page.click("[data-run-do=compare]")
    page.wait_for_selector("#between table")
    assert "over the same 1,000 futures" in page.inner_text("#between .note")
    page.locator("[data-run-do=delete]").first.click()
    page.click("[data-answer=no]")
    assert page.locator("[data-run]").count() == 2
    page.locator("[data-run-do=delete]").first.click()
    page.click("[data-answer=yes]")
    page.wait_for_function("() => document.querySelectorAll('[data-run]').length === 1")
    assert len(list(own.results.glob("claims-*"))) == 1
    page.click("[data-run] a")
    assert page.inner_text("h1") == "Is it worth renting a system for claims, and from which provider?"
