"""What the comparison of twins promises: the same occurrences are matched, and its lines sum to the difference to the cent."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from itilsim.case.case import Case
from itilsim.explain import Story, Twins, compare_twins, first_world
from itilsim.explain.statement import UnevenStory, in_cents
from itilsim.explain.telling_twins import cents_in_words, tell_twins
from itilsim.study.subject import WrongRequest
from tests.explain.conftest import HERE, THERE, present_value_compiled


def test_both_tables_sum_to_the_difference_of_the_compiled_engine_to_the_cent(twins: Twins, case: Case, world: int) -> None:
    expected = round(100.0 * (present_value_compiled(case, HERE, world) - present_value_compiled(case, THERE, world)))
    assert twins.cents == expected
    assert sum(part.cents for part in twins.by_event) == expected
    assert sum(part.cents for source in twins.by_source for part in source.lines) == expected
    assert sum(source.cents for source in twins.by_source) == expected


def test_each_line_is_within_a_cent_of_its_two_sides(twins: Twins) -> None:
    lines = [*twins.by_event, *(part for source in twins.by_source for part in source.lines)]
    assert len(lines) > 30
    for part in lines:
        assert abs(part.cents - 100.0 * (part.here - part.there)) < 1.0


def test_the_leak_happens_only_where_nobody_governs(twins: Twins) -> None:
    (leak,) = [pair for pair in twins.pairs if pair.identity.name == "source-leak" and pair.here is not None]
    assert leak.where == "only here" and leak.there is None
    assert leak.here is not None and leak.cents == pytest.approx(100.0 * leak.here.present_value, abs=1.0)
    (counted,) = [c for c in twins.counted if c.stream == "source-leak"]
    assert counted.only_here >= 1


def test_occurrences_in_both_are_the_same_candidates_at_the_same_hour(twins: Twins) -> None:
    streams = ("outage", "slow", "vulnerability", "requirements")
    both = [p for p in twins.pairs if p.where == "both" and p.identity.name in streams]
    assert len(both) > 20
    for pair in both:
        assert pair.here is not None and pair.there is not None
        assert pair.here.steps[0].hour == pair.there.steps[0].hour


def test_counts_of_both_sides_are_those_of_the_stories(twins: Twins) -> None:
    for counted in twins.counted:
        assert counted.both + counted.only_here == len(twins.here.occurrences[counted.stream])
        assert counted.both + counted.only_there == len(twins.there.occurrences[counted.stream])


def test_the_telling_shows_both_sums_and_stays_within_the_width(twins: Twins) -> None:
    lines = list(tell_twins(twins, width=90))
    assert max(len(line) for line in lines) <= 90
    total = cents_in_words(twins.cents)
    sums = [line for line in lines if line.startswith(("  sum of the lines", "  difference of the two"))]
    assert len(sums) == 4 and all(line.endswith(total) for line in sums)


def test_the_printed_lines_add_up_to_the_printed_sum(twins: Twins) -> None:
    found: list[int] = []
    for line in tell_twins(twins, width=110):
        if line.startswith("  sum of the lines"):
            assert sum(found) == twins.cents
            return
        if line.startswith("Difference in present value"):
            found = []
        elif line[-3:-2] == "." and line[-2:].isdigit():
            found.append(int(line.split()[-1].replace(",", "").replace(".", "")))
    raise AssertionError("no sum was printed")


def test_a_line_left_out_is_an_error(here: Story, there: Story) -> None:
    with pytest.raises(UnevenStory, match="away from their total"):
        compare_twins(replace(here, lines=here.lines[1:]), there)
    with pytest.raises(UnevenStory, match="by event"):
        compare_twins(replace(here, happenings=here.happenings[1:]), there)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.lists(st.floats(-1e7, 1e7), max_size=40))
def test_rounding_to_cents_keeps_the_sum_and_each_line(values: list[float]) -> None:
    lines = dict(enumerate(values))
    total = sum(values)
    cents = in_cents(lines, total, what="a test")
    assert sum(cents.values()) == round(total * 100.0)
    assert all(abs(cents[key] - 100.0 * value) < 1.0 + 1e-6 for key, value in lines.items())


def test_the_first_world_is_the_first(case: Case, world: int) -> None:
    from itilsim.case.lower import lower
    from itilsim.engine.compiled import run_block

    ledger = run_block(lower(case, HERE), 1, 0, world + 1)
    counts = ledger.counts[:, ledger.books.counters.index("source-leak:rotation:done")]
    assert counts[world] > 0 and not counts[:world].any()


def test_a_world_that_is_not_there_is_refused_with_the_nearest_name(case: Case) -> None:
    with pytest.raises(WrongRequest, match="did you mean 'source-leak'"):
        first_world(case[HERE], "source-leek")
    with pytest.raises(WrongRequest, match="does not happen under 'outsourced' in the first 2 worlds"):
        first_world(case[HERE], "risk.source-leak exploit", limit=2)
