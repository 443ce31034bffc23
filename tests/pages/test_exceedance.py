"""Figure 6: each curve is the share of stored futures that lose more, its sentences agree with them, and a risk can be chosen."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from itilsim.figures import exceedance
from itilsim.figures.figure import figures
from itilsim.pages.catalogue import open_catalogue
from itilsim.pages.drawn import drawn
from itilsim.pages.parts import risks
from itilsim.pages.report import page, write_report
from itilsim.tables.exceedance import CARRIED, POINTS
from itilsim.tables.result import open_result
from tests.pages.synthetic import TITLES, Floats, make

ENGLISH, CHINESE = open_catalogue("en", "CNY"), open_catalogue("zh", "CNY")
Loss = Callable[[np.random.Generator, str, int], Floats]
RISKS: dict[str, Loss] = {
    "lost-papers": lambda rng, name, n: 1e5 * rng.lognormal(0.5 if name == "today" else -1.0, 0.4, n),
    "source-leak": lambda rng, name, n: np.where(rng.random(n) < 0.08, 2e5 * rng.lognormal(0.0, 1.6, n), 0.0),
    "fine": lambda rng, name, n: np.where((rng.random(n) < 0.02) & (name == "saas"), 7e4, 0.0),
}
CASES: dict[str, dict[str, Any]] = {
    "plain": {"worlds": 2_000},
    "appetite": {"worlds": 2_000, "appetite": (4e5, 0.05)},
    "large-appetite": {"appetite": (9e9, 0.01)},
    "small-appetite": {"appetite": (10.0, 0.5)},
    "ties": {"risks": {"lost-papers": lambda rng, name, n: np.full(n, 7e5)}, "appetite": (1e6, 0.1)},
    "one-alternative": {"names": ("saas",)},
    "twenty-futures": {"worlds": 20, "appetite": (2e5, 0.2)},
    "few-futures": {"worlds": 8},
    "one-huge-tail": {"risks": RISKS | {"huge": lambda rng, name, n: np.where(np.arange(n) == 3, 4e9, 0.0)}},
    "nothing-elsewhere": {"risks": {"fine": RISKS["fine"]}, "worlds": 1_000},
}
NAMES = ("in-house", "outsourced", "outsourced-governed", "saas")
Losses = dict[str, dict[str, Floats]]


def losing(
    folder: Path, *, worlds: int = 400, names: tuple[str, ...] = NAMES, risks: dict[str, Loss] = RISKS, appetite: Any = None
) -> tuple[Path, Losses]:
    """Make up a result that loses so; give its folder, and by risk and title what was lost in each future."""
    made = make(folder, worlds=worlds, names=names)
    rng = np.random.default_rng(17)
    rows = [(name, risk, loss(rng, name, worlds)) for name in ("today", *names) for risk, loss in risks.items()]
    columns = {
        "alternative": [name for name, _, _ in rows for _ in range(worlds)],
        "replication": np.tile(np.arange(worlds), len(rows)),
        "risk": [risk for _, risk, _ in rows for _ in range(worlds)],
        "occurrences": np.concatenate([loss > 0 for _, _, loss in rows]).astype(np.int64),
        "loss": np.concatenate([loss for _, _, loss in rows]),
    }
    pq.write_table(pa.table(columns), made.folder / "rare.parquet")
    stated = None if appetite is None else {"amount": appetite[0], "chance": appetite[1], "source": "what the board said"}
    path = made.folder / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text(encoding="utf-8")) | {"appetite": stated}), encoding="utf-8")
    found: Losses = {"": {TITLES[name][0]: np.zeros(worlds) for name in (*names, "today")}}
    for name, risk, loss in rows:
        title = risk.replace("-", " ").capitalize()
        found.setdefault(title, {TITLES[each][0]: np.zeros(worlds) for each in (*names, "today")})[TITLES[name][0]] = loss
        found[""][TITLES[name][0]] = found[""][TITLES[name][0]] + loss
    return made.folder, found


@pytest.fixture(scope="module", params=sorted(CASES))
def odd(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Losses, Any]:
    """Give one made-up result after the other, with its losses and its appetite."""
    case = CASES[request.param]
    return *losing(tmp_path_factory.mktemp("exceedance") / request.param, **case), case.get("appetite")


def test_curves_are_the_shares_that_lose_more(odd: tuple[Path, Losses, Any]) -> None:
    folder, losses, _ = odd
    table = exceedance.table(open_result(folder))
    for choice in table.choices:
        axis = choice.axis(table.appetite)
        for place, lost in enumerate(losses[choice.risk].values()):
            amounts, counts = choice.steps(place, axis)
            assert len(amounts) <= POINTS and amounts[0] == axis[0] and max(lost.max(), axis[0]) == amounts[-1] <= axis[1]
            assert counts.tolist() == [(lost > amount).sum() for amount in amounts] and (np.diff(amounts) > 0).all()
            every = np.unique(lost[lost > axis[0]]).size < POINTS
            for amount in np.geomspace(axis[0], axis[1], 200):
                said = counts[np.searchsorted(amounts, amount, side="right") - 1]
                assert 0 <= said - (lost > amount).sum() <= (0 if every else 0.11 * said + 1)


def test_what_hardly_a_future_carries_is_drawn_thin(odd: tuple[Path, Losses, Any]) -> None:
    folder, losses, appetite = odd
    table = exceedance.table(open_result(folder))
    spec = exceedance.draw(table, ENGLISH).to_plotly_json()
    few = CARRIED / table.futures
    for choice, shown in zip(table.choices, spec["layout"]["meta"]["choices"], strict=True):
        traces = spec["data"][shown["first"] : shown["first"] + shown["count"]]
        lost = [title for title, each in losses[choice.risk].items() if (each > choice.axis(table.appetite)[0]).any()]
        assert list(dict.fromkeys(trace["name"] for trace in traces)) == lost
        assert {trace["name"] for trace in traces if trace.get("showlegend", True)} == set(lost)
        for trace in traces:
            is_thin = trace["line"]["dash"] == "1px 3px"
            shares = np.array(trace["y"])
            assert (shares[1:] < few).all() if is_thin else (shares >= few * 0.9999).all()
            assert trace["line"]["shape"] == "hv" and (shares > 0).all() and min(trace["x"]) > 0
    assert len(spec["data"]) == sum(each["count"] for each in spec["layout"]["meta"]["choices"]) + (appetite is not None)
    assert sum(len(trace["x"]) for trace in spec["data"]) <= (POINTS + 2) * len(table.choices) * (len(table.strip.rows) + 1)


def near(text: str, exact: float, error: float) -> bool:
    """Say that a printed amount is an exact one within rounding and its error."""
    match = re.fullmatch(r"~0(?: CNY)?|([\d.]+)( [kM]| bn)?(?: CNY)?", text)
    assert match, text
    said = float(match[1] or 0) * {None: 1.0, " k": 1e3, " M": 1e6, " bn": 1e9}[match[2]]
    return bool(abs(said - exact) <= max(0.051 * abs(exact), 1.01 * error, 0.5))


def worst_in(lost: Floats, chance: float) -> tuple[float, float]:
    """Give the loss that a share of futures exceeds, and its error by order statistics."""
    rising, rank = np.sort(lost), (1 - chance) * (lost.size - 1)
    wide = np.sqrt(lost.size * chance * (1 - chance)) + 1
    low, high = (int(np.clip(rank + step, 0, lost.size - 1)) for step in (-wide, wide))
    return float(np.quantile(lost, 1 - chance)), float(rising[high] - rising[low])


def share_said(text: str, count: int, futures: int) -> bool:
    """Say that a share in words is a count of the futures within its error."""
    if not count or count == futures:
        return text == (f"in none of the {futures:,} futures" if not count else f"in every one of the {futures:,} futures")
    said = float(re.findall(r"([\d.]+) %", text)[0])
    error = np.sqrt((count + 1) / (futures + 2) * (1 - (count + 1) / (futures + 2)) / (futures + 2))
    return bool(abs(said - 100 * count / futures) <= max(260 * error, 0.51))


def verdict(count: int, futures: int, chance: float) -> int:
    """Say whether surely more (1) or fewer (-1) futures than accepted are beyond an appetite, or neither (0)."""
    shrunk = (count + 1) / (futures + 2)
    gap, error = count / futures - chance, np.sqrt(shrunk * (1 - shrunk) / (futures + 2))
    return 0 if abs(gap) <= 2 * error else 1 if gap > 0 else -1


def test_the_sentence_of_all_risks_agrees_with_the_file(odd: tuple[Path, Losses, Any]) -> None:
    folder, losses, appetite = odd
    table = exceedance.table(open_result(folder))
    text = exceedance.sentences(table, ENGLISH)[0].replace("\u00a0", " ")
    lost, futures = losses[""], table.futures
    leader = table.strip.leader.alternative.title
    often = re.search(
        r"In 19 futures of 20 the risks together take no more than (.+?) under \*\*(.+?)\*\*, no more than (.+?) under staying with", text
    )
    assert often and often[2] == leader
    assert near(often[1], *worst_in(lost[leader], 0.05)) and near(often[3], *worst_in(lost[TITLES["today"][0]], 0.05))
    if appetite is None:
        assert "appetite" not in text
        return
    over = {title: int((each > appetite[0]).sum()) for title, each in lost.items()}
    first = re.match(r"Under \*\*(.+?)\*\* the risks together take more than (.+?) CNY (in .+?); the appetite says ([\d.]+) %\.", text)
    assert first and first[1] == leader and float(first[4]) == 100 * appetite[1] and share_said(first[3], over[leader], futures)
    for key, wanted in (("Beyond the appetite", 1), (f"Too close to call by {futures:,} futures", 0)):
        titles = [title for title in over if verdict(over[title], futures, appetite[1]) == wanted]
        listed = re.search(rf"{key}: (.+?)\.(?: |$)", text)
        everything = "Every choice is beyond the appetite." in text if wanted else "Whether any choice is beyond it is too close" in text
        assert everything == (len(titles) == len(over))
        assert (re.findall(r"\*\*(.+?)\*\*", listed[1]) if listed else []) == (titles if len(titles) < len(over) else [])
    verdicts = {verdict(count, futures, appetite[1]) for count in over.values()}
    assert ("Nothing is surely beyond the appetite." in text) == (1 not in verdicts and verdicts != {0})


def test_the_sentence_of_each_risk_agrees_with_the_file(odd: tuple[Path, Losses, Any]) -> None:
    folder, losses, appetite = odd
    table = exceedance.table(open_result(folder))
    several = [risk for risk, each in losses.items() if risk and any(lost.any() for lost in each.values())]
    assert sorted(each.risk for each in table.choices[1:]) == (sorted(several) if len(several) > 1 else [])
    for choice in table.choices[1:]:
        text = exceedance.sentence(choice, table, ENGLISH).replace("\u00a0", " ")
        lost = losses[choice.risk]
        match = re.match(
            r"\*\*(.+?)\*\* takes as much under \*\*(.+?)\*\* as under any other choice: something (.+?), (.+?)\.(?: |$)", text
        )
        assert match and match[1] == choice.risk
        own = lost[match[2]]
        assert own.mean() == max(each.mean() for each in lost.values()) and share_said(match[3], int((own > 0).sum()), own.size)
        seldom, error = worst_in(own, 0.01)
        loss = re.sub(r"and in 1 future of 100 more than |at the most ", "", match[4])
        assert ("1 future of 100" in match[4]) == (seldom > 0)
        assert near(loss, *((seldom, error) if seldom > 0 else (float(own.max()), 0.0)))
        alone = re.search(r"Alone it takes more than .+? CNY (in .+?); the appetite", text)
        assert (alone is None) == (appetite is None)
        assert alone is None or share_said(alone[1], int((own > appetite[0]).sum()), own.size)


def test_numbers_and_row_are_the_counted_ones(odd: tuple[Path, Losses, Any]) -> None:
    folder, losses, appetite = odd
    table = exceedance.table(open_result(folder))
    rows = exceedance.numbers(table, ENGLISH).rows
    assert len(rows) == len(table.choices) * len(losses[""])
    for row in rows:
        lost = losses["" if row[0] == "All risks together" else str(row[0])][str(row[1])]
        happens, average, *quantiles = row[2:8]
        assert happens.share.count == (lost > 0).sum() and average.value == pytest.approx(lost.mean())  # type: ignore[attr-defined]
        assert [each.value for each in quantiles] == pytest.approx([*np.quantile(lost, (0.9, 0.95, 0.99)), lost.max()])  # type: ignore[attr-defined]
        assert appetite is None or row[8].share.count == (lost > appetite[0]).sum()  # type: ignore[attr-defined]


def test_only_a_stated_appetite_is_spoken_of(tmp_path: Path) -> None:
    figure = next(each for each in figures() if each.number == exceedance.number)
    for stated in (None, (4e5, 0.05)):
        result = open_result(losing(tmp_path / str(stated), worlds=60, appetite=stated)[0])
        english, chinese = (drawn(figure, result, catalogue) for catalogue in (ENGLISH, CHINESE))
        assert english and chinese
        assert ("appetite" in (english.html + english.data).lower()) == ("风险偏好" in chinese.html + chinese.data) == bool(stated)
        assert ("Source: what the board said." in english.html) == ("来源：what the board said。" in chinese.html) == bool(stated)


def test_where_nothing_is_ever_lost_there_is_no_figure(tmp_path: Path) -> None:
    folder, _ = losing(tmp_path / "nothing", worlds=40, risks={"fine": lambda rng, name, n: np.zeros(n)})
    html = page(open_result(folder))
    assert 'id="exceedance"' not in html and 'id="risks"' in html


@pytest.mark.parametrize(("names", "is_folded"), [(("saas",), False), (NAMES, True)])
def test_a_long_table_of_risks_opens_on_request(tmp_path: Path, names: tuple[str, ...], is_folded: bool) -> None:
    folder, _ = losing(tmp_path / "risks", worlds=200, names=names)
    html = risks.part(open_result(folder), ENGLISH)
    assert ("<details>" in html) == is_folded and html.count("<tr>") - 1 == 2 * (len(names) + 1) + 1


@pytest.fixture(scope="module")
def opened(browser: Any, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Open a small page with an appetite, at the figure."""
    folder, _ = losing(tmp_path_factory.mktemp("opened") / "result", worlds=300, appetite=(4e5, 0.05))
    context = browser.new_context(viewport={"width": 1280, "height": 1000}, locale="en-GB", bypass_csp=True)
    tab = context.new_page()
    tab.goto(write_report(folder).as_uri())
    tab.wait_for_selector("#plot-exceedance[data-drawn] .main-svg")
    yield tab
    context.close()


def agrees(tab: Any, chosen: int, prefix: str = "", *, width: str = "wide") -> str:
    """Hold what the figure shows against the choice that its data holds; give its sentence."""
    shown = tab.evaluate(
        """prefix => {
        const place = document.getElementById(`plot-${prefix}exceedance`), figure = place.closest("figure");
        const lead = figure.closest("section").querySelector("p.lead");
        return {
          said: [...lead.childNodes].map(node => node.nodeName === "STRONG" ? `**${node.textContent}**` : node.textContent).join(""),
          chosen: Number(figure.querySelector("select").value), label: figure.querySelector(".curves-label").textContent,
          cells: [...figure.querySelectorAll("[data-cell]")].map(cell => cell.textContent), choices: place.layout.meta.choices,
          visible: place.data.map(trace => trace.visible !== false), range: place.layout.xaxis.range, ticks: place.layout.xaxis.tickvals,
        } }""",
        prefix,
    )
    own = shown["choices"][chosen]
    assert shown["chosen"] == chosen
    assert [shown[key] for key in ("said", "label", "cells")] == [own[key] for key in ("said", "label", "cells")]
    assert (shown["range"], shown["ticks"]) == (own[width]["range"], own[width]["tickvals"])
    last = len(shown["visible"]) - 1
    assert [i for i, is_visible in enumerate(shown["visible"]) if is_visible] == [*range(own["first"], own["first"] + own["count"]), last]
    return str(shown["said"])


@pytest.mark.page
def test_one_risk_is_chosen_in_either_edition_and_stays_chosen_on_a_phone(opened: Any) -> None:
    together = agrees(opened, 0)
    opened.get_by_label("Losses by").select_option("Source leak")
    alone = agrees(opened, 2)
    assert alone != together and alone.startswith("**Source leak**")
    opened.set_viewport_size({"width": 390, "height": 844})
    opened.wait_for_function("document.getElementById('plot-exceedance').layout.meta.is_narrow")
    opened.wait_for_timeout(200)
    agrees(opened, 2, width="slim")
    opened.locator(".edition:not([hidden]) [data-show=zh]").first.click()
    opened.wait_for_selector("#plot-zh-exceedance[data-drawn] .main-svg")
    opened.wait_for_timeout(200)
    assert "风险偏好" in agrees(opened, 2, "zh-", width="slim")
    opened.get_by_label("损失来自").select_option("全部风险合计")
    agrees(opened, 0, "zh-", width="slim")
