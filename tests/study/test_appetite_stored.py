"""The appetite for losses that a case states stands in the manifest of its studies, and nothing does where it states none."""

from __future__ import annotations

from dataclasses import replace

from itilsim.case.header import Appetite
from itilsim.study.simulate import simulate
from tests.study.fakes import FakeCase, fake_engine
from tests.study.test_study import CASE


def stored(case: FakeCase) -> object:
    """Give what a study's manifest says of the appetite."""
    return simulate(case, 2, engine=fake_engine, workers=1, variants=False).manifest["appetite"]


def test_the_manifest_carries_what_the_case_states() -> None:
    assert stored(replace(CASE, appetite=Appetite(4e5, 0.05, "judgement"))) == {"amount": 4e5, "chance": 0.05, "source": "judgement"}
    assert stored(CASE) is None
