"""Who gains: each stakeholder's dots and ranges, both sides of the contract, and the sentences, against what Parquet holds."""

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

from itilsim.figures import gains, two_sides
from itilsim.figures.figure import figures
from itilsim.pages.catalogue import open_catalogue
from itilsim.pages.drawn import drawn
from itilsim.pages.parts import people
from itilsim.tables.people import Perceived, read_people, read_perceptions
from itilsim.tables.result import open_result
from itilsim.tables.spread import Estimate, Share
from itilsim.tables.two_sides import read_two_sides
from itilsim.text.wording import plain
from tests.pages.synthetic import Floats, Made, make

ENGLISH = open_catalogue("en", "CNY")
TITLES = {"in-house": "In-house", "outsourced": "Outsourced", "outsourced-governed": "Outsourced and governed", "saas": "SaaS"}
EDGES: dict[str, dict[str, Any]] = {
    "ties": {"net": lambda name, value: np.full(value.size, 1e6)},
    "all-losses": {"net": lambda name, value: -np.abs(value) - 1e5},
    "nothing": {"net": lambda name, value: np.zeros(value.size)},
    "one-huge-tail": {"net": lambda name, value: np.where(np.arange(value.size) == 3, -4e9, value)},
    "one-alternative": {"names": ("saas",)},
    "twenty-futures": {"worlds": 20},
    "one-future": {"worlds": 1},
}


def column(folder: Path, file: str, name: str, **where: str) -> Floats:
    """Give a column of a stored file where text columns equal values, in order of the futures."""
    table = pq.read_table(folder / f"{file}.parquet").to_pydict()
    rows = [i for i in range(len(table[name])) if all(table[key][i] == value for key, value in where.items())]
    return np.array([table[name][i] for i in sorted(rows, key=lambda i: table["replication"][i])], dtype=np.float64)


def said(figure: Any, folder: Path) -> str:
    """Give a figure's sentences as one text in plain signs without stars."""
    return plain(" ".join(figure.sentences(figure.table(open_result(folder)), ENGLISH))).replace("**", "")


def shown(number: int, name: str, folder: Path) -> bool:
    """Say whether a figure of a number and name stands on the page of a result."""
    figure = next(each for each in figures() if each.number == number and each.title == f"figure.{name}.title")
    return drawn(figure, open_result(folder), ENGLISH) is not None


def changed(made: Made, change: Callable[[dict[str, Any]], object]) -> Made:
    """Change a made-up result's manifest."""
    path = made.folder / "manifest.json"
    manifest = json.loads(path.read_text())
    change(manifest)
    path.write_text(json.dumps(manifest))
    return made


def test_dots_and_ranges_stand_where_the_quantiles_are(made: Made) -> None:
    html = gains.draw(read_perceptions(open_result(made.folder)), ENGLISH)
    panels = re.findall(r'<div class="who"><h3>(.*?)</h3>.*?</div>(?=<div class="who">|</div>$)', html, flags=re.S)
    assert panels == ["Customer (CIO and key departments)", "Sponsor (CEO and CFO)", "Users (employees)", "Vendor&#x27;s owners"]
    panel = html[html.index("Sponsor (CEO") : html.index("Users (emp")]
    values = [column(made.folder, "perceived", "value", alternative=name, stakeholder="sponsor") for name in TITLES]
    low = min(0.0, *(np.quantile(v, 0.1) for v in values))
    high = max(0.0, *(np.quantile(v, 0.9) for v in values))
    found = re.findall(r'class="reach" x1="([\d.]+)%" x2="([\d.]+)%".*?<svg x="([\d.]+)%"', panel)
    assert len(found) == 4
    for value, ends in zip(values, found, strict=True):
        expected = [3 + 94 * (np.quantile(value, p) - low) / (high - low) for p in (0.1, 0.9, 0.5)]
        assert [float(end) for end in ends] == pytest.approx(expected, abs=0.051)


def test_who_is_not_touched_is_said_beside_the_panel_and_has_no_row(made: Made) -> None:
    html = gains.draw(read_perceptions(open_result(made.folder)), ENGLISH)
    owners = html[html.index("Vendor&#x27;s owners") :]
    assert owners.count("<tr>") == 1 + 2
    assert "Not touched in any future by: In-house; SaaS." in owners


def verdict(values: Floats) -> str:
    """Say by hand what holds in clearly more than half of the futures."""
    for name, holds in (("better", values > 0), ("worse", values < 0), ("same", values == 0)):
        shrunk = (holds.sum() + 1) / (holds.size + 2)
        if holds.mean() >= 0.55 and holds.mean() > 0.5 + 2 * np.sqrt(shrunk * (1 - shrunk) / (holds.size + 2)):
            return name
    return "even"


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_sentence_puts_each_stakeholder_where_its_futures_are(tmp_path: Path, seed: int) -> None:
    shift = np.random.default_rng(seed).normal(0, 1e6)
    made = make(tmp_path / "r", worlds=400, seed=seed, net=lambda name, value: value - value.mean() + shift)
    means = {name: value.mean() for name, value in made.values.items()}
    leader = max(means, key=means.__getitem__)
    text = said(gains, made.folder)
    assert text.startswith(f"With {TITLES[leader]}, ")
    heads = {
        "better": "more often better off than not: ",
        "worse": "more often worse off than not: ",
        "even": "neither clearly more often than not: ",
    }
    parts = text.split(". Whichever")[0].split(", ", 1)[1].split("; ")
    for who, title in (("customer", "customer (CIO"), ("sponsor", "sponsor (CEO"), ("users", "users (emp")):
        values = column(made.folder, "perceived", "value", alternative=leader, stakeholder=who)
        where = next(part for part in parts if title in part)
        assert where.startswith(heads[verdict(values)]), (who, text)


def test_whoever_is_better_off_with_every_alternative_is_named(tmp_path: Path) -> None:
    made = make(tmp_path / "r", worlds=200, net=lambda name, value: np.abs(value) + 4e6)
    text = said(gains, made.folder)
    assert "Whichever alternative is chosen, more often better off than not: customer" in text
    worse = make(tmp_path / "worse", worlds=200, net=lambda name, value: -np.abs(value) - 4e6)
    assert "Whichever alternative is chosen, more often worse off than not: customer" in said(gains, worse.folder)
    assert "owners" not in text.split("Whichever")[1], "two alternatives do not touch them"


def test_the_quarters_hold_every_future_once(made: Made) -> None:
    table = read_two_sides(open_result(made.folder))
    assert [row.alternative.name for row in table.rows] == ["outsourced", "outsourced-governed", "saas"]
    assert [alternative.name for alternative in table.alone] == ["in-house"]
    for row in table.rows:
        name = row.alternative.name
        buyer = column(made.folder, "values", "net_value", alternative=name, party="company")
        provider = column(made.folder, "values", "net_value", alternative=name, party="saas-provider" if name == "saas" else "vendor")
        counts = {each: share.count for each, share in two_sides.shares(row).items()}
        assert counts["both"] == ((buyer > 0) & (provider > 0)).sum()
        assert counts["buyer"] == ((buyer > 0) & (provider <= 0)).sum()
        assert counts["provider"] == ((buyer <= 0) & (provider > 0)).sum()
        assert sum(counts.values()) == buyer.size


def test_the_points_are_futures_of_the_file_and_few(made: Made) -> None:
    table = read_two_sides(open_result(made.folder))
    figure = two_sides.draw(table, ENGLISH).to_plotly_json()
    for row, trace in zip(table.rows, figure["data"], strict=True):
        assert len(trace["x"]) <= two_sides.POINTS
        stored = set(zip(np.round(row.buyer).tolist(), np.round(row.provider).tolist(), strict=True))
        assert set(zip(trace["x"], trace["y"], strict=True)) <= stored
    assert two_sides.sample(7).tolist() == list(range(7))
    assert np.ptp(np.diff(two_sides.sample(2_000))) <= 1, "evenly"
    words = [plain(annotation["text"]) for annotation in figure["layout"]["annotations"]]
    both = np.mean((table.rows[0].buyer > 0) & (table.rows[0].provider > 0))
    assert f"Both gain<br>{round(100 * both)} %" in words


def test_the_sentence_says_how_often_both_gain_the_most_often_first(tmp_path: Path) -> None:
    shifts = {"in-house": 0.0, "outsourced": -6e5, "outsourced-governed": 6e5, "saas": 0.0}
    made = make(tmp_path / "r", net=lambda name, value: value - np.median(value) + shifts[name])
    table = read_two_sides(open_result(made.folder))
    text = said(two_sides, made.folder)
    shares = {row.alternative.title: float(np.mean((row.buyer > 0) & (row.provider > 0))) for row in table.rows}
    found = re.findall(r"in (\d) of 10 futures with (.+?)(?=; |\. With)", text.split("future: ")[1])
    said_of = {title: int(tenths) for tenths, names in found for title in re.split(r", (?=[A-Z])| and (?=[A-Z])", names)}
    assert said_of == {title: round(10 * share) for title, share in shares.items()}
    assert list(said_of.values()) == sorted(said_of.values(), reverse=True)
    best = max(table.rows, key=lambda row: row.buyer.mean())
    alone = float(np.mean((best.buyer <= 0) & (best.provider > 0)))
    match = re.search(
        r"With (.+?), the best of these on average for the company, .+? gains while the company does not in (\d) of (\d+) futures", text
    )
    assert match and match[1] == best.alternative.title and int(match[2]) / int(match[3]) == pytest.approx(alone, abs=0.06)


def test_without_any_second_party_the_figure_is_left_out(tmp_path: Path) -> None:
    made = make(tmp_path / "r", worlds=50, names=("in-house",))
    assert two_sides.draw(read_two_sides(open_result(made.folder)), ENGLISH) == ""
    assert not shown(7, "two-sides", made.folder) and shown(7, "gains", made.folder)


def test_one_stakeholder_has_one_panel_and_none_at_all_leaves_the_figure_out(tmp_path: Path) -> None:
    made = changed(make(tmp_path / "one", worlds=50), lambda manifest: manifest.update(stakeholders=manifest["stakeholders"][:1]))
    assert gains.draw(read_perceptions(open_result(made.folder)), ENGLISH).count('class="who"') == 1
    changed(made, lambda manifest: manifest.update(stakeholders=[]))
    assert not shown(7, "gains", made.folder)


def test_with_nine_alternatives_every_one_has_a_row_and_no_table_grows_wide(tmp_path: Path) -> None:
    made = make(tmp_path / "r", worlds=50)
    result = open_result(made.folder)
    names = people.part(result, ENGLISH)
    assert len(re.findall(r"<th scope=\"col\"", names)) == 6, "columns do not grow with the alternatives"
    parties = sum(len(each) for each in read_people(result).parties)
    assert names.count("<tbody><tr>") == 1 and names.count("<tr>") == 1 + parties


@pytest.mark.parametrize("name", sorted(EDGES))
def test_edges_have_clean_sentences_and_whole_tables(tmp_path: Path, name: str) -> None:
    made = make(tmp_path / name, **({"worlds": 200} | EDGES[name]))
    result = open_result(made.folder)
    for figure in (gains, two_sides):
        table: Any = figure.table(result)
        drawing = figure.draw(table, ENGLISH)
        assert drawing != ""
        if not isinstance(drawing, str):
            json.dumps(drawing.to_plotly_json(), allow_nan=False)
        for sentence in figure.sentences(table, ENGLISH) + figure.notes(table, ENGLISH):
            assert not re.search(r"[{}]|\bnan\b|\binf\b| {2}|: [.;]", sentence), sentence
        numbers = figure.numbers(table, ENGLISH)
        assert numbers.rows and all(len(row) == len(numbers.heads) for row in numbers.rows)


def test_the_sponsors_word_is_summed_up(tmp_path: Path) -> None:
    made = make(tmp_path / "r", worlds=50)

    def sign(*signed: str) -> Callable[[dict[str, Any]], object]:
        return lambda manifest: [word.update(signs=word["alternative"] in signed) for word in manifest["sponsor"]]

    for signed, sentence in (
        ((), "The sponsor would sign none of the alternatives."),
        (("saas",), "The sponsor would sign <strong>SaaS</strong>, and no other."),
        (tuple(TITLES), "The sponsor would sign every one of the alternatives."),
    ):
        assert sentence in people.part(open_result(changed(made, sign(*signed)).folder), ENGLISH)


def test_of_several_providers_the_one_with_the_largest_turnover_is_the_main_one(tmp_path: Path) -> None:
    made = make(tmp_path / "r", worlds=40, names=("outsourced",))
    stored = pq.read_table(made.folder / "values.parquet").to_pylist()
    small = [row | {"party": "saas-provider", "outcomes_supported": 5.0, "costs_imposed": 0.0, "net_value": 5.0} for row in stored[40:]]
    pq.write_table(pa.Table.from_pylist([*stored, *small]), made.folder / "values.parquet")
    for parties in (["company", "saas-provider", "vendor"], ["company", "vendor", "saas-provider"]):
        changed(made, lambda manifest, own=parties: manifest["alternatives"][1].update(contracting=own))  # type: ignore[misc]
        assert read_two_sides(open_result(made.folder)).rows[0].title == "The vendor"


@pytest.mark.parametrize(
    ("better", "worse", "of", "said_to_be"),
    [
        (53, 47, 100, "even"),
        (5_300, 4_700, 10_000, "even"),
        (5_600, 4_400, 10_000, "better"),
        (56, 44, 100, "even"),
        (42, 58, 100, "even"),
        (400, 600, 1_000, "worse"),
        (0, 24, 1_000, "same"),
        (0, 0, 0, "even"),
    ],
)
def test_more_often_than_not_is_said_only_where_it_is_clear_and_sure(better: int, worse: int, of: int, said_to_be: str) -> None:
    nothing = Estimate(0.0, 0.0)
    assert Perceived(nothing, nothing, nothing, nothing, nothing, Share(better, of), Share(worse, of)).verdict == said_to_be
