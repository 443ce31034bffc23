"""Promises for all kinds: a case that the reader accepts is lived alike in both engines and keeps its books; a refusal says why.

The cases are made from the types of the fields of every kind that there is, so that a new kind is tried here without a word about it.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, note, settings
from hypothesis import strategies as st

from itilsim.case.lower import lower
from itilsim.engine.compiled.layout import PlanTooLarge
from itilsim.kinds.block import kinds
from itilsim.text.faults import FaultyInput
from tests.generated.cases import Generated, Reached, TooBusy, cases, described, lives_by_the_laws
from tests.generated.maker import Kind, all_kinds
from tests.generated.smaller import smallest
from tests.generated.wild import made_wrong

FEW = 60
"""Cases of the short test, and of those that kinds get that it has not met."""
NIGHTLY = int(os.environ.get("ITILSIM_GENERATED", "40"))
"""Cases drawn for each kind in the long test."""


def drawn(examples: int, *, derandomized: bool) -> Callable[[Any], Any]:
    """Give the settings of a test of generated cases."""
    return settings(
        phases=(Phase.generate,),  # A case is made smaller by leaving blocks out, which hypothesis cannot know.
        derandomize=derandomized,
        max_examples=examples,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )


def hold_promises(generated: Generated, reached: Reached) -> None:
    """An accepted case is lived by the laws; the only one not accepted is larger than the compiled engine holds, which is said.

    One that would be lived for too long is left out, and counted.
    """
    try:
        case = generated.read()
    except FaultyInput as refused:
        reached.refused += 1
        assert all(len(fault.message) > 20 for fault in refused.faults)
        return
    try:
        lives_by_the_laws(generated, case, reached)
    except PlanTooLarge as too_large:
        assert "the compiled engine holds" in str(too_large)
        reached.too_large += 1
        return
    except TooBusy:
        reached.too_busy += 1
        return
    reached.note(generated)


def hold_or_tell(generated: Generated, reached: Reached) -> None:
    """Hold the promises, and print the smallest part of a case that breaks them."""

    def alone(part: Generated) -> None:
        lives_by_the_laws(part, part.read(), Reached())

    try:
        hold_promises(generated, reached)
    except Exception:
        print(described(smallest(alone, generated)))
        raise


def try_kinds(some: list[Kind], reached: Reached, examples: int, *, derandomized: bool, until: Kind | None = None) -> None:
    """Draw cases each of which has a block of one of these kinds, until a kind is reached where one is named."""

    @drawn(examples, derandomized=derandomized)
    @given(st.sampled_from(some).flatmap(cases))
    def each(generated: Generated) -> None:
        if until is None or until not in reached.kinds:
            hold_or_tell(generated, reached)

    each()


def test_generated_cases_of_every_kind_keep_the_promises(capfd: pytest.CaptureFixture[str]) -> None:
    """All kinds, tables of rows, verbs, forms, kinds of decision, families and endings are reached."""
    reached = Reached()
    try_kinds(all_kinds(), reached, FEW, derandomized=True)
    for kind in [each for each in all_kinds() if each not in reached.kinds]:
        try_kinds([kind], reached, FEW // 10, derandomized=True, until=kind)
    for turn in (1, 2, 3):
        if reached.is_all():
            break
        try_kinds(all_kinds()[17 * turn :] + all_kinds()[: 17 * turn], reached, FEW, derandomized=True)
    with capfd.disabled():
        print(f"\n{reached}")
    check_reach(reached)
    assert reached.refused + reached.too_large + reached.too_busy < 0.1 * reached.cases


def check_reach(reached: Reached) -> None:
    """Check that nothing of what there is stays out of the generated cases."""
    never = [f"{section}/{kind}" for section, kind in all_kinds() if (section, kind) not in reached.kinds]
    assert not never, f"no generated case has {', '.join(never)}; name what it needs in COMPANIONS"
    assert reached.is_all(), f"not all are reached: {reached}"
    assert max(tied / every for grid, (tied, every) in reached.tied.items() if grid) > 0.25, reached.tied


@pytest.mark.nightly
@pytest.mark.parametrize("kind", all_kinds(), ids="/".join)
def test_many_generated_cases_of_a_kind_keep_the_promises(kind: Kind) -> None:
    """New ones each night; the smallest that fails is printed."""
    reached = Reached()
    try_kinds([kind], reached, NIGHTLY, derandomized=False)
    print(reached)
    assert reached.kinds[kind]


def hold_word(generated: Generated, draw: Callable[[Any], Any], told: list[int]) -> None:
    """A case that is made wrong is refused with places and sentences, or lowered; never anything else."""
    wrong = made_wrong(generated, lambda options: options[draw(st.integers(0, len(options) - 1))])
    note(described(wrong))
    try:
        case = wrong.read()
    except FaultyInput as refused:
        told[0] += 1
        for fault in refused.faults:
            assert fault.line >= 1 and fault.column >= 1 and fault.path.endswith(".toml"), fault
            assert len(fault.message) > 20, fault
        return
    told[1] += 1
    for name, alternative in case.alternatives.items():
        lower(case, name)
        assert all(sentence for _, _, sentence in alternative.sentences())
        assert alternative.source_titles is not None


@pytest.mark.parametrize("mends", [True, False], ids=["one thing wrong", "nothing put right"])
def test_what_is_refused_is_refused_with_a_sentence(mends: bool) -> None:
    """Cases with one thing wrong, and cases of blocks that do not fit together: never a traceback."""
    told = [0, 0]

    @drawn(80, derandomized=True)
    @given(st.sampled_from(all_kinds()).flatmap(lambda kind: cases(kind, mends=mends)), st.data())
    def each(generated: Generated, data: st.DataObject) -> None:
        hold_word(generated, data.draw, told)

    each()
    assert told[0] > 30, told


@pytest.mark.nightly
@pytest.mark.parametrize("section", sorted(kinds()))
@pytest.mark.parametrize("mends", [True, False], ids=["one thing wrong", "nothing put right"])
def test_much_that_is_refused_is_refused_with_a_sentence(section: str, mends: bool) -> None:
    """The same many times, for each section."""
    told = [0, 0]
    own = [kind for kind in all_kinds() if kind[0] == section]

    @drawn(3 * NIGHTLY, derandomized=False)
    @given(st.sampled_from(own).flatmap(lambda kind: cases(kind, mends=mends)), st.data())
    def each(generated: Generated, data: st.DataObject) -> None:
        hold_word(generated, data.draw, told)

    each()
    assert told[0] > 0
