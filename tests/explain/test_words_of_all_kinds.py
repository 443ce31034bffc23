"""Every kind says in words what it makes: each event of each plan has a sentence, and each sentence belongs to an event."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from itilsim.case.case import Alternative, Case
from itilsim.case.lower import lower
from itilsim.explain import trace, vocabulary
from itilsim.explain.vocabulary import Vocabulary
from itilsim.kinds.block import Titles, kinds
from itilsim.kinds.story import PASSES_ON, Step
from tests.explain.all_kinds import events_of, shipped_cases, small_cases

BARE = re.compile(r"\w:\w|_|\{(?!elapsed\}|open\}|after\}|percent\})|\.$|None")
"""What no sentence of a story holds: a bare name of a row, a place that nothing fills, a full stop, a field that is not stated."""


@pytest.fixture(scope="module")
def cases(tmp_path_factory: pytest.TempPathFactory) -> list[Case]:
    """Give the small cases and those that are shipped."""
    return [*small_cases(tmp_path_factory.mktemp("cases")), *shipped_cases()]


@pytest.fixture(scope="module")
def alternatives(cases: list[Case]) -> list[Alternative]:
    """Give their alternatives."""
    return [alternative for case in cases for alternative in case.alternatives.values()]


def test_every_kind_is_used_somewhere(alternatives: list[Alternative]) -> None:
    used = {(section, block.kind) for a in alternatives for section, held in a.blocks.items() for block in held.values()}
    assert not {(section, kind) for section, held in kinds().items() for kind in held} - used


def test_every_event_that_a_plan_can_have_has_a_sentence(alternatives: list[Alternative]) -> None:
    bare = {
        f"{a.case.name} {a.name}: {event}"
        for a in alternatives
        for event in events_of(lower(a.case, a.name)) - Vocabulary(a).steps.keys()
    }
    assert not bare, "say them in `steps` of their kind"


def said(alternative: Alternative) -> Iterator[tuple[str, str, str]]:
    """Give (event, stock or level; what it is; text) of all that an alternative's blocks say."""
    words = Vocabulary(alternative)
    for event, named in words.steps.items():
        yield event, "sentence", named.step.sentence
        yield event, "alone", named.step.alone or ""
        yield event, "called", named.step.called
    for slot, notice in words.notices.items():
        yield from ((slot, "notice", text) for text in (notice.rises, notice.falls, notice.then))
    yield from ((slot, "title", known.title) for slot, known in words.slots.items())


def test_no_text_holds_a_bare_name(alternatives: list[Alternative]) -> None:
    assert not [(a.name, *text) for a in alternatives for text in said(a) if BARE.search(text[2])]


def test_only_what_passes_on_is_silent_and_each_stream_has_a_name_to_be_counted_by(alternatives: list[Alternative]) -> None:
    for alternative in alternatives:
        for event, named in Vocabulary(alternative).steps.items():
            assert named.step.sentence or named.step is PASSES_ON, event
            assert bool(named.step.called) == event.startswith("stream "), event


def test_every_sentence_belongs_to_something_that_happens_or_moves(alternatives: list[Alternative]) -> None:
    """In one case at least: a kind need not make all of its rows in each."""
    spoken: set[tuple[str, str, str]] = set()
    heard: set[tuple[str, str, str]] = set()
    for alternative in alternatives:
        plan = lower(alternative.case, alternative.name)
        there = events_of(plan) | set(plan.names["slots"])
        for section, held in alternative.blocks.items():
            for name, block in held.items():
                titles = Titles(alternative.blocks)
                told = (*block.steps(name, titles), *block.notices(name, titles), *block.slots(name, titles))
                for event in told:
                    mark = (section, block.kind, re.sub(rf"\b{re.escape(name)}\b", "NAME", event))
                    spoken.add(mark)
                    heard |= {mark} if event in there else set()
    assert not spoken - heard


def test_stories_of_small_cases_know_all_words(cases: list[Case], monkeypatch: pytest.MonkeyPatch) -> None:
    """Some world of each, told to the end; names that no block knows would be read as words."""

    def unknown(name: str) -> str:
        raise AssertionError(f"no words for {name}")

    monkeypatch.setattr(vocabulary, "in_words", unknown)
    for case in cases:
        if "system" in case.alternatives:
            story = trace(case["system"], 1, 0)
            text = [step.sentence for happening in story.happenings for step in happening.steps]
            assert text and all(text) and not [each for each in text if BARE.search(each)]
            assert str(story)


def test_a_name_that_nobody_knows_is_read_as_words(cases: list[Case]) -> None:
    words = Vocabulary(cases[0]["system"])
    assert words.named("due", "odd:thing").step == Step("odd, thing is due", called="odd, thing")
    assert words.named("stream", "odd").owner == "odd"
