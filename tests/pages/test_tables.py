"""Tables say what the stored files hold, worked out again here from the Parquet or from the numbers that were put in."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from itilsim.tables.cash import read_budgets, read_fundings
from itilsim.tables.components import read_components
from itilsim.tables.inputs import read_inputs
from itilsim.tables.net_value import read_dots, read_strip
from itilsim.tables.over_time import read_over_time
from itilsim.tables.people import read_people, read_perceptions
from itilsim.tables.rare import read_rare_risks
from itilsim.tables.result import ResultFault, open_result
from itilsim.tables.same_future import read_same_future
from itilsim.tables.spread import clip, quantile
from itilsim.tables.variants import read_variants
from tests.pages.synthetic import Made, make


def column(folder: Path, name: str, values: str, **where: str) -> np.ndarray:
    """Read one column by brute force, in order of replication."""
    rows = [row for row in pq.read_table(folder / f"{name}.parquet").to_pylist() if all(row[k] == v for k, v in where.items())]
    return np.array([row[values] for row in sorted(rows, key=lambda row: row["replication"])], dtype=float)


def test_the_strip_counts_what_the_file_holds(made: Made) -> None:
    strip = read_strip(open_result(made.folder))
    names = [row.alternative.name for row in strip.rows]
    assert names == ["in-house", "outsourced", "outsourced-governed", "saas", "today"]
    values = {n: column(made.folder, "values", "net_value", alternative=n, party="company") for n in names[:-1]} | {
        "today": np.zeros(2_000)
    }
    best = np.max(list(values.values()), axis=0)
    for row in strip.rows:
        own = values[row.alternative.name]
        assert row.mean.value == pytest.approx(own.mean())
        assert row.typical.value == pytest.approx(np.median(own))
        assert row.below.count == (own < 0).sum()
        assert row.best.count == (own >= best).sum()
        assert row.regret.value == pytest.approx((best - own).mean())
        if row.below.count:
            assert row.when_below.value == pytest.approx(-own[own < 0].mean())
    assert strip.leader.alternative.name == max(names[:-1], key=lambda n: values[n].mean())
    first = strip.against[0]
    assert first.difference == pytest.approx(values[first.a.name] - values[first.b.name])
    assert strip.against[-1].b.name == "today"


def test_files_are_read_right_whatever_the_order_of_their_rows(made: Made, tmp_path: Path) -> None:
    folder = tmp_path / "shuffled"
    folder.mkdir()
    (folder / "manifest.json").write_bytes((made.folder / "manifest.json").read_bytes())
    for name in ("values", "paths", "sources"):
        table = pq.read_table(made.folder / f"{name}.parquet")
        pq.write_table(table.take(np.random.default_rng(3).permutation(table.num_rows)), folder / f"{name}.parquet")
    straight, shuffled = open_result(made.folder), open_result(folder)
    assert read_dots(shuffled).quantiles == pytest.approx(read_dots(straight).quantiles)
    assert read_over_time(shuffled).rows[0].bands == pytest.approx(read_over_time(straight).rows[0].bands)
    first, second = (read_components(r).rows[0].sources for r in (straight, shuffled))
    assert {each.title: each.mean.value for each in second} == pytest.approx({each.title: each.mean.value for each in first})


def test_a_source_is_titled_as_its_alternative_says_else_as_the_baseline_does(made: Made, tmp_path: Path) -> None:
    folder = tmp_path / "titled"
    folder.mkdir()
    manifest = json.loads((made.folder / "manifest.json").read_text(encoding="utf-8"))
    for entry, titles in (("today", {"paper": "the paper of today"}), ("saas", {"subscription": "the fee of the SaaS provider"})):
        next(each for each in manifest["alternatives"] if each["name"] == entry)["sources"] = titles
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    for name in ("values", "sources"):
        (folder / f"{name}.parquet").write_bytes((made.folder / f"{name}.parquet").read_bytes())
    rows = {row.alternative.name: [source.title for source in row.sources] for row in read_components(open_result(folder)).rows}
    assert {"The fee of the SaaS provider", "The paper of today", "Archive and clerks"} <= set(rows["saas"])
    assert {"Build and support", "The paper of today"} <= set(rows["in-house"])


def test_a_source_is_measured_against_the_baseline_in_the_same_future(made: Made) -> None:
    """Its error is that of the paired differences."""
    folder = made.folder
    table = pq.read_table(folder / "sources.parquet", filters=[("party", "==", "company"), ("source", "==", "paper")]).to_pylist()
    posted = {(row["alternative"], row["replication"]): row["value"] for row in table}
    futures = sorted({replication for _, replication in posted})
    gaps = np.array([posted["saas", k] - posted["today", k] for k in futures])
    row = next(row for row in read_components(open_result(folder)).rows if row.alternative.name == "saas")
    gap = next(source.mean for source in row.sources if source.title == "Paper")
    assert (gap.value, gap.error) == pytest.approx((gaps.mean(), gaps.std(ddof=1) / np.sqrt(len(gaps))))


def test_components_and_sources_recombine_to_net_value(made: Made) -> None:
    for make_up in read_components(open_result(made.folder)).rows:
        total = sum(part.sign * part.mean.value for part in make_up.parts)
        assert total == pytest.approx(make_up.net.mean.value)
        assert sum(source.mean.value for source in make_up.sources) == pytest.approx(make_up.net.mean.value)


def test_bars_and_what_is_off_the_chart_hold_every_future(made: Made) -> None:
    table = read_same_future(open_result(made.folder))
    for pair, counts, low, high in zip(table.pairs, table.counts, table.off_low, table.off_high, strict=True):
        assert counts.sum() + low + high == pair.difference.size
        centres = (table.edges[:-1] + table.edges[1:]) / 2
        assert counts[centres > 0].sum() + high == (pair.difference >= 0).sum()


def test_a_budget_year_is_what_was_posted_with_its_sign_turned(made: Made) -> None:
    budgets = {row.alternative.name: row for row in read_budgets(open_result(made.folder)).rows}
    assert list(budgets)[-1] == "today"
    year = budgets["outsourced"].years[0]
    posted = -column(made.folder, "budget", "one_off", alternative="outsourced", year=1)  # type: ignore[arg-type]
    assert year.one_off_typical.value == pytest.approx(np.median(posted)) and year.one_off_typical.value > 0
    assert year.one_off_high.value == pytest.approx(np.quantile(posted, 0.9))
    assert [y.kind for y in budgets["saas"].years] == ["year"] * 5 + ["all"]


def test_payback_has_no_median_where_under_half_pay_back(made: Made) -> None:
    for row in read_fundings(open_result(made.folder)).rows:
        months = column(made.folder, "funding", "payback_cash_month", alternative=row.alternative.name)
        assert row.in_cash.paid.count == np.isfinite(months).sum()
        assert np.isfinite(row.in_cash.median_month) == (np.isfinite(months).mean() > 0.5)


def test_a_loss_that_is_discovered_after_the_horizon_counts_though_nothing_was_counted_in_it(tmp_path: Path) -> None:
    """A loss of the run-off in one lifetime of two hundred, and no occurrence in any alternative."""
    folder = make(tmp_path / "result", worlds=200).folder
    path = folder / "rare.parquet"
    held = pq.read_table(path)
    leaks = np.array(held["risk"].to_pylist()) == "source-leak"
    first = leaks & (held["replication"].to_numpy() == 0)
    times = np.where(leaks, 0, held["occurrences"].to_numpy())
    loss = np.where(leaks, np.where(first, 5e4, 0.0), held["loss"].to_numpy())
    held = held.set_column(held.column_names.index("occurrences"), "occurrences", pa.array(times))
    pq.write_table(held.set_column(held.column_names.index("loss"), "loss", pa.array(loss)), path)
    rows = [row for row in read_rare_risks(open_result(folder)).rows if row.risk == "Source leak"]
    assert rows
    assert all((row.happens.count, row.typical.value) == (1, 5e4) for row in rows)


def test_a_rare_risk_is_counted_by_lifetimes_and_measured_when_it_happens(made: Made) -> None:
    table = read_rare_risks(open_result(made.folder))
    row = next(r for r in table.rows if r.risk == "Source leak" and r.alternative.name == "outsourced")
    times = column(made.folder, "rare", "occurrences", alternative="outsourced", risk="source-leak")
    loss = column(made.folder, "rare", "loss", alternative="outsourced", risk="source-leak")
    assert row.happens.count == (times > 0).sum()
    assert row.typical.value == pytest.approx(np.median(loss[times > 0]))
    assert row.capped.value == pytest.approx(np.quantile(loss[times > 0], 0.99))
    assert table.rows[-1].risk == "Lost papers"  # not rare, so last
    few = next(r for r in table.rows if r.risk == "Source leak" and r.alternative.name == "outsourced-governed")
    assert (
        few.is_largest
        and few.capped.value == column(made.folder, "rare", "loss", alternative="outsourced-governed", risk="source-leak").max()
    )


def test_variants_stand_in_order_of_horizon_with_the_case_among_them(made: Made) -> None:
    table = read_variants(open_result(made.folder))
    assert table.names == ("horizon 3 years", "as stated", "horizon 7 years", "caps doubled")
    assert table.names[table.main] == "as stated"
    assert len(table.ranking(0)) == 5 and set(table.ranking(0)) == {0, 1, 2, 3, -1}


def test_all_gain_takes_every_contracting_party_and_none_besides(made: Made) -> None:
    people, perceptions = read_people(open_result(made.folder)), read_perceptions(open_result(made.folder))
    company = column(made.folder, "values", "net_value", alternative="outsourced", party="company")
    vendor = column(made.folder, "values", "net_value", alternative="outsourced", party="vendor")
    assert people.all_gain[1] is not None and people.all_gain[1].count == ((company > 0) & (vendor > 0)).sum()
    assert people.all_gain[0] is not None and people.all_gain[0].count == (made.values["in-house"] > 0).sum()
    owners = next(each for each in perceptions.stakeholders if each.title == "Vendor's owners")
    assert owners.values[0] is None and owners.values[1] is not None


def test_inputs_are_shown_as_the_case_spells_them(made: Made, tmp_path: Path) -> None:
    manifest = json.loads((made.folder / "manifest.json").read_text())
    manifest["inputs"] = [
        {
            "key": "a",
            "low": 1 / 3,
            "likely": 0.5,
            "high": 0.75,
            "unit": "h",
            "unknown": True,
            "value": '{low = 20, likely = 30, high = 45, unit = "min"}',
        },
        {"key": "b", "likely": 90_000.0, "unit": "CNY / month", "value": "1.08 M CNY / year", "unknown": False},
    ]
    (tmp_path / "manifest.json").write_text(json.dumps(manifest))
    table = read_inputs(open_result(tmp_path))
    assert (table.unknown[0].low, table.unknown[0].high, table.unknown[0].unit) == (20, 45, "min")
    assert (table.known[0].value, table.known[0].unit) == ("1.08 M CNY / year", "")


def test_a_long_tail_does_not_stretch_the_axis() -> None:
    rng = np.random.default_rng(1)
    body = rng.normal(size=(1, 5_000))
    body[0, :5] = -1e6
    low, high = clip(body)
    assert -8 < low < 0 < high < 8


def test_the_error_of_a_quantile_is_about_right() -> None:
    rng = np.random.default_rng(2)
    medians = [quantile(rng.normal(size=400), 0.5) for _ in range(300)]
    assert np.std([m.value for m in medians]) == pytest.approx(np.mean([m.error for m in medians]), rel=0.2)


def test_a_folder_that_is_no_result_is_refused_with_a_sentence(made: Made, tmp_path: Path) -> None:
    with pytest.raises(ResultFault, match=r"not found; a results folder holds manifest\.json"):
        open_result(tmp_path)
    (tmp_path / "manifest.json").write_text("{")
    with pytest.raises(ResultFault, match="is not JSON"):
        open_result(tmp_path)
    manifest = json.loads((made.folder / "manifest.json").read_text())
    (tmp_path / "manifest.json").write_text(json.dumps(manifest | {"schema": 2}))
    with pytest.raises(ResultFault, match="has schema 2; this version reads schema 1"):
        open_result(tmp_path)
    (tmp_path / "manifest.json").write_text(json.dumps(manifest))
    with pytest.raises(ResultFault, match=r"values\.parquet: this file of the results is missing"):
        read_strip(open_result(tmp_path))


def test_alternatives_with_other_futures_are_refused(tmp_path: Path) -> None:
    small = make(tmp_path / "small", worlds=30, names=("in-house", "saas"))
    table = pq.read_table(small.folder / "values.parquet")
    kept = [not (row["alternative"] == "saas" and row["replication"] == 7) for row in table.to_pylist()]
    pq.write_table(table.filter(kept), small.folder / "values.parquet")
    with pytest.raises(ResultFault, match="can be compared only in the same futures"):
        read_strip(open_result(small.folder))
