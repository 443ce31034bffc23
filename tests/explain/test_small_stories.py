"""What stories of small cases tell, each of one behaviour: what follows, what is summed up, and what belongs together."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from itilsim.case.case import Case
from itilsim.explain import Story, compare_twins, trace
from itilsim.explain.pieces import Happening
from tests.concepts import offering_cases as offerings
from tests.concepts import people_cases as people
from tests.concepts.contract_cases import FIXED, LEAK, OUTAGE, contract, terms
from tests.concepts.test_contract_rows import WHOLE, made
from tests.concepts.test_offerings_uses import CRASH
from tests.explain.all_kinds import HELD

LEAKING: dict[str, Any] = {"risks": {"leak": {**HELD["risks"]["leak"], "rotation": "90 h", "exploit_delay": "15 days"}}}


def sentences(story: Story) -> list[str]:
    """Give all sentences of a story in order."""
    return [step.sentence for happening in story.happenings for step in happening.steps]


def of(story: Story, kind: str) -> list[Happening]:
    """Give the happenings with a step of a kind."""
    return [happening for happening in story.happenings if kind in (step.kind for step in happening.steps)]


def test_an_attack_finds_the_keys_changed_just_where_no_loss_follows(tmp_path: Path) -> None:
    case = contract(tmp_path, FIXED, LEAKING)
    found = set()
    for world in range(12):
        for happening in of(trace(case["system"], 1, world), "due leak:attack"):
            kinds = [step.kind for step in happening.steps]
            at = kinds.index("due leak:attack")
            lost = any(kind.startswith("loss ") for kind in kinds[at + 1 : at + 2])
            assert happening.steps[at].sentence.endswith("but the keys have been changed") is not lost
            found.add(lost)
    assert found == {True, False}


@pytest.mark.parametrize(("name", "said"), [("early", "it has been kept"), ("late", "it has been missed")])
def test_the_day_agreed_for_going_live_was_kept_or_not(name: str, said: str, tmp_path: Path) -> None:
    told = [text for text in sentences(trace(made(name, tmp_path)["system"], 1, 0)) if "the day agreed" in text]
    assert told and all(said in text for text in told)


def test_an_accident_on_one_of_many_trips_is_a_happening_of_its_own(tmp_path: Path) -> None:
    case = people.small(tmp_path, people.SYSTEM, offerings.fleet(), {"risks": {"crash": CRASH}})
    story = trace(case["system"], 1, 0)
    crashes = [happening for happening in story.happenings if happening.identity.name == "due crash"]
    assert len(crashes) > 10 and len({happening.identity for happening in crashes}) == len(crashes)
    assert all(happening.present_value == -4000.0 for happening in crashes)
    assert sum(stretch.counts["visits"] for stretch in story.stretches) > 2000
    assert not any("visits" in text for text in sentences(story))


def test_the_same_accident_is_matched_in_twins(tmp_path: Path) -> None:
    cheap = {"risks": {"crash": {**CRASH, "severity": "1 k CNY"}}}
    sections = (people.SYSTEM, offerings.fleet())
    here = trace(people.small(tmp_path / "a", *sections, {"risks": {"crash": CRASH}})["system"], 1, 0)
    there = trace(people.small(tmp_path / "b", *sections, cheap)["system"], 1, 0)
    pairs = [pair for pair in compare_twins(here, there).pairs if pair.identity.name == "due crash"]
    assert pairs and all(pair.where == "both" and pair.cents == -300_000 for pair in pairs)


def test_prices_settled_anew_are_told_once_a_term_and_no_other_rise_of_them(tmp_path: Path) -> None:
    case = contract(tmp_path, *WHOLE["renegotiation"], terms(indexation="3 % / year"), months=36)
    told = [step.month + 1 for h in trace(case["system"], 1, 0).happenings for step in h.steps if "settled anew" in step.sentence]
    assert told == [13, 25]


def test_a_bill_of_every_month_is_a_part_of_its_month(tmp_path: Path) -> None:
    story = trace(made("blocks of hours", tmp_path)["system"], 1, 0)
    assert not of(story, "decision x:bills")
    (fee,) = [line for line in story.lines if line.key.source == "supply fee"]
    assert fee.present_value < 0.0 and story.months_values["supply fee"] == pytest.approx(fee.present_value)


def test_what_is_deferred_is_signed_when_it_is_and_not_at_the_start(tmp_path: Path) -> None:
    told = sentences(trace(made("deferred", tmp_path)["system"], 1, 0))
    assert told[0] == "the time looked at begins"
    assert told.index("the time to sign has come") < told.index("the agreement is signed")


@pytest.mark.parametrize(("often", "summed"), [("12 / year", False), ("60 / year", True)])
def test_failures_are_told_one_by_one_unless_they_come_very_often(often: str, summed: bool, tmp_path: Path) -> None:
    case: Case = contract(tmp_path, FIXED, OUTAGE, {"failures": {"outage": {"frequency": often, "work": "1 h"}}})
    story = trace(case["system"], 1, 0)
    assert bool(of(story, "stream outage")) is not summed and ("outage" in story.quiet_values) is summed


def test_what_happens_to_a_relationship_at_one_moment_belongs_together(tmp_path: Path) -> None:
    dear = {"prices": {"service": {"amount": "900 k CNY / month"}}}
    story = trace(contract(tmp_path, FIXED, dear, terms(trust_to_end="100 %", exit_fees=["5 k CNY"]))["system"], 1, 0)
    ending = [[step.kind for step in happening.steps] for happening in story.happenings][-2:]
    assert ending == [["decision supply:early-end", "phase supply"], ["due supply:over-early-end", "phase supply"]]


def test_large_amounts_that_move_are_spelt_out(tmp_path: Path) -> None:
    rare = {"risks": {"leak": {"repaid": "50 %", "frequency": "1 / year"}}}
    case = contract(tmp_path, FIXED, LEAK, rare, terms(liability_cap="3 M CNY"))
    texts = (" ".join(str(trace(case["system"], 1, world)).split()) for world in range(4))
    assert any("what vendor is still liable for 3,000,000 to 2,997,500" in text for text in texts)
