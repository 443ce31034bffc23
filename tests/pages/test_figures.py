"""Every figure is found, draws what its table holds, and says what its numbers allow; also where a result is degenerate."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from itilsim.figures.dotplot import stack
from itilsim.figures.figure import Figure, figures
from itilsim.figures.wording import Catalogue
from itilsim.pages.answer import answer
from itilsim.pages.catalogue import open_catalogue
from itilsim.pages.report import page
from itilsim.tables.net_value import read_strip
from itilsim.tables.result import open_result
from itilsim.text.wording import spelling
from tests.pages.synthetic import Floats, Made, make

ENGLISH = open_catalogue("en", "CNY")


def alternating(name: str, value: Floats) -> Floats:
    """Make in-house better in 9 of 10 futures and far worse in the tenth: mean and chance disagree."""
    every = np.arange(value.size) % 10 == 0
    return np.where(every, -9e6, 2e6) if name == "in-house" else np.full(value.size, 1.2e6)


def one_huge_tail(name: str, value: Floats) -> Floats:
    """Give one future of each alternative a loss far beyond all others."""
    return np.where(np.arange(value.size) == 3, -4e9, value)


CASES: dict[str, dict[str, Any]] = {
    "ties": {"net": lambda name, value: np.full(value.size, 1e6)},
    "all-losses": {"net": lambda name, value: -np.abs(value) - 1e5},
    "nothing-happened": {"net": lambda name, value: np.zeros(value.size)},
    "one-huge-tail": {"net": one_huge_tail},
    "disagree": {"net": alternating, "names": ("in-house", "saas")},
    "one-alternative": {"names": ("saas",)},
    "twenty-futures": {"worlds": 20},
    "one-future": {"worlds": 1},
    "always-better": {"net": lambda name, value: np.abs(value) + (5e6 if name == "saas" else 1.0)},
}


@pytest.fixture(params=sorted(CASES))
def odd(request: pytest.FixtureRequest, tmp_path: Path) -> Made:
    """Give one odd result after the other."""
    return make(tmp_path / request.param, **({"worlds": 300} | CASES[request.param]))


def said(made: Made) -> str:
    """Give the answer of a made-up result as one text with ordinary spaces and without stars."""
    return " ".join(answer(read_strip(open_result(made.folder)), ENGLISH)).replace("\u00a0", " ").replace("**", "")


def every_sentence(made: Made) -> list[str]:
    """Give the sentences and notes of every figure."""
    result = open_result(made.folder)
    texts: list[str] = []
    for figure in figures():
        if all(result.has(name) for name in figure.files):
            table = figure.table(result)
            texts += figure.sentences(table, ENGLISH) + figure.notes(table, ENGLISH)
    return texts


def test_the_figures_of_this_issue_are_found_in_order() -> None:
    numbers = [figure.number for figure in figures()]
    assert numbers == sorted(numbers) and {0, 1, 2, 4, 5} <= set(numbers)


@pytest.mark.parametrize("figure", figures(), ids=lambda figure: str(figure.number))
def test_each_figure_draws_says_and_lists(figure: Figure, made: Made) -> None:
    if not all(open_result(made.folder).has(name) for name in figure.files):
        pytest.skip(f"the made-up result holds no {', '.join(figure.files)}")
    table = figure.table(open_result(made.folder))
    drawing = figure.draw(table, ENGLISH)
    if not isinstance(drawing, str):
        spec = drawing.to_plotly_json()
        json.dumps(spec, allow_nan=False)
        assert spec["layout"]["meta"]["narrow"]["height"] > 0
        assert {trace["type"] for trace in spec["data"]} <= {"scatter", "bar"}  # all that the basic bundle is asked for
        assert len(json.dumps(spec)) < 200_000
    assert figure.sentences(table, ENGLISH) and figure.notes(table, ENGLISH)
    numbers = figure.numbers(table, ENGLISH)
    assert numbers.rows and all(len(row) == len(numbers.heads) for row in numbers.rows)


def test_odd_results_still_make_a_page_of_clean_sentences(odd: Made) -> None:
    text = page(open_result(odd.folder))
    assert "nan" not in re.sub(r"<script.*?</script>|<style.*?</style>", "", text, flags=re.S).lower().replace("finance", "")
    for sentence in [*every_sentence(odd), said(odd)]:
        assert not re.search(r"[{}]|\bnan\b|\binf\b| {2}", sentence), sentence


@pytest.mark.parametrize("never", ["loses money", "lose money", "profit", "loss-making"])
def test_being_worth_less_is_never_called_losing_money(made: Made, never: str) -> None:
    assert never not in page(open_result(made.folder)).split("<script", 1)[0].lower()


def test_no_chance_of_being_better_is_said_without_the_size_when_worse(made: Made) -> None:
    figure = next(f for f in figures() if f.number == 2)
    table = figure.table(open_result(made.folder))
    for sentence, pair in zip(figure.sentences(table, ENGLISH), table.pairs, strict=True):
        if "worth more than" in sentence and pair.worse.count:
            assert re.search(r"when it is worth less, by (about|less than) [\d.]+", sentence.replace("\u00a0", " ")), sentence


def test_the_answer_is_what_the_parquet_says(made: Made) -> None:
    means = {name: value.mean() for name, value in made.values.items()}
    leader = max(means, key=means.__getitem__)
    text = said(made)
    titles = {"in-house": "In-house", "outsourced": "Outsourced", "outsourced-governed": "Outsourced and governed", "saas": "SaaS"}
    match = re.match(r"On average (.+?) is worth about ([\d.]+) M CNY more than staying with paper over 5 years\.", text)
    assert match and match[1] == titles[leader]
    error = made.values[leader].std(ddof=1) / np.sqrt(made.values[leader].size)
    assert abs(float(match[2]) * 1e6 - means[leader]) <= max(error, 5e4) * 1.0001 + 5e4
    below = made.values[leader] < 0
    chance = re.search(r"It is worth less than staying with paper in (\d) of (\d+) futures", text)
    assert chance and int(chance[1]) / int(chance[2]) == pytest.approx(below.mean(), rel=0.1)


def test_the_dots_below_nought_are_the_ones_that_the_sentence_counts(made: Made) -> None:
    figure = next(f for f in figures() if f.number == 1)
    table = figure.table(open_result(made.folder))
    sentence = figure.sentences(table, ENGLISH)[0]
    drawn = figure.draw(table, ENGLISH).to_plotly_json()["data"]
    for title, name, trace in zip(("In-house", "Outsourced", "Outsourced and governed", "SaaS"), made.values, drawn, strict=True):
        dots = np.quantile(made.values[name], (np.arange(50) + 0.5) / 50)
        hollow = sum(tone == "#ffffff" for tone in trace["marker"]["color"])
        assert hollow == (dots < 0).sum()
        assert f"**{title}** {hollow or ('fewer than 1' if (made.values[name] < 0).any() else 'none')}" in sentence


def test_dots_stack_without_two_in_one_place() -> None:
    x, y = stack(np.sort(np.random.default_rng(5).normal(size=50)), -3.0, 3.0)
    assert len(set(zip(x.tolist(), y.tolist(), strict=True))) == 50


def test_mean_and_chance_that_disagree_are_said_to(tmp_path: Path) -> None:
    made = make(tmp_path / "disagree", worlds=4_000, **CASES["disagree"])
    figure = next(f for f in figures() if f.number == 0)
    sentences = " ".join(figure.sentences(figure.table(open_result(made.folder)), ENGLISH))
    assert "Mean and chance disagree: **In-house** is best most often, yet **SaaS** is worth more on average" in sentences
    text = said(made)
    assert "SaaS is worth more than In-house in 1 of 10 futures, then by about 10 M CNY; when it is worth less, by about 800 k CNY" in text
    assert "usually behind, yet on average about 300 k CNY ahead" in text


def test_all_losses_are_answered_with_staying_as_it_is(tmp_path: Path) -> None:
    text = said(make(tmp_path / "losses", worlds=400, **CASES["all-losses"]))
    assert text.startswith("None of the alternatives is worth as much as staying with paper in any of the 400 futures.")


def test_what_cannot_be_told_apart_is_said_so(tmp_path: Path) -> None:
    noise: Callable[[str, Floats], Floats] = lambda name, value: np.random.default_rng(len(name)).normal(0.0, 1e6, value.size)  # noqa: E731
    text = said(make(tmp_path / "noise", worlds=50, names=("in-house", "saas"), net=noise))
    assert re.search(r"cannot be told apart from staying with paper by 50 futures over 5 years: it is worth more .+, then by about", text)


def test_ties_are_ties(tmp_path: Path) -> None:
    made = make(tmp_path / "ties", worlds=100, **CASES["ties"])
    assert "are worth the same in every one of the 100 futures" in said(made)
    strip = read_strip(open_result(made.folder))
    assert [row.best.count for row in strip.rows] == pytest.approx([25, 25, 25, 25, 0])


def test_futures_off_the_chart_are_counted(tmp_path: Path) -> None:
    made = make(tmp_path / "tail", worlds=300, **CASES["one-huge-tail"])
    notes = [note.replace("\u00a0", " ") for note in every_sentence(made) if note.startswith("Off this chart")]
    assert len(notes) >= 3
    assert "(as far as −4.0 bn CNY)" in notes[0]


def test_a_catalogue_lacks_nothing_that_is_asked_of_it(made: Made) -> None:
    with pytest.raises(KeyError, match=r"the catalogue of sentences has no .no\.such."):
        Catalogue({}, spelling(), "CNY").say("no.such")
    assert page(open_result(made.folder))
